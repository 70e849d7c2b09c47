"""Courses that are rare, and where states are easily wrong. scenario.py says how a scenario is written."""

import socket
import time

from closing import half_close
from opening import normal
from packet import distance
from scenario import close_both, scenario, transfer, variant

# An ISN grows by one each 64 ns (RFC 6528): after this it lies beyond the window of the one before, which decides what a SYN is.
NEXT_WINDOW = 0.02
KEEP_ALIVE = ((socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1), (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1))


@scenario()
def simultaneous_open_syn_lost(s, a, b):
    """Both connect; B's SYN is lost: B, in SYN_RECEIVED, answers A's SYN, and the handshake is an ordinary one."""
    a.connect()
    b.connect()
    b.lose()
    s.settle()
    close_both(s, a, b)


@scenario(">dsack")
def simultaneous_open_syn_ack_lost(s, a, b):
    """Both connect; one SYN-ACK is lost."""
    a.connect()
    b.connect()
    a.deliver()
    b.deliver()
    a.lose()
    s.settle(1.2)
    close_both(s, a, b)


@scenario(at_a=">retransmission >dsack <dsack", at_b="<retransmission <dsack >dsack", at_m="?")
def simultaneous_open_both_lost(s, a, b):
    """Both connect; both SYN-ACKs are lost."""
    a.connect()
    b.connect()
    a.deliver()
    b.deliver()
    a.lose()
    b.lose()
    a.wait_for_packet()
    s.settle()
    close_both(s, a, b)


@scenario("?")
def simultaneous_open_reset(s, a, b):
    """Both connect; A gives up in SYN_RECEIVED."""
    a.connect()
    b.connect()
    a.deliver()
    b.deliver()
    a.abort()
    s.settle()


@scenario("?")
def shutdown_in_syn_received(s, a, b):
    """Both connect; A shuts down in SYN_RECEIVED: FIN before the handshake is done."""
    a.connect()
    b.connect()
    a.deliver()
    b.deliver()
    a.shutdown()
    s.settle()
    b.close()
    s.settle()


@scenario(">syn_challenged >reset_answer >port_reuse >reset")
def half_open_close_wait(s, a, b):
    """A closes, forgets, and connects again while B is in CLOSE_WAIT: challenge, RST, new connection (H6)."""
    s.open()
    a.shutdown()
    s.settle()
    a.vanish()
    a.connect("again, same ports")
    s.settle()
    a.abort()
    s.settle()


@scenario(">syn_challenged >reset_answer >port_reuse >reset")
def half_open_fin_wait_2(s, a, b):
    """B has closed; A forgets, and connects again while B is in FIN_WAIT_2."""
    s.open()
    b.shutdown()
    s.settle()
    a.vanish()
    a.connect("again, same ports")
    s.settle(1.3)
    a.abort()
    s.settle()


@scenario(">syn_challenged >reset_answer >port_reuse >reset", at_a=">syn_challenged <lost_segment >reset_answer >port_reuse >reset")
def half_open_last_ack(s, a, b):
    """A forgets in TIME_WAIT's place, and connects again while B is in LAST_ACK."""
    s.open()
    a.shutdown()
    s.settle()
    b.close()
    b.lose()
    a.vanish()
    a.connect("again, same ports")
    s.settle(1.3)
    a.abort()
    s.settle()


@scenario(">port_reuse", sysctls={"ipv4/tcp_tw_reuse": "1"})
def time_wait_reuse_active(s, a, b):
    """A connects again from its own TIME_WAIT (tcp_tw_reuse); B is closed."""
    s.open()
    close_both(s, a, b)
    b.forget()
    s.settle(1.2)
    a.connect("same ports, A in TIME_WAIT")
    s.settle()
    close_both(s, a, b)


@scenario("<syn_challenged", at_b="")
def time_wait_old_syn(s, a, b):
    """A SYN in B's name with an old number reaches A in TIME_WAIT: A answers with an ACK."""
    s.open()
    transfer(s, b, 100)
    close_both(s, a, b)
    b.forged("old SYN", "S", 10)
    s.settle()


@scenario("<rst_ignored", at_b="(>keep_alive) <rst_ignored")
def time_wait_old_rst(s, a, b):
    """A's ACK, doubled and delayed, reaches closed B, whose RST has an old number: A stays in TIME_WAIT."""
    s.open()
    b.send(10)
    b.deliver()
    a.wait_for_packet()
    late = a.hold_copy()
    s.settle()
    a.receive(10)
    close_both(s, a, b)
    a.release(late)
    s.settle()


@scenario(">retransmission", at_b="")
def fin_merged(s, a, b):
    """A's data and FIN are both lost; what is sent again may be one segment."""
    s.open()
    a.send(10)
    a.lose()
    a.close()
    a.lose()
    s.settle(0.7)
    b.receive(10)
    b.close()
    s.settle()


@scenario("<reset_answer|reset >reset_answer", at_b=">reset_answer")
def rst_in_fin_wait_2_forged(s, a, b):
    """An exact RST in B's name reaches A in FIN_WAIT_2; B's data is then answered by a RST."""
    s.open()
    a.shutdown()
    s.settle()
    b.forged("RST exact", "R", b.next_seq)
    b.send(10)
    s.settle()


@scenario(">rst_unverified", at_a="")
def rst_challenge_close_wait(s, a, b):
    """A RST in A's name, inside the window, reaches B in CLOSE_WAIT."""
    s.open()
    a.shutdown()
    s.settle()
    a.forged("spoofed RST in window", "R", a.next_seq + 100)
    s.settle()
    b.close()
    s.settle()


