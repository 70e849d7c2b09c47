"""TCP Fast Open (RFC 7413): data in the SYN. scenario.py says how a scenario is written."""

import socket

from scenario import close_both, scenario, transfer

# Bits of the sysctl: 1 client, 2 server, 4 data without a cookie, 0x200 accept it without one.
BOTH, CLIENT_ONLY, NO_COOKIE = "3", "5", str(0x200 | 4 | 2 | 1)
LISTEN = (socket.IPPROTO_TCP, socket.TCP_FASTOPEN, 5)


@scenario(sysctls={"ipv4/tcp_fastopen": NO_COOKIE})
def fast_open(s, a, b):
    """Data in the SYN; B answers with data while in SYN_RECEIVED."""
    b.listen(LISTEN)
    a.connect_with_data(10)
    a.deliver()
    b.receive(10)
    b.send(20)
    s.settle()
    a.receive(20)
    close_both(s, a, b)


@scenario(">reset >port_reuse", sysctls={"ipv4/tcp_fastopen": BOTH})
def fast_open_cookie(s, a, b):
    """The first connection asks for a cookie and gets it; the second has data in its SYN."""
    b.listen(LISTEN)
    # Without a cookie no data waits in the kernel: the call asks for one, and the data is sent later.
    a.connect_with_data(10)
    s.settle()
    transfer(s, a, 10)
    a.abort()
    s.settle()
    b.forget()
    a.connect_with_data(20, "same ports, with a cookie")
    a.deliver()
    b.receive(20)
    s.settle()
    close_both(s, a, b)


@scenario(">retransmission", sysctls={"ipv4/tcp_fastopen": CLIENT_ONLY}, sysctls_b={"ipv4/tcp_fastopen": "0"})
def fast_open_refused(s, a, b):
    """B acknowledges only the SYN; A sends the data again."""
    b.listen()
    a.connect_with_data(10)
    s.settle()
    b.receive(10)
    close_both(s, a, b)


@scenario(">retransmission", at_b="", sysctls={"ipv4/tcp_fastopen": NO_COOKIE})
def fast_open_syn_lost(s, a, b):
    """The SYN with data is lost; A sends the SYN again without data, and then the data."""
    b.listen(LISTEN)
    a.connect_with_data(10)
    a.lose()
    a.wait_for_packet()
    s.settle()
    b.receive(10)
    close_both(s, a, b)
