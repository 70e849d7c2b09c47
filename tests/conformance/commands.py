"""Compares what both programs make of command lines: combinations, rotation, lists of files, and what synfin refuses by name.

synfin is called through a link named tcpdump, so every word of stderr must be the same; so must the files that were written, the
exit status and stdout.
"""

import os
import shlex
import tempfile

from common import SYNFIN, TCPDUMP, Counts, parallel, run
from errors import prepare as prepare_errors, write

FRAMES, FRAME = 1500, 1400  # 2.1 million bytes: three files of a million, each a frame longer


def refused(ours, theirs):
    """An option out of scope says so by name; what tcpdump does then does not matter."""
    return theirs is not None and (ours.status, ours.out) == (1, b"") and b" is not supported: " in ours.err


def same_complaint(ours, theirs):
    """Both fail, and ours begins with the complaint of tcpdump; what follows is ours."""
    complaint = theirs.err.split(b"\n")[0].split(b" possibilities:")[0]
    return ours.status == theirs.status and ours.out == theirs.out and ours.err.startswith(complaint)


def same_words(ours, theirs):
    return (ours.status, ours.out, ours.err) == (theirs.status, theirs.out, theirs.err)


def own_text(ours, theirs):
    """The program speaks about itself."""
    return ours.status == theirs.status and bool(ours.out) == bool(theirs.out)


# Where synfin differs on purpose: reason -> (what must hold all the same, cases). README.md has this table, too.
DELIBERATE = {
    "after a wrong option stands where help is, not all of tcpdump's usage and its libraries' versions":
        (same_complaint, ("--n", "--time", "-X9 -r good", "-r good -V", "--print=x", "--lengths", "-g")),
    "help and versions are synfin's": (own_text, ("-h", "--help", "--version", "-h -r missing", "-D -h", "--vers -c 0")),
    "libpcap's second line is left out, or what to do stands in its place":
        (same_complaint, ("-i nosuch", "-i ''", "-i 1x", "-L -i nosuch", "-i 99", "-i 0")),
    "out of scope":
        (refused, ("-b -r good", "-E 1@2.2.2.2 -r good", "-f -r good", "-H -r good", "-I -i nosuch", "--monitor",
                   "-j host -r good", "-j nonsense", "-J", "--list-time", "-m mib -r good", "-T domain -r good", "-T nonsense",
                   "-u -r good", "--fp-type", "-Y -r good")),
}
DELIBERATE_AS_ROOT = {
    "an unknown user is complained of before a file is created": (same_words, ("-Z nosuchuser -r good -w out", "-Z nosuchuser -r good -w out -G 9")),
}
ON_PURPOSE = {case: rule for rule, cases in (DELIBERATE | DELIBERATE_AS_ROOT).values() for case in cases}

