"""Windows that close, and probes. scenario.py says how a scenario is written."""

import socket

from scenario import close_both, scenario

SMALL = (socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
KEEP_ALIVE = ((socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1), (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1))

# What a window that fills, and one probe of it, are remarked.
FULL = ">window_full <zero_window >window_probe <zero_window,window_probe_ack"


def fill_window(s, a, b):
    b.listen(SMALL)
    a.connect()
    s.settle()
    a.send(2000)
    s.settle()


@scenario(">keep_alive <keep_alive_ack")
def keep_alive(s, a, b):
    """A probes an idle connection once."""
    b.listen()
    a.connect("", *KEEP_ALIVE)
    s.settle()
    a.wait_for_packet()
    s.settle()
    close_both(s, a, b)


@scenario(FULL + " <window_update")
def zero_window(s, a, b):
    """B's buffer is full; A probes until B reads."""
    fill_window(s, a, b)
    a.wait_for_packet(3.0)
    s.settle()
    b.receive(1448)
    s.settle()
    b.receive(552)
    close_both(s, a, b)


@scenario(">window_full <zero_window <window_update")
def zero_window_short(s, a, b):
    """B reads before A probes."""
    fill_window(s, a, b)
    b.receive(1448)
    s.settle()
    b.receive(552)
    close_both(s, a, b)


# Linux answers probes that come fast only now and then; here each must be answered.
@scenario(FULL + " >window_probe <window_update|window_probe_ack,window_update",
          at_b=FULL + " <window_update >keep_alive|window_probe <keep_alive_ack|window_probe_ack",
          at_m=FULL + " <window_update >keep_alive|window_probe <keep_alive_ack|window_probe_ack",
          sysctls={"ipv4/tcp_invalid_ratelimit": "0"})
def zero_window_update_lost(s, a, b):
    """B's window update is lost: A's next probe brings it."""
    fill_window(s, a, b)
    a.wait_for_packet(3.0)
    s.settle()
    b.receive(1448)
    b.lose_all()
    a.wait_for_packet(3.0)
    s.settle()
    b.receive(552)
    close_both(s, a, b)


@scenario(FULL + " <window_update")
def zero_window_close(s, a, b):
    """A closes while B's window is 0: the FIN leaves when B has read."""
    fill_window(s, a, b)
    a.close()
    a.wait_for_packet(3.0)
    s.settle()
    b.receive(1448)
    s.settle()
    b.receive(552)
    s.settle()
    b.close()
    s.settle()
