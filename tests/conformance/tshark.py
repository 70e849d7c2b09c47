#!/usr/bin/env python3
"""Compares what synfin says of every TCP segment with what tshark says, stream by stream.

tshark_differences.tsv justifies what differs. Both are asked frame by frame, so that two errors cannot cancel in a count.
"""

import sys
from collections import Counter, defaultdict

from common import HUNG, Counts, missing, parallel, run
from connections import Fault, Refused, captures, connections, packets
from differences import Differences, report

TSHARK = "tshark"
ANALYSIS = "tcp.analysis."
# What is compared: the words of tshark's analysis, and synfin's verdicts.
CLASSES = {
    "resent": (("retransmission", "fast_retransmission", "spurious_retransmission", "out_of_order"),
               {"retransmission", "fast_retransmission", "spurious_retransmission", "out_of_order", "ambiguous_order"}),
    "duplicate_acks": (("duplicate_ack",), {"duplicate_ack"}),
    "zero_windows": (("zero_window",), {"zero_window"}),
    "keep_alives": (("keep_alive",), {"keep_alive"}),
    "keep_alive_acks": (("keep_alive_ack",), {"keep_alive_ack"}),
}
WORDS = [word for words, _ in CLASSES.values() for word in words]
FIELDS = ["frame.number", "tcp.stream", ANALYSIS + "initial_rtt"] + [ANALYSIS + word for word in WORDS]
# tshark joins the copies of a connection that differ in their VLAN tag alone.
OPTIONS = ("--vlan-blind",)
QUICK = ("pcaps/r", "states/kernel/s2", "states/crafted/s", "states/zeek/http__c")


class TooLong(Exception):
    """tshark did not end; what it said until then is not all."""


class Segment:
    """tshark's row of one TCP segment."""

    def __init__(self, columns):
        self.frame, self.stream = int(columns[0]), int(columns[1])
        self.rtt_ns = round(float(columns[2]) * 1e9) if columns[2] else None
        said = {word for word, value in zip(WORDS, columns[3:]) if value}
        self.classes = {name for name, (words, _) in CLASSES.items() if said & set(words)}


def ask_tshark(capture):
    command = [TSHARK, "-n", "-r", capture, "-T", "fields", "-E", "separator=/t", "-E", "occurrence=l"]
    for field in FIELDS:
        command += ["-e", field]
    done = run(command)
    # Of a long capture with many updates of a screen it may not see the end in time.
    if done.status == HUNG:
        raise TooLong("tshark takes too long")
    lines = done.out.decode("utf-8", "replace").splitlines()
    rows = [line.split("\t") for line in lines]
    return [Segment(row) for row in rows if len(row) == len(FIELDS) and row[1].isdigit()]


def frames_differ(segments, records):
    """'class -N +M' for each class: N frames of which only tshark says it, and M of which only synfin does."""
    for name, (_, verdicts) in CLASSES.items():
        theirs = {segment.frame for segment in segments if name in segment.classes}
        ours = {record["frame"] for record in records if verdicts & set(record["verdicts"])}
        if theirs != ours:
            yield f"{name} -{len(theirs - ours)} +{len(ours - theirs)}"


def rtt_differs(segments, record):
    theirs = {segment.rtt_ns for segment in segments} - {None}
    theirs = theirs.pop() if len(theirs) == 1 else None
    ours = record["handshake"]["rtt_ns"]
    # tshark rounds through a double.
    if theirs != ours and (theirs is None or ours is None or abs(theirs - ours) > 1):
        yield f"rtt {theirs}>{ours}"


def differing(capture):
    """(stream, what differs) for one capture; stream '-' for the capture as a whole."""
    segments, records = ask_tshark(capture), packets(capture, OPTIONS)
    known = {record["conn"]: record for record in connections(capture, OPTIONS)} if records else {}
    by_frame = {record["frame"]: record for record in records}
    streams = defaultdict(list)
    for segment in segments:
        streams[segment.stream].append(segment)
    if len(streams) != len(known):
        yield "-", f"streams {len(streams)}>{len(known)}"
    if {segment.frame for segment in segments} != set(by_frame):
        theirs = {segment.frame for segment in segments}
        yield "-", f"segments -{len(theirs - set(by_frame))} +{len(set(by_frame) - theirs)}"
    for stream, parts in streams.items():
        mine = [by_frame[part.frame] for part in parts if part.frame in by_frame]
        parts = [part for part in parts if part.frame in by_frame]
        for what in frames_differ(parts, mine):
            yield stream, what
        if mine:
            most = Counter(record["conn"] for record in mine).most_common(1)[0][0]
            for what in rtt_differs(parts, known[most]):
                yield stream, what


def compare(case):
    name, capture = case
    try:
        return name, list(differing(capture)), None
    except Refused as reason:
        return name, [], f"libpcap refuses it: {reason}"
    except TooLong as reason:
        return name, [], str(reason)
    except Fault as reason:
        return name, [("-", str(reason))], None


def available():
    try:
        return run([TSHARK, "--version"]).status == 0
    except OSError:
        return False


def main(quick=False, verbose=False):
    counts, table = Counts(), Differences("tshark_differences.tsv")
    if not available():
        print("  skipped: no tshark")
        counts.skipped += 1
        return counts
    cases = [(name, path) for name, path in captures() if not quick or name.startswith(QUICK)]
    compared = set()
    for name, differences, skipped in parallel(compare, cases):
        if skipped:
            counts.skipped += 1
            print(f"  skipped {name}: {skipped}")
            continue
        compared.add(name)
        unlisted = [case for case in differences if not table.justifies(name, *case)]
        counts.add(not unlisted)
        for stream, what in unlisted:
            print(f"  FAILED not justified: {name}\t{stream}\t{what}")
    report(table, compared, counts, verbose)
    return counts


if __name__ == "__main__":
    absent = missing()
    if absent:
        sys.exit(absent[1])
    result = main("--quick" in sys.argv[1:], "-v" in sys.argv[1:])
    print(result)
    sys.exit(1 if result.failed else 0)
