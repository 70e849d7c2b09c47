#!/usr/bin/env python3
"""Compares synfin's connections with tcptrace's: packets, unique bytes and round-trip times of each direction.

tcptrace_differences.tsv justifies what differs.
"""

import csv
import ipaddress
import sys
from collections import defaultdict

from common import Counts, missing, parallel, run
from connections import Fault, Refused, captures, connections, either_way
from differences import Differences, report

TCPTRACE = "tcptrace"
OPTIONS = ("--vlan-blind",)
QUICK = ("pcaps/", "states/kernel/", "states/zeek/")
# tcptrace prints milliseconds with one decimal.
TOLERANCE_NS = 100_000


def address_of(text):
    """tcptrace writes every digit of an IPv6 address, and one colon too few at the beginning."""
    text = ":" + text if text.startswith(":") and not text.startswith("::") else text
    try:
        return str(ipaddress.ip_address(":".join(part.lstrip("0") or "0" if part else "" for part in text.split(":"))
                                        if ":" in text else text))
    except ValueError:
        return text


def to_ns(text):
    return round(float(text) * 1e6)


class Trace:
    """One connection of tcptrace's. It numbers ends a and b in the order in which they were seen."""

    def __init__(self, row):
        self.ends = [(address_of(row["host_" + end]), int(row["port_" + end])) for end in "ab"]
        self.ways = [self.way(row, suffix) for suffix in ("a2b", "b2a")]

    @staticmethod
    def way(row, suffix):
        samples = int(row["RTT_samples_" + suffix])
        return {
            "packets": int(row["total_packets_" + suffix]),
            "bytes": int(row["unique_bytes_sent_" + suffix]),
            "rtt_min": to_ns(row["RTT_min_" + suffix]) if samples else None,
        }

    @property
    def key(self):
        return either_way((*self.ends[0], *self.ends[1]))


def ask_tcptrace(capture):
    """The connections, or None if tcptrace cannot read the capture."""
    done = run([TCPTRACE, "-l", "-r", "-n", "--csv", capture])
    lines = done.out.decode("latin-1").splitlines()
    begin = next((place for place, line in enumerate(lines) if line.startswith("conn_#,")), None)
    if done.status != 0 or begin is None:
        return None
    # Without surrounding spaces, and with the comma that ends every line.
    rows = [[part.strip() for part in row] for row in csv.reader(lines[begin:]) if row and row[0].strip()]
    return [Trace(dict(zip(rows[0], row))) for row in rows[1:]]


def ours(record, end):
    """The same of one end of a connection record. Unique bytes are those captured; the RTT includes the handshake's half."""
    rtt = [record[end]["rtt"]["min_ns"]] if record[end]["rtt"] else []
    half = record["handshake"]["syn_rtt_ns" if end == "client" else "ack_rtt_ns"]
    rtt += [half] if half is not None else []
    return {"packets": record[end]["packets"], "bytes": record[end]["bytes"] - record[end]["missed_bytes"],
            "rtt_min": min(rtt) if rtt else None}


def same(field, theirs, mine):
    if field == "rtt_min" and theirs is not None and mine is not None:
        return abs(theirs - mine) <= TOLERANCE_NS
    return theirs == mine


def end_differs(trace, place, record):
    address = trace.ends[place]
    end = "client" if (record["client"]["ip"], record["client"]["port"]) == address else "server"
    mine = ours(record, end)
    words = [f"{field} {theirs}>{mine[field]}" for field, theirs in trace.ways[place].items()
             if not same(field, theirs, mine[field])]
    if words:
        yield f"{address[0]} {address[1]}", "; ".join(words)


def differing(capture):
    """(which connection and end, what differs); None if tcptrace cannot read the capture."""
    traces = ask_tcptrace(capture)
    if traces is None:
        return None
    theirs, mine, found = defaultdict(list), defaultdict(list), []
    for trace in traces:
        theirs[trace.key].append(trace)
    for record in connections(capture, OPTIONS):
        four = [record[end][part] for end in ("client", "server") for part in ("ip", "port")]
        mine[either_way(four)].append(record)
    for key in {**theirs, **mine}:
        if len(theirs[key]) != len(mine[key]):
            found.append((f"{key[0]} {key[1]}", f"connections {len(theirs[key])}>{len(mine[key])}"))
            continue
        for trace, record in zip(theirs[key], mine[key]):
            found += [case for place in (0, 1) for case in end_differs(trace, place, record)]
    return found


def compare(case):
    name, capture = case
    try:
        differences = differing(capture)
    except Refused as reason:
        return name, [], f"libpcap refuses it: {reason}"
    except Fault as reason:
        return name, [("-", str(reason))], None
    return name, differences or [], "tcptrace finds no TCP in it" if differences is None else None


def available():
    try:
        return run([TCPTRACE, "-version"]).status == 0
    except OSError:
        return False


def main(quick=False, verbose=False):
    counts, table = Counts(), Differences("tcptrace_differences.tsv")
    if not available():
        print("  skipped: no tcptrace")
        counts.skipped += 1
        return counts
    cases = [(name, path) for name, path in captures() if not quick or name.startswith(QUICK)]
    compared, skipped = set(), []
    for name, differences, reason in parallel(compare, cases):
        compared.add(name)
        if reason:
            skipped.append(name)
            continue
        unlisted = [case for case in differences if not table.justifies(name, *case)]
        counts.add(not unlisted)
        for end, what in unlisted:
            print(f"  FAILED not justified: {name}\t{end}\t{what}")
    counts.skipped += len(skipped)
    print(f"  {len(skipped)} captures without TCP that tcptrace reads" + (f": {' '.join(skipped)}" if verbose else ""))
    report(table, compared, counts, verbose)
    return counts


if __name__ == "__main__":
    absent = missing()
    if absent:
        sys.exit(absent[1])
    result = main("--quick" in sys.argv[1:], "-v" in sys.argv[1:])
    print(result)
    sys.exit(1 if result.failed else 0)
