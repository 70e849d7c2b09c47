#!/usr/bin/env python3
"""Makes the captures that say names: tests/names/captures.py [DIRECTORY], tests/golden by default.

names.pcap     www.example.com is asked for and answered by way of another name, an address is asked for and answered, a printer tells its
               own name, an answer lies in ways that no name of a host can be; and a TCP connection to what was asked for
names.pcapng   the file itself lists names, in a block before the first packet and in one behind it
"""

import ipaddress
import os
import struct
import sys

CLIENT, SERVER, RESOLVER = "10.0.0.2", "192.0.2.80", "192.0.2.53"
CLIENT6, SERVER6 = "2001:db8::2", "2001:db8:80::80"
A, CNAME, PTR, AAAA = 1, 5, 12, 28
SYN, ACK, PSH, FIN = 2, 16, 8, 1


def packed(address):
    return ipaddress.ip_address(address).packed


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def ip(source, destination, protocol, segment, checksum_at):
    source, destination = packed(source), packed(destination)
    pseudo = source + destination + struct.pack("!II", len(segment), protocol)
    segment = segment[:checksum_at] + struct.pack("!H", checksum(pseudo + segment)) + segment[checksum_at + 2:]
    if len(source) == 16:
        return b"\x86\xdd", struct.pack("!IHBB", 6 << 28, len(segment), protocol, 64) + source + destination + segment
    header = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(segment), 0, 0x4000, 64, protocol, 0) + source + destination
    return b"\x08\x00", header[:10] + struct.pack("!H", checksum(header)) + header[12:] + segment


def frame(source, destination, protocol, segment, checksum_at):
    kind, datagram = ip(source, destination, protocol, segment, checksum_at)
    return b"\x02\0\0\0\0\x02" + b"\x02\0\0\0\0\x01" + kind + datagram


def udp(source, source_port, destination, destination_port, data):
    return frame(source, destination, 17, struct.pack("!HHHH", source_port, destination_port, 8 + len(data), 0) + data, 6)


def tcp(source, source_port, destination, destination_port, flags, seq, ack, data=b""):
    header = struct.pack("!HHIIBBHHH", source_port, destination_port, seq, ack, 0x50, flags, 65535, 0, 0)
    return frame(source, destination, 6, header + data, 16)


def labels(name):
    parts = name if isinstance(name, list) else [part.encode() for part in name.split(".")]
    return b"".join(bytes([len(part)]) + part for part in parts) + b"\0"


def record(name, kind, data, klass=1):
    return labels(name) + struct.pack("!HHIH", kind, klass, 300, len(data)) + data


def message(identity, flags, question=None, kind=A, answers=(), others=()):
    header = struct.pack("!HHHHHH", identity, flags, question is not None, len(answers), 0, len(others))
    asked = labels(question) + struct.pack("!HH", kind, 1) if question is not None else b""
    return header + asked + b"".join(answers) + b"".join(others)


def query(question, kind=A):
    return message(7, 0x0100, question, kind)


def answer(question, kind, *answers):
    return message(7, 0x8180, question, kind, answers)


def exchange(question, kind, *answers):
    return [udp(CLIENT, 40053, RESOLVER, 53, query(question, kind)), udp(RESOLVER, 53, CLIENT, 40053, answer(question, kind, *answers))]


def connection(client, port, server):
    """Opened, used and closed."""
    there = (client, port, server, 80)
    back = (server, 80, client, port)
    return [
        tcp(*there, SYN, 1000, 0), tcp(*back, SYN | ACK, 5000, 1001), tcp(*there, ACK, 1001, 5001),
        tcp(*there, PSH | ACK, 1001, 5001, b"GET / HTTP/1.0\r\n\r\n"), tcp(*back, PSH | ACK, 5001, 1019, b"HTTP/1.0 200 OK\r\n\r\n"),
        tcp(*there, FIN | ACK, 1019, 5020), tcp(*back, FIN | ACK, 5020, 1020), tcp(*there, ACK, 1020, 5021),
    ]


