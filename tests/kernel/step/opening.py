"""How connections begin, or fail to. scenario.py says how a scenario is written."""

import socket

from scenario import close_both, scenario, transfer


@scenario()
def normal(s, a, b):
    """Data in both directions, then A closes, then B."""
    s.open()
    transfer(s, a, 10)
    transfer(s, b, 20)
    close_both(s, a, b)


@scenario(family=socket.AF_INET6)
def ipv6_normal(s, a, b):
    """The course of normal over IPv6."""
    normal(s, a, b)


@scenario()
def simultaneous_open(s, a, b):
    """Both connect; the SYNs cross."""
    a.connect()
    b.connect()
    s.settle()
    close_both(s, a, b)


@scenario()
def refused(s, a, b):
    """Nothing listens."""
    a.connect()
    s.settle()


@scenario()
def no_answer(s, a, b):
    """Three SYNs, all lost; A gives up."""
    for attempt in range(3):
        if attempt == 0:
            a.connect()
        else:
            a.wait_for_packet(5.0)
        a.lose()
    a.close()


@scenario()
def syn_lost(s, a, b):
    """The first SYN is lost."""
    b.listen()
    a.connect()
    a.lose()
    a.wait_for_packet()
    s.settle()
    close_both(s, a, b)


@scenario()
def syn_ack_lost(s, a, b):
    """The first SYN-ACK is lost; both ends send again before either hears of it."""
    b.listen()
    a.connect()
    a.deliver()
    b.lose()
    a.wait_for_packet()
    b.wait_for_packet()
    s.settle()
    close_both(s, a, b)


@scenario()
def third_ack_lost(s, a, b):
    """B stays in SYN_RECEIVED until A's data arrives."""
    b.listen()
    a.connect()
    a.deliver()
    b.deliver()
    a.lose()
    transfer(s, a, 10)
    close_both(s, a, b)


@scenario()
def third_ack_with_data(s, a, b):
    """The third ACK is lost, and the data that A sends after it is (3)."""
    b.listen()
    a.connect()
    a.deliver()
    b.deliver()
    a.lose()
    a.send(10)
    a.close()
    s.settle()
    b.receive(10)
    b.close()
    s.settle()


@scenario()
def rejected_handshake(s, a, b):
    """A gives up before the SYN-ACK arrives, and answers it with a RST."""
    b.listen()
    a.connect()
    a.deliver()
    a.close()
    s.settle()


@scenario()
def wrong_syn_ack(s, a, b):
    """A SYN-ACK that acknowledges something else: A answers RST and stays in SYN_SENT."""
    b.listen()
    a.connect()
    b.forged("SYN-ACK with wrong ack", "SA", 7777, ack=1000)
    s.settle()
    close_both(s, a, b)


@scenario(sysctls={"ipv4/tcp_syncookies": "2"})
def syn_cookies(s, a, b):
    """B keeps nothing of the SYN: it stays in LISTEN until the ACK comes."""
    s.open()
    close_both(s, a, b)


# 1 client, 2 server, 4 data without a cookie, 0x200 accept it without one.
@scenario(sysctls={"ipv4/tcp_fastopen": str(0x200 | 4 | 2 | 1)})
def fast_open(s, a, b):
    """Data in the SYN; B answers with data while in SYN_RECEIVED."""
    b.listen((socket.IPPROTO_TCP, socket.TCP_FASTOPEN, 5))
    a.connect_with_data(10)
    a.deliver()
    b.receive(10)
    b.send(20)
    s.settle()
    a.receive(20)
    close_both(s, a, b)


@scenario()
def half_open(s, a, b):
    """A forgets the connection and connects again: challenge ACK, RST, new connection."""
    s.open()
    a.vanish()
    a.connect("again, same ports")
    s.settle()
    a.abort()
    s.settle()


@scenario()
def time_wait_reuse(s, a, b):
    """A opens the same ports again while B is in TIME_WAIT."""
    s.open()
    close_both(s, b, a)
    # The new SYN must have a later timestamp (RFC 6191).
    s.settle(1.2)
    a.connect("same ports, B in TIME_WAIT")
    s.settle()
    a.abort()
    s.settle()
