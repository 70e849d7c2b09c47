"""Tables of the differences that a rule justifies.

Tab-separated; '#' begins a comment line. All columns but the last two are the case and what differs in it; then come the rule of
tcp-tracking.md (one or more, separated by commas) and the reason. A difference that is not in the table is a failure, and so is a
line that matches none: it is stale. Instead of a rule BUG names a fault of synfin's that is known and not mended yet: every run
shows it, and it goes with the fault. KEY names no rule but DESIGN.md's flow key.
"""

import os
import re

BUG = "BUG"
# KEY: what makes a connection, DESIGN.md: addresses, ports, VLAN and tunnel.
RULE = re.compile(r"BUG|KEY|[RHCXSVTO]\d(,[RHCXSVTO]\d)*")


class Differences:
    def __init__(self, name):
        self.path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
        self.name, self.lines, self.used, self.faults = name, {}, set(), []
        if not os.path.exists(self.path):
            return
        with open(self.path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                self.take(number, line.rstrip("\n"))

    def take(self, number, line):
        if not line or line.startswith("#"):
            return
        *case, rule, reason = line.split("\t")
        if not RULE.fullmatch(rule) or not reason:
            self.faults.append(f"{self.name}:{number}: no rule, or no reason")
        elif tuple(case) in self.lines:
            self.faults.append(f"{self.name}:{number}: stands there twice")
        self.lines[tuple(case)] = rule, reason

    def justifies(self, *case):
        """Whether that difference is in the table; remembers that it was asked for."""
        case = tuple(str(part) for part in case)
        if case not in self.lines:
            return False
        self.used.add(case)
        return True

    def stale(self, compared):
        """The lines that excused nothing, of the captures that were compared."""
        return [case for case in self.lines if case not in self.used and case[0] in compared]

    def by_rule(self):
        counts = {}
        for case in self.used:
            rule = self.lines[case][0]
            counts[rule] = counts.get(rule, 0) + 1
        return ", ".join(f"{rule} {number}" for rule, number in sorted(counts.items()))


def report(table, compared, counts, verbose):
    """What is wrong with the table itself, the faults that it names, and what it excused."""
    for case in table.stale(compared):
        counts.add(False)
        print("  FAILED no longer differs: " + "\t".join(case))
    for fault in table.faults:
        counts.add(False)
        print(f"  FAILED {fault}")
    for case in sorted(table.used):
        rule, reason = table.lines[case]
        if rule == BUG or verbose:
            print(f"  {rule}: {' '.join(case)}: {reason}")
    if table.used:
        print(f"  {len(table.used)} differences by rule: {table.by_rule()}")
