"""Asks the kernel, by sock_diag, for the state of every TCP socket in a namespace.

It lists what has no descriptor as well: request sockets (a handshake that is
not finished) and TIME_WAIT.
"""

import socket
import struct

NETLINK_SOCK_DIAG = 4
SOCK_DIAG_BY_FAMILY = 20
NLM_F_REQUEST_DUMP = 0x301
NLMSG_ERROR, NLMSG_DONE = 2, 3
NETLINK_HEADER = struct.Struct("=IHHII")

# The kernel's numbers, in RFC 9293's words (SYN_RCVD for SYN_RECEIVED). 12 is
# a request socket.
STATES = {1: "ESTABLISHED", 2: "SYN_SENT", 3: "SYN_RCVD", 4: "FIN_WAIT_1", 5: "FIN_WAIT_2",
          6: "TIME_WAIT", 7: "CLOSED", 8: "CLOSE_WAIT", 9: "LAST_ACK", 10: "LISTEN",
          11: "CLOSING", 12: "SYN_RCVD"}
ALL_STATES = sum(1 << number for number in STATES)


class Diag:
    def __init__(self, namespace, family):
        self._socket = namespace.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_SOCK_DIAG)
        self._family = family

    def close(self):
        self._socket.close()

    def sockets(self):
        """Every TCP socket as (own port, peer's port, state)."""
        request = struct.pack("=BBBxI48x", self._family, socket.IPPROTO_TCP, 0, ALL_STATES)
        self._socket.send(NETLINK_HEADER.pack(NETLINK_HEADER.size + len(request), SOCK_DIAG_BY_FAMILY,
                                              NLM_F_REQUEST_DUMP, 1, 0) + request)
        found = []
        while True:
            answer = self._socket.recv(65536)
            while answer:
                length, kind, *_ = NETLINK_HEADER.unpack_from(answer)
                if kind == NLMSG_DONE:
                    return found
                if kind == NLMSG_ERROR:
                    raise RuntimeError("sock_diag: the kernel refuses the request")
                state, = struct.unpack_from("=xB", answer, NETLINK_HEADER.size)
                ports = struct.unpack_from("!HH", answer, NETLINK_HEADER.size + 4)
                found.append((*ports, STATES[state]))
                answer = answer[(length + 3) & ~3:]