def dns_frames():
    # By a resolver that asks in capitals and small letters at random, and gets an address that it did not ask for.
    frames = exchange("wWw.eXample.cOm", A, record("wWw.eXample.cOm", CNAME, labels("edge7.cdn.example.net")),
                      record("edge7.cdn.example.net", A, packed(SERVER)), record("bank.example", A, packed("192.0.2.66")))
    frames += exchange("www.example.com", AAAA, record("www.example.com", CNAME, labels("edge7.cdn.example.net")),
                       record("edge7.cdn.example.net", AAAA, packed(SERVER6)))
    frames += exchange("2.0.0.10.in-addr.arpa", PTR, record("2.0.0.10.in-addr.arpa", PTR, labels("client.example.org")))
    frames += [udp("10.0.0.9", 5353, "224.0.0.251", 5353,
                   message(0, 0x8400, answers=[record("printer.local", A, packed("10.0.0.9"), 0x8001)]))]
    # What no host can be called: a control sequence, an address, blanks.
    for number, name in enumerate(([b"\x1b[31mred"], "10.0.0.1", [b"a b", b"example"])):
        frames += exchange(name, A, record(name, A, packed("192.0.2.%d" % (100 + number))))
    frames += connection(CLIENT, 50001, SERVER)
    frames += connection(CLIENT6, 50002, SERVER6)
    return frames + [tcp(CLIENT, 50003, "192.0.2.%d" % number, 80, SYN, 1, 0) for number in (66, 100, 101, 102)]


def pcap(frames):
    out = struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, 1)
    for number, data in enumerate(frames):
        out += struct.pack("<IIII", 1795132800, 1000 * number, len(data), len(data)) + data
    return out


def block(kind, body, order="<"):
    body += b"\0" * (-len(body) % 4)
    length = struct.pack(order + "I", 12 + len(body))
    return struct.pack(order + "I", kind) + length + body + length


def name_record(address, *names, order="<"):
    value = packed(address) + b"".join(name + b"\0" for name in names)
    kind = 1 if len(packed(address)) == 4 else 2
    return struct.pack(order + "HH", kind, len(value)) + value + b"\0" * (-len(value) % 4)


def pcapng(blocks, order="<"):
    section = block(0x0a0d0d0a, struct.pack(order + "IHHq", 0x1a2b3c4d, 1, 0, -1), order)
    return section + block(1, struct.pack(order + "HHI", 1, 0, 262144), order) + b"".join(blocks)


def packet_block(data, number, order="<"):
    stamp = 1795132800 * 1000000 + 1000 * number
    return block(6, struct.pack(order + "IIIII", 0, stamp >> 32, stamp & 0xffffffff, len(data), len(data)) + data, order)


def listed(order="<"):
    end = struct.pack(order + "HH", 0, 0)
    frames = connection(CLIENT, 50001, SERVER)
    first = name_record(SERVER, b"web.example.net", b"www.example.net", order=order) + name_record(SERVER6, b"six.example.net", order=order)
    # A name that is none, and one whose record says that it goes on behind the block.
    later = name_record(CLIENT, b"\x1b[31mred", order=order) + name_record(SERVER, b"moved.example.net", order=order)
    cut = struct.pack(order + "HH", 1, 400) + packed(CLIENT) + b"never"
    blocks = [block(4, first + end, order)] + [packet_block(data, number, order) for number, data in enumerate(frames[:4])]
    blocks += [block(4, later + end, order), block(4, cut, order)]
    blocks += [packet_block(data, 4 + number, order) for number, data in enumerate(frames[4:] + connection(CLIENT6, 50002, SERVER6)[:1])]
    return pcapng(blocks, order)


CAPTURES = {"names.pcap": lambda: pcap(dns_frames()), "names.pcapng": listed}


def main():
    top = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    directory = sys.argv[1] if len(sys.argv) > 1 else os.path.join(top, "tests", "golden")
    for name, make in CAPTURES.items():
        with open(os.path.join(directory, name), "wb") as stream:
            stream.write(make())


if __name__ == "__main__":
    main()