@scenario(">syn_challenged", at_a="")
def syn_challenge_close_wait(s, a, b):
    """A SYN in A's name reaches B in CLOSE_WAIT."""
    s.open()
    a.shutdown()
    s.settle()
    a.forged("spoofed SYN", "S", 5000)
    s.settle()
    b.close()
    s.settle()


@scenario("<keep_alive >keep_alive_ack")
def keep_alive_half_closed(s, a, b):
    """B probes A in FIN_WAIT_2 (its own state is CLOSE_WAIT)."""
    b.listen(*KEEP_ALIVE)
    a.connect()
    s.settle()
    a.shutdown()
    s.settle()
    assert b.connection
    b.wait_for_packet()
    s.settle()
    b.close()
    s.settle()


@scenario("<retransmission", at_a="")
def half_close_data_lost(s, a, b):
    """In FIN_WAIT_2/CLOSE_WAIT B's data is lost and sent again; so is its FIN."""
    s.open()
    a.shutdown()
    s.settle()
    b.send(10)
    b.lose()
    b.wait_for_packet()
    s.settle()
    a.receive(10)
    b.close()
    b.lose()
    b.wait_for_packet()
    s.settle()


@scenario(at_a="<lost_segment >duplicate_ack <out_of_order >dsack <spurious_retransmission",
          at_b=">duplicate_ack <fast_retransmission >dsack",
          at_m="?")
def half_close_fin_overtakes(s, a, b):
    """In FIN_WAIT_2 B's FIN overtakes its data: A waits for the hole to be filled (C3)."""
    s.open()
    a.shutdown()
    s.settle()
    b.send(10)
    b.close()
    b.deliver(1)
    s.settle()


@scenario("<duplicate_ack >fast_retransmission (<dsack)",
          at_b=">lost_segment <duplicate_ack >fast_retransmission (<dsack)")
def crossed_close_with_data(s, a, b):
    """Both send and close at once, and A's data is lost."""
    s.open()
    a.send(10)
    a.shutdown()
    b.send(20)
    b.shutdown()
    a.lose()
    s.settle(0.5)
    b.receive(10)
    a.receive(20)


@scenario(">reset_answer|reset", at_a="")
def rst_in_closing(s, a, b):
    """Both close at once; a RST in A's name reaches B in CLOSING."""
    s.open()
    a.close()
    b.close()
    a.deliver()
    a.forged("RST exact", "R", a.next_seq)
    s.settle()


@scenario(">retransmission", at_b="")
def third_ack_and_fin_lost(s, a, b):
    """A's third ACK and its FIN are lost: the FIN sent again is the third of the handshake, too."""
    b.listen()
    a.connect()
    a.deliver()
    b.deliver()
    a.lose()
    a.close()
    a.lose()
    a.wait_for_packet()
    s.settle()
    b.close()
    s.settle()


@scenario(">reset (<reset_answer)", at_b=">handshake_rejected (<reset_answer)")
def reset_before_third_ack(s, a, b):
    """A aborts, and its RST overtakes the third ACK."""
    b.listen()
    a.connect()
    a.deliver()
    b.deliver()
    a.abort()
    a.deliver(1)
    s.settle()


@scenario("<spurious_retransmission", at_b="<retransmission")
def data_to_syn_received_lost_ack(s, a, b):
    """The third ACK is lost, B's SYN-ACK is sent again, A acknowledges it."""
    b.listen()
    a.connect()
    a.deliver()
    b.deliver()
    a.lose()
    b.wait_for_packet()
    s.settle()
    close_both(s, a, b)


@scenario("<refused >port_reuse")
def refused_then_open(s, a, b):
    """The first attempt is refused, then B listens, and the second from the same port succeeds."""
    a.connect()
    s.settle()
    b.listen()
    a.connect("same ports")
    s.settle()
    close_both(s, a, b)


@scenario(">port_reuse", at_b="")
def no_answer_then_open(s, a, b):
    """A gives up after a lost SYN, and connects again from the same port with another ISN."""
    b.listen()
    a.connect()
    a.lose()
    a.close()
    a.connect("same ports")
    s.settle()
    close_both(s, a, b)


@scenario("?")
def old_syn_delayed(s, a, b):
    """A gives up after a delayed SYN and connects again; the old SYN arrives first."""
    b.listen()
    a.connect()
    late = a.hold()
    a.close()
    a.connect("same ports")
    # ISNs grow with time: a busy machine may have put the second SYN beyond the window of the first, and B then answers otherwise.
    if distance(a.isn, late.seq) >= late.window:
        raise RuntimeError("the second SYN came too late")
    a.release(late)
    s.settle(1.2)
    a.abort()
    s.settle()


@scenario("?")
def old_syn_answered(s, a, b):
    """The same with a second SYN beyond the window of the first: B challenges it, and A's RST ends the old one (RFC 9293 s3.5, figure 9)."""
    b.listen()
    a.connect()
    late = a.hold()
    a.close()
    time.sleep(NEXT_WINDOW)
    a.connect("same ports")
    a.release(late)
    s.settle(1.2)
    a.abort()
    s.settle()


variant("ecn", normal, "Both sides have ECN: ECE and CWR in the SYNs.", sysctls={"ipv4/tcp_ecn": "1"})
variant("half_close_no_timestamps", half_close, "half_close without timestamps.", sysctls={"ipv4/tcp_timestamps": "0"})
