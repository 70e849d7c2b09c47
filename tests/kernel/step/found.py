"""Courses that random scenarios (chance.py) found, and synfin had wrong. scenario.py says how a scenario is written."""

from fast_open import LISTEN, NO_COOKIE
from scenario import close_both, scenario, transfer



@scenario("<reset_answer|reset (>reset_answer)")
def rst_at_number_of_fin(s, a, b):
    """A's data crosses B's FIN, and B is fully closed: its RST has the FIN's own number, which A in CLOSE_WAIT takes for exact."""
    s.open()
    a.send(10)
    b.close()
    a.deliver()
    b.deliver()
    s.settle()


@scenario("<lost_segment >duplicate_ack (<fast_retransmission) <reset (<reset_answer)", at_b=">duplicate_ack (<fast_retransmission) <reset (<reset_answer)", at_m="?")
def rst_above_loss(s, a, b):
    """B's first segment is lost, and B aborts: A takes a RST above all that it SACKs for exact."""
    s.open()
    b.send(10)
    b.send(20)
    b.lose()
    b.deliver()
    a.deliver()
    b.abort()
    s.settle()


@scenario("<lost_segment <out_of_order", at_b="", at_m="")
def fin_after_its_ack(s, a, b):
    """Both close at once; B's ACK of A's FIN overtakes B's FIN, which does not acknowledge that: it left before."""
    s.open()
    b.shutdown()
    a.shutdown()
    a.deliver()
    b.deliver(1)
    s.settle()


@scenario(">reset <port_reuse >handshake_rejected", at_b=">reset >spurious_retransmission <port_reuse >handshake_rejected")
def old_syn_after_reset(s, a, b):
    """A's SYN, doubled and delayed, arrives after A's abort: B begins another connection with it, and A refuses."""
    b.listen()
    a.connect()
    late = a.hold_copy()
    s.settle()
    b.forget()
    a.abort()
    s.settle()
    a.release(late)
    s.settle()


@scenario("?", sysctls={"ipv4/tcp_fastopen": NO_COOKIE})
def closed_in_syn_sent(s, a, b):
    """A gives up in SYN_SENT, and the SYN-ACK is lost: A's RST answers B's Fast Open data, which acknowledge the SYN."""
    b.listen(LISTEN)
    a.connect_with_data(10)
    a.deliver()
    b.receive(10)
    b.send(20)
    b.lose()
    a.close()
    s.settle(0.3)


@scenario("<reset_answer|reset", at_a="<refused", at_b="?", at_m="?")
def listener_closed_syn_again(s, a, b):
    """The SYN-ACK is lost, B stops listening, and the SYN comes once more: the RST answers that, and A is still in SYN_SENT."""
    b.listen()
    a.connect()
    a.deliver_copy()
    b.lose()
    b.stop_listening()
    a.deliver()
    s.settle()


@scenario("?")
def acks_cross_rst(s, a, b):
    """B sends and aborts at once; A, in FIN_WAIT_2, acknowledges the data before the RST arrives."""
    s.open()
    a.shutdown()
    s.settle()
    b.send(10)
    b.deliver()
    a.wait_for_packet()
    b.abort()
    b.deliver()
    s.settle()


@scenario(">lost_segment", at_a="")
def ack_forged_ahead(s, a, b):
    """An empty segment in A's name above all that A sent, in the window: A's own FIN counts all the same."""
    s.open()
    a.forged("spoofed ACK", "A", a.next_seq + 5000, b.next_seq)
    s.settle()
    close_both(s, a, b)


@scenario("?")
def simultaneous_open_syn_doubled(s, a, b):
    """Both connect, and B's SYN comes twice: A, in SYN_RECEIVED, answers the second with an ACK, which does not make it ESTABLISHED."""
    a.connect()
    b.connect()
    b.deliver_copy()
    b.deliver()
    s.settle()
    close_both(s, a, b)


@scenario("?")
def simultaneous_open_syn_late(s, a, b):
    """Both connect; B's SYN arrives when its SYN-ACK has opened the connection."""
    a.connect()
    b.connect()
    late = b.hold()
    s.settle()
    b.release(late)
    s.settle()
    close_both(s, a, b)


@scenario("?")
def copy_after_reset(s, a, b):
    """B's ACK, doubled and delayed, arrives after B's RST: B does not live on."""
    s.open()
    a.send(10)
    a.deliver()
    b.wait_for_packet()
    late = b.hold_copy()
    s.settle()
    a.send(20)
    b.close()
    s.settle()
    b.release(late)
    s.settle()


@scenario(">port_reuse")
def port_reuse_often(s, a, b):
    """Twenty connections from the same port: each time B closes first, and A's next SYN finds it in TIME_WAIT."""
    s.open()
    for number in range(20):
        if number:
            a.connect(f"same ports, number {number + 1}")
            s.settle(0.02)
        transfer(s, a, 100)
        transfer(s, b, 1000)
        b.shutdown()
        s.settle()
        a.close()
        s.settle()
        b.close()
