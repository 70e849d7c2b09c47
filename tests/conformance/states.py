#!/usr/bin/env python3
"""Compares the states that synfin shows after each packet with those that both kernels were in.

    states.py [-v] [DIR...]

DIR holds captures NAME.A.pcap, .B.pcap or .M.pcap and NAME.json beside them,
as tests/kernel/step/make_states.py makes them; default: the corpus. The last
line is "N passed, N failed": every state must be exact, or differ by a rule of
visible.py. tests/kernel/check makes fresh scenarios and compares more of them.
"""

import argparse
import glob
import os
import re
import sys

import kernel_record
from common import CORPUS, SYNFIN, Counts, missing, parallel, run
from follows import Followed
from visible import INVISIBLE, RULES, History, explain, only_assumed

STATE = r"([A-Z_0-9]+)([~?]?)"
ANNOTATION = re.compile(r" # c(\d+)((?: close)?(?: \([0-9+]+\)))* " + STATE + "/" + STATE)


class Shown:
    """What synfin says after one packet: connection, and (state, mark) of each end."""

    def __init__(self, connection, ends):
        self.connection, self.ends = connection, ends


def annotations(path):
    """What synfin shows for each packet of a capture, with the client's states first."""
    result = run([SYNFIN, "-nn", "-r", path])
    found = [ANNOTATION.search(line) for line in result.out.decode().splitlines()]
    return [match and (match[1], match.group(3, 4), match.group(5, 6))
            for match in found]


def client_by(packet):
    """H7: the sender of a SYN, the receiver of a SYN-ACK, and otherwise the end with the higher port, which is B's."""
    if "S" not in packet.flags:
        return "B"
    return kernel_record.other(packet.sender) if "A" in packet.flags else packet.sender


def by_end(packets, found):
    """Turns client and server into A and B: by H7 the client sent a connection's first SYN."""
    client, result = {}, []
    for packet, one in zip(packets, found):
        if one is None:
            result.append(None)
            continue
        connection, first, second = one
        # Seen from its first packet: a tap at B may see B's SYN before A's (simultaneous open).
        if connection not in client:
            client[connection] = client_by(packet)
        pair = (first, second) if client[connection] == "A" else (second, first)
        result.append(Shown(connection, dict(zip("AB", pair))))
    return result


class Agreement:
    """One capture: how many states are exact, explained by which rule, or different."""

    def __init__(self, path):
        self.path = path
        self.name = os.path.basename(path)
        self.exact, self.explained, self.different, self.faults = 0, {}, [], []
        self.listing = []
        self._compare()

    @property
    def total(self):
        return self.exact + len(self.different) + sum(map(len, self.explained.values()))

    @property
    def good(self):
        return not self.different and not self.faults

    @property
    def invisible(self):
        """How many states a rule excuses because no packet shows them."""
        return sum(len(notes) for rule, notes in self.explained.items() if rule.startswith(INVISIBLE))

    def _compare(self):
        stem = self.name.split(".")[0]
        tap = self.name.split(".")[1]
        events = kernel_record.load(os.path.join(os.path.dirname(self.path), stem + ".json"))
        kernel_record.fill_states(events)
        packets = kernel_record.tap(events, tap)
        if [set(one.flags) for one in packets] != kernel_record.flags_of_capture(self.path):
            self.faults.append("the capture is not what its record says")
            return
        found = annotations(self.path)
        if len(found) != len(packets):
            self.faults.append(f"{len(found)} lines for {len(packets)} packets")
            return
        histories = {end: History(events, packets, end) for end in "AB"}
        for place, (packet, shown) in enumerate(zip(packets, by_end(packets, found))):
            self._compare_packet(place, packet, shown, events, histories)

    def _compare_packet(self, place, packet, shown, events, histories):
        truth = events[packet.truth].states
        words = []
        for end in "AB":
            state, mark = shown.ends[end] if shown else ("no annotation", "")
            known = state == truth[end] and (mark or not only_assumed(histories[end], place) or state in Followed(histories[end], place).certain)
            if known:
                self.exact += 1
                words.append(f"{state}{mark}")
                continue
            # Right, but shown as certain before anything proves it: no rule excuses that.
            rule = explain(histories[end], place, state, mark == "~") if state != truth[end] else None
            words.append(f"{state}{mark} ({rule or 'DIFFERS'}: {truth[end]})")
            note = f"packet {place + 1} {packet.event.text.strip()}: {end} {state}{mark}, kernel {truth[end]}"
            if rule:
                self.explained.setdefault(rule, []).append(note)
            else:
                self.different.append(note)
        self.listing.append(f"{place + 1:>4} {packet.event.text.strip():<46} {' / '.join(words)}")

    def row(self):
        rules = ", ".join(f"{len(notes)} {rule}" for rule, notes in sorted(self.explained.items()))
        differing = f", {len(self.different)} DIFFER" if self.different else ""
        return (f"{self.name:<30} {self.exact}/{self.total} exact" + (f", {rules}" if rules else "")
                + differing + "".join(f", FAULT: {fault}" for fault in self.faults))


def report(result, verbose):
    print(result.row())
    for note in result.different:
        print(f"      DIFFERS {note}")
    for rule, notes in sorted(result.explained.items()):
        for note in notes if verbose else []:
            print(f"      {rule}: {note}")
    for line in result.listing if verbose else []:
        print(f"      {line}")


def compare_folder(folder, verbose):
    counts, rules, total = Counts(), {}, 0
    paths = sorted(path for path in glob.glob(os.path.join(glob.escape(folder), "*.[ABM].pcap"))
                   if os.path.exists(path.rsplit(".", 2)[0] + ".json"))
    for result in parallel(Agreement, paths):
        report(result, verbose)
        total += result.total
        for rule, notes in result.explained.items():
            rules[rule] = rules.get(rule, 0) + len(notes)
        counts.add(result.good)
    for rule, number in sorted(rules.items()):
        print(f"  {rule}: {number} of {total} states: {RULES[rule]}")
    return counts


def main(folders=(), verbose=False):
    counts = Counts()
    if not folders:
        folders = [os.path.join(CORPUS, "states", "kernel")]
        if not os.path.isdir(folders[0]):
            print("states: skipped: no corpus (../shared/corpus, or SYNFIN_SHARED)")
            counts.skipped += 1
            return counts
    for folder in folders:
        counts.merge(compare_folder(folder, verbose))
    return counts


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-v", "--verbose", action="store_true", help="show every packet, and every state that a rule explains")
    parser.add_argument("folders", metavar="DIR", nargs="*")
    chosen = parser.parse_args()
    absent = missing()
    if absent:
        sys.exit(absent[1])
    summary = main([os.path.abspath(folder) for folder in chosen.folders], chosen.verbose)
    print(summary)
    sys.exit(1 if summary.failed else 0)
