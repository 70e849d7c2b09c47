"""Reads what tests/kernel/step recorded: the events of a scenario, and the packets that each tap saw.

The order of events is the order in which everything happened, so the packets of
a tap are a known part of the events: at tap A what A sends, when it leaves, and
what reaches A, when it arrives; at tap M every packet when it is sent.
"""

import json
import re
import struct

PACKET = re.compile(r"\[(?P<flags>[A-Z]*)\] seq=(?P<seq>-?\d+)(?: ack=(?P<ack>-?\d+))? "
                    r"win=(?P<window>\d+) len=(?P<length>\d+)$")
DELIVERY = re.compile(r"^(?P<label>.*)->(?P<to>[AB]) (?P<lost>LOST )?(?=\[)")
CALL = re.compile(r"^\* (?P<end>[AB]) (?P<call>.*)")
ENDS = "AB"
# The record's word for what RFC 9293 calls SYN_RECEIVED.
WORDS = {"SYN_RCVD": "SYN_RECEIVED"}
NEVER = 1 << 30


def other(end):
    return "B" if end == "A" else "A"


class Event:
    """kind: send, deliver, lose, forge, call, note. sender: whose packet or call it is."""

    def __init__(self, index, raw):
        text = raw["ev"]
        self.index, self.text = index, text
        self.states = {end: WORDS.get(raw[end], raw[end]) for end in ENDS}
        packet = PACKET.search(text)
        self.identity = packet.group("flags", "seq", "ack", "length") if packet else None
        self.flags = packet["flags"] if packet else ""
        # Which packet it is, by the number of the event that sent it. Older records have none; there equal numbers must do.
        self.packet = raw.get("packet", self.identity)
        delivery, call = DELIVERY.match(text), CALL.match(text)
        self.call = call["call"] if call else ""
        if raw.get("tx"):
            self.kind, self.sender = "send", raw["tx"]
        elif delivery and packet:
            self.sender = other(delivery["to"])
            forged = delivery["label"] != self.sender
            self.kind = "forge" if forged else "lose" if delivery["lost"] else "deliver"
        elif call:
            self.kind, self.sender = "call", call["end"]
        else:
            self.kind, self.sender = "note", None


class Captured:
    """One packet of a tap: where in the events it was captured, sent (a forged one never was), and delivered or lost."""

    def __init__(self, event, arrival, sending):
        self.event, self.arrival, self.sending = event, arrival, sending
        self.sender, self.flags = event.sender, event.flags
        # A packet that was never carried on (the scenario ended) has no arrival: only the sender's state is known.
        self.truth = arrival.index if arrival else event.index


def load(path):
    with open(path, encoding="ascii") as file:
        return [Event(index, raw) for index, raw in enumerate(json.load(file))]


def fill_states(events):
    """Sending changes no state by itself, and has none recorded: the states before it hold."""
    states = {"A": "CLOSED", "B": "CLOSED"}
    for event in events:
        if event.states["A"]:
            states = event.states
        else:
            event.states = dict(states)


def arrivals(events):
    """For each sending, the events at which it reached the other end, copies too: {index: [event]}."""
    under_way, found = [], {}
    for event in events:
        if event.kind == "send":
            under_way.append(event)
            found[event.index] = []
        elif event.kind in ("deliver", "lose"):
            same = [one for one in under_way if (one.sender, one.packet) == (event.sender, event.packet)]
            if not same:
                raise ValueError(f"event {event.index} carries what was never sent: {event.text}")
            # A doubled packet arrives twice after one sending; the record does not mark the copy.
            sent = next((one for one in same if not found[one.index]), same[-1])
            found[sent.index].append(event)
    return found


def tap(events, where):
    """The packets of tap A, B or M in the order of the capture."""
    arrived, packets = arrivals(events), []
    sendings = {event.index: events[index] for index, those in arrived.items() for event in those}
    for event in events:
        if event.kind == "send" and where in (event.sender, "M"):
            first = arrived[event.index][:1]
            packets.append(Captured(event, first[0] if first else None, event))
        elif event.kind == "forge" and where in (other(event.sender), "M"):
            packets.append(Captured(event, event, None))
        elif event.kind == "deliver" and other(event.sender) == where:
            packets.append(Captured(event, event, sendings[event.index]))
    return packets


def flags_of_capture(path):
    """The TCP flags of each packet in a capture of raw IP, to make sure that it is the one recorded."""
    letters = "FSRPAUEC"
    found = []
    with open(path, "rb") as file:
        file.read(24)
        while head := file.read(16):
            raw = file.read(struct.unpack("<8xI4x", head)[0])
            bits = raw[((raw[0] & 15) * 4 if raw[0] >> 4 == 4 else 40) + 13]
            found.append({letter for bit, letter in enumerate(letters) if bits >> bit & 1})
    return found
