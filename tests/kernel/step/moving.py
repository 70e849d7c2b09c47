"""Data under way, and packets that do not belong to the connection. scenario.py says how a scenario is written."""

import socket

from scenario import close_both, scenario, transfer


@scenario(">retransmission", at_b="")
def data_lost(s, a, b):
    """A data segment is lost and sent again after a timeout."""
    s.open()
    a.send(100)
    a.lose()
    a.wait_for_packet()
    s.settle()
    b.receive(100)
    close_both(s, a, b)


@scenario(at_a="<duplicate_ack >fast_retransmission <dsack",
          at_b=">lost_segment <duplicate_ack >out_of_order >spurious_retransmission <dsack",
          at_m="<duplicate_ack >spurious_retransmission <dsack")
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


@scenario("<dsack", at_b=">capture_duplicate <dsack")
def data_doubled(s, a, b):
    """The network doubles a data segment."""
    s.open()
    a.send(100)
    a.deliver_copy()
    s.settle()
    b.receive(100)
    close_both(s, a, b)


@scenario(at_a="<duplicate_ack >fast_retransmission <duplicate_ack",
          at_b=">lost_segment <duplicate_ack >fast_retransmission",
          at_m="<duplicate_ack >fast_retransmission")
def fast_retransmit(s, a, b):
    """The second of many segments is lost; duplicate ACKs with SACK bring it back."""
    s.open()
    a.send(8 * 1448)
    a.lose(1)
    s.settle()
    b.receive(8 * 1448)
    close_both(s, a, b)


@scenario(">rst_ignored >rst_unverified >reset|reset_answer", at_a="")
def rst_challenge(s, a, b):
    """RSTs that A did not send: outside the window, inside it, exact (RFC 5961 section 3)."""
    s.open()
    a.forged("spoofed RST out of window", "R", a.next_seq - 5000)
    s.settle()
    a.forged("spoofed RST in window", "R", a.next_seq + 100)
    s.settle()
    a.forged("RST exact", "R", a.next_seq)
    s.settle()


@scenario(">syn_challenged", at_a="")
def syn_challenge(s, a, b):
    """A SYN that A did not send, on a living connection (RFC 5961 section 4)."""
    s.open()
    a.forged("spoofed SYN", "S", 5000)
    s.settle()
    close_both(s, a, b)


@scenario(at_a=">retransmission <dsack", at_b=">spurious_retransmission <dsack", at_m=">retransmission <dsack")
def data_delayed(s, a, b):
    """A's data is delayed until it is sent again: B gets it twice."""
    s.open()
    a.send(100)
    late = a.hold()
    a.wait_for_packet()
    a.release(late)
    s.settle()
    b.receive(100)
    close_both(s, a, b)


@scenario(at_a=">retransmission <dsack", at_b=">spurious_retransmission <dsack", at_m=">spurious_retransmission <dsack")
def ack_lost(s, a, b):
    """B's ACK of the data is lost: A sends the data again."""
    s.open()
    a.send(100)
    a.deliver()
    b.wait_for_packet()
    b.lose()
    a.wait_for_packet()
    s.settle()
    b.receive(100)
    close_both(s, a, b)


@scenario(">retransmission", at_b="")
def data_lost_twice(s, a, b):
    """A data segment is lost, and so is its retransmission."""
    s.open()
    a.send(100)
    a.lose()
    a.wait_for_packet()
    a.lose()
    a.wait_for_packet(3.0)
    s.settle()
    b.receive(100)
    close_both(s, a, b)


@scenario(at_a="<duplicate_ack >fast_retransmission <duplicate_ack",
          at_b=">lost_segment <duplicate_ack >fast_retransmission",
          at_m="<duplicate_ack >fast_retransmission", sysctls={"ipv4/tcp_sack": "0"})
def fast_retransmit_no_sack(s, a, b):
    """The second of many segments is lost; three duplicate ACKs bring it back without SACK."""
    s.open()
    a.send(8 * 1448)
    a.lose(1)
    s.settle()
    b.receive(8 * 1448)
    close_both(s, a, b)


@scenario(at_a="<duplicate_ack >fast_retransmission <duplicate_ack >retransmission|fast_retransmission (<duplicate_ack)",
          at_b=">lost_segment <duplicate_ack >lost_segment <duplicate_ack >fast_retransmission (<duplicate_ack) "
               "(>fast_retransmission|retransmission)",
          at_m="<duplicate_ack >fast_retransmission (<duplicate_ack) (>retransmission) (<duplicate_ack)")
def data_two_lost(s, a, b):
    """Two segments of a flight are lost."""
    s.open()
    a.send(8 * 1448)
    a.lose(1)
    a.lose(3)
    s.settle(0.4)
    b.receive(8 * 1448)
    close_both(s, a, b)


@scenario()
def data_crossed(s, a, b):
    """Data of both ends is under way at once."""
    s.open()
    a.send(100)
    b.send(200)
    s.settle()
    b.receive(100)
    a.receive(200)
    close_both(s, a, b)


@scenario()
def urgent(s, a, b):
    """Urgent data (MSG_OOB)."""
    b.listen((socket.SOL_SOCKET, socket.SO_OOBINLINE, 1))
    a.connect()
    s.settle()
    a.send_urgent(b"abc")
    s.settle()
    b.receive(2)
    b.receive(1, "urgent")
    close_both(s, a, b)


@scenario("(>ack_unseen)", at_a="")
def ack_forged(s, a, b):
    """An ACK in A's name of data that B never sent, in the window: B answers with an ACK."""
    s.open()
    a.forged("ACK of nothing", "A", a.next_seq, ack=500)
    s.settle()
    close_both(s, a, b)


@scenario(">out_of_window <dsack", at_a="<dsack")
def data_forged(s, a, b):
    """Data in A's name, outside the window: B answers with an ACK."""
    s.open()
    a.forged("data out of window", "PA", a.next_seq - 100000, ack=1, data=b"blind")
    s.settle()
    close_both(s, a, b)


@scenario(">out_of_window", at_a="")
def data_forged_ahead(s, a, b):
    """Data in A's name, beyond B's window, that acknowledge what A would: B answers with an ACK, and A's own data and FIN count as ever."""
    s.open()
    a.forged("data beyond the window", "PA", a.next_seq + 100000, ack=1, data=b"blind")
    s.settle()
    transfer(s, a, 100)
    close_both(s, a, b)


@scenario(">out_of_window", at_a="")
def fin_forged_ahead(s, a, b):
    """The same with a FIN."""
    s.open()
    a.forged("FIN beyond the window", "FA", a.next_seq + 100000, ack=1)
    s.settle()
    close_both(s, a, b)


@scenario(">retransmission", at_b="", sysctls={"ipv4/tcp_early_retrans": "3"})
def tail_loss_probe(s, a, b):
    """The last segment is lost; a probe brings it back before the timeout (RFC 8985)."""
    s.open()
    a.send(2 * 1448)
    a.lose(1)
    s.settle(0.4)
    b.receive(2 * 1448)
    close_both(s, a, b)
