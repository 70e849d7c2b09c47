"""A terminal that changes its width while packets come: a timeline and explanations follow it, unless --width fixes theirs."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time

def parts(capture, count):
    """The capture's bytes up to that packet, and the others."""
    with open(capture, "rb") as stream:
        data = stream.read()
    place = 24
    for _ in range(count):
        place += 16 + struct.unpack_from("<I", data, place + 8)[0]
    return data[:place], data[place:]


class Watched:
    """A program on a terminal of a width that can change; it reads a capture from a pipe."""

    def __init__(self, words, columns, environment):
        self.master, self.slave = pty.openpty()
        self._set(columns)
        self.program = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=self.slave, stderr=subprocess.DEVNULL, env=environment)

    def _set(self, columns):
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    def resize(self, columns):
        self._set(columns)
        # The kernel tells the terminal's own session; this program is not in it.
        self.program.send_signal(signal.SIGWINCH)
        time.sleep(0.1)

    def feed(self, data):
        self.program.stdin.write(data)
        self.program.stdin.flush()

    def output(self):
        """What has been written until nothing more comes for a while."""
        text = b""
        while select.select([self.master], [], [], 0.5)[0]:
            try:
                piece = os.read(self.master, 65536)
            except OSError:
                break
            text += piece
        return text.decode().replace("\r\n", "\n")

    def close(self):
        self.program.stdin.close()
        self.program.wait(timeout=20)
        text = self.output()
        os.close(self.slave)
        os.close(self.master)
        return text


def watch(synfin, capture, environment, *options, count=4):
    """The lines before and after the terminal grows from 80 to 120 columns, when it has read so many packets."""
    before, after = parts(capture, count)
    watched = Watched([synfin, "--quiet", "-nn", *options, "-r", "-"], 80, environment)
    watched.feed(before)
    first = watched.output()
    watched.resize(120)
    watched.feed(after)
    return first.splitlines(), watched.close().splitlines()


def widest(lines):
    return max((len(line) for line in lines), default=0)


def uprights(lines):
    return {tuple(i for i, c in enumerate(line) if c == "│") for line in lines if "│" in line}


def check(synfin, capture, environment, expect):
    first, then = watch(synfin, capture, environment, "--timeline")
    expect("a timeline begins as wide as the terminal", 60 < widest(first) < 80, first)
    expect("it follows the terminal's width", 80 < widest(then) < 120 and "window" in then[0], then)
    expect("below a heading of its own its columns line up", len(uprights(then)) == 1, then)
    # Of a closed connection the last row is left: it stands below the heading of its time.
    first, then = watch(synfin, "pcaps/simultaneous.pcap", environment, "--timeline", count=11)
    timer = [line for line in then if "+60 s*" in line]
    expect("the last row of a closed connection still stands below its own heading",
           timer and uprights(timer[:1]) == uprights(first) != uprights(then[1:8]), then)
    first, then = watch(synfin, capture, environment, "--timeline", "--width=80")
    expect("--width holds a timeline", widest(first + then) < 80 and not any("window" in line for line in then), then)
    first, then = watch(synfin, capture, environment, "--explain")
    expect("explanations follow the terminal's width", widest(first) <= 80 < widest(then) <= 120, (first, then))
    first, then = watch(synfin, capture, environment, "--explain", "--width=80")
    expect("--width holds explanations", widest(first + then) <= 80, (first, then))
