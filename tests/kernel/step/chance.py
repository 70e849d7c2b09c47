"""Scenarios that a seed makes up: calls, losses, delays, copies, forged packets, settings of both kernels.

Nobody knows beforehand what becomes of them, and timers make the same seed take another course now and then. What synfin must show follows
from the record all the same. random_SEED is such a scenario; scenario.py has no list of them.
"""

import contextlib
import random
import re
import socket

from scenario import TAPS, Scenario

NAME = re.compile(r"random_(\d+)$")

# What is between the ends: how often each packet is lost, doubled, delayed, overtaken.
NETWORKS = ((0, 0, 0, 0), (0, 0, 0, 0), (0.1, 0, 0, 0), (0.3, 0, 0, 0), (0, 0.2, 0, 0), (0, 0, 0.2, 0.2), (0.1, 0.1, 0.1, 0.1))

# Each end gets a few of these.
SYSCTLS = (
    ("tcp_timestamps", "0"), ("tcp_sack", "0"), ("tcp_dsack", "0"), ("tcp_window_scaling", "0"), ("tcp_ecn", "1"), ("tcp_ecn", "0"),
    ("tcp_fin_timeout", "1"), ("tcp_syncookies", "2"), ("tcp_syncookies", "0"), ("tcp_abort_on_overflow", "1"), ("tcp_rfc1337", "1"),
    ("tcp_tw_reuse", "1"), ("tcp_tw_reuse", "0"), ("tcp_retries1", "1"), ("tcp_retries2", "1"), ("tcp_orphan_retries", "1"),
    ("tcp_syn_retries", "1"), ("tcp_synack_retries", "1"), ("tcp_early_retrans", "3"), ("tcp_fastopen", str(0x200 | 4 | 2 | 1)),
    ("tcp_fastopen", "3"), ("tcp_invalid_ratelimit", "0"), ("tcp_frto", "0"), ("tcp_thin_linear_timeouts", "1"),
    ("tcp_slow_start_after_idle", "0"), ("tcp_rmem", "4096 8192 8192"), ("tcp_max_syn_backlog", "1"), ("tcp_autocorking", "0"),
)

TCP_WINDOW_CLAMP = 10
OPTIONS = (
    ((socket.IPPROTO_TCP, socket.TCP_MAXSEG, 100),), ((socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536),),
    ((socket.SOL_SOCKET, socket.SO_RCVBUF, 2048),), ((socket.SOL_SOCKET, socket.SO_RCVBUF, 8192),),
    ((socket.SOL_SOCKET, socket.SO_SNDBUF, 4096),),
    ((socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1), (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1), (socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1),
     (socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 1)),
    ((socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 400),), ((socket.IPPROTO_TCP, socket.TCP_LINGER2, 1),),
    ((socket.IPPROTO_TCP, socket.TCP_LINGER2, -1),), ((socket.IPPROTO_TCP, socket.TCP_QUICKACK, 0),),
    ((socket.IPPROTO_TCP, TCP_WINDOW_CLAMP, 1000),), ((socket.IPPROTO_TCP, socket.TCP_SYNCNT, 1),), ((socket.IPPROTO_TCP, socket.TCP_CORK, 1),),
    ((socket.IPPROTO_TCP, socket.TCP_NODELAY, 0),),
)
LISTEN_OPTIONS = (((socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 1),), ((socket.IPPROTO_TCP, socket.TCP_FASTOPEN, 5),))

SIZES = (1, 1, 10, 10, 100, 100, 1000, 1448, 3000, 10000, 40000)
# Short of a delayed ACK, of a retransmission, of a second one, of a keep-alive.
WAITS = (0.01, 0.05, 0.05, 0.25, 0.25, 0.5, 1.1)
# A course that goes on for longer tells nothing new.
PACKETS_MAX, STEPS_MAX = 250, 40


