"""The stage of a scenario: two kernels' TCPs, and a hand that carries every packet.

Each end is a network namespace with a TUN device. A call on an end's socket
makes its kernel send; the packets wait in the end's outbox until the scenario
delivers, loses, repeats or swaps them. Writing a packet into a TUN device
runs the kernel's receive path to its end, so that asking both kernels after
each delivery gives the exact state of both ends. Everything happens in one
thread: the same scenario takes the same course in every run.

What is recorded: a list of events, each with the states after it, and three
captures: what A sends and receives (A), the same for B, and every packet when
it is sent, also a lost one (M).
"""

import contextlib
import json
import os
import select
import socket
import time

from end import End
from packet import CaptureFile, Segment, is_tcp

# Longer than a delayed ACK (40 ms), shorter than a retransmission (200 ms).
QUIET = 0.06
# Held up for so long by other programs, the stage would see timers fire that the scenario does not want.
LATE = 0.1


class Stage:
    """Use it in a with statement; `path` is where the recordings go, without a suffix."""

    def __init__(self, path, family=socket.AF_INET, sysctls=None, sysctls_b=None):
        self.path = path
        self.family = family
        self.events = []
        # How long, at most, other programs held this one up: then the course may be another than the scenario's.
        self.held_up = 0.0
        # How far the captures' clock is ahead of this machine's, in ns.
        self.skew = 0
        self._last = time.monotonic()
        self.stack = contextlib.ExitStack()
        try:
            self.a = End(self, "A", 0, sysctls or {})
            self.b = End(self, "B", 1, sysctls_b or sysctls or {})
            self._captures = {tap: self.keep(CaptureFile(f"{path}.{tap}.pcap")) for tap in "ABM"}
        except BaseException:
            self.stack.close()
            raise
        self._poll = select.poll()
        for end in (self.a, self.b):
            self._poll.register(end.wire, select.POLLIN)
        self._last = time.monotonic()

    def keep(self, resource):
        """Closes the resource at the end."""
        self.stack.callback(resource.close)
        return resource

    def __enter__(self):
        return self

    def __exit__(self, kind, *error):
        self.stack.close()
        if kind is None:
            with open(f"{self.path}.json", "w", encoding="ascii") as file:
                json.dump(self.events, file, indent=0)

    def record(self, text, packet=None, **more):
        """An event, and the states of both ends after it; which packet, by the event that sent it."""
        states = ("", "") if more else (self.a.state(), self.b.state())
        which = {"packet": packet.order} if packet and packet.order is not None else {}
        self.events.append({"t": time.time_ns(), "ev": text, "A": states[0], "B": states[1], **which, **more})

    def note(self, text):
        """Says in the record what the events alone do not tell."""
        self.record(text)

    def capture(self, tap, raw):
        self._captures[tap].add(time.time_ns() + self.skew, raw)

    def called(self, end, call, note):
        self.record(f"* {end.name} {call} {note}".rstrip())
        self.drain()

    def drain(self, seconds=0.0):
        """Takes what both kernels have sent into the outboxes; waits for the first one."""
        begin = time.monotonic()
        self._poll.poll(seconds * 1000)
        self._last, last = time.monotonic(), self._last
        self.held_up = max(self.held_up, begin - last, self._last - begin - seconds)
        for end in (self.a, self.b):
            with contextlib.suppress(BlockingIOError):
                while True:
                    self._take(end, os.read(end.wire, 65536))

    def _take(self, end, raw):
        if not is_tcp(raw):
            return
        packet = Segment(raw)
        packet.order = len(self.events)
        end.sent(packet)
        self.capture(end.name, raw)
        self.capture("M", raw)
        self.record(f"  {end.name} sends {end.describe(packet)}", packet, tx=end.name)
        end.outbox.append(packet)

    def arrive(self, end, packet, label, sender=None):
        self.capture(end.name, packet.raw)
        os.write(end.wire, packet.raw)
        self.record(f"{label} {(sender or end.peer).describe(packet)}", packet)
        self.drain()

    def settle(self, quiet=QUIET):
        """Carries every packet, in the order of sending, until both kernels are quiet."""
        deadline = time.monotonic() + quiet
        while True:
            under_way = [end for end in (self.a, self.b) if end.outbox]
            if under_way:
                min(under_way, key=lambda end: end.outbox[0].order).deliver()
                deadline = time.monotonic() + quiet
                continue
            left = deadline - time.monotonic()
            if left <= 0:
                return
            self.drain(left)

    def open(self, *options):
        """The common start: B listens, A connects (with socket options), the handshake runs."""
        self.b.listen()
        self.a.connect("", *options)
        self.settle()

    @property
    def disturbed(self):
        return self.held_up > LATE
