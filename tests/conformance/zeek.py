#!/usr/bin/env python3
"""Compares synfin's connection records with the results that Zeek publishes for the captures of its own tests.

conn_state is derived from synfin's history letters (zeek_state.py). zeek_differences.tsv justifies what differs.
"""

import csv
import os
import sys

from common import CORPUS, Counts, missing
from connections import Fault, Refused, captures, connections, either_way
from differences import Differences, report
from zeek_state import conn_state

STATES = os.path.join(CORPUS, "states")
EXPECTED = os.path.join(STATES, "zeek_expected.tsv")
# Zeek gives up a connection after five minutes of silence, and its connections have no VLAN.
OPTIONS = ("--idle=300", "--vlan-blind")
FIELDS = ("orig", "conn_state", "history", "orig_bytes", "resp_bytes", "orig_pkts", "resp_pkts", "missed_bytes")
NOT_TOLD = ("?", "-")
# synfin keeps so many letters of a history; of a full one the last may be missing.
LETTERS = 12


def rows():
    with open(EXPECTED, encoding="utf-8") as file:
        header = file.readline().lstrip("#").rstrip("\n").split("\t")
        return list(csv.DictReader(file, header, delimiter="\t"))


def ours(record, swapped):
    """A connection record in the fields of Zeek's."""
    orig, resp = (record["server"], record["client"]) if swapped else (record["client"], record["server"])
    history = record["history"].swapcase() if swapped else record["history"]
    return {
        "orig": f"{orig['ip']} {orig['port']}",
        "conn_state": conn_state(history, orig["bytes"] + resp["bytes"] == 0),
        "history": history,
        "orig_bytes": str(orig["bytes"]),
        "resp_bytes": str(resp["bytes"]),
        "orig_pkts": str(orig["packets"]),
        "resp_pkts": str(resp["packets"]),
        "missed_bytes": str(record["missed_bytes"]),
    }


def differing(row, record):
    """'field zeek's>ours' for every field that differs; one that Zeek does not tell is not compared."""
    client = (record["client"]["ip"], str(record["client"]["port"]))
    swapped = client != (row["orig_h"], row["orig_p"])
    found = ours(record, swapped)
    told = dict(row, orig="seen" if not swapped else "server")
    found["orig"] = "seen"
    return [f"{field} {told[field]}>{found[field]}" for field in FIELDS
            if told[field] not in NOT_TOLD and told[field] != found[field]]


class Comparison:
    def __init__(self, verbose):
        self.verbose, self.counts, self.table = verbose, Counts(), Differences("zeek_differences.tsv")
        self.records, self.asked, self.compared = {}, {}, set()

    def of_capture(self, name):
        if name not in self.records:
            self.records[name] = connections(os.path.join(STATES, name), OPTIONS)
        return self.records[name]

    def record_for(self, row):
        """Of several connections on the same addresses and ports, the one that is at the same place as the row."""
        key = either_way((row["orig_h"], row["orig_p"], row["resp_h"], row["resp_p"]))
        place = self.asked.setdefault((row["file"], row["zeek_flag"], key), 0)
        self.asked[row["file"], row["zeek_flag"], key] += 1
        same = [record for record in self.of_capture(row["file"])
                if either_way((record["client"]["ip"], record["client"]["port"],
                               record["server"]["ip"], record["server"]["port"])) == key]
        return (place, same[place]) if place < len(same) else (place, None)

    def row(self, row):
        place, record = self.record_for(row)
        self.compared.add(row["file"])
        what = "; ".join(differing(row, record)) if record else "no such connection"
        case = (row["file"], row["zeek_flag"] or ".", f"{row['orig_h']} {row['orig_p']}", place + 1, what)
        good = not what or self.table.justifies(*case)
        self.counts.add(good)
        if not good:
            print("  FAILED not justified: " + "\t".join(str(part) for part in case))

    def definitions(self, row):
        """Zeek's own letters must lead to Zeek's own state, or zeek_state.py is wrong."""
        if "?" in (row["conn_state"], row["history"]):
            return
        empty = row["orig_bytes"] in "-0" and row["resp_bytes"] in "-0"
        found = conn_state(row["history"], empty)
        if found != row["conn_state"]:
            self.counts.add(False)
            print(f"  FAILED zeek_state.py: {row['history']} is {found}, not {row['conn_state']}")

    def all(self):
        for row in rows():
            self.definitions(row)
            try:
                self.row(row)
            except Refused as reason:
                self.counts.skipped += 1
                print(f"  skipped {row['file']}: libpcap refuses it: {reason}")
            except Fault as reason:
                self.counts.add(False)
                print(f"  FAILED {row['file']}: {reason}")
        report(self.table, self.compared, self.counts, self.verbose)
        return self.counts


def own_states():
    """The conn_state that synfin itself gives, of every connection of every capture, must follow from its history letters."""
    counts = Counts()
    for name, path in captures():
        try:
            records = connections(path)
        except (Fault, Refused):
            continue
        for record in records:
            if len(record["history"]) == LETTERS:
                continue
            derived = conn_state(record["history"], record["client"]["bytes"] + record["server"]["bytes"] == 0)
            counts.add(record["conn_state"] == derived)
            if record["conn_state"] != derived:
                print(f"  FAILED {name} c{record['conn']}: {record['history']} is {derived}, not {record['conn_state']}")
    return counts


def main(quick=False, verbose=False):
    counts = Counts()
    if not quick:
        counts.merge(own_states())
    if not os.path.exists(EXPECTED):
        print("  skipped: no zeek_expected.tsv in SYNFIN_SHARED")
        counts.skipped += 1
        return counts
    comparison = Comparison(verbose)
    counts.merge(comparison.all())
    return counts


if __name__ == "__main__":
    absent = missing()
    if absent:
        sys.exit(absent[1])
    result = main("--quick" in sys.argv[1:], "-v" in sys.argv[1:])
    print(result)
    sys.exit(1 if result.failed else 0)
