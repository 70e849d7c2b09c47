"""Runs synfin as a user would, and says which checks failed. For tests/sandbox/run and tests/faults/run."""

import contextlib
import os
import pwd
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SYNFIN = os.path.abspath(os.environ.get("SYNFIN", os.path.join(TOP, "build", "synfin")))
IS_ROOT = os.getuid() == 0
NOBODY = pwd.getpwnam("nobody").pw_uid
# A sanitizer's build reserves terabytes of addresses, and lets the sandbox be wider (src/cli/sandbox.h).
with open(SYNFIN, "rb") as _program:
    INSTRUMENTED = b"__asan_" in _program.read()


class Failure(Exception):
    """A check did not hold; the text says which."""


class Skip(Exception):
    """Cannot be tried here; the text says why."""


def check(condition, text):
    if not condition:
        raise Failure(text)


def environment(**extra):
    kept = {name: os.environ[name] for name in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "LD_LIBRARY_PATH", "GCOV_PREFIX")
            if name in os.environ}
    return {**kept, "TZ": "UTC", "LC_ALL": "C.UTF-8", **extra}


class Done:
    """How a run ended: out and err are text."""

    def __init__(self, status, out, err):
        self.status = status
        self.out = out.decode("utf-8", "backslashreplace")
        self.err = err.decode("utf-8", "backslashreplace")

    def __repr__(self):
        return f"status {self.status}, stderr {self.err[-300:]!r}"


def run(*words, env=None, stdin=b"", folder=None, limit=None, stdout=subprocess.PIPE, program=SYNFIN, **options):
    """Run it to its end. `limit`: called in the new process before it starts."""
    done = subprocess.run([program, *words], input=stdin, stdout=stdout, stderr=subprocess.PIPE, cwd=folder or TOP, check=False,
                          env=environment(**(env or {})), timeout=120, preexec_fn=limit, **options)
    return Done(done.returncode, done.stdout or b"", done.stderr or b"")


@contextlib.contextmanager
def started(*words, env=None, folder=None, program=SYNFIN, **options):
    """A run that goes on meanwhile; never longer than the block."""
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    process = subprocess.Popen([program, *words], cwd=folder or TOP, env=environment(**(env or {})), **options)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGCONT)
            process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream:
                stream.close()


def ended(process, seconds=20):
    """Wait for the end of a started() run."""
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise Failure(f"no end after {seconds} s") from None
    return Done(process.returncode, out or b"", err or b"")


def until(test, what, seconds=10):
    deadline = time.monotonic() + seconds
    while not test():
        check(time.monotonic() < deadline, f"{what}: not after {seconds} s")
        time.sleep(0.02)


def read_some(stream, seconds=10):
    """What is there to read, once there is something."""
    ready, _, _ = select.select([stream], [], [], seconds)
    check(ready, f"nothing to read after {seconds} s")
    return os.read(stream.fileno(), 65536)


@contextlib.contextmanager
def scratch(mode=0o755):
    folder = tempfile.mkdtemp(prefix="synfin-test-")
    os.chmod(folder, mode)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# ---- captures

LINKTYPE_ETHERNET = 1


def file_header():
    return struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, LINKTYPE_ETHERNET)


def record(number, payload=64, seconds=1600000000):
    """A TCP segment with that many bytes, one of a row that fits together."""
    tcp = struct.pack(">HHIIBBHHH", 40000, 80, (1000 + number * payload) & 0xffffffff, 1, 0x50, 0x10, 1000, 0, 0)
    ip = struct.pack(">BBHHHBBHII", 0x45, 0, 40 + payload, number & 0xffff, 0, 64, 6, 0, 0x0a000001, 0x0a000002)
    frame = bytes(12) + b"\x08\x00" + ip + tcp + b"x" * payload
    return struct.pack("<IIII", seconds + number // 1000, number % 1000, len(frame), len(frame)) + frame


def capture(count, payload=64):
    return file_header() + b"".join(record(i, payload) for i in range(count))


def frames_in(data):
    """How many whole frames a pcap file's bytes hold; fails if there is anything else."""
    check(len(data) >= 24, f"a savefile of {len(data)} bytes has no header")
    at, count = 24, 0
    while at < len(data):
        check(at + 16 <= len(data), "the savefile ends within a frame's header")
        at += 16 + struct.unpack_from("<I", data, at + 8)[0]
        check(at <= len(data), "the savefile ends within a frame")
        count += 1
    return count


# ---- cases

def main(name, cases):
    """Run the functions; 77 if each had to be skipped. Arguments of the program choose some by name."""
    wanted = sys.argv[1:]
    failed = passed = skipped = 0
    for case in cases:
        label = case.__name__.replace("_", "-")
        if wanted and label not in wanted:
            continue
        try:
            case()
            passed += 1
        except Skip as reason:
            skipped += 1
            print(f"{name}: skipped: {label}: {reason}")
        except Failure as failure:
            failed += 1
            print(f"{name}: FAILED: {label}: {failure}")
    print(f"{name}: {passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    if failed:
        return 1
    return 0 if passed else 77
