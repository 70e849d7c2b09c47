"""A DNS server on 127.0.0.1 that knows the names of a few addresses, or says nothing. For tests/names/run."""

import socket
import struct
import threading

from captures import PTR, labels, record


def name_at(message, at):
    parts = []
    while message[at]:
        parts.append(message[at + 1:at + 1 + message[at]].decode("latin-1"))
        at += 1 + message[at]
    return ".".join(parts), at + 1


class Server:
    """`names`: of addresses (IPv4), to be answered, as text or as a list of labels; None: the answer is too long for UDP."""

    def __init__(self, names, silent=False, too_long=()):
        self.names, self.silent, self.too_long = names, silent, too_long
        self.asked = []
        self.over_tcp = 0
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 53))
        self.tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.tcp.bind(("127.0.0.1", 53))
        self.tcp.listen()

    def __enter__(self):
        self.threads = [threading.Thread(target=body, daemon=True) for body in (self.serve_udp, self.serve_tcp)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        for sock in (self.udp, self.tcp):
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        # A socket that a thread waits at is not closed by its closing, and the next server wants its port.
        for thread in self.threads:
            thread.join(5)
        self.udp.close()
        self.tcp.close()

    def answer(self, query, by_tcp):
        question, at = name_at(query, 12)
        kind = struct.unpack_from("!H", query, at)[0]
        address = ".".join(reversed(question.split(".")[:4]))
        name = self.names.get(address) if kind == PTR else None
        flags = 0x8180 if name else 0x8183
        answers = record(question, PTR, labels(name)) if name else b""
        if address in self.too_long and not by_tcp:
            flags, answers = 0x8380, b""
        return address, query[:2] + struct.pack("!HHHHH", flags, 1, bool(answers), 0, 0) + query[12:at + 4] + answers

    def serve_udp(self):
        while True:
            try:
                query, client = self.udp.recvfrom(4096)
                if not query: # shut down
                    return
                address, answer = self.answer(query, False)
                self.asked.append(address)
                if not self.silent:
                    self.udp.sendto(answer, client)
            except OSError:
                return

    def serve_tcp(self):
        while True:
            try:
                peer, _ = self.tcp.accept()
                with peer:
                    query = peer.recv(4096)
                    while len(query) < 2 or len(query) < 2 + struct.unpack_from("!H", query)[0]:
                        query += peer.recv(4096)
                    answer = self.answer(query[2:], True)[1]
                    self.over_tcp += 1
                    peer.sendall(struct.pack("!H", len(answer)) + answer)
            except OSError:
                return
