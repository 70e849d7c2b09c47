"""Runs the program under test in a namespace, and reads its two pipes as it writes them."""

import os
import re
import signal
import subprocess
import threading
import time


class Failure(Exception):
    """A test's expectation was not met; the text says which."""


class Tool:
    """The program under test: synfin, or tcpdump to try the harness itself.

    tcpdump buffers its output on a pipe and needs options to be prompt;
    synfin must be prompt without any. It has no annotations to check either.
    """

    def __init__(self, path):
        self.path = path
        self.is_tcpdump = os.path.basename(path) == "tcpdump"
        self.options = ["-l", "--immediate-mode", "-Z", "root"] if self.is_tcpdump else []

    def start(self, namespace, *arguments, **options):
        return Program(namespace, [self.path, *self.options, *arguments], options)


class Pipe(threading.Thread):
    """Collects what comes out of a pipe, so that a test can wait for it with a limit."""

    def __init__(self, file):
        super().__init__(daemon=True)
        self._file = file
        self._changed = threading.Condition()
        self._data = b""
        self._ended = False
        self.start()

    def run(self):
        while True:
            piece = self._file.read(65536)
            with self._changed:
                self._data += piece
                self._ended = not piece
                self._changed.notify_all()
            if not piece:
                return

    def text(self):
        with self._changed:
            return self._data.decode("utf-8", "replace")

    def lines(self):
        """The complete lines so far.

        Empty ones do not count: tcpdump prints one when it is interrupted.
        """
        return [line for line in self.text().split("\n")[:-1] if line]

    def wait(self, test, seconds):
        """Waits until test() of the complete lines holds; returns whether it does."""
        deadline = time.monotonic() + seconds
        while not test(self.lines()):
            with self._changed:
                left = deadline - time.monotonic()
                if self._ended or left <= 0:
                    break
                self._changed.wait(min(left, 0.05))
        return test(self.lines())


class Program:
    """Use it in a with statement: it never outlives the block."""

    def __init__(self, namespace, arguments, options):
        self._process = namespace.popen(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, bufsize=0, **options)
        self.out = Pipe(self._process.stdout)
        self.err = Pipe(self._process.stderr)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self.out.join()
        self.err.join()
        self._process.stdout.close()
        self._process.stderr.close()

    def listening(self):
        """Waits until the capture has begun."""
        if not self.err.wait(lambda lines: any("listening on" in line for line in lines), 10):
            raise Failure(f"no 'listening on' on stderr, but: {self.err.text().strip()!r}")
        return self

    def expect_lines(self, count, seconds):
        if not self.out.wait(lambda lines: len(lines) >= count, seconds):
            raise Failure(f"{len(self.out.lines())} lines instead of {count} within {seconds} s")
        return self.out.lines()

    def signal(self, number):
        self._process.send_signal(number)

    def ends(self, expected, seconds=10):
        """Waits for the end; its status must be the expected one."""
        try:
            status = self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Failure(f"still runs after {seconds} s") from None
        self.out.join()
        self.err.join()
        if status != expected:
            said = self.err.text().strip()
            raise Failure(f"exit status {status} instead of {expected}; stderr: {said!r}")

    def interrupt(self):
        """What a user does with Ctrl-C: the capture ends well."""
        self.signal(signal.SIGINT)
        self.ends(0)

    def statistics(self):
        """Every group of three statistics on stderr so far, as (captured, received, dropped)."""
        count = r"(\d+) packets? %s"
        captured, received, dropped = (re.findall(count % what, self.err.text()) for what in
                                       ("captured", "received by filter", "dropped by kernel"))
        return [tuple(map(int, group)) for group in zip(captured, received, dropped)]
