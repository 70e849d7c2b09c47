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
import struct
import time

import netns
from diag import Diag
from packet import CaptureFile, Segment, distance, is_tcp, make

DEVICE, DEVICE_INDEX = "tun0", 10080
ADDRESSES = {socket.AF_INET: ("10.9.0.1", "10.9.0.2"),
             socket.AF_INET6: ("2001:db8:9::1", "2001:db8:9::2")}
PORTS = (41000, 51000)
TCP_REPAIR = 19
# Longer than a delayed ACK (40 ms), shorter than a retransmission (200 ms).
QUIET = 0.06


class End:
    """One end: its calls are the scenario's vocabulary. Every call is an event."""

    def __init__(self, stage, name, index, sysctls):
        self.stage = stage
        self.name = name
        self.family = stage.family
        self.address = (ADDRESSES[self.family][index], PORTS[index])
        self.outbox = []
        self.isn = None
        self.next = None
        self.listener = None
        self._connection = None
        self._had_connection = False
        self.namespace = stage.keep(netns.Namespace())
        self.wire = self.namespace.device(DEVICE, netns.IFF_TUN, DEVICE_INDEX)
        stage.stack.callback(os.close, self.wire)
        self._set_up(sysctls)
        self._diag = stage.keep(Diag(self.namespace, self.family))

    def _set_up(self, sysctls):
        for name, value in sysctls.items():
            self.namespace.sysctl(name, value)
        bits = 24 if self.family == socket.AF_INET else 64
        nodad = [] if self.family == socket.AF_INET else ["nodad"]
        self.namespace.ip("link", "set", DEVICE, "up")
        self.namespace.ip("addr", "add", f"{self.address[0]}/{bits}", "dev", DEVICE, *nodad)

    @property
    def peer(self):
        return self.stage.b if self is self.stage.a else self.stage.a

    def state(self):
        """This end's state; CLOSED and LISTEN are told apart by whether a connection was."""
        listens = False
        for own, peer, state in self._diag.sockets():
            if own == self.address[1] and peer == self.peer.address[1]:
                self._had_connection = True
                return state
            listens = listens or state == "LISTEN"
        return "LISTEN" if listens and not self._had_connection else "CLOSED"

    # ---- Calls

    @property
    def connection(self):
        """The connected socket; a passive opener accepts it when it is first used."""
        if self._connection is None:
            self._connection, _ = self.listener.accept()
            self.stage.keep(self._connection)
            self._connection.setblocking(False)
        return self._connection

    def _socket(self):
        made = self.stage.keep(self.namespace.socket(self.family))
        made.setblocking(False)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # A segment leaves when it is sent, whatever is unacknowledged.
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        made.bind(self.address)
        return made

    def listen(self, *options):
        """Not an event: no packet tells of it. Options are setsockopt()'s arguments."""
        self.listener = self._socket()
        for option in options:
            self.listener.setsockopt(*option)
        self.listener.listen()

    def connect(self, note="", *options):
        self._new_connection(options)
        with contextlib.suppress(BlockingIOError):
            self._connection.connect(self.peer.address)
        self.stage.called(self, "connect()", note)

    def connect_with_data(self, length, note=""):
        """TCP Fast Open: the data travels in the SYN."""
        self._new_connection(())
        with contextlib.suppress(BlockingIOError):
            self._connection.sendto(bytes(length), socket.MSG_FASTOPEN, self.peer.address)
        self.stage.called(self, f"connect() with {length} bytes", note)

    def _new_connection(self, options):
        self._connection = self._socket()
        for option in options:
            self._connection.setsockopt(*option)
        # The events count from the new connection's ISN.
        self.isn = self.next = None

    def send(self, length, note=""):
        self.connection.send(bytes(length))
        self.stage.called(self, f"send({length})", note)

    def receive(self, length, note=""):
        self.connection.recv(length)
        self.stage.called(self, f"recv({length})", note)

    def shutdown(self, note=""):
        self.connection.shutdown(socket.SHUT_WR)
        self.stage.called(self, "shutdown(WR)", note)

    def close(self, note=""):
        self.connection.close()
        self._connection = None
        self.stage.called(self, "close()", note)

    def abort(self, note=""):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self._connection = None
        self.stage.called(self, "abort", note)

    def vanish(self):
        """The end forgets its connection, as after a crash; no packet tells of it."""
        self.connection.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, 1)
        self.connection.close()
        self._connection = None
        self.stage.called(self, "vanishes", "(TCP_REPAIR close: no packet)")

    def stop_listening(self):
        self.listener.close()
        self.listener = None

    # ---- What happens to the packets this end has sent

    def deliver(self, index=0):
        """The oldest packet under way (or the one at index) arrives at the peer."""
        self.stage.arrive(self.peer, self.outbox.pop(index), f"{self.name}->{self.peer.name}")

    def deliver_copy(self, index=0):
        """The network doubles the packet: this copy arrives, the packet stays under way."""
        self.stage.arrive(self.peer, self.outbox[index], f"{self.name}->{self.peer.name}")

    def lose(self, index=0):
        packet = self.outbox.pop(index)
        self.stage.record(f"{self.name}->{self.peer.name} LOST {self.describe(packet)}")

    def wait_for_packet(self, seconds=2.0):
        """Waits until this end's kernel sends something by itself: a timer fires."""
        deadline = time.monotonic() + seconds
        while not self.outbox:
            left = deadline - time.monotonic()
            if left <= 0:
                raise RuntimeError(f"{self.name} sends nothing within {seconds} s")
            self.stage.drain(left)

    def forged(self, label, flags, seq, ack=0, window=1000, data=b""):
        """A packet that claims to come from this end arrives at the peer.

        seq and ack are relative, as in the events.
        """
        raw = make(self.address, self.peer.address, (self.isn or 0) + seq,
                   (self.peer.isn or 0) + ack if "A" in flags else 0, flags, window, data)
        packet = Segment(raw)
        self.stage.capture("M", raw)
        self.stage.arrive(self.peer, packet, f"{label}->{self.peer.name}", sender=self)

    # ---- Bookkeeping

    def sent(self, packet):
        """Notes the numbers of a packet that this end has just sent."""
        if self.isn is None and packet.has("S"):
            self.isn = self.next = packet.seq
        if self.next is not None and distance(packet.end(), self.next) > 0:
            self.next = packet.end()

    @property
    def next_seq(self):
        """The relative sequence number that this end sends next."""
        return distance(self.next, self.isn)

    def describe(self, packet):
        ack = f" ack={distance(packet.ack, self.peer.isn or 0)}" if packet.has("A") else ""
        seq = distance(packet.seq, self.isn or 0)
        return f"[{packet.flag_letters()}] seq={seq}{ack} win={packet.window} len={packet.length}"


