"""known.tsv: the lines that synfin leaves to tcpdump, because they need a dissector it has not.

Columns, separated by tabs: capture (a glob over its shown name), options (a
glob over the option set), dissector, and a regular expression. The expression
finds where the dissector's text begins in tcpdump's record. Only records where
it is found may differ, and only there: what stands before is compared all the
same, and all lines that synfin prints after that one must end tcpdump's record.
"""

import fnmatch
import os
import re

from common import ROOT

PATH = os.path.join(ROOT, "tests", "conformance", "known.tsv")
HEX_LINE = re.compile(rb"\t0x[0-9a-f]{4}:  ([0-9a-f ]+)$")
# A dissector that runs off the captured bytes: tcpdump then dumps the packet from its link header on.
OVERRUN = re.compile(rb" \[\|[a-z0-9-]+\]$", re.MULTILINE)
# What may stand between a line and the text of a dissector, and so goes with it.
JOINT = b" :,\n\t"


class Entry:
    def __init__(self, number, columns):
        self.capture, self.options, self.dissector, pattern = columns
        self.begin = re.compile(pattern.encode("ascii"))
        self.place = f"known.tsv:{number}"
        # A narrowed run may never come to an entry; only one that was tried can be stale.
        self.tried = self.differed = False

    def covers(self, capture, options):
        return fnmatch.fnmatchcase(capture, self.capture) and fnmatch.fnmatchcase(options, self.options)

    def excuses(self, ours, theirs):
        """Whether two records differ by the dissector's text alone."""
        found = self.begin.search(theirs)
        if not found:
            return False
        before = theirs[:found.start()].rstrip(JOINT)
        rest = ours[len(before):]
        # The count before the text must end where ours ends: "length 1" does not begin "length 19".
        if not ours.startswith(before) or rest[:1].isalnum():
            return False
        our_lines, their_lines = (text.split(b"\n")[1:] for text in (rest, theirs[found.start():]))
        if OVERRUN.search(theirs, found.start()):
            return dumped(their_lines).endswith(dumped(our_lines))
        return their_lines[len(their_lines) - len(our_lines):] == our_lines


def dumped(lines):
    """What a dump shows, whatever byte its first line begins with; a dump in ASCII is what it shows."""
    found = [HEX_LINE.match(line) for line in lines]
    if not any(found):
        return b"\n".join(lines)
    return b"".join(bytes.fromhex(match[1].decode()) for match in found if match)


def load(path=PATH):
    entries = []
    with open(path, encoding="ascii") as file:
        for number, line in enumerate(file, 1):
            if not line.strip() or line.startswith("#"):
                continue
            columns = line.rstrip("\n").split("\t")
            if len(columns) != 4:
                raise ValueError(f"known.tsv:{number}: {len(columns)} columns instead of 4")
            entries.append(Entry(number, columns))
    return entries
