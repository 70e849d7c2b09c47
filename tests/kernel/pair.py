"""A client and a server machine, each a network namespace, and the wire between.

The addresses are those of the documentation and of the project's examples;
the hosts are in different networks and reach each other over the one wire.
"""

import contextlib
import os
import re
import select
import signal
import socket
import struct
import subprocess
import time

import netns
from wire import Wire

CLIENT, SERVER = "10.0.0.2", "192.0.2.80"
CLIENT6, SERVER6 = "2001:db8::2", "2001:db8:80::80"
CLIENT_MAC, SERVER_MAC = "02:00:00:00:00:02", "02:00:00:00:00:80"
DEVICE, DEVICE_INDEX = "eth0", 10080
ONE_WAY = 0.005

CLIENT_PORT = 52044


def _host(namespace, mac, own, peer):
    wire = namespace.device(DEVICE, netns.IFF_TAP, DEVICE_INDEX)
    namespace.ip("link", "set", DEVICE, "address", mac, "up")
    namespace.ip("addr", "add", f"{own[0]}/24", "dev", DEVICE)
    namespace.ip("addr", "add", f"{own[1]}/64", "dev", DEVICE, "nodad")
    namespace.ip("route", "add", f"{peer[0]}/32", "dev", DEVICE)
    namespace.ip("-6", "route", "add", f"{peer[1]}/128", "dev", DEVICE)
    return wire


class Pair:
    """Use it in a with statement."""

    def __init__(self, neighbours_known=True, one_way=ONE_WAY):
        self._stack = contextlib.ExitStack()
        with contextlib.ExitStack() as stack:
            self.client = netns.Namespace()
            stack.callback(self.client.close)
            self.server = netns.Namespace()
            stack.callback(self.server.close)
            ours, theirs = (CLIENT, CLIENT6), (SERVER, SERVER6)
            end_a = _host(self.client, CLIENT_MAC, ours, theirs)
            stack.callback(os.close, end_a)
            end_b = _host(self.server, SERVER_MAC, theirs, ours)
            stack.callback(os.close, end_b)
            if neighbours_known:
                self._introduce()
            self.wire = Wire(end_a, end_b, one_way)
            self.wire.start()
            stack.callback(self.wire.stop)
            self._stack = stack.pop_all()
        # Multicast reports of the interface coming up must be over before a
        # capture starts.
        self.wire.settle()

    def _introduce(self):
        for namespace, addresses, mac in ((self.client, (SERVER, SERVER6), SERVER_MAC),
                                          (self.server, (CLIENT, CLIENT6), CLIENT_MAC)):
            for address in addresses:
                namespace.ip("neigh", "add", address, "lladdr", mac, "dev", DEVICE,
                             "nud", "permanent")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._stack.close()

    def listen(self, port, address=SERVER):
        listener = self.server.socket(netns.family_of(address))
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen()
        return listener

    def client_socket(self, port=CLIENT_PORT, address=CLIENT):
        """A socket bound to a known port: the captures always name the same."""
        made = self.client.socket(netns.family_of(address))
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((address, port))
        return made

    def connect(self, listener, port=CLIENT_PORT):
        """Returns both ends of a new connection: (client, server)."""
        to = listener.getsockname()
        client = self.client_socket(port, CLIENT6 if ":" in to[0] else CLIENT)
        client.connect(to)
        server, _ = listener.accept()
        server.settimeout(10)
        return client, server


def linger_zero(connected):
    """close() will abort the connection with a RST instead of a FIN."""
    connected.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def acknowledge_at_once(connected):
    """The kernel answers the next segments with an ACK that does not wait for data."""
    connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


class Capture:
    """tcpdump -w in a namespace; use it in a with statement.

    Inside the block tcpdump listens already; on leaving it every packet is in
    the file and the kernel dropped none.
    """

    def __init__(self, namespace, path, expression, device=DEVICE, settle=None):
        self._settle = settle
        arguments = ["tcpdump", "-i", device, "-U", "--immediate-mode", "-s", "0", "-Z", "root",
                     "-w", path, *expression.split()]
        try:
            self._process = namespace.popen(arguments, stderr=subprocess.PIPE, bufsize=0)
        except FileNotFoundError as error:
            raise netns.Unavailable("needs the program tcpdump") from error

    def __enter__(self):
        heard = b""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and b"listening on" not in heard:
            if not select.select([self._process.stderr], [], [], 0.5)[0]:
                continue
            piece = self._process.stderr.read(4096)
            if not piece:
                break
            heard += piece
        if b"listening on" in heard:
            return self
        self._process.kill()
        self._process.wait()
        raise RuntimeError("tcpdump does not listen: " + heard.decode().strip())

    def __exit__(self, kind, *error):
        if kind is None and self._settle is not None:
            self._settle()
            time.sleep(0.2)
        self._process.send_signal(signal.SIGINT)
        report = self._process.communicate(timeout=10)[1].decode()
        dropped = re.search(r"(\d+) packets? dropped by kernel", report)
        if kind is None and (dropped is None or dropped[1] != "0"):
            raise RuntimeError("tcpdump lost packets: " + report.strip())
