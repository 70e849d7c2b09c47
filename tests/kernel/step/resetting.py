"""Resets, and ends that forget. scenario.py says how a scenario is written."""

import socket

from scenario import close_both, scenario

KEEP_ALIVE = ((socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1), (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1))


@scenario("<reset")
def rst_after_fin(s, a, b):
    """A has closed its direction; B aborts in CLOSE_WAIT."""
    s.open()
    a.shutdown()
    s.settle()
    b.abort()
    s.settle()


@scenario(">reset")
def rst_in_fin_wait_1(s, a, b):
    """A aborts while its FIN is under way: FIN and RST arrive one after the other."""
    s.open()
    a.shutdown()
    a.abort()
    s.settle()


@scenario(">reset")
def rst_in_fin_wait_2(s, a, b):
    """A aborts in FIN_WAIT_2 (linger 0)."""
    s.open()
    a.shutdown()
    s.settle()
    a.abort()
    s.settle()


@scenario(">reset (>reset_answer)", at_a=">reset >reset_answer")
def rst_crosses_fin(s, a, b):
    """A aborts while B's FIN is under way."""
    s.open()
    b.close()
    a.abort()
    s.settle()


@scenario("(>reset_answer)", at_a="", at_b=">reset_answer|reset")
def rst_in_last_ack(s, a, b):
    """A RST in A's name reaches B in LAST_ACK, before A's last ACK."""
    s.open()
    a.close()
    s.settle()
    b.close()
    b.deliver()
    a.forged("RST exact", "R", a.next_seq)
    s.settle()


@scenario(">reset >reset_answer", at_b=">reset_answer")
def rst_lost(s, a, b):
    """A's RST is lost; B's data is answered by another."""
    s.open()
    a.abort()
    a.lose()
    b.send(10)
    s.settle()


@scenario("<reset (<reset_answer)", at_b="<reset <reset_answer")
def rst_with_data_under_way(s, a, b):
    """B aborts while A's data is under way: the data is answered by another RST."""
    s.open()
    a.send(10)
    b.abort()
    s.settle()


@scenario(">reset_answer")
def half_open_data(s, a, b):
    """A forgets the connection; B's data is answered by a RST (X3)."""
    s.open()
    a.vanish()
    b.send(10)
    s.settle()


@scenario(">keep_alive <reset_answer")
def keep_alive_dead_peer(s, a, b):
    """B forgets the connection; A's keep-alive is answered by a RST."""
    s.open(*KEEP_ALIVE)
    b.vanish()
    a.wait_for_packet()
    s.settle()


@scenario(">keep_alive >reset", at_b="")
def keep_alive_failure(s, a, b):
    """A's keep-alives are all lost: A gives up and sends a RST, lost as well."""
    s.open(*KEEP_ALIVE, (socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1), (socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 2))
    for _ in range(2):
        a.wait_for_packet()
        a.lose()
    a.wait_for_packet()
    a.lose()


@scenario(">retransmission", at_b="")
def user_timeout(s, a, b):
    """A's data is lost, again and again, until TCP_USER_TIMEOUT: A closes, and no packet tells of it."""
    s.open((socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 700))
    a.send(10)
    a.lose()
    a.wait_for_packet()
    a.lose()
    a.wait_until("CLOSED")
    a.lose_all()


@scenario(">reset_answer")
def fin_wait_2_expiry(s, a, b):
    """A's FIN_WAIT_2 ends by a timer (TCP_LINGER2); B's data is answered by a RST."""
    s.open()
    a.option(socket.IPPROTO_TCP, socket.TCP_LINGER2, 1)
    a.close()
    s.settle()
    a.wait_until("CLOSED")
    b.send(5)
    s.settle()


@scenario(">retransmission", at_b="")
def linger_timeout(s, a, b):
    """A closes with a linger of one second, and B acknowledges only after it."""
    s.open()
    a.close_lingering(1)
    packet = a.hold()
    a.lose_all(1.2)
    a.release(packet)
    s.settle()
    b.close()
    s.settle()


@scenario(">rst_unverified >reset_answer", at_a=">reset_answer")
def rst_challenge_dead_peer(s, a, b):
    """A RST inside the window; A has forgotten the connection and answers B's challenge with an exact one (X1)."""
    s.open()
    a.vanish()
    a.forged("RST in window", "R", a.next_seq + 100)
    s.settle()


@scenario(">reset", at_b="<reset")
def reset_by_both(s, a, b):
    """Both ends abort at once: the RSTs cross."""
    s.open()
    a.abort()
    b.abort()
    s.settle()


@scenario(at_a=">keep_alive <keep_alive >keep_alive_ack <keep_alive_ack",
          at_b="<keep_alive >keep_alive <keep_alive_ack >keep_alive_ack",
          at_m="?")
def keep_alive_crossed(s, a, b):
    """Both ends probe an idle connection."""
    b.listen(*KEEP_ALIVE)
    a.connect("", *KEEP_ALIVE)
    s.settle()
    a.wait_for_packet()
    s.settle()
    close_both(s, a, b)
