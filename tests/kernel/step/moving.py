"""Data under way, and packets that do not belong to the connection. scenario.py says how a scenario is written."""

import socket

from scenario import close_both, scenario


@scenario()
def data_lost(s, a, b):
    """A data segment is lost and sent again after a timeout."""
    s.open()
    a.send(100)
    a.lose()
    a.wait_for_packet()
    s.settle()
    b.receive(100)
    close_both(s, a, b)


@scenario()
def data_swapped(s, a, b):
    """The second of three segments arrives after the third."""
    s.open()
    for _ in range(3):
        a.send(100)
    a.deliver()
    a.deliver(1)
    s.settle()
    b.receive(300)
    close_both(s, a, b)


@scenario()
def data_doubled(s, a, b):
    """The network doubles a data segment."""
    s.open()
    a.send(100)
    a.deliver_copy()
    s.settle()
    b.receive(100)
    close_both(s, a, b)


@scenario()
def fast_retransmit(s, a, b):
    """The second of many segments is lost; duplicate ACKs with SACK bring it back."""
    s.open()
    a.send(8 * 1448)
    a.lose(1)
    s.settle()
    b.receive(8 * 1448)
    close_both(s, a, b)


@scenario()
def keep_alive(s, a, b):
    """A probes an idle connection once."""
    b.listen()
    a.connect("", (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
              (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1))
    s.settle()
    a.wait_for_packet()
    s.settle()
    close_both(s, a, b)


@scenario()
def zero_window(s, a, b):
    """B's buffer is full; A probes until B reads."""
    b.listen((socket.SOL_SOCKET, socket.SO_RCVBUF, 2048))
    a.connect()
    s.settle()
    a.send(2000)
    s.settle()
    a.wait_for_packet(3.0)
    s.settle()
    b.receive(1448)
    s.settle()
    b.receive(552)
    close_both(s, a, b)


@scenario()
def rst_challenge(s, a, b):
    """RSTs that A did not send: outside the window, inside it, exact (RFC 5961 section 3)."""
    s.open()
    a.forged("spoofed RST out of window", "R", a.next_seq - 5000)
    s.settle()
    a.forged("spoofed RST in window", "R", a.next_seq + 100)
    s.settle()
    a.forged("RST exact", "R", a.next_seq)
    s.settle()


@scenario()
def syn_challenge(s, a, b):
    """A SYN that A did not send, on a living connection (RFC 5961 section 4)."""
    s.open()
    a.forged("spoofed SYN", "S", 5000)
    s.settle()
    close_both(s, a, b)
