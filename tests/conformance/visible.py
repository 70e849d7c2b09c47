"""Which of a kernel's transitions a capture can show at a packet, and why a tracker may differ there.

Every transition of an end has a carrier: the packet by which an observer learns
of it. What a packet did to its receiver is carried by that packet; what a call
did, by the packet it made the kernel send. A transition whose carrier stands
later in the capture, or nowhere, is invisible at a packet. Each rule below
names the rule of tcp-tracking.md it follows from, and needs exact evidence in
the record; a difference that no rule explains is a failure.
"""

from kernel_record import NEVER, other

RULES = {
    "R3 later": "the kernel is ahead: the packet that shows the transition stands later in the capture",
    "R3 never": "the kernel changed, and no packet of the capture shows it",
    "R3 crossed": "the end had closed before the other's packet arrived; its own FIN or RST stands later",
    "R3 forged": "a packet in the end's name, valid for every observer; the end never sent it",
    "R3 cookie": "SYN cookies: the kernel keeps LISTEN until the ACK",
    "R2 assumed": "taken as delivered, and marked as assumed; the packet is lost or still under way",
    "R4 unanswered": "a SYN without an answer yet: the server is assumed to be in SYN_RECEIVED",
    "H6 old": "a SYN on a living connection changes nothing: the old connection is shown until the new one starts",
}
# A state entered by receiving a FIN after the own FIN had left; and what it is as long as nobody saw the own FIN.
WITHOUT_OWN_FIN = {"CLOSING": "CLOSE_WAIT"}
# The other way round: what a peer's packet would have made of an end that had closed silently: (state, flags) -> state.
UNLESS_CLOSED = {("SYN_SENT", "SA"): "ESTABLISHED"}
# What a packet proves of its sender, for all who cannot know that it is forged.
PROVEN_BY = {"R": "CLOSED", "SA": "SYN_RECEIVED"}
# A FIN that arrived above a hole is received when the hole is filled, by a packet without a FIN (C3).
BEFORE_FIN = ("SYN_RECEIVED", "ESTABLISHED", "FIN_WAIT_1", "FIN_WAIT_2")
AFTER_FIN = ("CLOSE_WAIT", "CLOSING", "TIME_WAIT")
# The packet that shows what a call did. A call that makes no packet at all has no carrier.
SHOWN_BY = (("connect", "S"), ("close", "FR"), ("shutdown", "FR"), ("abort", "R"))


class Transition:
    def __init__(self, event, before, after):
        self.event, self.before, self.after = event, before, after
        # Index in the capture of the packet that shows it, and the event of that packet.
        self.carrier = NEVER


class History:
    """One end's transitions, in relation to one tap's packets."""

    def __init__(self, events, packets, end):
        self.events, self.packets, self.end = events, packets, end
        self.transitions = []
        # Whatever the end was before its own first call, LISTEN say, it did not become through a packet.
        before = "CLOSED" if events[0].sender == end else events[0].states[end]
        for event in events:
            if event.states[end] != before:
                self.transitions.append(Transition(event, before, event.states[end]))
                before = event.states[end]
        for transition in self.transitions:
            transition.carrier = self._carrier(transition)

    def _carrier(self, transition):
        event = transition.event
        if event.kind in ("deliver", "forge") and event.sender != self.end:
            # Data to an end that is fully closed closes it at once; only its RST tells.
            if transition.after == "CLOSED" and transition.before != "LAST_ACK" and "R" not in event.flags:
                return self._first_sent(event.index, "R")
            carrier = self._captured(event)
            if transition.before in BEFORE_FIN and transition.after in AFTER_FIN and "F" not in event.flags:
                carrier = max(carrier, self._first_sent(0, "F", other(self.end)))
            return carrier
        if event.kind == "call" and event.sender == self.end:
            for call, flags in SHOWN_BY:
                if event.call.startswith(call):
                    return self._first_sent(event.index, flags)
        return NEVER

    def _captured(self, event):
        """Where the delivered packet stands in the capture: at its arrival, or earlier at its sending."""
        return next((place for place, packet in enumerate(self.packets)
                     if packet.event is event or packet.arrival is event
                     or (packet.event.index < event.index and packet.arrival is None
                         and packet.event.identity == event.identity)), NEVER)

    def _first_sent(self, after, flags, sender=None):
        """The first captured packet of an end (this one) that was sent after an event and has one of the flags."""
        return next((place for place, packet in enumerate(self.packets)
                     if packet.sender == (sender or self.end) and packet.event.index > after
                     and packet.event.kind != "forge" and set(flags) & set(packet.flags)), NEVER)

    def done(self, packet):
        return [one for one in self.transitions if one.event.index <= packet.truth]

    def coming(self, packet):
        return [one for one in self.transitions if one.event.index > packet.truth]


