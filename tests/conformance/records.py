"""Tells the records of tcpdump's output apart, and compares them one by one.

A record is what is printed for one packet: one line or many. Where one begins
cannot be seen in the output itself (a payload in ASCII may look like anything),
so both programs are run again with packet numbers, and a record begins where
the next number stands at the beginning of a line.
"""

NUMBER_OPTION = "-#"


def split(output):
    """The records of an output made with -#, without their numbers."""
    records, number, begin = [], 1, 0
    if not output.startswith(prefix(1)):
        return [output] if output else []
    while True:
        following = output.find(b"\n" + prefix(number + 1), begin)
        end = len(output) if following < 0 else following + 1
        records.append(output[begin + len(prefix(number)):end])
        if following < 0:
            return records
        begin, number = end, number + 1


def prefix(number):
    return b"%5d  " % number


def pairs(ours, theirs):
    """Both lists side by side; a record that one of them lacks is b''."""
    longest = max(len(ours), len(theirs))
    for i in range(longest):
        yield (ours[i] if i < len(ours) else b""), (theirs[i] if i < len(theirs) else b"")


def same_lines(ours, theirs):
    """How many lines of a record are identical, and the first pair that is not (or None)."""
    same, first = 0, None
    for our, their in pairs(ours.splitlines(True), theirs.splitlines(True)):
        if our == their:
            same += 1
        elif first is None:
            first = our, their
    return same, first
