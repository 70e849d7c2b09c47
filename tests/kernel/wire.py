"""The wire between two TAP devices: a thread that carries every frame across.

The network emulator of tc is missing from many kernels, so the path's delay
and loss are made here. A judge, called once per frame, says whether the
frame arrives; without one every frame does, after the one-way delay.

TAP devices offer no checksum or segmentation offload unless asked, therefore
every frame is a whole one with right checksums when a capture sees it.
"""

import heapq
import os
import select
import struct
import threading
import time

FIN, SYN, RST, PSH, ACK = 0x01, 0x02, 0x04, 0x08, 0x10

A_TO_B, B_TO_A = 0, 1
FRAME_MAX = 65536


class Segment:
    """What a judge needs to know of a TCP segment."""

    def __init__(self, flags, length, source, destination):
        self.flags = flags
        self.length = length
        self.source = source
        self.destination = destination


def segment_of(frame):
    """The TCP segment in an Ethernet frame, or None; extension headers are not followed."""
    kind = struct.unpack_from("!H", frame, 12)[0]
    if kind == 0x0800 and frame[23] == 6:
        tcp = 14 + (frame[14] & 15) * 4
        end = 14 + struct.unpack_from("!H", frame, 16)[0]
    elif kind == 0x86DD and frame[20] == 6:
        tcp = 14 + 40
        end = tcp + struct.unpack_from("!H", frame, 18)[0]
    else:
        return None
    source, destination = struct.unpack_from("!HH", frame, tcp)
    header = (frame[tcp + 12] >> 4) * 4
    return Segment(frame[tcp + 13], end - tcp - header, source, destination)


class Wire(threading.Thread):
    def __init__(self, end_a, end_b, delay):
        super().__init__(daemon=True)
        self._ends = (end_a, end_b)
        self._delay = delay
        self._judge = None
        self._under_way = []
        self._count = 0
        self._last = time.monotonic()
        self._stop_read, self._stop_write = os.pipe()

    def judge_with(self, judge):
        """judge(direction, Segment or None) -> True if the frame arrives."""
        self._judge = judge

    def stop(self):
        os.write(self._stop_write, b"x")
        self.join()
        os.close(self._stop_read)
        os.close(self._stop_write)

    def settle(self, quiet=0.1):
        """Waits until nothing has been under way for a while, counted from the call at the earliest."""
        begun = time.monotonic()
        while self._under_way or time.monotonic() - max(begun, self._last) < quiet:
            time.sleep(quiet / 5)

    def _take(self, direction):
        while True:
            try:
                frame = os.read(self._ends[direction], FRAME_MAX)
            except BlockingIOError:
                return
            self._last = time.monotonic()
            judge = self._judge
            if judge is not None and not judge(direction, segment_of(frame)):
                continue
            self._count += 1
            due = self._last + self._delay
            heapq.heappush(self._under_way, (due, self._count, 1 - direction, frame))

    def _deliver_due(self):
        while self._under_way and self._under_way[0][0] <= time.monotonic():
            _, _, end, frame = self._under_way[0]
            # The frame leaves the list last: settle() must not see an empty
            # wire while the delivery can still provoke an answer.
            os.write(self._ends[end], frame)
            self._last = time.monotonic()
            heapq.heappop(self._under_way)

    def run(self):
        poll = select.poll()
        for descriptor in (*self._ends, self._stop_read):
            poll.register(descriptor, select.POLLIN)
        while True:
            wait = None
            if self._under_way:
                wait = max(0.0, self._under_way[0][0] - time.monotonic()) * 1000
            ready = [descriptor for descriptor, _ in poll.poll(wait)]
            if self._stop_read in ready:
                return
            for direction in (A_TO_B, B_TO_A):
                if self._ends[direction] in ready:
                    self._take(direction)
            self._deliver_due()
