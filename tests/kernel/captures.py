"""The sample captures: what each end does, call by call.

One process holds both ends, so the order of the calls is the order of the
lines here. pcaps/README.md tells the same stories packet by packet.
"""

import contextlib
import socket
import struct
import time

from pair import (CLIENT, CLIENT6, CLIENT_PORT, SERVER, SERVER6, acknowledge_at_once,
                  linger_zero)
from wire import A_TO_B, FIN, SYN

PAUSE = 0.030
REQUEST = b"GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n"
BODY = b"It works.\n"
RESPONSE = (b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % len(BODY)) + BODY


def receive(end, length):
    """Reads exactly length bytes."""
    data = b""
    while len(data) < length:
        piece = end.recv(length - len(data))
        if not piece:
            raise RuntimeError(f"end of stream after {len(data)} of {length} bytes")
        data += piece
    return data


def expect_end(end):
    if end.recv(1) != b"":
        raise RuntimeError("data where the end of the stream was due")


def end_seen(end):
    """The end of the stream has come, and its ACK leaves without delay."""
    expect_end(end)
    acknowledge_at_once(end)


def exchange(client, server):
    """One request and its response."""
    client.sendall(REQUEST)
    receive(server, len(REQUEST))
    server.sendall(RESPONSE)
    receive(client, len(RESPONSE))


def close_in_four(first, second):
    """first closes; second acknowledges at once and closes a while later."""
    first.close()
    end_seen(second)
    time.sleep(PAUSE)
    second.close()


def http(pair):
    with pair.listen(80) as listener:
        client, server = pair.connect(listener)
        exchange(client, server)
        time.sleep(PAUSE)
        close_in_four(client, server)


def close3(pair):
    with pair.listen(80) as listener:
        client, server = pair.connect(listener)
        exchange(client, server)
        time.sleep(PAUSE)
        client.close()
        # The server has just sent data, so its kernel delays the ACK of the
        # FIN; closing within that delay puts ACK and FIN into one segment.
        expect_end(server)
        server.close()


def refused(pair):
    client = pair.client_socket()
    with contextlib.suppress(ConnectionRefusedError):
        client.connect((SERVER, 8099))
        raise RuntimeError("something listens where nothing should")
    client.close()


def reset(pair):
    with pair.listen(80) as listener:
        client, server = pair.connect(listener)
        exchange(client, server)
        time.sleep(PAUSE)
        linger_zero(client)
        client.close()
        pair.wire.settle()
        server.close()

        client, server = pair.connect(listener, CLIENT_PORT + 2)
        client.sendall(REQUEST)
        receive(server, 4)
        time.sleep(PAUSE)
        # The rest of the request is still unread.
        server.close()
        pair.wire.settle()
        client.close()


def ipv6(pair):
    with pair.listen(80, SERVER6) as listener:
        client, server = pair.connect(listener)
        exchange(client, server)
        time.sleep(PAUSE)
        close_in_four(client, server)


def halfclose(pair):
    with pair.listen(80) as listener:
        client, server = pair.connect(listener)
        client.sendall(REQUEST)
        receive(server, len(REQUEST))
        acknowledge_at_once(server)
        time.sleep(PAUSE)
        client.shutdown(socket.SHUT_WR)
        end_seen(server)
        time.sleep(PAUSE)
        for line in (b"one\n", b"two\n", b"three\n"):
            server.sendall(line)
            receive(client, len(line))
            time.sleep(PAUSE)
        server.close()
        expect_end(client)
        client.close()


def noanswer(pair):
    pair.wire.judge_with(lambda direction, segment: False)
    client = pair.client_socket()
    client.settimeout(7.5)
    # Tries after 0, 1, 3 and 7 seconds.
    with contextlib.suppress(TimeoutError):
        client.connect((SERVER, 80))
        raise RuntimeError("connected over a wire that carries nothing")
    client.close()


def simultaneous(pair):
    with pair.listen(80) as listener:
        client, server = pair.connect(listener)
        exchange(client, server)
        time.sleep(PAUSE)
        # Both FINs leave before either can have crossed the wire.
        client.close()
        server.close()
        pair.wire.settle()

    ends = (pair.client_socket(CLIENT_PORT + 2), pair.server.socket())
    ends[1].bind((SERVER, 5000))
    for end, to in zip(ends, ((SERVER, 5000), (CLIENT, CLIENT_PORT + 2))):
        end.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            end.connect(to)
    pair.wire.settle()
    for end in ends:
        end.settimeout(10)
    ends[0].sendall(b"hello\n")
    receive(ends[1], 6)
    acknowledge_at_once(ends[1])
    time.sleep(PAUSE)
    close_in_four(*ends)


def two(pair):
    with pair.listen(80) as first, pair.listen(8080) as second:
        clients = [pair.client_socket(CLIENT_PORT + step) for step in (0, 2)]
        for client, listener in zip(clients, (first, second)):
            client.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                client.connect(listener.getsockname())
        servers = [listener.accept()[0] for listener in (first, second)]
        for client in clients:
            client.settimeout(10)
        for client in clients:
            client.sendall(REQUEST)
        for server in servers:
            receive(server, len(REQUEST))
            server.sendall(RESPONSE)
        for client in clients:
            receive(client, len(RESPONSE))
        time.sleep(PAUSE)
        for client, server in zip(clients, servers):
            client.close()
            end_seen(server)
        time.sleep(PAUSE)
        for server in servers:
            server.close()


def retransmission(pair):
    lost = {"data": 0, "FIN": 0}

    def lose_the_first(direction, segment):
        if direction != A_TO_B or segment is None:
            return True
        kind = "FIN" if segment.flags & FIN else "data" if segment.length else None
        if kind is None or segment.flags & SYN:
            return True
        lost[kind] += 1
        return lost[kind] > 1

    pair.wire.judge_with(lose_the_first)
    with pair.listen(80) as listener:
        client, server = pair.connect(listener)
        exchange(client, server)
        time.sleep(PAUSE)
        close_in_four(client, server)


def echo_request(kind, sequence):
    """An ICMP or ICMPv6 echo request; the kernel fills in the ICMPv6 checksum."""
    message = struct.pack("!BBHHH", kind, 0, 0, 0x5F1, sequence) + bytes(range(48))
    if kind == 128:
        return message
    total = sum(struct.unpack(f"!{len(message) // 2}H", message))
    total = (total & 0xFFFF) + (total >> 16)
    total = (total & 0xFFFF) + (total >> 16)
    return message[:2] + struct.pack("!H", ~total & 0xFFFF) + message[4:]


def ping(pair, family, protocol, kind, to):
    with pair.client.socket(family, socket.SOCK_RAW, protocol) as raw:
        for sequence in (1, 2):
            raw.sendto(echo_request(kind, sequence), (to, 0))
            pair.wire.settle()


def udp_icmp_arp(pair):
    ping(pair, socket.AF_INET, socket.IPPROTO_ICMP, 8, SERVER)
    ping(pair, socket.AF_INET6, socket.IPPROTO_ICMPV6, 128, SERVER6)
    for family, to, own in ((socket.AF_INET, SERVER, CLIENT), (socket.AF_INET6, SERVER6, CLIENT6)):
        with pair.server.socket(family, socket.SOCK_DGRAM) as server, \
                pair.client.socket(family, socket.SOCK_DGRAM) as client:
            server.bind((to, 7))
            client.bind((own, CLIENT_PORT))
            client.sendto(b"echo", (to, 7))
            server.sendto(*server.recvfrom(100))
            client.recv(100)
            client.sendto(b"anyone?", (to, 9999))
            pair.wire.settle()