class Course:
    """One scenario under way: draws what is next."""

    def __init__(self, stage, draw):
        self.stage, self.draw = stage, draw
        self.network = draw.choice(NETWORKS)
        # (sender, packet): delayed, and everything that was ever sent, of which an old copy may turn up.
        self.held, self.sent = [], []
        self.carried = 0
        # Whether somebody else sends packets in the ends' names.
        self.hostile = draw.random() < 0.4

    # ---- the network

    def carry_one(self, end):
        """The oldest packet of an end meets its fate."""
        lose, double, delay, overtake = self.network
        self.carried += 1
        packet = end.outbox[0]
        self.sent.append((end, packet))
        fate = self.draw.random()
        if fate < lose:
            end.lose()
        elif fate < lose + double:
            end.deliver_copy()
        elif fate < lose + double + delay:
            self.held.append((end, end.hold()))
        elif fate < lose + double + delay + overtake and len(end.outbox) > 1:
            end.deliver(1)
        else:
            end.deliver()

    def carry_all(self, quiet):
        """Until both kernels are quiet for so long."""
        while self.carried < PACKETS_MAX:
            ends = [end for end in (self.stage.a, self.stage.b) if end.outbox]
            if ends:
                self.carry_one(min(ends, key=lambda end: end.outbox[0].order))
                continue
            self.stage.drain(quiet)
            if not (self.stage.a.outbox or self.stage.b.outbox):
                return

    def carry(self, end):
        if end.outbox:
            self.carry_one(end)

    def lose(self, end):
        if end.outbox:
            end.lose(self.draw.randrange(len(end.outbox)))

    def hold(self, end):
        if end.outbox:
            self.held.append((end, end.hold(self.draw.randrange(len(end.outbox)))))

    def release(self, _end):
        if self.held:
            end, packet = self.held.pop(self.draw.randrange(len(self.held)))
            end.release(packet)

    def replay(self, _end):
        """The network brings a packet of long ago once more."""
        if self.sent:
            end, packet = self.draw.choice(self.sent[-20:])
            end.release(packet)

    def wait(self, _end):
        self.stage.drain(self.draw.choice(WAITS))

    def idle(self, _end):
        """An hour passes on the capture's clock alone; what waits for the end of TIME_WAIT would have seen it."""
        if not {self.stage.a.state(), self.stage.b.state()} - {"ESTABLISHED", "CLOSE_WAIT", "FIN_WAIT_2"}:
            self.stage.skew += 3600 * 10 ** 9

    def settle(self, _end):
        self.carry_all(self.draw.choice((0.0, 0.005, 0.06)))

    # ---- calls

    def listen(self, end):
        if end.listener:
            return
        options = [option for choice in LISTEN_OPTIONS if self.draw.random() < 0.2 for option in choice] + self.options()
        end.listen(*options, backlog=self.draw.choice((0, 1, 8, 8, 8)))
        self.stage.note(f"{end.name} listens")

    def stop_listening(self, end):
        if end.listener:
            end.stop_listening()

    def options(self):
        return [option for choice in OPTIONS if self.draw.random() < 0.07 for option in choice]

    def connect(self, end):
        if end.has_connection:
            if end.state() not in ("CLOSED", "LISTEN"):
                return
            end.close()
        if self.draw.random() < 0.15 and end.peer.listener:
            end.connect_with_data(self.draw.choice((1, 10, 100)))
        else:
            end.connect("", *self.options())

    def accept(self, end):
        """What was accepted before is gone: the next use accepts another one."""
        if end.has_connection and end.state() == "CLOSED":
            end.close()
        if not end.has_connection:
            end.connection  # pylint: disable=pointless-statement

    def send(self, end):
        end.send(self.draw.choice(SIZES))

    def urgent(self, end):
        end.send_urgent(b"now")

    def receive(self, end):
        end.receive(self.draw.choice((1, 100, 10000, 100000)))

    def shutdown(self, end):
        end.shutdown()

    def close(self, end):
        """Mostly all is read first: what is unread makes it a reset."""
        if self.draw.random() < 0.7:
            with contextlib.suppress(OSError):
                end.receive(1000000)
        end.close()

    def abort(self, end):
        end.abort()

    def vanish(self, end):
        if end.state() not in ("CLOSED", "LISTEN"):
            end.vanish()

    # ---- packets that neither end sent

    def forge(self, end):
        if not self.hostile or end.isn is None or end.peer.isn is None:
            return
        # What opens a connection, or seems to be one's, would be one more connection, of a third end.
        living = end.peer.state() not in ("CLOSED", "LISTEN", "SYN_SENT")
        kind = self.draw.choice(("R", "R", "R") + ("A", "A", "data", "FA", "SA", "S", "S") * living)
        # What a RST has closed, for all who cannot know better, a SYN would begin anew.
        if "S" in kind and any("[R" in event["ev"] for event in self.stage.events):
            return
        window = self.draw.choice((0, 1, 100, 5000, 100000, 1 << 30, -1, -100, -100000))
        seq = end.next_seq + self.draw.choice((0, 0, window))
        ack = (end.peer.next_seq if end.peer.isn is not None else 0) + self.draw.choice((0, 0, 0, window))
        if kind == "data":
            # Inside the window it would be taken for the stream's, and the two ends would never agree again.
            end.forged("spoofed data", "PA", end.next_seq + self.draw.choice((1 << 24, -100000)), ack, data=bytes(10))
        elif kind == "FA":
            end.forged("spoofed FIN", "FA", end.next_seq + self.draw.choice((1 << 24, -100000)), ack)
        elif kind == "R" and self.draw.random() < 0.3:
            end.forged("spoofed RST", "RA", seq, ack)
        else:
            end.forged(f"spoofed {kind}", kind, seq, ack)

    # ---- the course

    def open(self):
        a, b = self.stage.a, self.stage.b
        way = self.draw.random()
        if way < 0.85:
            self.step("listen", b)
        self.step("connect", a)
        if way > 0.8:
            self.step("connect", b)
        if self.draw.random() < 0.7:
            self.carry_all(0.005)

    # Of each so many in all: what opens and ends a connection is rarer than what happens while it is open.
    WEIGHTS = (("carry", 30), ("settle", 14), ("lose", 3), ("hold", 3), ("release", 4), ("replay", 2), ("wait", 6), ("idle", 1), ("listen", 1),
               ("stop_listening", 1), ("connect", 3), ("accept", 2), ("send", 16), ("urgent", 1), ("receive", 8), ("shutdown", 3),
               ("close", 4), ("abort", 1), ("vanish", 1), ("forge", 6))

    def step(self, name, end):
        # A call that its end cannot take just now (nothing to accept, not connected, reset) is none.
        with contextlib.suppress(OSError, RuntimeError):
            getattr(self, name)(end)

    def run(self):
        names, weights = zip(*self.WEIGHTS)
        self.open()
        for _ in range(self.draw.randint(5, STEPS_MAX)):
            if self.carried > PACKETS_MAX:
                break
            end = self.draw.choice((self.stage.a, self.stage.b))
            self.step(self.draw.choices(names, weights)[0], end)
        self.finish()

    def finish(self):
        """Mostly both ends close in the end, over a network that loses nothing."""
        if self.draw.random() < 0.3:
            return
        self.network = NETWORKS[0]
        ends = [self.stage.a, self.stage.b]
        self.draw.shuffle(ends)
        for end in ends:
            self.carry_all(0.005)
            self.step("close", end)
        self.carry_all(0.25)


def found(name):
    """The scenario of a name, or None."""
    match = NAME.match(name)
    if not match:
        return None
    draw = random.Random(int(match[1]))

    def settings():
        return {f"ipv4/{name}": value for name, value in SYSCTLS if draw.random() < 0.06}

    own = {"family": draw.choice((socket.AF_INET, socket.AF_INET, socket.AF_INET6)), "sysctls": settings(), "sysctls_b": settings()}

    def play(stage, _a, _b):
        Course(stage, random.Random(int(match[1]))).run()

    return Scenario(play, "Whatever a seed makes up.", dict.fromkeys(TAPS, "?"), own)
