"""How connections end. scenario.py says how a scenario is written."""

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


@scenario()
def fin_lost(s, a, b):
    """A's FIN is lost and sent again."""
    s.open()
    a.close()
    a.lose()
    a.wait_for_packet()
    s.settle()
    b.close()
    s.settle()


@scenario()
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


@scenario()
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


@scenario()
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


@scenario()
def rst_unread(s, a, b):
    """B closes with unread data: a RST instead of a FIN."""
    s.open()
    a.send(10)
    s.settle()
    b.close("with 10 unread")
    s.settle()


@scenario()
def rst_linger(s, a, b):
    """A aborts: linger 0."""
    s.open()
    a.send(10)
    s.settle()
    a.abort()
    s.settle()


@scenario()
def data_after_close(s, a, b):
    """A has closed both directions; B's data is answered by a RST."""
    s.open()
    a.close()
    s.settle()
    b.send(5, "to closed A")
    s.settle()
    b.close()


@scenario()
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
