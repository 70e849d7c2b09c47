"""A small grammar of Mermaid's sequence diagrams: the part that synfin writes, line by line, and what must have come before."""

import re

NAME = r"c[1-9][0-9]*[ab]"
# Mermaid ends a line at ';' and begins an entity with '#'.
TEXT = r"[^;#\x00-\x1f]+"
PARTICIPANT = re.compile(rf"    participant ({NAME}) as ({TEXT})")
ARROW = re.compile(rf"    ({NAME})(->>|-->>|-x)({NAME}): ({TEXT})")
NOTE = re.compile(rf"    Note over ({NAME}),({NAME}): ({TEXT})")


def complaints(text):
    lines = text.split("\n")
    if lines[0] != "sequenceDiagram" or lines[-1] != "":
        yield "mermaid: begins with %r, ends with %r" % (lines[0], lines[-1])
    known = set()
    for number, line in enumerate(lines[1:-1], 2):
        found = PARTICIPANT.fullmatch(line)
        if found:
            known.add(found[1])
            continue
        found = ARROW.fullmatch(line)
        names = (found[1], found[3]) if found else ()
        if not found:
            found = NOTE.fullmatch(line)
            names = found.group(1, 2) if found else ()
        if not found:
            yield "mermaid %d: %r" % (number, line)
        elif not known.issuperset(names) or names[0] == names[1] or names[0][:-1] != names[1][:-1]:
            yield "mermaid %d: %s are no participants" % (number, " and ".join(names))


def arrows(text):
    return sum(bool(ARROW.fullmatch(line)) for line in text.split("\n"))


def self_test():
    good = "sequenceDiagram\n    participant c1a as x y:1\n    participant c1b as z\n    c1a->>c1b: (1) SYN\n    Note over c1a,c1b: A / B~\n"
    assert not list(complaints(good)) and arrows(good) == 1
    for old, new in (("SYN", "SYN;"), ("c1b: (1)", "c2b: (1)"), ("->>", "->"), ("Note over", "Note"), ("A / B~", "#A"), ("sequence", "Sequence")):
        assert list(complaints(good.replace(old, new))), (old, new)
