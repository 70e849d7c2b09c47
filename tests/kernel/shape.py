"""The course of a capture: which packets follow each other, without what differs from run to run.

A word for each packet: > from A or < from B, its flags as in an event (PSH left out, which depends on how a kernel cuts its data), and
"d" if it carries data. Packets in a row with the same word count as one: their number depends on the kernel's timing.
"""

import os
import struct

from packet import Segment

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "captures")
HEADER, RECORD = 24, struct.Struct("<IIII")


def stored(name):
    """Where a scenario's capture in sending order is kept: what tests/timeline draws."""
    return os.path.join(FOLDER, f"{name}.pcap")


def packets(path):
    with open(path, "rb") as file:
        data = file.read()
    place = HEADER
    while place < len(data):
        length = RECORD.unpack_from(data, place)[2]
        place += RECORD.size + length
        yield data[place - length:place]


def shape(path):
    words, client = [], None
    for raw in packets(path):
        segment = Segment(raw)
        # A opens: the first packet is its SYN.
        client = client or segment.source_port
        word = (">" if segment.source_port == client else "<") + segment.flag_letters().replace("P", "") + "d" * (segment.length > 0)
        if words[-1:] != [word]:
            words.append(word)
    return " ".join(words)


def fault(name, path):
    """What the stored capture of a scenario has not got in common with this one, or None."""
    if not os.path.exists(stored(name)):
        return f"captures/{name}.pcap is not there (--save makes it)"
    there, here = shape(stored(name)), shape(path)
    return None if here == there else f"the packets are {here}, but in captures/{name}.pcap {there} (--save makes it anew)"
