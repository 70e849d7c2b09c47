#!/usr/bin/env python3
"""Live tests: the finished program captures real connections between two namespaces.

    SYNFIN=build/synfin tests/kernel/live.py [--list] [NAME...]

With SYNFIN=tcpdump the harness tests itself: everything except the checks of
the annotations. Exit status: 0 passed, 1 failed, 77 this machine cannot do it.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import netns
from pair import CLIENT, CLIENT_MAC, DEVICE, SERVER, SERVER6, SERVER_MAC, Pair, acknowledge_at_once
from program import Failure, Tool

SKIPPED = 77
PORT = 8000
FILTER = ["tcp", "port", str(PORT)]
# A line must be on the pipe this long after its packet: a reader who watches
# a live capture does not wait for a buffer to fill.
PROMPT = 1.0
NOBODY = 65534


class Bench:
    """Two machines, an HTTP server on one of them, the program under test, and a place for files."""

    def __init__(self, tool, pair, folder):
        self.tool = tool
        self.pair = pair
        self.folder = folder
        site = os.path.join(folder, "site")
        os.mkdir(site)
        self._http = pair.server.popen([sys.executable, "-m", "http.server", "--bind", "::", "-d", site,
                                        str(PORT)],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            with pair.server.socket() as probe:
                if probe.connect_ex(("127.0.0.1", PORT)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError("the HTTP server does not start")

    def close(self):
        self._http.kill()
        self._http.wait()

    def start(self, *arguments, device=DEVICE):
        return self.tool.start(self.pair.client, "-i", device, "-nn", *arguments, *FILTER)

    def connect(self, address=SERVER):
        client = self.pair.client.socket(netns.family_of(address))
        client.connect((address, PORT))
        return client

    def finish(self, client):
        """Asks, reads to the end, and closes after the ACK of the server's FIN has left."""
        client.sendall(b"GET / HTTP/1.0\r\n\r\n")
        while client.recv(65536):
            pass
        acknowledge_at_once(client)
        time.sleep(0.03)
        client.close()
        self.pair.wire.settle()

    def fetch(self, address=SERVER):
        self.finish(self.connect(address))


def check(condition, text):
    if not condition:
        raise Failure(text)


def annotation(line):
    found = re.search(r" # (.*)$", line)
    check(found, f"no annotation: {line!r}")
    return found[1]


def check_steps(lines, steps):
    """Each step, "(2) CLIENT/SERVER", must be annotated, in this order; ~ marks an assumption."""
    left = iter(annotation(line) for line in lines)
    for step in steps:
        number, states = step.split()
        wanted = rf"{re.escape(number)} .*{states.replace('/', '~?/')}~?(?![A-Z_0-9])"
        check(any(re.search(wanted, text) for text in left),
              f"no {step!r} where it is due in:\n" + "\n".join(lines))


HANDSHAKE = ("(1) SYN_SENT/SYN_RECEIVED", "(2) ESTABLISHED/SYN_RECEIVED", "(3) ESTABLISHED/ESTABLISHED")
# The HTTP server closes first.
CLOSE = ("(1) CLOSE_WAIT/FIN_WAIT_1", "(2) CLOSE_WAIT/FIN_WAIT_2", "(3) LAST_ACK/TIME_WAIT",
         "(4) CLOSED/TIME_WAIT")


def connection(bench, address):
    with bench.start() as program:
        program.listening()
        client = bench.connect(address)
        opening = program.expect_lines(3, PROMPT)
        for line, flags in zip(opening, ("[S]", "[S.]", "[.]")):
            check(f"Flags {flags}," in line, f"not {flags}: {line!r}")
        bench.finish(client)
        check(program.out.wait(lambda lines: sum("Flags [F" in line for line in lines) == 2
                               and "Flags [.]" in lines[-1], PROMPT), "the close is not shown")
        program.interrupt()
        if not bench.tool.is_tcpdump:
            check_steps(opening, HANDSHAKE)
            check_steps(program.out.lines()[3:], CLOSE)


def test_prompt(bench):
    """handshake and close are annotated, and on the pipe while the capture runs"""
    connection(bench, SERVER)


def test_ipv6(bench):
    """the same over IPv6"""
    connection(bench, SERVER6)


def test_silence(bench):
    """TIME_WAIT ends on a silent network, too"""
    if bench.tool.is_tcpdump:
        return
    with bench.start("--timeline", "--time-wait=1") as program:
        program.listening()
        bench.fetch()
        check(program.out.wait(lambda lines: any("+1 s*" in line and "CLOSED" in line for line in lines), 5),
              "no end of TIME_WAIT:\n" + program.out.text())
        program.interrupt()


def read_back(path):
    return subprocess.run(["tcpdump", "-nn", "-r", path], check=True, capture_output=True,
                          text=True).stdout.splitlines()


