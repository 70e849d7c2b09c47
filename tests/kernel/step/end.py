"""One end of a stage: a network namespace with a TUN device, its sockets, and the packets it has sent."""

import contextlib
import os
import socket
import struct
import threading
import time

import netns
from diag import Diag
from packet import Segment, distance, make

DEVICE, DEVICE_INDEX = "tun0", 10080
ADDRESSES = {socket.AF_INET: ("10.9.0.1", "10.9.0.2"),
             socket.AF_INET6: ("2001:db8:9::1", "2001:db8:9::2")}
PORTS = (41000, 51000)
TCP_REPAIR = 19
# No tail loss probe: it comes after a few milliseconds, which one busy moment of this machine would make up.
SYSCTLS = {"ipv4/tcp_early_retrans": "0"}


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
        for name, value in {**SYSCTLS, **sysctls}.items():
            self.namespace.sysctl(name, value)
        bits = 24 if self.family == socket.AF_INET else 64
        nodad = [] if self.family == socket.AF_INET else ["nodad"]
        self.namespace.ip("link", "set", DEVICE, "up")
        self.namespace.ip("addr", "add", f"{self.address[0]}/{bits}", "dev", DEVICE, *nodad)
        self._wait_for_address()

    def _wait_for_address(self):
        """IPv6 puts a new address into use later, in a kernel thread; until then it drops what arrives for it."""
        deadline = time.monotonic() + 5
        while not self.namespace.ip("route", "get", self.address[0]).startswith("local"):
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self.name}: {self.address[0]} is not in use after 5 s")
            time.sleep(0.01)

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
    def has_connection(self):
        """Whether it has a connected socket, whatever became of it; a connection that nobody accepted yet is none."""
        return self._connection is not None

    @property
    def connection(self):
        """The connected socket; a passive opener accepts it when it is first used."""
        if self._connection is None:
            if self.listener is None:
                raise RuntimeError(f"{self.name} has no socket")
            try:
                self._connection, _ = self.listener.accept()
            except BlockingIOError as error:
                raise RuntimeError(f"{self.name} has nothing to accept: the handshake is not done") from error
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

    def listen(self, *options, backlog=8):
        """Not an event: no packet tells of it. Options are setsockopt()'s arguments."""
        self.listener = self._socket()
        for option in options:
            self.listener.setsockopt(*option)
        self.listener.listen(backlog)

    def fill_accept_queue(self):
        """A connection from this end's own namespace (of whose packets none passes the middle) fills a backlog of 0."""
        made = self.stage.keep(self.namespace.socket(self.family))
        made.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            made.connect(self.address)
        self.stage.called(self, "accept queue full", "")

    def drain_accept_queue(self):
        """Accepts, and drops, what fill_accept_queue() put there."""
        with contextlib.suppress(BlockingIOError):
            while True:
                self.listener.accept()[0].close()
        self.stage.called(self, "accept queue empty", "")

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

    def option(self, *arguments):
        """Not an event: setsockopt() of the connection."""
        self.connection.setsockopt(*arguments)

    def send(self, length, note=""):
        self.connection.send(bytes(length))
        self.stage.called(self, f"send({length})", note)

    def send_urgent(self, data):
        """The last byte of the data is urgent."""
        self.connection.send(data, socket.MSG_OOB)
        self.stage.called(self, f"send({len(data)}, MSG_OOB)", "")

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

    def close_lingering(self, seconds):
        """close() that waits for the last acknowledgement; it blocks, so a thread of its own calls it."""
        sock, self._connection = self.connection, None
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, seconds))
        waiting = threading.Thread(target=sock.close)
        self.stage.stack.callback(waiting.join)
        waiting.start()
        self.wait_for_packet()
        self.stage.called(self, "close()", f"with linger {seconds} s")

    def forget(self):
        """Not an event: the next use of the connection accepts a new one."""
        self._connection = None

    def vanish(self):
        """The end forgets its connection, as after a crash; no packet tells of it."""
        self.connection.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, 1)
        self.connection.close()
        self._connection = None
        self.stage.called(self, "vanishes", "(TCP_REPAIR close: no packet)")

    def stop_listening(self):
        self.listener.close()
        self.listener = None
        self.stage.called(self, "stops listening", "")

    def wait_until(self, state, seconds=4.0):
        """Waits for a timer of this end's kernel; packets that it sends meanwhile wait in the outbox."""
        deadline = time.monotonic() + seconds
        while self.state() != state:
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self.name} is not {state} within {seconds} s")
            self.stage.drain(0.02)
        self.stage.note(f"{self.name} is {state} by a timer")

    # ---- What happens to the packets this end has sent

    def deliver(self, index=0):
        """The oldest packet under way (or the one at index) arrives at the peer."""
        self.stage.arrive(self.peer, self.outbox.pop(index), f"{self.name}->{self.peer.name}")

    def deliver_copy(self, index=0):
        """The network doubles the packet: this copy arrives, the packet stays under way."""
        self.stage.arrive(self.peer, self.outbox[index], f"{self.name}->{self.peer.name}")

    def hold(self, index=0):
        """Takes a packet out of the outbox: it stays under way until release()."""
        return self.outbox.pop(index)

    def hold_copy(self, index=0):
        """The network doubles the packet and delays this copy until release()."""
        return self.outbox[index]

    def release(self, packet):
        self.stage.arrive(self.peer, packet, f"{self.name}->{self.peer.name}")

    def lose_all(self, seconds=0.0):
        """Loses what is under way, and for some seconds what follows."""
        deadline = time.monotonic() + seconds
        while True:
            while self.outbox:
                self.lose()
            left = deadline - time.monotonic()
            if left <= 0:
                return
            self.stage.drain(left)

    def lose(self, index=0):
        packet = self.outbox.pop(index)
        self.stage.record(f"{self.name}->{self.peer.name} LOST {self.describe(packet)}", packet)

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
        """Notes the numbers of a packet that this end has just sent. Another SYN begins another connection."""
        if packet.has("S") and packet.seq != self.isn:
            self.isn = self.next = packet.seq
        if self.next is not None and distance(packet.end(), self.next) > 0:
            self.next = packet.end()

    @property
    def next_seq(self):
        """The relative sequence number that this end sends next."""
        return distance(self.next, self.isn)

    def describe(self, packet):
        """In the numbers of the time when it was sent: the end may have begun another connection since."""
        if packet.text is None:
            packet.text = self._in_words(packet)
        return packet.text

    def _in_words(self, packet):
        ack = f" ack={distance(packet.ack, self.peer.isn or 0)}" if packet.has("A") else ""
        seq = distance(packet.seq, self.isn or 0)
        return f"[{packet.flag_letters()}] seq={seq}{ack} win={packet.window} len={packet.length}"
