"""What synfin must remark beside the states, and what it did remark.

A scenario knows what it did to the packets, so it knows what synfin must say of
them (tcp-tracking.md V1 to V8, X1, X3, H6). Its remarks are a list of words,
one for each packet of a tap that gets any, in the order of the capture:

    >retransmission             A's packet (< B's) is remarked so, and not otherwise
    <zero_window,window_update  one packet, both remarks
    >out_of_order|ambiguous_order  either: the evidence leaves it open
    (<duplicate_ack)            there may be such a packet
    ?                           (alone) nothing is said of this tap

Packets in a row with the same remarks count as one: how many duplicate ACKs
there are depends on the kernel's timing. Names are those of json.md.
"""

import json

from common import SYNFIN, run

# Not remarks on a packet, or not decided by what the scenario does to packets.
IGNORED = {"handshake_complete", "half_closed", "closed", "sack", "state_corrected", "one_sided", "no_answer", "expired",
           "simultaneous_open", "simultaneous_close"}
ARROWS = {"A": ">", "B": "<"}


def remarks_of(path, packets):
    """The remarks on a capture, as words."""
    found = {}
    for line in run([SYNFIN, "-nn", "--events", "--json", "-r", path]).out.splitlines():
        event = json.loads(line)
        if event["event"] not in IGNORED and event["frame"]:
            found.setdefault(event["frame"], set()).add(event["event"])
    words = [ARROWS[packets[frame - 1].sender] + ",".join(sorted(names)) for frame, names in sorted(found.items())]
    return [word for place, word in enumerate(words) if place == 0 or word != words[place - 1]]


def meets(expected, word):
    arrow, names = expected[0], expected[1:]
    return word[0] == arrow and any(",".join(sorted(choice.split(","))) == word[1:] for choice in names.split("|"))


def match(expected, words):
    """Whether the words are those expected, or one of the choices that the expectation leaves."""
    if not expected:
        return not words
    first = expected[0]
    if first.startswith("("):
        inner = first.strip("()")
        return match(expected[1:], words) or (bool(words) and meets(inner, words[0]) and match(expected[1:], words[1:]))
    return bool(words) and meets(first, words[0]) and match(expected[1:], words[1:])


def fault(expected, path, packets):
    """What is wrong with the remarks on a capture, or None."""
    if expected == "?":
        return None
    words = remarks_of(path, packets)
    if match(expected.split(), words):
        return None
    return f"remarks {' '.join(words) or 'none'}, expected {expected or 'none'}"
