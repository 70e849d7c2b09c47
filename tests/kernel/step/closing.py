"""How connections end. scenario.py says how a scenario is written."""

import socket

from scenario import close_both, scenario, transfer


@scenario()
def close3(s, a, b):
    """B closes before its delayed ACK leaves: ACK and FIN in one segment."""
    s.open()
    transfer(s, a, 10)
    transfer(s, b, 10)
    a.close()
    a.deliver()
    b.close("before delayed ACK")
    s.settle()


@scenario()
def passive_close(s, a, b):
    """B closes first."""
    s.open()
    transfer(s, a, 10)
    close_both(s, b, a)


@scenario()
def simultaneous_close(s, a, b):
    """Both FINs are under way before either arrives."""
    s.open()
    a.close()
    b.close()
    s.settle()


@scenario()
def half_close(s, a, b):
    """B goes on sending after A's FIN."""
    s.open()
    a.shutdown()
    s.settle()
    for _ in range(3):
        b.send(100)
        s.settle()
    b.close()
    s.settle()
    a.close()


@scenario()
def data_with_fin(s, a, b):
    """Data and FIN of A leave while nothing arrives, then all is carried."""
    s.open()
    a.send(10)
    a.close()
    s.settle()
    b.receive(10)
    b.close()
    s.settle()


@scenario(">retransmission", at_b="")
def fin_lost(s, a, b):
    """A's FIN is lost and sent again."""
    s.open()
    a.close()
    a.lose()
    a.wait_for_packet()
    s.settle()
    b.close()
    s.settle()


@scenario(at_a="<dsack <capture_duplicate|spurious_retransmission (>capture_duplicate)",
          at_b=">spurious_retransmission|capture_duplicate <dsack (>capture_duplicate)",
          at_m="<dsack (>capture_duplicate)")
def fin_doubled(s, a, b):
    """The network doubles A's FIN, and later B's: A answers the copy from TIME_WAIT."""
    s.open()
    a.close()
    a.deliver_copy()
    b.wait_for_packet()
    s.settle()
    b.close()
    b.deliver_copy()
    s.settle()


@scenario(at_a="<duplicate_ack >fast_retransmission <dsack",
          at_b=">lost_segment <duplicate_ack >out_of_order >spurious_retransmission <dsack",
          at_m="<duplicate_ack >spurious_retransmission <dsack")
def fin_before_data(s, a, b):
    """A's FIN overtakes its data: B stays ESTABLISHED until the hole is filled."""
    s.open()
    a.send(10)
    a.close()
    a.deliver(1)
    s.settle()
    b.receive(10)
    b.close()
    s.settle()


@scenario("<spurious_retransmission", at_b="<retransmission")
def last_ack_lost(s, a, b):
    """A acknowledges B's FIN, B does not hear it and sends the FIN again."""
    s.open()
    a.close()
    s.settle()
    b.close()
    b.deliver()
    a.lose()
    b.wait_for_packet()
    s.settle()


@scenario("<reset")
def rst_unread(s, a, b):
    """B closes with unread data: a RST instead of a FIN."""
    s.open()
    a.send(10)
    s.settle()
    b.close("with 10 unread")
    s.settle()


@scenario(">reset")
def rst_linger(s, a, b):
    """A aborts: linger 0."""
    s.open()
    a.send(10)
    s.settle()
    a.abort()
    s.settle()


@scenario(">reset_answer")
def data_after_close(s, a, b):
    """A has closed both directions; B's data is answered by a RST."""
    s.open()
    a.close()
    s.settle()
    b.send(5, "to closed A")
    s.settle()
    b.close()


@scenario(">data_after_fin", at_a="")
def late_data_after_fin(s, a, b):
    """Data that A did not send, above its FIN."""
    s.open()
    a.shutdown()
    s.settle()
    a.forged("data after FIN", "PA", a.next_seq, ack=1, data=b"late")
    s.settle()
    b.close()
    s.settle()
    a.close()


@scenario()
def time_wait_rst(s, a, b):
    """A RST that B did not send ends A's TIME_WAIT (assassination, RFC 1337)."""
    s.open()
    close_both(s, a, b)
    b.forged("RST exact", "R", b.next_seq)
    s.settle()


@scenario("<spurious_retransmission", at_b="<retransmission")
def simultaneous_close_ack_lost(s, a, b):
    """Both close at once; A's ACK of B's FIN is lost."""
    s.open()
    a.close()
    b.close()
    a.deliver()
    b.deliver()
    a.lose()
    b.deliver()
    b.wait_for_packet()
    s.settle()


