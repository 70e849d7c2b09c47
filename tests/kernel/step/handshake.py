"""Handshakes that take a detour or carry something, and options that one side lacks. scenario.py says how a scenario is written."""

import socket

from scenario import close_both, scenario, transfer, variant
from opening import normal

QUICK_ACK_OFF = (socket.IPPROTO_TCP, socket.TCP_QUICKACK, 0)


def until_syn_received(s, a, b, *options):
    """The third ACK waits in A's outbox."""
    b.listen(*options)
    a.connect()
    a.deliver()
    b.deliver()


@scenario(at_a=">retransmission", at_b="<retransmission", at_m=">spurious_retransmission <retransmission")
def syn_ack_lost_once(s, a, b):
    """The first SYN-ACK is lost; A's second SYN is lost too, so that only B's timer helps."""
    b.listen()
    a.connect()
    a.deliver()
    b.lose()
    a.wait_for_packet()
    a.lose()
    b.wait_for_packet()
    s.settle()
    close_both(s, a, b)


@scenario()
def data_on_third_ack(s, a, b):
    """A's third ACK waits for its first data (H1)."""
    b.listen()
    a.connect("", QUICK_ACK_OFF)
    a.deliver()
    b.deliver()
    transfer(s, a, 10)
    close_both(s, a, b)


@scenario()
def fin_on_third_ack(s, a, b):
    """One segment is the third of the handshake and the first of the close (H1)."""
    b.listen()
    a.connect("", QUICK_ACK_OFF)
    a.deliver()
    b.deliver()
    a.close()
    s.settle()
    b.close()
    s.settle()


@scenario()
def data_before_third_ack(s, a, b):
    """A's data overtakes its third ACK: B takes it for the third."""
    until_syn_received(s, a, b)
    a.send(10)
    a.deliver(1)
    s.settle()
    b.receive(10)
    close_both(s, a, b)


@scenario(at_b=">spurious_retransmission")
def syn_doubled(s, a, b):
    """The network doubles the SYN and delays the copy until the connection is established: B answers with an ACK."""
    b.listen()
    a.connect()
    late = a.hold_copy()
    s.settle()
    a.release(late)
    s.settle()
    close_both(s, a, b)


@scenario(at_a="<spurious_retransmission")
def syn_ack_doubled(s, a, b):
    """The network doubles the SYN-ACK and delays the copy: A acknowledges again."""
    b.listen()
    a.connect()
    a.deliver()
    late = b.hold_copy()
    s.settle()
    transfer(s, a, 10)
    b.release(late)
    s.settle()
    close_both(s, a, b)


@scenario(at_a="<reset_answer", at_b=">handshake_rejected <reset_answer", at_m=">reset_answer (<reset_answer)")
def rst_in_syn_received(s, a, b):
    """An exact RST in A's name before its third ACK: B forgets the handshake."""
    until_syn_received(s, a, b)
    a.forged("RST exact", "R", 1)
    s.settle()


@scenario(">rst_unverified", at_a="")
def rst_inexact_in_syn_received(s, a, b):
    """A RST in A's name, inside the window but not exact, before its third ACK."""
    until_syn_received(s, a, b)
    a.forged("spoofed RST in window", "R", 100)
    s.settle()
    close_both(s, a, b)


@scenario("<rst_ignored <refused", at_b="")
def rst_in_syn_sent(s, a, b):
    """RSTs in B's name while A is in SYN_SENT: without ACK, with a wrong one, and with the right one (X1)."""
    a.connect()
    a.lose()
    b.forged("spoofed RST without ACK", "R", 0)
    b.forged("spoofed RST with wrong ACK", "RA", 0, ack=1000)
    b.forged("RST with the right ACK", "RA", 0, ack=1)


@scenario("<reset_answer")
def listener_closed(s, a, b):
    """B stops listening in SYN_RECEIVED: A's third ACK is answered by a RST."""
    until_syn_received(s, a, b)
    b.stop_listening()
    s.settle()


@scenario("<spurious_retransmission")
def accept_queue_full(s, a, b):
    """B's accept queue is full when the third ACK comes: it is dropped, and the SYN-ACK sent again."""
    b.listen(backlog=0)
    a.connect()
    a.deliver()
    b.deliver()
    b.fill_accept_queue()
    a.deliver()
    b.drain_accept_queue()
    b.wait_for_packet()
    s.settle()
    close_both(s, a, b)


@scenario(">retransmission")
def accept_queue_full_syn(s, a, b):
    """B's accept queue is full when the SYN comes: B drops it and answers the second."""
    b.listen(backlog=0)
    b.fill_accept_queue()
    a.connect()
    a.deliver()
    b.drain_accept_queue()
    a.wait_for_packet()
    s.settle()
    close_both(s, a, b)


@scenario()
def defer_accept(s, a, b):
    """B waits for data before it accepts (TCP_DEFER_ACCEPT): the bare third ACK does nothing."""
    until_syn_received(s, a, b, (socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 5))
    s.settle()
    transfer(s, a, 10)
    close_both(s, a, b)


@scenario()
def split_handshake(s, a, b):
    """A's SYN is lost, B's own SYN makes A answer, B acknowledges: a handshake in four packets (H4)."""
    a.connect()
    a.lose()
    b.connect()
    s.settle()
    close_both(s, a, b)


@scenario()
def split_handshake_ack(s, a, b):
    """As split_handshake, with an ACK in B's name before its SYN: five packets (H4)."""
    a.connect()
    a.lose()
    b.forged("ACK alone", "A", 7777, ack=1)
    b.connect()
    s.settle()
    close_both(s, a, b)


@scenario("<refused >port_reuse <refused")
def refused_again(s, a, b):
    """A connects twice from one port, nothing listens."""
    a.connect()
    s.settle()
    a.connect("same ports")
    s.settle()


@scenario(">reset >port_reuse")
def reset_reuse(s, a, b):
    """A aborts, and connects again from the same port at once."""
    s.open()
    a.abort()
    s.settle()
    b.forget()
    a.connect("same ports, after RST")
    s.settle()
    close_both(s, a, b)


OFF = {"timestamps_off": ("tcp_timestamps", "Neither side has timestamps.", "sysctls"),
       "sack_off": ("tcp_sack", "Neither side has SACK.", "sysctls"),
       "window_scale_off": ("tcp_window_scaling", "Neither side scales its window.", "sysctls"),
       "timestamps_off_b": ("tcp_timestamps", "B does not want timestamps.", "sysctls_b"),
       "window_scale_off_b": ("tcp_window_scaling", "B does not scale: A's offer is void (S4).", "sysctls_b")}
for name, (sysctl, description, side) in OFF.items():
    variant(name, normal, description, **{side: {f"ipv4/{sysctl}": "0"}})
