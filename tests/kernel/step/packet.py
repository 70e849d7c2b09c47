"""Reads and makes raw IP packets with TCP in them; writes them to capture files."""

import socket
import struct

FLAGS = {"F": 0x01, "S": 0x02, "R": 0x04, "P": 0x08, "A": 0x10, "U": 0x20, "E": 0x40, "C": 0x80}
# In this order they stand in an event: SA, FA, RA, PA, FPA.
FLAG_ORDER = "SFRPAUEC"

TCP = 6
LINKTYPE_RAW = 101
PCAP_NANOSECONDS = 0xA1B23C4D


class Segment:
    """The numbers of a TCP segment, read from a raw IP packet."""

    def __init__(self, raw):
        self.raw = raw
        # What the record calls it, once it has been described.
        self.text = None
        # The number of the event that sent it, once it was sent: a forged one never is.
        self.order = None
        if raw[0] >> 4 == 4:
            offset, end = (raw[0] & 15) * 4, struct.unpack_from("!H", raw, 2)[0]
        else:
            offset, end = 40, 40 + struct.unpack_from("!H", raw, 4)[0]
        (self.source_port, self.destination_port, self.seq, self.ack, data_offset, self.flags,
         self.window) = struct.unpack_from("!HHIIBBH", raw, offset)
        self.length = end - offset - (data_offset >> 4) * 4

    def has(self, flag):
        return bool(self.flags & FLAGS[flag])

    def end(self):
        """The sequence number after the last one that this segment takes."""
        return (self.seq + self.length + self.has("S") + self.has("F")) & 0xFFFFFFFF

    def flag_letters(self):
        return "".join(letter for letter in FLAG_ORDER if self.has(letter))


def is_tcp(raw):
    return len(raw) >= 40 and (raw[9] if raw[0] >> 4 == 4 else raw[6]) == TCP


def distance(seq, base):
    """seq - base as sequence numbers are compared: a signed number of 32 bits."""
    return ((seq - base + 0x80000000) & 0xFFFFFFFF) - 0x80000000


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def make(source, destination, seq, ack, flags, window, data=b"", options=b""):
    """A raw packet; source and destination are (address, port), flags are letters.

    IPv4 and IPv6 are told apart by the address; options must be padded.
    """
    family = socket.AF_INET6 if ":" in source[0] else socket.AF_INET
    addresses = socket.inet_pton(family, source[0]) + socket.inet_pton(family, destination[0])
    bits = sum(FLAGS[letter] for letter in flags)
    header = struct.pack("!HHIIBBHHH", source[1], destination[1], seq & 0xFFFFFFFF,
                         ack & 0xFFFFFFFF, (20 + len(options)) // 4 << 4, bits, window, 0, 0)
    segment = header + options + data
    # The pseudo header's sum is the same for both versions.
    sum_of = checksum(addresses + struct.pack("!HH", TCP, len(segment)) + segment)
    segment = segment[:16] + struct.pack("!H", sum_of) + segment[18:]
    if family == socket.AF_INET6:
        return struct.pack("!IHBB", 6 << 28, len(segment), TCP, 64) + addresses + segment
    fixed = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(segment), 0, 0x4000, 64, TCP, 0) + addresses
    return fixed[:10] + struct.pack("!H", checksum(fixed)) + fixed[12:] + segment


class CaptureFile:
    """A pcap file of raw IP packets with nanosecond time stamps."""

    def __init__(self, path):
        self._file = open(path, "wb")
        self._file.write(struct.pack("<IHHiIII", PCAP_NANOSECONDS, 2, 4, 0, 0, 65535, LINKTYPE_RAW))

    def add(self, time, raw):
        seconds, nanoseconds = divmod(time, 1_000_000_000)
        self._file.write(struct.pack("<IIII", seconds, nanoseconds, len(raw), len(raw)) + raw)

    def close(self):
        self._file.close()
