"""How connections begin, or fail to. scenario.py says how a scenario is written."""

from scenario import close_both, scenario, transfer


@scenario()
def normal(s, a, b):
    """Data in both directions, then A closes, then B."""
    s.open()
    transfer(s, a, 10)
    transfer(s, b, 20)
    close_both(s, a, b)


@scenario(">dsack <dsack", at_b="<dsack >dsack")
def simultaneous_open(s, a, b):
    """Both connect; the SYNs cross."""
    a.connect()
    b.connect()
    s.settle()
    close_both(s, a, b)


@scenario("<refused")
def refused(s, a, b):
    """Nothing listens."""
    a.connect()
    s.settle()


@scenario(">retransmission", at_b="")
def no_answer(s, a, b):
    """Three SYNs, all lost; A gives up."""
    for attempt in range(3):
        if attempt == 0:
            a.connect()
        else:
            a.wait_for_packet(5.0)
        a.lose()
    a.close()


@scenario(">retransmission", at_b="")
def syn_lost(s, a, b):
    """The first SYN is lost."""
    b.listen()
    a.connect()
    a.lose()
    a.wait_for_packet()
    s.settle()
    close_both(s, a, b)


@scenario(at_a=">retransmission <spurious_retransmission|capture_duplicate",
          at_b="<retransmission >spurious_retransmission <retransmission|capture_duplicate",
          at_m=">spurious_retransmission <retransmission (<capture_duplicate)")
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


@scenario(">handshake_rejected")
def rejected_handshake(s, a, b):
    """A gives up before the SYN-ACK arrives, and answers it with a RST."""
    b.listen()
    a.connect()
    a.deliver()
    a.close()
    s.settle()


@scenario(">rst_unverified")
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


@scenario(">syn_challenged >reset_answer >port_reuse >reset")
def half_open(s, a, b):
    """A forgets the connection and connects again: challenge ACK, RST, new connection."""
    s.open()
    a.vanish()
    a.connect("again, same ports")
    s.settle()
    a.abort()
    s.settle()


@scenario(">port_reuse >reset")
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
