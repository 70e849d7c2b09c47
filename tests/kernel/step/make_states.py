#!/usr/bin/env python3
"""Plays scenarios on two real kernels' TCPs and records the true state of both ends.

For each scenario, in DIR: NAME.json (events, states after each), NAME.A.pcap
and NAME.B.pcap (tap at A, at B), NAME.M.pcap (every packet when it is sent).

Exit status: 0 done, 1 failed, 2 wrong usage, 77 this machine cannot do it.
"""

import argparse
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

# Imported for the scenarios that they register.
import opening, closing, moving  # noqa: E401,F401
import netns
from scenario import SCENARIOS
from stage import Stage

SKIPPED = 77


def play(name, folder):
    function, options = SCENARIOS[name]
    with Stage(os.path.join(folder, name), **options) as stage:
        function(stage, stage.a, stage.b)
    return stage.events


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", metavar="DIR", default=".", help="where the files go")
    parser.add_argument("-v", "--verbose", action="store_true", help="print every event")
    parser.add_argument("--list", action="store_true", help="list the scenarios and stop")
    parser.add_argument("names", metavar="NAME", nargs="*", help="a scenario (default: all)")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - SCENARIOS.keys()
    if unknown:
        parser.error(f"no such scenario: {', '.join(sorted(unknown))}; --list shows all")
    if arguments.list:
        for name, (function, _) in SCENARIOS.items():
            print(f"{name:<20} {function.__doc__}")
        return 0
    os.makedirs(arguments.output, exist_ok=True)
    failed = 0
    for name in arguments.names or SCENARIOS:
        try:
            events = play(name, arguments.output)
        except netns.Unavailable as reason:
            print(f"make_states: skipped: {reason}")
            return SKIPPED
        except (OSError, RuntimeError) as error:
            print(f"make_states: {name}: {error}", file=sys.stderr)
            failed = 1
            continue
        print(f"{name}: {len(events)} events")
        if arguments.verbose:
            for event in events:
                print(f"  {event['A']:<12}{event['B']:<12}{event['ev']}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
