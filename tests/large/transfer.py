"""A connection that carries gigabytes, as the headers of its segments, and what each of them is in its stream."""

import struct

FIN, SYN, PSH, ACK = 1, 2, 8, 16
SCALE = 14
WINDOW = 65535  # << SCALE: 1 GiB less 16 KiB, the most there is
RECORD = struct.Struct("<IIII")
IPV4 = struct.Struct("!BBHHHBBH4s4s")
IPV6 = struct.Struct("!IHBB16s16s")
TCP = struct.Struct("!HHIIBBHHH")
ETHERNET = {4: b"\2\0\0\0\0\1\2\0\0\0\0\2\x08\0", 6: b"\2\0\0\0\0\1\2\0\0\0\0\2\x86\xdd"}
ADDRESSES = {4: (bytes([10, 0, 0, 2]), bytes([192, 0, 2, 80])),
             6: (b"\x20\1\x0d\xb8" + bytes(11) + b"\2", b"\x20\1\x0d\xb8" + bytes(11) + b"\x50")}
PORTS = (52044, 80)


def folded(data):
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


class End:
    """One direction: what its sender has sent, as an offset from its SYN, and what the other end has acknowledged of it."""

    def __init__(self, isn):
        self.isn, self.next, self.acked, self.bytes, self.missed = isn, 0, 0, 0, 0


class Segment:
    """What the program must say of a frame."""

    def __init__(self, sender, seq, ack, length, flags, verdict):
        self.sender, self.seq, self.ack, self.length, self.flags, self.verdict = sender, seq, ack, length, flags, verdict


class Transfer:
    """Ends are 0, the client, and 1. Every frame's payload is cut off; its headers tell the length."""

    def __init__(self, path, version, isns):
        self.file = open(path, "wb", 1 << 20)
        self.file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 128, 1))
        self.version, self.ends, self.time_us, self.segments = version, (End(isns[0]), End(isns[1])), 1600000000 * 1000000, []

    def put(self, sender, seq, length, flags, verdict=None):
        """A frame as it is: seq is an offset of the sender's stream. It acknowledges what has been acknowledged of the other."""
        end, peer = self.ends[sender], self.ends[not sender]
        ack = peer.acked if flags & ACK else None
        options = struct.pack("!BBBB", 3, 3, SCALE, 0) if flags & SYN else b""
        tcp = TCP.pack(PORTS[sender], PORTS[not sender], end.isn + seq & 0xFFFFFFFF, peer.isn + ack & 0xFFFFFFFF if flags & ACK else 0,
                       (20 + len(options)) << 2, flags, WINDOW, 0, 0) + options
        source, destination = ADDRESSES[self.version][sender], ADDRESSES[self.version][not sender]
        if self.version == 4:
            fields = [0x45, 0, 20 + len(tcp) + length, 0, 0x4000, 64, 6, 0, source, destination]
            fields[7] = folded(IPV4.pack(*fields))
            ip = IPV4.pack(*fields)
        else:
            ip = IPV6.pack(6 << 28, len(tcp) + length, 6, 64, source, destination)
        frame = ETHERNET[self.version] + ip + tcp
        self.time_us += 10
        self.file.write(RECORD.pack(self.time_us // 1000000, self.time_us % 1000000, len(frame), len(frame) + length) + frame)
        self.segments.append(Segment(sender, seq, ack, length, flags, verdict))

    def send(self, sender, length, flags=ACK, verdict=None):
        """The next part of a stream."""
        end = self.ends[sender]
        self.put(sender, end.next, length, flags, verdict)
        end.next += length + bool(flags & SYN) + bool(flags & FIN)
        end.bytes += length

    def take(self, receiver):
        """The receiver gets everything; it says so with its next frame."""
        self.ends[not receiver].acked = self.ends[not receiver].next

    def acknowledge(self, receiver, verdict=None):
        self.take(receiver)
        self.put(receiver, self.ends[receiver].next, 0, ACK, verdict)

    def miss(self, sender, length):
        """A part of the stream that the capture does not have."""
        end = self.ends[sender]
        end.next += length
        end.bytes += length
        end.missed += length

    def open(self):
        self.send(0, 0, SYN)
        self.take(1)
        self.send(1, 0, SYN | ACK)
        self.acknowledge(0)

    def close(self):
        for sender in (0, 1):
            self.send(sender, 0, FIN | ACK)
            self.acknowledge(not sender)
        self.file.close()
