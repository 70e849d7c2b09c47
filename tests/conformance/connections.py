"""synfin's connection and packet records, as its JSON views give them, for the comparisons with other trackers."""

import json
import os

from common import CORPUS, ROOT, SYNFIN, captures_below, have_corpus, run, shown

FORM = ("--json", "-n", "--nano")


class Refused(Exception):
    """libpcap does not read this capture; the message says why."""


class Fault(Exception):
    """synfin did not end as it should."""


def read(options, capture):
    done = run([SYNFIN, *options, *FORM, "-r", capture])
    text = done.err.decode("utf-8", "replace").strip()
    # A capture that is cut at its end is told of after all that could be read of it, as tcpdump does.
    if done.status == 1 and not done.out:
        raise Refused(text.splitlines()[-1] if text else "status 1")
    if done.status not in (0, 1):
        raise Fault(f"status {done.status}: {text}")
    return [json.loads(line) for line in done.out.splitlines()]


def captures():
    """(name, path) of everything that there is to compare."""
    found = captures_below(os.path.join(ROOT, "pcaps")) + (captures_below(CORPUS) if have_corpus() else [])
    return [(shown(path), path) for path in found]


def connections(capture, options=()):
    """The connection records, in the order in which the connections began."""
    return sorted(read(("--connections", *options), capture), key=lambda record: record["conn"])


def packets(capture, options=()):
    """The packet records of TCP segments."""
    return [record for record in read(options, capture) if record["conn"] is not None]


def either_way(four):
    """The key of both directions."""
    ends = sorted([(four[0], int(four[1])), (four[2], int(four[3]))])
    return ends[0] + ends[1]