def hidden_suffix(history, place, packet, shown):
    """R3: the last transitions are all invisible yet, and the tracker shows the state before them."""
    for transition in reversed(history.done(packet)):
        if transition.carrier <= place:
            return None
        if transition.before == shown:
            return "R3 never" if transition.carrier == NEVER else "R3 later"
    return None


def crossed(history, place, packet, shown):
    """R3: packets of both ends were under way; the one sent first by this end has not been captured yet."""
    done = history.done(packet)
    hidden = [one for one in done if one.carrier > place]
    if len(hidden) != 1 or hidden[0].carrier == NEVER:
        return None
    if hidden[0].after == "FIN_WAIT_1" and done[-1] is not hidden[0]:
        return "R3 crossed" if WITHOUT_OWN_FIN.get(done[-1].after) == shown else None
    if hidden[0].after == "CLOSED" and packet.sender != history.end:
        return "R3 crossed" if UNLESS_CLOSED.get((hidden[0].before, packet.flags)) == shown else None
    return None


def promises(undelivered, carrier):
    """Whether a packet, had it arrived, would have done at least what the later one did."""
    flags, seq, ack, length = undelivered.event.identity
    wanted, wanted_seq, wanted_ack, wanted_length = carrier.identity
    if wanted_ack is not None and (ack is None or int(ack) < int(wanted_ack)):
        return False
    if set("SR") & set(wanted) - set(flags):
        return False
    if "F" not in wanted:
        return True
    return "F" in flags and int(seq) + int(length) == int(wanted_seq) + int(wanted_length)


def assumed(history, place, packet, shown):
    """R2: an earlier packet of the capture has not arrived, and would lead to the state shown."""
    missing = [one for one in history.packets[:place + 1] if one.sender == other(history.end)
               and (one.arrival is None or one.arrival.kind == "lose" or one.truth > packet.truth)]
    for transition in history.coming(packet):
        event = transition.event
        if event.kind not in ("deliver", "forge") or event.sender == history.end:
            return None
        if not any(promises(one, event) for one in missing):
            return None
        if transition.after == shown:
            return "R2 assumed"
    return None


def cookie(history, place, packet, shown):
    """R3: no request socket, although a SYN-ACK left; the ACK alone makes the connection."""
    states = {one.after for one in history.transitions}
    answered = any(one.kind == "send" and one.sender == history.end and set("SA") <= set(one.flags)
                   for one in history.events[:packet.truth + 2])
    kernel = packet_state(history, packet)
    if kernel == "LISTEN" and shown == "SYN_RECEIVED" and answered and "SYN_RECEIVED" not in states:
        return "R3 cookie"
    return None


def old_connection(history, place, packet, shown):
    """H6: the end forgot its connection and sends a new SYN; the capture knows the old connection."""
    done = history.done(packet)
    if len(done) < 2 or done[-1].after != "SYN_SENT" or done[-2].carrier != NEVER:
        return None
    reset = any(one.sender == history.end and "R" in one.flags and one.event.index > done[-1].event.index
                for one in history.packets[:place + 1])
    return "H6 old" if shown == ("CLOSED" if reset else done[-2].before) else None


def forged(history, place, packet, shown):
    """R3: a packet in this end's name that the end did not send; any other of its packets would correct it."""
    last = next((one for one in reversed(history.packets[:place + 1]) if one.sender == history.end), None)
    if last and last.event.kind == "forge" and PROVEN_BY.get(last.flags) == shown:
        return "R3 forged"
    return None


def unanswered(history, place, packet, shown):
    """R4: after a SYN, and before anything of this end was captured, nobody knows whether it listens."""
    silent = all(one.sender != history.end for one in history.packets[:place + 1])
    return "R4 unanswered" if silent and shown == "SYN_RECEIVED" else None


def packet_state(history, packet):
    return history.events[packet.truth].states[history.end]


def explain(history, place, shown, marked):
    """The rule by which the tracker may show another state than the kernel's, or None."""
    packet = history.packets[place]
    for rule in (hidden_suffix, crossed, cookie, forged, old_connection):
        found = rule(history, place, packet, shown)
        if found:
            return found
    # Certainty without the receiver's own word would be wrong even if the state were right.
    for rule in (assumed, unanswered) if marked else ():
        found = rule(history, place, packet, shown)
        if found:
            return found
    return None
