#!/usr/bin/env python3
"""Makes the project's sample captures from real connections.

Client and server are two network namespaces of this machine's kernel, joined
by a wire with a delay of 5 ms each way; tcpdump captures at one end. Running
it again makes equivalent captures: times, ISNs and IP ids differ.

Exit status: 0 done, 1 failed, 2 wrong usage, 77 this machine cannot do it.
"""

import argparse
import os
import re
import signal
import subprocess
import sys

import captures
import netns
from pair import CLIENT, CLIENT6, DEVICE, Capture, Pair

SKIPPED = 77
# A busy machine can be late and merge two packets that should stand apart.
TRIES = 3


class Recipe:
    """How one capture is made, where its tap is, and what it must show."""

    def __init__(self, play, about, shape, expression="tcp", device=DEVICE, **pair_options):
        self.play = play
        self.about = about
        self.shape = shape
        self.expression = expression
        self.device = device
        self.pair_options = pair_options

    def _make_once(self, path):
        with Pair(**self.pair_options) as pair:
            with Capture(pair.client, path, self.expression, self.device,
                         settle=pair.wire.settle):
                self.play(pair)
        return shape_of(path)

    def make(self, path):
        unfinished = f"{path}.{os.getpid()}"
        try:
            for _ in range(TRIES):
                shape = self._make_once(unfinished)
                if shape == self.shape.split():
                    os.replace(unfinished, path)
                    return
            raise RuntimeError(f"{' '.join(shape)} instead of {self.shape}")
        finally:
            if os.path.exists(unfinished):
                os.unlink(unfinished)


def shape_of(path):
    """The capture as a list of words: TCP flags with an arrow from the client or from the server."""
    lines = subprocess.run(["tcpdump", "-nn", "-t", "-r", path], check=True,
                           capture_output=True, text=True).stdout.splitlines()
    words = []
    for line in lines:
        flags = re.search(r" Flags \[(.*?)\]", line)
        what = flags[1] if flags else re.search(r"(ARP|ICMP6?|UDP)", line)[1]
        from_client = re.search(fr"({CLIENT}|{CLIENT6})(\.\d+)? >|tell {CLIENT},", line)
        words.append(f"{what}>" if from_client else f"<{what}")
    return words


OPEN = "S> <S. .>"
EXCHANGE = "P.> <. <P. .>"
CLOSE = "F.> <. <F. .>"
PING = "{0}> <{0} {0}> <{0}"
DATAGRAMS = "UDP> <UDP UDP>"

RECIPES = {
    "http": Recipe(captures.http, "HTTP request, close in four packets by the client",
                   f"{OPEN} {EXCHANGE} {CLOSE}"),
    "close3": Recipe(captures.close3, "close in three packets: ACK and FIN in one segment",
                     f"{OPEN} {EXCHANGE} F.> <F. .>"),
    "refused": Recipe(captures.refused, "SYN answered by a RST", "S> <R."),
    "reset": Recipe(captures.reset, "two aborts: linger 0, and close() with unread data",
                    f"{OPEN} {EXCHANGE} R.> {OPEN} P.> <. <R."),
    "ipv6": Recipe(captures.ipv6, "the same as http over IPv6", f"{OPEN} {EXCHANGE} {CLOSE}"),
    "halfclose": Recipe(captures.halfclose, "the server goes on sending after the client's FIN",
                        f"{OPEN} P.> <. F.> <. <P. .> <P. .> <P. .> <F. .>"),
    "noanswer": Recipe(captures.noanswer, "four SYNs without an answer (takes 8 s)",
                       "S> S> S> S>"),
    "simultaneous": Recipe(captures.simultaneous, "simultaneous close, then simultaneous open",
                           f"{OPEN} {EXCHANGE} F.> <F. .> <. "
                           f"S> <S S.> <S. .> <. P.> <. {CLOSE}"),
    "two": Recipe(captures.two, "two interleaved connections",
                  "S> S> <S. .> <S. .> P.> P.> <. <. <P. .> <P. .> F.> F.> <. <. <F. .> <F. .>"),
    "retransmission": Recipe(captures.retransmission, "a lost data segment and a lost FIN",
                             f"{OPEN} P.> {EXCHANGE} F.> {CLOSE}"),
    "any": Recipe(captures.http, "the same as http with -i any: LINUX_SLL2",
                  f"{OPEN} {EXCHANGE} {CLOSE}", device="any"),
    "udp-icmp-arp": Recipe(captures.udp_icmp_arp, "ARP, neighbour discovery, ping, UDP",
                           f"ARP> <ARP {PING.format('ICMP')} "
                           f"ICMP6> <ICMP6 {PING.format('ICMP6')} "
                           f"{DATAGRAMS} <ICMP {DATAGRAMS} <ICMP6",
                           expression="arp or icmp or icmp6 or udp", neighbours_known=False),
}


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    here = os.path.dirname(os.path.abspath(__file__))
    parser.add_argument("-o", "--output", metavar="DIR",
                        default=os.path.normpath(os.path.join(here, "..", "..", "pcaps")),
                        help="where the captures go (default: pcaps/ of this project)")
    parser.add_argument("--list", action="store_true", help="list the captures and stop")
    parser.add_argument("names", metavar="NAME", nargs="*",
                        help="a capture without .pcap (default: all)")
    arguments = parser.parse_args()
    for name in arguments.names:
        if name not in RECIPES:
            parser.error(f"no capture is called {name}; --list shows all")
    return arguments


def main():
    arguments = parse_arguments()
    if arguments.list:
        for name, recipe in RECIPES.items():
            print(f"{name:<15} {recipe.about}")
        return 0
    # An ordinary exit on a signal, so that tcpdump ends and no half file stays.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    os.makedirs(arguments.output, exist_ok=True)
    for name in arguments.names or RECIPES:
        path = os.path.join(arguments.output, f"{name}.pcap")
        try:
            RECIPES[name].make(path)
        except netns.Unavailable as reason:
            print(f"make_pcaps: skipped: {reason}", file=sys.stderr)
            return SKIPPED
        except (OSError, RuntimeError) as error:
            print(f"make_pcaps: {name}: {error}", file=sys.stderr)
            return 1
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