class Stage:
    """Use it in a with statement; `path` is where the recordings go, without a suffix."""

    def __init__(self, path, family=socket.AF_INET, sysctls=None):
        self.path = path
        self.family = family
        self.events = []
        self.stack = contextlib.ExitStack()
        try:
            self.a = End(self, "A", 0, sysctls or {})
            self.b = End(self, "B", 1, sysctls or {})
            self._captures = {tap: self.keep(CaptureFile(f"{path}.{tap}.pcap")) for tap in "ABM"}
        except BaseException:
            self.stack.close()
            raise
        self._poll = select.poll()
        for end in (self.a, self.b):
            self._poll.register(end.wire, select.POLLIN)

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

    def record(self, text, **more):
        """An event, and the states of both ends after it."""
        states = ("", "") if more else (self.a.state(), self.b.state())
        self.events.append({"t": time.time_ns(), "ev": text, "A": states[0], "B": states[1], **more})

    def note(self, text):
        """Says in the record what the events alone do not tell."""
        self.record(text)

    def capture(self, tap, raw):
        self._captures[tap].add(time.time_ns(), raw)

    def called(self, end, call, note):
        self.record(f"* {end.name} {call} {note}".rstrip())
        self.drain()

    def drain(self, seconds=0.0):
        """Takes what both kernels have sent into the outboxes; waits for the first one."""
        self._poll.poll(seconds * 1000)
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
        self.record(f"  {end.name} sends {end.describe(packet)}", tx=end.name)
        end.outbox.append(packet)

    def arrive(self, end, packet, label, sender=None):
        self.capture(end.name, packet.raw)
        os.write(end.wire, packet.raw)
        self.record(f"{label} {(sender or end.peer).describe(packet)}")
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

    def open(self):
        """The common start: B listens, A connects, the handshake runs."""
        self.b.listen()
        self.a.connect()
        self.settle()