def test_write(bench):
    """-w FILE prints nothing and writes what tcpdump -r reads"""
    path = os.path.join(bench.folder, "write.pcap")
    with bench.start("-w", path) as program:
        program.listening()
        bench.fetch()
        time.sleep(PROMPT)
        program.interrupt()
        check(program.out.lines() == [], f"stdout is not empty: {program.out.text()!r}")
        captured = program.statistics()[-1][0]
    lines = read_back(path)
    check(len(lines) == captured, f"{len(lines)} packets in the file, {captured} captured")
    check(sum("Flags [F" in line for line in lines) == 2, "the file does not end with the close")


def test_print_and_write(bench):
    """-w FILE --print prints the lines that tcpdump -r prints for the file"""
    path = os.path.join(bench.folder, "both.pcap")
    with bench.start("-w", path, "--print") as program:
        program.listening()
        bench.fetch()
        program.expect_lines(7, PROMPT)
        time.sleep(PROMPT)
        program.interrupt()
        printed = [line.split(" # ")[0].rstrip() for line in program.out.lines()]
    read = read_back(path)
    check(len(printed) == len(read), f"{len(printed)} lines printed, {len(read)} packets in the file")
    for ours, theirs in zip(printed, read):
        check(ours == theirs, f"printed {ours!r}, tcpdump reads {theirs!r}")


def test_statistics(bench):
    """SIGUSR1 prints the statistics and the capture goes on; SIGINT ends it with 0"""
    with bench.start() as program:
        program.listening()
        bench.fetch()
        first = len(program.expect_lines(7, PROMPT))
        program.signal(signal.SIGUSR1)
        check(program.err.wait(lambda _: len(program.statistics()) == 1, 2.0),
              f"no statistics after SIGUSR1: {program.err.text()!r}")
        bench.fetch()
        program.expect_lines(first + 7, PROMPT)
        time.sleep(PROMPT)
        program.interrupt()
        groups = program.statistics()
        check(len(groups) == 2, f"{len(groups)} groups of statistics instead of 2")
        shown = len(program.out.lines())
        check(groups[1][0] == shown, f"{groups[1][0]} packets captured, {shown} lines")
        check(groups[1][1] >= shown, f"only {groups[1][1]} packets received by filter")
        check(groups[1][2] == 0, f"{groups[1][2]} packets dropped by kernel")
        last = "\n".join(program.err.lines()[-3:])
        check(re.fullmatch(r"\d+ packets captured\n\d+ packets received by filter\n"
                           r"\d+ packets dropped by kernel", last),
              f"stderr does not end with the three lines, but with {last!r}")


def test_any(bench):
    """-i any shows interface and direction"""
    with bench.start(device="any") as program:
        program.listening()
        client = bench.connect()
        opening = program.expect_lines(3, PROMPT)
        bench.finish(client)
        program.interrupt()
        for line, direction in zip(opening, ("Out", "In ", "Out")):
            check(f" {DEVICE}  {direction} IP " in line, f"not {DEVICE} {direction}: {line!r}")
        if not bench.tool.is_tcpdump:
            check_steps(opening, HANDSHAKE)


def put_bridge(namespace):
    """The interface becomes a port of a bridge, which takes its addresses: a capture on all interfaces sees every packet on both."""
    namespace.ip("link", "add", "br0", "address", CLIENT_MAC, "type", "bridge")
    namespace.ip("addr", "flush", "dev", DEVICE)
    namespace.ip("link", "set", DEVICE, "master", "br0")
    namespace.ip("link", "set", "br0", "up")
    namespace.ip("addr", "add", f"{CLIENT}/24", "dev", "br0")
    namespace.ip("route", "add", f"{SERVER}/32", "dev", "br0")
    namespace.ip("neigh", "add", SERVER, "lladdr", SERVER_MAC, "dev", "br0", "nud", "permanent")


def test_copies(bench):
    """-i any and a bridge: each packet twice, and said so; with --merge-copies once"""
    if bench.tool.is_tcpdump:
        return
    with Pair() as pair, pair.listen(PORT) as listener:
        try:
            put_bridge(pair.client)
        except RuntimeError as reason:
            print(f"        copies: not tried: {reason}")
            return
        shown = []
        for options in ([], ["--merge-copies"]):
            with bench.tool.start(pair.client, "-i", "any", "-nn", *options, *FILTER) as program:
                program.listening()
                with pair.client.socket() as client:
                    client.connect((SERVER, PORT))
                    listener.accept()[0].close()
                    client.recv(1)
                pair.wire.settle()
                time.sleep(0.3)
                program.interrupt()
                shown.append((program.out.lines(), program.err.text()))
    (both, said), (merged, said_merged) = shown
    copies = [line for line in both if "capture duplicate" in line]
    check(len(copies) >= 5 and len(copies) * 2 == len(both), f"{len(copies)} copies of {len(both)} packets:\n" + "\n".join(both))
    check(f"twice on one: {len(copies)};" in said, said)
    # Another connection: on a busy machine an ACK may go with the FIN in one of them and alone in the other.
    check(len(merged) >= 5 and not any("duplicate" in line for line in merged), "\n".join(merged))
    check_steps(merged, HANDSHAKE)
    check(f"not shown: {len(merged)}" in said_merged, said_merged)


