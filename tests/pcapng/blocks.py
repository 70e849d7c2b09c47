"""Reads pcapng and pcap files, by nothing but the formats' descriptions."""

import struct


class Frame:
    def __init__(self, interface, link, time_ns, data, length, comments):
        self.interface, self.link, self.time_ns, self.data, self.length, self.comments = interface, link, time_ns, data, length, comments

    def same(self, other):
        return (self.time_ns, self.data, self.length, self.link) == (other.time_ns, other.data, other.length, other.link)


class Section:
    def __init__(self):
        self.options, self.interfaces, self.frames, self.statistics = {}, [], [], []


def options(data, order):
    """[(code, value)] up to the end of options, which must be there if any are."""
    found = []
    while data:
        code, length = struct.unpack(order + "HH", data[:4])
        if code == 0:
            if length or len(data) != 4:
                raise ValueError("bytes behind the end of options")
            return found
        value = data[4:4 + length]
        padding = data[4 + length:4 + (length + 3) // 4 * 4]
        if len(value) != length or padding.strip(b"\0"):
            raise ValueError("option %d is cut, or not filled up by zeros" % code)
        found.append((code, value))
        data = data[4 + len(value) + len(padding):]
    if found:
        raise ValueError("options without an end")
    return found


def one(found, code):
    values = [value for key, value in found if key == code]
    if len(values) > 1:
        raise ValueError("option %d twice" % code)
    return values[0] if values else None


def stamp(high, low, interface):
    total = (high << 32 | low) * 10 ** (9 - interface["resolution"])
    return total + interface["offset"] * 10 ** 9


def read_interface(body, order):
    link, reserved, snapshot = struct.unpack(order + "HHI", body[:8])
    found = options(body[8:], order)
    resolution, offset, name = one(found, 9), one(found, 14), one(found, 2)
    if reserved or not resolution:
        raise ValueError("an interface without resolution")
    return {"link": link, "snapshot": snapshot, "resolution": resolution[0], "name": name.decode() if name else None,
            "offset": struct.unpack(order + "q", offset)[0] if offset else 0}


def read_statistics(body, order, interfaces):
    number, high, low = struct.unpack(order + "III", body[:12])
    found = {code: value for code, value in options(body[12:], order)}
    interface = interfaces[number]
    result = {"interface": number, "last": stamp(high, low, interface)}
    for name, code in (("first", 2), ("end", 3)):
        result[name] = stamp(*struct.unpack(order + "II", found[code]), interface)
    for name, code in (("interface_dropped", 5), ("received", 6), ("dropped", 7), ("delivered", 8)):
        if code in found:
            result[name] = struct.unpack(order + "Q", found[code])[0]
    return result


def read_pcapng(data):
    section, at, order = None, 0, "<"
    while at < len(data):
        kind = struct.unpack("<I", data[at:at + 4])[0]
        if kind == 0x0a0d0d0a:
            order = "<" if data[at + 8:at + 12] == b"\x4d\x3c\x2b\x1a" else ">"
        kind, length = struct.unpack(order + "II", data[at:at + 8])
        block = data[at:at + length]
        if length % 4 or len(block) != length or struct.unpack(order + "I", block[-4:])[0] != length:
            raise ValueError("a block at %d is damaged" % at)
        body = block[8:-4]
        if kind == 0x0a0d0d0a:
            if section:
                raise ValueError("a second section")
            section = Section()
            section.options = dict(options(body[16:], order))
        elif kind == 1:
            section.interfaces.append(read_interface(body, order))
        elif kind == 6:
            number, high, low, captured, wire = struct.unpack(order + "IIIII", body[:20])
            interface = section.interfaces[number]
            rest = body[20 + (captured + 3) // 4 * 4:]
            comments = [value.decode() for code, value in options(rest, order) if code == 1]
            section.frames.append(Frame(number, interface["link"], stamp(high, low, interface), body[20:20 + captured], wire, comments))
        elif kind == 5:
            section.statistics.append(read_statistics(body, order, section.interfaces))
        else:
            raise ValueError("a block of kind %d" % kind)
        at += length
    return section


def read_pcap(data):
    order = "<" if data[:4] in (b"\xd4\xc3\xb2\xa1", b"\x4d\x3c\xb2\xa1") else ">"
    magic, _, _, _, _, _, link = struct.unpack(order + "IHHiIII", data[:24])
    unit = 1 if magic == 0xa1b23c4d else 1000
    frames, at = [], 24
    while at < len(data):
        seconds, fraction, captured, wire = struct.unpack(order + "iIII", data[at:at + 16])
        frames.append(Frame(0, link, seconds * 10 ** 9 + fraction * unit, data[at + 16:at + 16 + captured], wire, []))
        at += 16 + captured
    return frames


def make_pcap(link, frames, nanoseconds=False):
    """frames: (time in ns, bytes)."""
    unit = 1 if nanoseconds else 1000
    data = struct.pack("<IHHiIII", 0xa1b23c4d if nanoseconds else 0xa1b2c3d4, 2, 4, 0, 0, 65535, link)
    for time, frame in frames:
        data += struct.pack("<iIII", time // 10 ** 9, time % 10 ** 9 // unit, len(frame), len(frame)) + frame
    return data


def make_block(kind, body):
    length = struct.pack("<I", len(body) + 12)
    return struct.pack("<I", kind) + length + body + length


def make_option(code, value):
    return struct.pack("<HH", code, len(value)) + value + bytes(-len(value) % 4)


def make_pcapng(interfaces, frames):
    """interfaces: (link, name); frames: (interface, time in ns, bytes)."""
    made = [make_block(0x0a0d0d0a, struct.pack("<IHHq", 0x1a2b3c4d, 1, 0, -1))]
    for link, name in interfaces:
        more = make_option(2, name.encode()) + make_option(9, b"\x09") + bytes(4)
        made.append(make_block(1, struct.pack("<HHI", link, 0, 65535) + more))
    for interface, time, frame in frames:
        head = struct.pack("<IIIII", interface, time >> 32, time & 0xffffffff, len(frame), len(frame))
        made.append(make_block(6, head + frame + bytes(-len(frame) % 4)))
    return b"".join(made)
