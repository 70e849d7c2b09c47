"""Compares the lines of `synfin --plain OPTIONS -r F` with those of `tcpdump OPTIONS -r F`."""

import fnmatch
import os

import known
import records
from common import (CORPUS, ROOT, Counts, captures_below, have_corpus, parallel, run_synfin,
                    run_tcpdump, shown)

OPTION_SETS = ("-nn", "-nn -e", "-nn -v", "-nn -vv -e", "-nn -vvv", "-nn -S", "-nn -q",
               "-nn -tttt -#", "-nn -x", "-nn -XX", "-nn -A", "-nn -K -v", "-nn --nano -tt", "-n")
# What a quick run takes of the large folders; the small ones get every set.
QUICK_SETS = ("-nn", "-nn -vv -e", "-nn -x")
LARGE = ("lines", "states")
# libpcap gives up in the middle of such a pcapng file; synfin reads it to its end.
REFUSED = b"different from the snapshot length of the first interface"


class Comparison:
    """One capture under one option set."""

    def __init__(self, capture, options, entries):
        self.name, self.options = shown(capture), options
        self.entries = [entry for entry in entries if entry.covers(self.name, options)]
        self.capture = capture
        self.lines = self.same = 0
        self.excused = 0
        # Pairs (ours, theirs) of lines, or of words where something else is wrong.
        self.differences = []
        self._compare(options.split())

    @property
    def good(self):
        return not self.differences

    def _compare(self, options):
        arguments = [*options, "-r", self.capture]
        ours, theirs = run_synfin(arguments), run_tcpdump(arguments)
        self.lines = theirs.out.count(b"\n")
        if REFUSED in theirs.err and ours.status == 0 and ours.out.startswith(theirs.out):
            self.same = self.lines
            return
        if ours.status != theirs.status:
            self.differences.append((f"exit status {ours.status}", f"exit status {theirs.status}"))
        if ours.out == theirs.out:
            self.same = self.lines
            return
        self._compare_records(options, ours.out, theirs.out)

    def _compare_records(self, options, our_plain, their_plain):
        arguments = [*options, *([] if records.NUMBER_OPTION in options else [records.NUMBER_OPTION]),
                     "-r", self.capture]
        ours, theirs = (records.split(runner(arguments).out) for runner in (run_synfin, run_tcpdump))
        found = False
        for our, their in records.pairs(ours, theirs):
            same, first = records.same_lines(our, their)
            self.same += same
            if first is None:
                continue
            found = True
            excuse = next((entry for entry in self.entries if entry.excuses(our, their)), None)
            if excuse:
                excuse.differed = True
                self.excused += 1
            else:
                self.differences.append(first)
        # With numbers all is well, without them not: the numbers themselves hide it.
        numbered = records.NUMBER_OPTION in options
        if not found or (not numbered and (b"".join(ours) != our_plain or b"".join(theirs) != their_plain)):
            self.differences.append(records.same_lines(our_plain, their_plain)[1])


def folders(quick):
    """(folder, option sets) of everything there is to compare."""
    yield os.path.join(ROOT, "pcaps"), OPTION_SETS
    if not have_corpus():
        print("lines: skipped: no corpus (../shared/corpus, or SYNFIN_SHARED); pcaps/ alone")
        return
    for name in ("probe", *LARGE):
        yield os.path.join(CORPUS, name), QUICK_SETS if quick and name in LARGE else OPTION_SETS


def matches(name, pattern):
    return fnmatch.fnmatchcase(name, pattern) or pattern in name


def jobs(quick, pattern, options):
    """(option set, captures), one option set after the other."""
    taken = {}
    for folder, sets in folders(quick):
        for chosen in options or sets:
            taken.setdefault(chosen, []).extend(
                path for path in captures_below(folder) if not pattern or matches(shown(path), pattern))
    return taken.items()


def report(options, results, verbose):
    lines = sum(result.lines for result in results)
    same = sum(result.same for result in results)
    excused = sum(result.excused for result in results)
    good = sum(result.good for result in results)
    text = f"{options:<16} {good}/{len(results)} captures, {same}/{lines} lines identical"
    print(text + (f" ({excused} packets known, see known.tsv)" if excused else ""), flush=True)
    for result in results:
        if result.good:
            continue
        print(f"  FAILED {result.name}: {len(result.differences)} differences")
        for ours, theirs in result.differences[:20 if verbose else 1]:
            print(f"    tcpdump {theirs!r}\n    synfin  {ours!r}")


def stale(entries):
    """Entries whose captures were all compared and are all identical by now."""
    return [entry for entry in entries if entry.tried and not entry.differed]


def main(quick=False, pattern=None, options=None, verbose=False):
    counts, entries = Counts(), known.load()
    for chosen, captures in jobs(quick, pattern, options):
        results = list(parallel(lambda path: Comparison(path, chosen, entries), captures))
        for result in results:
            counts.add(result.good)
            for entry in result.entries:
                entry.tried = True
        report(chosen, results, verbose)
    # A narrowed run may not come to where an entry is needed.
    for entry in stale(entries) if not pattern and not options else ():
        print(f"  FAILED {entry.place}: {entry.dissector}: nothing differs any more, take the entry out")
        counts.add(False)
    return counts
