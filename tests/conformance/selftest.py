"""Tries the comparison itself: tcpdump must equal tcpdump, and one altered byte must be found.

The program under test is a script made here, in the place of synfin.
"""

import os
import subprocess
import sys
import tempfile

from common import ROOT, TCPDUMP, Counts

RUN = os.path.join(ROOT, "tests", "conformance", "run")
CAPTURE = "pcaps/http.pcap"
# --plain is synfin's own; every tcpdump option stays as it is. The last argument is the capture.
SCRIPT = """#!/bin/sh
[ "$1" = --plain ] && shift
{command}
"""
# name: (what the script runs, part, options of run, whether it must pass)
CASES = {
    "the same program": ('exec "$TCPDUMP" "$@"', ("--captures", CAPTURE), True),
    "the same program, cut": ('exec "$TCPDUMP" "$@"', ("--quick", "cut"), True),
    "one byte altered": ('"$TCPDUMP" "$@" | sed "2s/win/wim/"', ("--captures", CAPTURE), False),
    "a line more": ('"$TCPDUMP" "$@" && echo', ("--captures", CAPTURE), False),
    "the last line break lost": ('printf %s "$("$TCPDUMP" "$@")"', ("--captures", CAPTURE), False),
    "nothing printed": ("exit 0", ("--captures", CAPTURE), False),
    "another exit status": ('"$TCPDUMP" "$@"; exit 3', ("--captures", CAPTURE), False),
    "killed": ("kill -SEGV $$", ("--captures", CAPTURE), False),
    "one byte altered, cut": ('"$TCPDUMP" "$@" | sed "s/length/lenght/"', ("--quick", "cut"), False),
}


def attempt(folder, command, options):
    """Whether the comparison passes with this script as synfin."""
    path = os.path.join(folder, "synfin")
    with open(path, "w", encoding="ascii") as file:
        file.write(SCRIPT.format(command=command))
    os.chmod(path, 0o755)
    environment = dict(os.environ, SYNFIN=path, TCPDUMP=TCPDUMP, SYNFIN_SHARED=folder)
    if "cut" not in options:
        options = (*options, "--options", "-nn", "--options", "-nn -x")
    done = subprocess.run([sys.executable, RUN, *options], env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"run ends with {done.returncode}: {done.stdout}{done.stderr}")
    return done.returncode == 0, done.stdout


def main():
    counts = Counts()
    with tempfile.TemporaryDirectory(prefix="synfin-selftest-") as folder:
        for name, (command, options, expected) in CASES.items():
            passed, output = attempt(folder, command, options)
            counts.add(passed == expected)
            if passed != expected:
                print(f"  FAILED the comparison {'misses' if passed else 'invents'} a difference: {name}\n{output}")
    return counts
