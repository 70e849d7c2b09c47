#!/usr/bin/env python3
"""Tries the makers of captures, which must still work on this kernel and agree with RFC 9293, and the
comparison: it must notice a synfin that is wrong. README.md must list every scenario.

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

# What stands in for synfin, and whether check must be content with it: states, remarks, packets.
STAND_INS = {
    'exec "$REAL" "$@"': True,
    '"$REAL" "$@" | sed "s,CLOSE_WAIT~,CLOSE_WAIT,;s,FIN_WAIT_2,FIN_WAIT_1,"': False,
    '"$REAL" "$@" | sed "s,SYN_SENT/SYN_RECEIVED~,SYN_SENT/SYN_RECEIVED,"': False,
    '"$REAL" "$@" | sed "s,\\"retransmission\\",\\"out_of_order\\","': False,
    '"$REAL" "$@" | grep -v \'"retransmission"\'': False,
    '"$REAL" "$@" | sed 4d': False,
    '"$REAL" "$@" | sed "s,\\"outcome\\":\\"closed\\",\\"outcome\\":\\"no_answer\\","': False,
    'exit 0': False,
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


def unlisted_scenarios():
    """The scenarios that README.md does not name."""
    listed = subprocess.run([sys.executable, os.path.join(HERE, "step", "make_states.py"), "--list"],
                            stdout=subprocess.PIPE, text=True, check=True).stdout
    with open(os.path.join(HERE, "README.md"), encoding="utf-8") as file:
        named = set(file.read().split("`"))
    return [line.split()[0] for line in listed.splitlines() if line.split()[0] not in named]


def run(*arguments):
    """Runs a maker; returns its exit status, and shows its output unless all is well."""
    done = subprocess.run([sys.executable, *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        print(done.stdout, end="", flush=True)
    return done.returncode


def check(folder, command):
    """Whether check is content with this script as synfin."""
    path = os.path.join(folder, "synfin")
    with open(path, "w", encoding="ascii") as file:
        file.write(f"#!/bin/sh\n{command}\n")
    os.chmod(path, 0o755)
    real = os.path.abspath(os.environ.get("SYNFIN") or "build/synfin")
    done = subprocess.run([sys.executable, os.path.join(HERE, "check"), "fin_lost"], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, env=dict(os.environ, REAL=real, SYNFIN=path, BUILD=folder))
    if done.returncode not in (0, 1):
        raise RuntimeError(f"check ends with {done.returncode}: {done.stdout}")
    return done.returncode == 0, done.stdout


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
        unlisted = unlisted_scenarios()
        if unlisted:
            print(f"FAILED  README.md lacks the scenarios {' '.join(unlisted)}")
            return 1
        for command, expected in STAND_INS.items():
            content, output = check(folder, command)
            if content != expected:
                print(f"FAILED  check {'misses' if content else 'invents'} a difference: {command}\n{output}")
                return 1
    print("ok      check notices states and remarks that are wrong")
    print("ok      the makers of captures work, and both kernels go through RFC 9293's states")
    return 0


if __name__ == "__main__":
    sys.exit(main())
