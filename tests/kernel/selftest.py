#!/usr/bin/env python3
"""Tries the makers of captures: they must still work on this kernel, and agree with RFC 9293.

Exit status: 0 passed, 1 failed, 77 this machine cannot do it.
"""

import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SKIPPED = 77

# The pairs of states that each scenario goes through.
START = "SYN_SENT/LISTEN SYN_SENT/SYN_RCVD ESTABLISHED/SYN_RCVD ESTABLISHED/ESTABLISHED"
COURSES = {
    "normal": f"{START} FIN_WAIT_1/ESTABLISHED FIN_WAIT_1/CLOSE_WAIT FIN_WAIT_2/CLOSE_WAIT "
              "FIN_WAIT_2/LAST_ACK TIME_WAIT/LAST_ACK TIME_WAIT/CLOSED",
    "simultaneous_close": f"{START} FIN_WAIT_1/ESTABLISHED FIN_WAIT_1/FIN_WAIT_1 "
                          "FIN_WAIT_1/CLOSING CLOSING/CLOSING TIME_WAIT/CLOSING TIME_WAIT/TIME_WAIT",
    "refused": "SYN_SENT/CLOSED CLOSED/CLOSED",
}


def course(path):
    """The pairs of states in a record, each once where it begins."""
    with open(path, encoding="ascii") as file:
        events = json.load(file)
    pairs = []
    for event in events:
        pair = f"{event['A']}/{event['B']}"
        if event["A"] and pair not in pairs[-1:]:
            pairs.append(pair)
    return " ".join(pairs)


def run(*arguments):
    """Runs a maker; returns its exit status, and shows its output unless all is well."""
    done = subprocess.run([sys.executable, *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        print(done.stdout, end="", flush=True)
    return done.returncode


def main():
    with tempfile.TemporaryDirectory(prefix="synfin-selftest-") as folder:
        status = (run(os.path.join(HERE, "make_pcaps.py"), "-o", folder, "http", "any")
                  or run(os.path.join(HERE, "step", "make_states.py"), "-o", folder, *COURSES))
        if status:
            return status
        for name, expected in COURSES.items():
            found = course(os.path.join(folder, f"{name}.json"))
            if found != expected:
                print(f"FAILED  {name}: {found}\n        instead of {expected}")
                return 1
    print("ok      the makers of captures work, and both kernels go through RFC 9293's states")
    return 0


if __name__ == "__main__":
    sys.exit(main())