def test_last_packets(bench):
    """what was sent just before SIGINT is printed and saved, though the kernel still had it"""
    if bench.tool.is_tcpdump:
        return
    path = os.path.join(bench.folder, "last.pcap")
    for _ in range(3):
        with bench.start("-w", path, "--print") as program, bench.connect() as client:
            program.listening()
            client.sendall(b"GET")
            program.interrupt()
            printed = program.out.lines()
        for lines in (printed, read_back(path)):
            check(any("length 3" in line for line in lines), f"the packet is not there: {lines}")


def test_partial(bench):
    """after packets were lost --expect is not judged: exit 1"""
    if bench.tool.is_tcpdump:
        return
    with bench.start("-B", "8", "-w", "/dev/null", "--expect", "packets>=1") as program:
        program.listening()
        program.signal(signal.SIGSTOP)
        for _ in range(20):
            bench.fetch()
        program.signal(signal.SIGCONT)
        time.sleep(PROMPT)
        program.signal(signal.SIGINT)
        program.ends(1)
        check(program.statistics()[-1][2] > 0, f"nothing was dropped: {program.err.text()!r}")
        check("--expect cannot be judged: the kernel dropped packets" in program.err.text(), program.err.text())


def test_count(bench):
    """-c 5 ends after five packets"""
    with bench.start("-c", "5") as program:
        program.listening()
        bench.fetch()
        program.ends(0)
        check(len(program.out.lines()) == 5, f"{len(program.out.lines())} lines instead of 5")


def test_unknown_interface(bench):
    """an interface that does not exist: exit 1, and the message names it"""
    with bench.start(device="nosuch0") as program:
        program.ends(1)
        check("nosuch0" in program.err.text(), f"stderr: {program.err.text()!r}")


def test_no_permission(bench):
    """as nobody: exit 1, and the message names the capability or sudo"""
    # A copy, because nobody may not be able to reach the build's folder.
    program_file = os.path.join(bench.folder, os.path.basename(bench.tool.path))
    shutil.copy(bench.tool.path, program_file)
    os.chmod(program_file, 0o755)
    with bench.pair.client.popen([program_file, "-i", DEVICE, "-nn"], stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                 user=NOBODY, group=NOBODY, extra_groups=[]) as process:
        try:
            said = process.communicate(timeout=10)[1]
        except subprocess.TimeoutExpired:
            process.kill()
            raise Failure("still runs after 10 s") from None
        check(process.returncode == 1, f"exit status {process.returncode}; stderr: {said!r}")
        check("ermission" in said or "permitted" in said, f"stderr: {said!r}")
        if not bench.tool.is_tcpdump:
            check(re.search("cap_net_raw|sudo", said, re.IGNORECASE), f"no way out named: {said!r}")


TESTS = {name[5:].replace("_", "-"): test for name, test in list(globals().items())
         if name.startswith("test_")}


def run_one(bench, name, test):
    try:
        test(bench)
    except (Failure, OSError, RuntimeError) as reason:
        print(f"FAILED  {name}: {test.__doc__}\n        {reason}", flush=True)
        return False
    print(f"ok      {name}: {test.__doc__}", flush=True)
    return True


def run(tool, names):
    with tempfile.TemporaryDirectory(prefix="synfin-live-") as folder, Pair() as pair:
        os.chmod(folder, 0o755)
        bench = Bench(tool, pair, folder)
        try:
            failed = sum(not run_one(bench, name, TESTS[name]) for name in names)
        finally:
            bench.close()
    print(f"live: {len(names) - failed} passed, {failed} failed")
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="list the tests and stop")
    parser.add_argument("names", metavar="NAME", nargs="*", help="a test (default: all)")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - TESTS.keys()
    if unknown:
        parser.error(f"no such test: {', '.join(sorted(unknown))}; --list shows all")
    if arguments.list:
        for name, test in TESTS.items():
            print(f"{name:<18} {test.__doc__}")
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    program = os.environ.get("SYNFIN", "build/synfin")
    path = shutil.which(program)
    if path is None:
        print(f"live: there is no program {program}; build it, or set SYNFIN", file=sys.stderr)
        return 1
    print(f"live: {program} captures between two network namespaces")
    try:
        return run(Tool(os.path.abspath(path)), arguments.names or list(TESTS))
    except netns.Unavailable as reason:
        print(f"live: skipped: {reason}")
        return SKIPPED


if __name__ == "__main__":
    sys.exit(main())
