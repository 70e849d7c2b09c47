"""Compares what both programs do with bad files, filters and options: exit status, stderr and stdout."""

import os
import re
import tempfile

from common import ROOT, SYNFIN, TCPDUMP, Counts, parallel, run_synfin, run_tcpdump

SAMPLE = os.path.join(ROOT, "pcaps", "http.pcap")

# Where tcpdump's words begin to be about tcpdump: limits in its own form, the names of all its options.
ABOUT_ITSELF = (b" (must", b" possibilities:")


def same_complaint(ours, theirs):
    """Both fail, and ours begins with the complaint of tcpdump; what follows is ours."""
    complaint = theirs.err.split(b"\n")[0]
    for marker in ABOUT_ITSELF:
        complaint = complaint.split(marker)[0]
    return (ours.status == theirs.status and ours.out == theirs.out
            and anonymous(ours.err, SYNFIN).startswith(anonymous(complaint, TCPDUMP)))


# Where synfin differs on purpose: reason -> (what must hold all the same, cases). README.md has this table, too.
DELIBERATE = {
    "after a wrong option stands where help is, not all of tcpdump's usage and its libraries' versions":
        (same_complaint, ("--nonsense", "-9", "--n -r good", "-r", "--absolute=1 -r good", "-r good -c",
                          "-r good -?")),
}
ON_PURPOSE = {case: rule for rule, cases in DELIBERATE.values() for case in cases}


def write(folder, name, data):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)


def prepare(folder):
    """The files that the cases name."""
    with open(SAMPLE, "rb") as file:
        data = file.read()
    swapped = data[3::-1] + data[4:]
    write(folder, "good", data)
    write(folder, "empty", b"")
    for length in (1, 3, 4, 10, 23):
        write(folder, f"header{length}", data[:length])
    write(folder, "no-packets", data[:24])
    write(folder, "record-header", data[:30])
    write(folder, "record-data", data[:24 + 16 + 74 + 16 + 50])
    write(folder, "text", b"This is not a capture file, whatever its name says.\n")
    write(folder, "zeros", bytes(100))
    write(folder, "version", data[:4] + b"\x09\x00" + data[6:])
    write(folder, "swapped-magic", swapped)
    write(folder, "linktype", data[:20] + b"\xfe\x03\x00\x00" + data[24:])
    write(folder, "caplen", data[:24 + 8] + b"\xff\xff\xff\x7f" + data[24 + 12:])
    write(folder, "pcapng-head", b"\x0a\x0d\x0d\x0a\x1c\x00\x00\x00")
    write(folder, "filter", b"tcp and\n port 80\n")
    write(folder, "filter-bad", b"tcp port\n")
    write(folder, "filter-empty", b"")
    os.mkdir(os.path.join(folder, "directory"))


FILES = ("missing", "directory", "empty", "header1", "header3", "header4", "header10", "header23",
         "no-packets", "record-header", "record-data", "text", "zeros", "version", "swapped-magic",
         "linktype", "caplen", "pcapng-head")
FILTERS = ("tcp port", "port nonsense", "host 10.0.0.300", "tcp and and", "(tcp", "tcp[",
           "tcp[0] = 300 and", "ether host zz", "vlan and vlan and port 1", "portrange 5", "net 1.2.3.4/99",
           "ip proto nonsense", "less x", "tcp", "ip6", "not tcp", "tcp[tcpflags] & tcp-fin != 0")
