"""Whether the connection records of a capture are plausible beside its packets: nothing counted twice, no end without its cause."""

import json

from common import SYNFIN, run

# An end that nobody can be in, by how a connection ended.
ENDS = {"closed": ("TIME_WAIT", "CLOSED", "CLOSING", "LAST_ACK", "FIN_WAIT_2", "CLOSE_WAIT"), "refused": ("CLOSED", "SYN_SENT", "SYN_RECEIVED")}


def records(path, options):
    return [json.loads(line) for line in run([SYNFIN, "-nn", *options, "--json", "-r", path]).out.splitlines()]


def flags(packets, *letters):
    """Whether packets with one of these flags are there."""
    return any(set(letters) & set(one["flags"]) for one in packets)


def wrong(connection, packets):
    """What of a record does not go with its packets."""
    outcome, ends = connection["outcome"], (connection["client"], connection["server"])
    # V1: a copy that the capture made is no packet of the connection's.
    copies = sum("capture_duplicate" in one["verdicts"] for one in packets)
    if sum(end["packets"] for end in ends) != len(packets) - copies:
        yield f"{[end['packets'] for end in ends]} packets, of {len(packets)} with {copies} copies"
    if outcome in ("closed", "half_closed") and not flags(packets, "F"):
        yield f"{outcome} without FIN"
    if outcome == "open" and any(end["fin"] for end in ends):
        yield "open with a FIN"
    if outcome in ("reset", "refused", "handshake_rejected") and not flags(packets, "R"):
        yield f"{outcome} without RST"
    if outcome == "no_answer" and connection["server"]["packets"]:
        yield "no answer, but packets of the server's"
    if (outcome == "refused" and connection["handshake"]["complete"]) or (outcome == "handshake_rejected" and connection["conn_state"] == "SF"):
        yield f"{outcome}, handshake complete: {connection['handshake']['complete']}"
    if any(end["state"] not in ENDS.get(outcome, end["state"]) for end in ends):
        yield f"{outcome} in {'/'.join(end['state'] for end in ends)}"
    last = packets[-1]
    if [(end["state"], end["proof"]) for end in ends] != [(last[role]["state"], last[role]["proof"]) for role in ("client", "server")]:
        yield "the states are not those after the last packet"


def faults(path):
    """What is wrong with the connection records of a capture, as texts."""
    packets = records(path, [])
    by_connection = {}
    for one in packets:
        if one["type"] == "packet":
            by_connection.setdefault(one["conn"], []).append(one)
    found = [one for one in records(path, ["--connections"]) if one["type"] == "connection"]
    if sorted(one["conn"] for one in found) != sorted(by_connection):
        return [f"records of {sorted(one['conn'] for one in found)}, packets of {sorted(by_connection)}"]
    return [f"record of c{one['conn']}: {text}" for one in found for text in wrong(one, by_connection[one["conn"]])]