SAME = (
    # numbers, as atoi() takes them
    "-r good -c +2", "-r good -c ' 2'", "-r good -c 2.9", "-r good -c ''", "-r good -s 0x40", "-r good -s 010", "-r good -s 64k",
    "-r good -s ''", "-r good -s +1", "-r good -B 1x", "-r good -B -1", "--buffer-size=x", "--snapshot-length=-1",
    # words
    "-r good -Q IN", "-r good -Q inout -c 1", "-r good --direction=x", "-r good -y en10mb -c 1", "-y nosuch", "--linktype=",
    "--time-stamp-precision=NANO -r good", "--time-stamp-precision micro -r good -c 1", "-r good --micro --nano -c 1",
    # words of options abbreviated, behind the expression, after --
    "-r good --abs -c 4", "-r good --numb -c 1", "-r good --no-pro -c 1", "-r good --no-o -c 1", "-r good --dont -v -c 1",
    "-r good --imm -c 1", "-r good --packet -c 1", "-r good --print -c 1", "-r good --pr -c 1", "-r good --re root -c 1",
    "tcp -r good -c 1 or udp", "tcp -c 2 port 80 -r good -nn", "-r good -nn -- -c", "-nn -r good -- tcp -c 1", "-r good '' -c 1",
    "-r good 'tcp' 'and' 'port 80' -c 1", "-r good -nnnn -c 1", "-r good -N -c 1", "-r good -aN -c 1", "-nnr good -c1",
    # the first complaint counts
    "-c 0 -r missing", "-r missing bad filter", "-r good -c 0 -s x", "-s x -c 0", "-r good -F missing bad filter",
    "-tttttt -V list -r good", "-V list -r good -c 0", "-tttttt -r missing", "-r good -V list", "-r good -w missing/x bad filter",
    "-r good -w missing/x --count", "-Z nosuchuser -r missing", "-Z nosuchuser -r good bad filter",
    # dumps and other combinations
    "-r good -A -x -c 4", "-r good -A -X -c 4", "-r good -x -X -c 4", "-r good -AA -xx -c 4", "-r good -xx -x -c 2", "-r good -q -v -c 4",
    "-r good -qq -vvv -e -c 4", "-r good -S -v -K -c 4", "-r good -l -U -c 4", "-r good -p -O -c 4", "-r good -L -c 1",
    "-r good -M secret -v -c 4", "-r good -i nosuch -c 1", "-r good -tt -ttt -c 3", "-r good -t -t -t -t -# -c 3",
    # the filter's code
    "-d -y RAW tcp", "-dd -y LINUX_SLL2 ip6", "-d -y nosuch tcp", "-d", "-ddd", "-dddd ip", "-d -s 100 ip", "-d -O ip", "-d -F filter",
    "-d -F filter-bad", "-d -y RAW -r good ip", "-d -r good -w out ip", "-d -V list ip", "-d -y PPP ether host 1:2:3:4:5:6",
    # only how many
    "--count -r good -w out", "--count -r good -w out --print", "--count -r good -w -", "--count -V list", "--count -V list -c 2",
    "--count -r no-packets", "--count -r good -c 1", "--count -r missing", "--count -v -r good", "--count -d -r good",
    # lists
    "-V list -nn", "-V list -nn -c 2 -#", "-V list -nn -ttt", "-V list -nn -tttt --nano", "-V list -nn -S -c 5", "-V list -w out",
    "-V list -w out --nano", "-V list -w out --print -c 1", "-V list -C 1 -w out", "-V missing", "-V empty", "-V directory", "-V -",
    "-V list-missing -nn -c 1", "-V list-empty-line --count", "-V list-damaged -nn", "-V list-damaged-last -nn", "-V list-links -nn -e",
    "-V list-links -w out", "-V list-links --count", "-V list-links -nn 'ether src 1:2:3:4:5:6 or tcp'", "-V list-text -nn", "-V list -L -c 1",
    # rotation
    "-r large -w out -C 1", "-r large -w out -C 1 -W 1", "-r large -w out -C 1 -W 2", "-r large -w out -C 1 -W 3", "-r large -w out -C 1 -W 11",
    "-r large -w out -C 1 -W 101 -U", "-r large -w out%Y -C 1", "-r large -w out%Y -C 1 -G 3600", "-r large -w out-%Y%% -C 1 -G 3600 -W 3",
    "-r large -w out -C 1 -z true", "-r large -w out -G 3600 -z true", "-r good -z true -c 1",
    "-r large -w out%Y -G 3600", "-r large -w out -G 3600 -W 2", "-r large -w out -W 2", "-r large -w out -G 0", "-r large -w out%Y -G x",
    "-r large -w out -C 3", "-r large -w - -C 1", "-r large -w missing/out -C 1", "-r large -w missing%Y/out -G 1", "-r large -w directory -C 1",
    "-r good -w '' -G 1", "-r good -w ''", "-r large -C 1 --count", "-r large -w out -C 1 --count", "-r large -w out -C 1 -c 800",
    "-C 0", "-C -1", "-C 1x", "-C x", "-C ''", "-C 99999999999999999999", "-C 9223372036855", "-C 1.5", "-G -1", "-W 0", "-W -1", "-W x", "-W ''",
    "-r good -W 2x -c 1", "-r good -G 1x -c 1", "-r good -C ' 1' -c 1", "-r good -C 1 -w out",
)
# These need the right to capture, or to become another user.
AS_ROOT = ("-Z nosuchuser -r good", "-Z nosuchuser -r large -w out -C 1", "-Z daemon -r large -w out -G 100", "-Z root -r good -w out", "-Z daemon -r good -w out",
           "--relinq=daemon -r large -w out -C 1", "-Z '' -r good", "-Z nosuchuser -V list", "-i lo bad filter", "-i lo -y RAW",
           "-L -i lo", "-L", "-i lo -w missing/out", "-i lo -w directory", "-d -i lo ip", "-i lo -Z nosuchuser", "-D", "-D -r missing",
           "-tttttt -D")