OPTIONS = (
    # unknown, ambiguous, without or with too much of an argument
    "--nonsense", "-9", "--n -r good", "-r", "--absolute=1 -r good", "-r good -c", "-r good -?",
    # numbers
    "-nn -r good -c 0", "-nn -r good -c -1", "-nn -r good -c x", "-nn -r good -c 1x",
    "-nn -r good -c 99999999999", "-nn -r good -c 2", "-nn -r good -c 2 tcp", "-nn -r good -c 1000",
    "-nn -r good -s -1", "-nn -r good -s 262145", "-nn -r good -s x", "-nn -r good -s 0",
    "-nn -r good -s 20", "-nn --snap 10 -r good", "-nn -r good -B 0", "-nn -r good -B x",
    # combinations
    "-nn -r good -r missing", "-nn -r missing -r good", "-nn -r good -tttttt", "-nn -r good -ttttt",
    "-nn --time-stamp-precision=pico -r good", "-nn --time-stamp-precision=nano -r good",
    "-nn -r good -Q nonsense", "-nn -r good -y NONSENSE", "--count -r good", "--count -r record-data",
    "--coun -r good", "--count -r good -c 2", "--count -r good tcp", "-nn -r -", "-nn -r good tcp",
    "-nn tcp -r good", "-nn -r good -- tcp", "-nn -# -r good -c 3", "-nn -a -r good",
    # a filter from a file
    "-nn -r good -F filter", "-nn -r good -F filter-bad", "-nn -r good -F missing",
    "-nn -r good -F filter-empty", "-nn -r good -F filter udp", "-nn -r good -F directory",
    # the filter's code
    "-d -r good tcp", "-dd -r good tcp", "-ddd -r good tcp", "-d -r good", "-d -r good -O tcp",
    "-d -r good tcp port", "-d -r missing tcp",
    # writing
    "-r good -w missing/file", "-r good -w directory", "-r good -w -", "-r good -w - tcp",
    "-r good -w - -c 1", "-r record-data -w -", "-nn -r good -w written --print", "-r no-packets -w -",
)


def cases():
    """(name, arguments)."""
    for name in FILES:
        yield f"-nn -r {name}", ["-nn", "-r", name]
    for text in FILTERS:
        yield f"-nn -r good '{text}'", ["-nn", "-r", "good", text]
    for text in OPTIONS:
        yield text, text.split()


def anonymous(err, program):
    """stderr with the program's name replaced; getopt's and ours stand at the beginning of a line."""
    name = re.escape(os.path.basename(program)).encode()
    return re.sub(rb"^" + name + rb": ", b"PROGRAM: ", err, flags=re.MULTILINE)


def differences(name, ours, theirs):
    """What differs and should not, as (what, ours, theirs)."""
    found = []
    if ours.status != theirs.status:
        found.append(("exit status", ours.status, theirs.status))
    if ours.out != theirs.out:
        found.append(("stdout", ours.out[:300], theirs.out[:300]))
    our_err, their_err = anonymous(ours.err, SYNFIN), anonymous(theirs.err, TCPDUMP)
    if our_err != their_err:
        found.append(("stderr", our_err, their_err))
    if name not in ON_PURPOSE:
        return found
    if not found:
        return [("listed as different", "the same", "take it out of DELIBERATE")]
    return [] if ON_PURPOSE[name](ours, theirs) else found


def attempt(case):
    """Runs one case in a fresh folder, so that nothing written is there before."""
    name, arguments = case
    results = []
    for runner in (run_synfin, run_tcpdump):
        with tempfile.TemporaryDirectory(prefix="synfin-errors-") as folder:
            # tcpdump gives up root's rights before it writes.
            os.chmod(folder, 0o777)
            prepare(folder)
            results.append(runner(arguments, folder=folder, stdin=b""))
    return name, differences(name, *results)


def main(verbose=False):
    counts, deliberate = Counts(), 0
    for name, found in parallel(attempt, cases()):
        counts.add(not found)
        deliberate += name in ON_PURPOSE
        for what, ours, theirs in found[:None if verbose else 2]:
            print(f"  FAILED {name}: {what}\n    tcpdump {theirs!r}\n    synfin  {ours!r}")
    print(f"errors: {counts.passed}/{counts.passed + counts.failed} alike, "
          f"{deliberate} of these with a difference that is meant")
    return counts
