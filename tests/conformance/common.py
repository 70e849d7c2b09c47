"""What every part of the comparison needs: the two programs, how they are run, and the counts."""

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SUFFIXES = (".pcap", ".pcapng", ".cap")
PARALLEL = 2
# One program hanging on one capture is a failure of that case, not of the whole run.
LIMIT_SECONDS = 120
HUNG = "no end"


def from_root(path):
    return path if os.path.isabs(path) else os.path.join(ROOT, path)


def program(variable, default):
    """A program given by the environment; a name without a slash is left to PATH, as in a shell."""
    value = os.environ.get(variable) or default
    return from_root(value) if os.sep in value else value


SYNFIN = program("SYNFIN", "build/synfin")
TCPDUMP = program("TCPDUMP", "tcpdump")
SHARED = from_root(os.environ.get("SYNFIN_SHARED") or os.path.join("..", "shared"))
CORPUS = os.path.join(SHARED, "corpus")


class Result:
    """What a program did: its exit status (HUNG if it did not end), and what it wrote."""

    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err


def environment():
    """Nothing of the caller's may change a line: the oracle's options are on the command line only."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith("LC_") and name not in ("LANG", "LANGUAGE", "NO_COLOR")}
    return dict(kept, TZ="UTC", LC_ALL="C")


ENVIRONMENT = environment()


def run(command, stdin=None, folder=None):
    try:
        done = subprocess.run(command, capture_output=True, env=ENVIRONMENT, timeout=LIMIT_SECONDS,
                              cwd=folder, **({"input": stdin} if stdin is not None else
                                             {"stdin": subprocess.DEVNULL}))
    except subprocess.TimeoutExpired as late:
        return Result(HUNG, late.stdout or b"", late.stderr or b"")
    return Result(done.returncode, done.stdout, done.stderr)


def run_synfin(options, **more):
    return run([SYNFIN, "--plain", *options], **more)


def run_tcpdump(options, **more):
    return run([TCPDUMP, *options], **more)


def starts(command):
    try:
        return run([command, "--version"]).status == 0
    except OSError:
        return False


def missing():
    """Why nothing can be compared, or None: (exit status, reason)."""
    if not os.access(SYNFIN, os.X_OK):
        return 1, f"no program {os.path.relpath(SYNFIN, ROOT)}: run make, or set SYNFIN"
    return None


def parallel(function, jobs):
    """function(job) of each job, in the order of the jobs; the work is done by child processes."""
    with ThreadPoolExecutor(PARALLEL) as pool:
        yield from pool.map(function, jobs)


def captures_below(folder):
    found = [os.path.join(where, name) for where, _, names in os.walk(folder) for name in names
             if name.endswith(SUFFIXES)]
    return sorted(found)


def have_corpus():
    return os.path.isdir(CORPUS)


def shown(path):
    """The name that a report, a pattern and known.tsv give a capture."""
    for base, prefix in ((CORPUS, ""), (ROOT, "")):
        if path.startswith(base + os.sep):
            return prefix + os.path.relpath(path, base)
    return path


class Counts:
    """Cases passed, failed and skipped."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def add(self, good):
        if good:
            self.passed += 1
        else:
            self.failed += 1

    def merge(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def __str__(self):
        text = f"{self.passed} passed, {self.failed} failed"
        return text + (f", {self.skipped} skipped" if self.skipped else "")