def prepare(folder):
    prepare_errors(folder)
    with open(os.path.join(folder, "good"), "rb") as file:
        data = file.read()
    frame = data[24:32] + (FRAME).to_bytes(4, "little") * 2 + data[40:54] + bytes(FRAME - 14)
    write(folder, "large", data[:24] + frame * FRAMES)
    write(folder, "raw", data[:20] + (101).to_bytes(4, "little") + data[24:])
    for name, files in (("list", "good good"), ("list-missing", "good missing"), ("list-damaged", "record-data good"),
                        ("list-damaged-last", "good record-data"), ("list-links", "good raw"), ("list-text", "good text")):
        write(folder, name, "".join(f"{file}\n" for file in files.split()).encode())
    write(folder, "list-empty-line", b"good\n\ngood\n")


def contents(folder):
    """What is in the folder afterwards, by name. (Not whose it is: without -Z that differs on purpose.)"""
    found = {}
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            with open(path, "rb") as file:
                found[name] = file.read()
    return found


def attempt(case):
    results, files = [], []
    for program in (SYNFIN, TCPDUMP):
        with tempfile.TemporaryDirectory(prefix="synfin-commands-") as scratch:
            folder = os.path.join(scratch, "files")
            os.mkdir(folder)
            # tcpdump gives up root's rights before it writes.
            os.chmod(scratch, 0o755)
            os.chmod(folder, 0o777)
            prepare(folder)
            if program == SYNFIN:
                program = os.path.join(scratch, "tcpdump")
                os.symlink(SYNFIN, program)
            results.append(run([program, *shlex.split(case)], folder=folder, stdin=b""))
            files.append(contents(folder))
    return case, differences(case, *results, *files)


def differences(case, ours, theirs, our_files, their_files):
    """What differs and should not, as (what, ours, theirs)."""
    found = [(what, one, other) for what, one, other in (
        ("exit status", ours.status, theirs.status), ("stdout", ours.out[:300], theirs.out[:300]),
        ("stderr", ours.err, theirs.err), ("names of files", sorted(our_files), sorted(their_files))) if one != other]
    if ours.out != theirs.out and ours.out[:300] == theirs.out[:300]:
        found.append(("stdout", f"{len(ours.out)} bytes", f"{len(theirs.out)} bytes"))
    if not found:
        found = [(f"file {name}", f"{len(our_files[name])} bytes", f"{len(data)} bytes")
                 for name, data in sorted(their_files.items()) if our_files[name] != data]
    if case not in ON_PURPOSE:
        return found
    if not found:
        return [("listed as different", "the same", "take it out of DELIBERATE")]
    return [] if ON_PURPOSE[case](ours, theirs) else found


def main(verbose=False):
    counts = Counts()
    cases = [*SAME, *(case for _, listed in DELIBERATE.values() for case in listed)]
    as_root = [*AS_ROOT, *(case for _, listed in DELIBERATE_AS_ROOT.values() for case in listed)]
    if os.geteuid() == 0:
        cases += as_root
    else:
        print(f"commands: {len(as_root)} cases skipped: they need root")
        counts.skipped += len(as_root)
    for case, found in parallel(attempt, cases):
        counts.add(not found)
        for what, ours, theirs in found[:None if verbose else 2]:
            print(f"  FAILED {case}: {what}\n    tcpdump {theirs!r}\n    synfin  {ours!r}")
    print(f"commands: {counts.passed}/{counts.passed + counts.failed} alike, {len(ON_PURPOSE)} of these with a difference that is meant")
    return counts
