"""Compares captures cut at every snapshot length: wherever a packet ends, both programs must say the same."""

import os
import struct
import tempfile

import records
from common import (CORPUS, ROOT, Counts, captures_below, have_corpus, parallel, run_synfin,
                    run_tcpdump, shown)

OPTION_SETS = ("-nn", "-nn -v", "-nn -e -x")
LONGEST = 200
QUICK_STEP = 7
QUICK_CAPTURES = 4
# A longer capture repeats what its first packets were; a run must stay within minutes.
PACKETS = 60

# Chosen to meet every printer of headers at least once; all classic pcap, by ends of names. The four
# of a quick run come first.
SAMPLE = (
    "probe/opts.pcap", "probe/tun.pcap", "probe/v6.pcap", "pcaps/udp-icmp-arp.pcap",
    "pcaps/http.pcap", "pcaps/any.pcap",
    "probe/sll.pcap", "probe/vlan.pcap", "probe/ppp.pcap", "pcaps/ipv6.pcap",
    "tests/mptcp-v1.pcap", "tests/ipv6-routing-header.pcap", "tests/ssh.pcap",
    "bug-4810/pppoe-session-http.pcap", "bug-5633-gre-02/gre-sample.pcap",
    "tunnels/geneve-many-options.pcap", "Traces/mpls-in-vlan.pcap",
    "ipv6-evasion/ipv6-malformed-fragments-26/frag-26.pcap", "tests/whois.pcap",
    "defrag-ipv6-tcp/frag-ip-tcp.pcap",
)
ORDERS = {b"\xd4\xc3\xb2\xa1": "<", b"\x4d\x3c\xb2\xa1": "<",
          b"\xa1\xb2\xc3\xd4": ">", b"\xa1\xb2\x3c\x4d": ">"}


class Capture:
    """A classic pcap file, read whole. What its last record lacks is left out."""

    def __init__(self, path):
        with open(path, "rb") as file:
            data = file.read()
        if data[:4] not in ORDERS:
            raise ValueError(f"{path} is no classic pcap file")
        self.header = data[:24]
        self._record = struct.Struct(ORDERS[data[:4]] + "IIII")
        self._packets = list(self._read(data))[:PACKETS]

    def _read(self, data):
        place = len(self.header)
        while place + self._record.size <= len(data):
            seconds, fraction, captured, length = self._record.unpack_from(data, place)
            place += self._record.size
            if place + captured > len(data):
                return
            yield seconds, fraction, length, data[place:place + captured]
            place += captured

    def cut(self, longest):
        """The file's bytes with at most `longest` bytes captured of each packet."""
        return self.header + b"".join(
            self._record.pack(seconds, fraction, min(longest, len(packet)), length) + packet[:longest]
            for seconds, fraction, length, packet in self._packets)


def sample(quick):
    """The captures of the sample that are there."""
    every = captures_below(os.path.join(ROOT, "pcaps"))
    if have_corpus():
        every += captures_below(CORPUS)
    else:
        print("cut: no corpus: of the sample, only the captures in pcaps/")
    found = []
    for name in SAMPLE:
        path = next((path for path in every if path.replace(os.sep, "/").endswith(name)), None)
        if path and path not in found:
            found.append(path)
    return found[:QUICK_CAPTURES] if quick else found


def compare_cut(capture, length, folder):
    """The differences at one snapshot length, one per option set: (options, ours, theirs)."""
    handle, path = tempfile.mkstemp(suffix=".pcap", dir=folder)
    with os.fdopen(handle, "wb") as file:
        file.write(capture.cut(length))
    try:
        for options in OPTION_SETS:
            arguments = [*options.split(), "-r", path]
            ours, theirs = run_synfin(arguments), run_tcpdump(arguments)
            if ours.status != theirs.status:
                yield options, f"exit status {ours.status}", f"exit status {theirs.status}"
            elif ours.out != theirs.out:
                yield options, *records.same_lines(ours.out, theirs.out)[1]
    finally:
        os.unlink(path)


def compare_capture(path, lengths, counts, verbose):
    capture = Capture(path)
    differences, good = [], 0
    with tempfile.TemporaryDirectory(prefix="synfin-cut-") as folder:
        for length, found in zip(lengths, parallel(
                lambda length: list(compare_cut(capture, length, folder)), lengths)):
            differences += [(length, *difference) for difference in found]
            good += not found
            counts.passed += len(OPTION_SETS) - len(found)
            counts.failed += len(found)
    print(f"cut {shown(path)}: {good}/{len(lengths)} lengths identical", flush=True)
    for length, options, ours, theirs in differences[:20 if verbose else 1]:
        print(f"    at {length}, {options}\n    tcpdump {theirs!r}\n    synfin  {ours!r}")


def main(quick=False, verbose=False):
    counts = Counts()
    lengths = range(0, LONGEST + 1, QUICK_STEP if quick else 1)
    for path in sample(quick):
        compare_capture(path, lengths, counts, verbose)
    return counts
