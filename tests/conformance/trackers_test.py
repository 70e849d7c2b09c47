"""Tries the comparisons with other trackers: an altered record must be found, and so must a line of a table that is stale.

The program under test is a script that alters what synfin says.
"""

import os
import subprocess
import sys
import tempfile

from common import CORPUS, ROOT, SHARED, SYNFIN, Counts

RUN = os.path.join(ROOT, "tests", "conformance", "run")
SCRIPT = """#!/bin/sh
"$REAL_SYNFIN" "$@" >"$0.out" 2>"$0.err"
status=$?
sed '{edit}' "$0.out"
cat "$0.err" >&2
exit $status
"""
# name: (sed's command, part, whether the corpora are needed, whether it must pass)
CASES = {
    "nothing altered": ("", "zeek", True, True),
    "another letter": ('s/"history":"ShADadFf"/"history":"ShADadfF"/', "zeek", True, False),
    "a packet less": ('s/"packets":57/"packets":56/', "zeek", True, False),
    "a state that does not follow from the letters": ('s/"conn_state":"RSTO"/"conn_state":"SF"/', "zeek", False, False),
    "a difference that is gone": ('s/"history":"ShADadtR"/"history":"ShADaGdgtR"/; s/"missed_bytes":0/"missed_bytes":24257/2', "zeek",
                                  True, False),
    "pcaps alone": ("", "tshark", False, True),
    "a retransmission unseen": ('s/"retransmission"//', "tshark", False, False),
    "another handshake": ('s/"rtt_ns":1/"rtt_ns":2/', "tshark", False, False),
    "pcaps alone, tcptrace": ("", "tcptrace", False, True),
    "a byte more": ('s/"bytes":75/"bytes":76/', "tcptrace", False, False),
}


def attempt(folder, edit, part, corpora):
    """Whether the comparison passes with this script as synfin, and what it printed."""
    path = os.path.join(folder, "synfin")
    with open(path, "w", encoding="ascii") as file:
        # Two at a time: each has its own file.
        file.write(SCRIPT.format(edit=edit).replace("$0.", "$0.$$."))
    os.chmod(path, 0o755)
    environment = dict(os.environ, SYNFIN=path, REAL_SYNFIN=SYNFIN, SYNFIN_SHARED=SHARED if corpora else folder)
    options = ["--quick"] if corpora else []
    done = subprocess.run([sys.executable, RUN, *options, part], env=environment, capture_output=True, text=True, check=False)
    if f"skipped: no {part}\n" in done.stdout:
        return None, ""
    if done.returncode not in (0, 1):
        raise RuntimeError(f"run ends with {done.returncode}: {done.stdout}{done.stderr}")
    return done.returncode == 0, done.stdout


def main(quick=False):
    counts = Counts()
    for name, (edit, part, corpora, expected) in CASES.items():
        # tshark takes its time.
        if quick and part == "tshark":
            continue
        if corpora and not os.path.isdir(CORPUS):
            counts.skipped += 1
            continue
        with tempfile.TemporaryDirectory(prefix="synfin-trackers-") as folder:
            passed, output = attempt(folder, edit, part, corpora)
        if passed is None:
            counts.skipped += 1
            continue
        counts.add(passed == expected)
        if passed != expected:
            print(f"  FAILED the comparison {'misses' if passed else 'invents'} a difference: {name}\n{output}")
    return counts
