"""A reader of Zeek's tab-separated logs, as strict as their header lets it be. Python's standard library only."""

import ipaddress
import re

HEADER = ("separator", "set_separator", "empty_field", "unset_field", "path", "open", "fields", "types")
MOMENT = re.compile(r"\d{4}(-\d\d){5}$")


def number(least, most):
    def read(text):
        if not re.fullmatch(r"-?\d+", text) or not least <= int(text) <= most:
            raise ValueError("%r is no number from %d to %d" % (text, least, most))
        return int(text)
    return read


def seconds(text):
    if not re.fullmatch(r"-?\d+\.\d{6}", text):
        raise ValueError("%r is no time" % text)
    return float(text)


def word(text):
    if not text or not text.isprintable():
        raise ValueError("%r is no word" % text)
    return text


def address(text):
    return str(ipaddress.ip_address(text)) and text


def truth(text):
    return {"T": True, "F": False}[text]


TYPES = {"time": seconds, "interval": seconds, "string": word, "enum": word, "addr": address, "port": number(0, 65535),
         "count": number(0, 2**64 - 1), "int": number(-2**63, 2**63 - 1), "bool": truth, "set[string]": lambda text: text.split(",")}


def read_header(lines):
    header = {}
    for name in HEADER:
        line = next(lines)
        separator = " " if name == "separator" else "\t"
        if not line.startswith("#" + name + separator):
            raise ValueError("%r where #%s is due" % (line, name))
        header[name] = line.split(separator, 1)[1]
    if header["separator"] != "\\x09" or header["path"] != "conn" or not MOMENT.match(header["open"]):
        raise ValueError("the header says %r" % header)
    return header


def read(text):
    """The rows as dictionaries; unset fields are None."""
    if not text.endswith("\n"):
        raise ValueError("the last line has no end")
    lines = iter(text.split("\n")[:-1])
    header = read_header(lines)
    names, types = header["fields"].split("\t"), header["types"].split("\t")
    if len(names) != len(types) or len(set(names)) != len(names):
        raise ValueError("names and types do not match")
    rows, closed = [], False
    for line in lines:
        if closed:
            raise ValueError("something behind #close")
        if line.startswith("#"):
            closed = line.startswith("#close\t") and bool(MOMENT.match(line.split("\t")[1]))
            continue
        values = line.split("\t")
        if len(values) != len(names):
            raise ValueError("%d values for %d fields" % (len(values), len(names)))
        rows.append({name: None if value == header["unset_field"] else TYPES[kind](value)
                     for name, kind, value in zip(names, types, values)})
    if not closed:
        raise ValueError("no #close")
    return rows


def self_test():
    head = ("#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n#open\t2026-01-01-00-00-00\n"
            "#fields\tts\ta\n#types\ttime\taddr\n")
    tail = "#close\t2026-01-01-00-00-00\n"
    assert read(head + "1.000000\t::1\n-\t-\n" + tail) == [{"ts": 1.0, "a": "::1"}, {"ts": None, "a": None}]
    for bad in (head, head + "1\t::1\n" + tail, head + "1.000000\tx\n" + tail, head + "1.000000\n" + tail, head[5:] + tail):
        try:
            read(bad)
        except ValueError:
            continue
        raise AssertionError("the reader takes %r" % bad)