@scenario("<retransmission", at_a="<lost_segment <retransmission")
def simultaneous_close_fin_lost(s, a, b):
    """Both close at once; B's FIN is lost and sent again."""
    s.open()
    a.close()
    b.close()
    b.lose()
    s.settle(0.4)


@scenario(">spurious_retransmission <dsack", at_a=">retransmission <dsack")
def fin_ack_lost(s, a, b):
    """B's ACK of A's FIN is lost: A sends the FIN again."""
    s.open()
    a.close()
    a.deliver()
    b.wait_for_packet()
    b.lose()
    a.wait_for_packet()
    s.settle()
    b.close()
    s.settle()


@scenario("<retransmission", at_a="")
def second_fin_lost(s, a, b):
    """B's FIN is lost and sent again: A waits in FIN_WAIT_2."""
    s.open()
    a.close()
    s.settle()
    b.close()
    b.lose()
    b.wait_for_packet()
    s.settle()


@scenario()
def fin_with_data(s, a, b):
    """A's last data and its FIN are one segment."""
    s.open()
    a.option(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
    a.send(10)
    a.close()
    s.settle()
    b.receive(10)
    b.close()
    s.settle()


@scenario(">retransmission", at_b="")
def fin_with_data_lost(s, a, b):
    """The segment of A's last data and its FIN is lost and sent again."""
    s.open()
    a.option(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
    a.send(10)
    a.close()
    a.lose()
    a.wait_for_packet()
    s.settle()
    b.receive(10)
    b.close()
    s.settle()


@scenario("<duplicate_ack >fast_retransmission", at_b=">lost_segment <duplicate_ack >fast_retransmission")
def data_before_fin_lost(s, a, b):
    """A's data is lost, its FIN is not: the FIN is received when the data comes again (C3)."""
    s.open()
    a.send(10)
    a.close()
    a.lose()
    s.settle(0.4)
    b.receive(10)
    b.close()
    s.settle()


@scenario()
def shutdown_both_in_flight(s, a, b):
    """Both send data and shut down their direction while nothing arrives."""
    s.open()
    a.send(10)
    a.shutdown()
    b.send(20)
    b.shutdown()
    s.settle()
    b.receive(10)
    a.receive(20)
    a.close()
    b.close()
    s.settle()


@scenario()
def half_close_long(s, a, b):
    """After A's FIN B sends 15 kB, which A acknowledges (C4)."""
    s.open()
    a.shutdown()
    s.settle()
    for _ in range(3):
        b.send(5000)
        s.settle()
        a.receive(5000)
    b.close()
    s.settle()
    a.close()


@scenario(at_a="<spurious_retransmission")
def time_wait_late_data(s, a, b):
    """Data of B, doubled and delayed, reaches A in TIME_WAIT: A acknowledges again (C5)."""
    s.open()
    b.send(10)
    late = b.hold_copy()
    s.settle()
    a.receive(10)
    close_both(s, a, b)
    b.release(late)
    s.settle()


@scenario(at_a="<spurious_retransmission")
def time_wait_late_fin(s, a, b):
    """B's FIN, doubled and delayed, reaches A in TIME_WAIT; B is closed and resets nothing."""
    s.open()
    a.close()
    s.settle()
    b.close()
    late = b.hold_copy()
    s.settle()
    s.settle(0.2)
    b.release(late)
    s.settle()


@scenario()
def close_after_request(s, a, b):
    """Request, answer and close of B in one flight, as a web server closes."""
    s.open()
    a.send(100)
    a.deliver()
    b.receive(100)
    b.send(3000)
    b.close()
    s.settle()
    a.receive(3000)
    a.close()
    s.settle()


@scenario(at_a=">retransmission <spurious_retransmission >dsack <dsack",
          at_b="<retransmission >spurious_retransmission <dsack >dsack",
          at_m=">retransmission <retransmission <dsack >dsack")
def simultaneous_close_delayed(s, a, b):
    """Both FINs are delayed until both ends send them again; then everything arrives."""
    s.open()
    a.close()
    b.close()
    fins = a.hold(), b.hold()
    a.wait_for_packet()
    b.wait_for_packet()
    a.release(fins[0])
    b.release(fins[1])
    s.settle()
