#!/usr/bin/env python3
"""Plays scenarios on two real kernels' TCPs and records the true state of both ends.

For each scenario, in DIR: NAME.json (events, states after each), NAME.A.pcap
and NAME.B.pcap (tap at A, at B), NAME.M.pcap (every packet when it is sent).
A scenario that other programs held up is played again: late, it would see
timers fire that it does not want.

Exit status: 0 done, 1 failed, 2 wrong usage, 77 this machine cannot do it.
"""

import argparse
import contextlib
import os
import sys
from concurrent.futures import ProcessPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

# Imported for the scenarios that they register.
import opening, handshake, fast_open, closing, resetting, moving, waiting, rare, found, ipv6  # noqa: E401,F401
import chance
import netns
from scenario import SCENARIOS
from stage import Stage

SKIPPED = 77
ATTEMPTS = 5


def find(name):
    """The scenario of that name, or None."""
    return SCENARIOS.get(name) or chance.found(name)


def play(name, folder):
    """Returns the stage, played to its end."""
    scenario = find(name)
    with Stage(os.path.join(folder, name), **scenario.options) as stage:
        scenario.function(stage, stage.a, stage.b)
    return stage


def attempt(name, folder):
    """Plays until it went undisturbed: (stage or None, lines that say how it went)."""
    lines = []
    for number in range(1, ATTEMPTS + 1):
        try:
            stage = play(name, folder)
        except (OSError, RuntimeError) as error:
            lines.append(f"{name}: attempt {number} failed: {error}")
            continue
        # Whatever happens, it may happen in a random one.
        if not stage.disturbed or name not in SCENARIOS:
            return stage, lines
        lines.append(f"{name}: attempt {number} was held up for {stage.held_up * 1000:.0f} ms")
        if number == ATTEMPTS:
            return stage, lines
    return None, lines


def perform(job):
    """In a process of its own: (name, number of events or -1, text)."""
    name, folder, verbose = job
    with contextlib.suppress(OSError):
        os.nice(-10)
    try:
        stage, lines = attempt(name, folder)
    except netns.Unavailable as reason:
        return name, None, str(reason)
    if stage and verbose:
        lines += [f"  {event['A']:<12}{event['B']:<12}{event['ev']}" for event in stage.events]
    return name, len(stage.events) if stage else -1, "\n".join(lines)


def arguments_of(words):
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", metavar="DIR", default=".", help="where the files go")
    parser.add_argument("-j", "--jobs", metavar="N", type=int, default=4,
                        help="play N scenarios at once (4); they mostly wait")
    parser.add_argument("-v", "--verbose", action="store_true", help="print every event")
    parser.add_argument("--list", action="store_true", help="list the scenarios and stop")
    parser.add_argument("names", metavar="NAME", nargs="*", help="a scenario (default: all)")
    arguments = parser.parse_args(words)
    unknown = {name for name in arguments.names if not find(name)}
    if unknown:
        parser.error(f"no such scenario: {', '.join(sorted(unknown))}; --list shows all")
    return arguments


def main():
    arguments = arguments_of(sys.argv[1:])
    if arguments.list:
        for name, scenario in SCENARIOS.items():
            print(f"{name:<26} {scenario.description}")
        return 0
    os.makedirs(arguments.output, exist_ok=True)
    jobs = [(name, arguments.output, arguments.verbose) for name in arguments.names or SCENARIOS]
    failed = 0
    with ProcessPoolExecutor(arguments.jobs) as pool:
        for name, events, text in pool.map(perform, jobs):
            if events is None:
                print(f"make_states: skipped: {text}")
                pool.shutdown(cancel_futures=True)
                return SKIPPED
            failed = failed or events < 0
            print(f"{name}: FAILED" if events < 0 else f"{name}: {events} events", flush=True)
            if text:
                print(text, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
