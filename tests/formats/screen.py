"""Runs --connections on a pseudo-terminal: packets come through a pipe, the table must be redrawn in place and end as plain text. And
interrupts it within a file, which it must say."""

import fcntl
import os
import pty
import signal
import struct
import subprocess
import termios
import threading
import time


def on_terminal(arguments, pieces, pause, rows=24, columns=100):
    """What a terminal gets while the pieces come as standard input, each after a pause."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    program = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=slave, stderr=subprocess.DEVNULL,
                               env={**os.environ, "TERM": "xterm", "TZ": "UTC", "LC_ALL": "C.UTF-8", "NO_COLOR": "1",
                                    "XDG_CONFIG_HOME": "/dev/null"})
    os.close(slave)

    def feed():
        for piece in pieces:
            program.stdin.write(piece)
            program.stdin.flush()
            time.sleep(pause)
        program.stdin.close()

    feeder = threading.Thread(target=feed)
    feeder.start()
    output = b""
    while True:
        try:
            more = os.read(master, 65536)
        except OSError:
            break
        if not more:
            break
        output += more
    feeder.join()
    os.close(master)
    return program.wait(), output.decode().replace("\r\n", "\n")


def segment(second, port, flags, seq, ack, data=b"", answer=False):
    """A packet record of a TCP segment between 192.0.2.1 and the web server 192.0.2.2, as a capture of raw IP has it."""
    ports = (80, port) if answer else (port, 80)
    addresses = (b"\xc0\0\2\2", b"\xc0\0\2\1") if answer else (b"\xc0\0\2\1", b"\xc0\0\2\2")
    packet = struct.pack(">BBHHHBBH", 0x45, 0, 40 + len(data), seq & 0xffff, 0, 64, 6, 0) + addresses[0] + addresses[1]
    packet += struct.pack(">HHIIBBHHH", *ports, seq, ack, 0x50, flags, 65535, 0, 0) + data
    return struct.pack("<IIII", second, seq % 1000, len(packet), len(packet)) + packet


# The header of a capture of raw IP.
RAW_IP = struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 101)


def growing_connections():
    """Three pieces of a capture: five connections with 100 to 500 bytes; then the first overtakes, then the second."""
    def opened(number):
        port = 1000 + number
        return (segment(1, port, 0x02, 10, 0) + segment(1, port, 0x12, 20, 11, answer=True) + segment(1, port, 0x10, 11, 21)
                + segment(2, port, 0x18, 11, 21, b"x" * 100 * number))
    return [RAW_IP + b"".join(opened(number) for number in range(1, 6)), segment(3, 1001, 0x18, 111, 21, b"y" * 600),
            segment(4, 1002, 0x18, 211, 21, b"z" * 900)]


def order_complaints(program):
    """--sort must hold in every frame, also when the order changes, and --top with it."""
    begin, end = "\x1b[?7l\x1b[H", "\x1b[J\x1b[?7h"
    wanted = (("c5", "c4", "c3", "c2", "c1"), ("c1", "c5", "c4", "c3", "c2"), ("c2", "c1", "c5", "c4", "c3"))
    for options, rows in (((), 5), (("--top=3",), 3)):
        _, output = on_terminal([program, "--connections", "--sort=bytes", *options, "-r", "-"], growing_connections(), 1.3)
        frames = [tuple(line.split()[0] for line in frame.split(end)[0].split("\n") if line[:1] == "c" and line[1:2].isdigit())
                  for frame in output.split(begin)[1:]]
        for order in wanted:
            if order[:rows] not in frames:
                yield "screen: --sort=bytes %s: no frame in the order %s, but %s" % (" ".join(options), order[:rows], frames)
        if any(frame not in [order[:rows] for order in wanted] for frame in frames):
            yield "screen: --sort=bytes %s: a frame out of order: %s" % (" ".join(options), frames)


def interrupted(program, capture, *arguments):
    """What it says on standard error when a signal ends it within a file, and its exit status."""
    with subprocess.Popen([program, "-nn", "-r", "-", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        with open(capture, "rb") as stream:
            process.stdin.write(stream.read())
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        return process.communicate(timeout=10)[1].decode(), process.returncode


def complaints(program, capture="pcaps/two.pcap"):
    said, status = interrupted(program, capture)
    if "interrupted after packet 22;" not in said or status != 0:
        yield "a file whose reading is interrupted: status %d, %s" % (status, said)
    for option in ("--plain", "--quiet"):
        said, status = interrupted(program, capture, option)
        if "interrupted" in said or status != 0:
            yield "interrupted with %s: status %d, %s" % (option, status, said)
    # Of a part of the packets nothing can be said: neither that it is so nor that it is not.
    for expression in ("packets>=1", "packets>=100"):
        said, status = interrupted(program, capture, "--expect", expression)
        if "--expect cannot be judged" not in said or status != 1:
            yield "interrupted with --expect: status %d, %s" % (status, said)
    with open(capture, "rb") as stream:
        data = stream.read()
    header, half = data[:24], 24
    while half < len(data) // 2:
        half += 16 + struct.unpack("<I", data[half + 8:half + 12])[0]
    status, output = on_terminal([program, "--connections", "-r", "-"], [header + data[24:half], data[half:]], 1.3)
    begin, end = "\x1b[?7l\x1b[H", "\x1b[J\x1b[?7h"
    frames = output.split(begin)[1:]
    if status != 0 or len(frames) < 2:
        yield "screen: status %d, %d frames" % (status, len(frames))
        return
    for frame in frames:
        lines = frame.split(end)[0]
        if end not in frame or lines.count("\x1b[K\n") != lines.count("\n") or not lines.startswith("Conn "):
            yield "screen: a frame is %r" % frame
    plain = subprocess.run([program, "--connections", "-r", capture], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                           stderr=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C.UTF-8"}, check=False).stdout.decode()
    last = output.rsplit(end, 1)[1]
    if last != "\x1b[H\x1b[J" + plain:
        yield "screen: the end is %r, not %r" % (last, plain)
    yield from order_complaints(program)
    # Whole columns go where there is no room for all, and the notes stay; what is printed in the end has all.
    all_columns = ["Conn", "Client", "Server", "C-State", "S-State", "Age", "Idle", "RTT", "Bytes", ">", "<", "Notes"]
    for columns, missing in ((100, set()), (83, {"RTT"}), (80, {"RTT", "Age"}), (72, {"RTT", "Age", "Idle"}), (60, {"RTT", "Age", "Idle", "Bytes", ">", "<"})):
        _, narrow = on_terminal([program, "--connections", "-r", "-"], [data], 0, columns=columns)
        headings = narrow.split(begin)[-1].split("\x1b[K\n")[0].split() if begin in narrow else []
        if headings != [word for word in all_columns if word not in missing]:
            yield "screen: in %d columns: %s" % (columns, headings)
        if narrow.rsplit(end, 1)[1] != "\x1b[H\x1b[J" + plain:
            yield "screen: in %d columns the end is %r" % (columns, narrow.rsplit(end, 1)[1])
    # Who has just asked has no answer yet: that is not how it ended.
    asked = RAW_IP + segment(1, 1234, 0x02, 10, 0)
    _, asking = on_terminal([program, "--connections", "-r", "-"], [asked, b""], 1.3)
    if "no answer\x1b" in asking or "no answer yet\x1b[K\n" not in asking or "no answer\n" not in asking.rsplit(end, 1)[1]:
        yield "screen: a connection that begins: %r" % asking
    # Room for one row.
    _, small = on_terminal([program, "--connections", "-r", "-"], [data], 0, rows=7)
    if small.split(end)[0].count("\n") > 6:
        yield "screen: more lines than rows: %r" % small
