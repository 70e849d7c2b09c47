"""Which of a kernel's transitions a capture can show at a packet, and why a tracker may differ there.

Every transition of an end has a carrier: the packet by which an observer learns
of it. What a packet did to its receiver is carried by that packet; what a call
did, by the packet it made the kernel send. A transition whose carrier stands
later in the capture, or nowhere, is invisible at a packet. Each rule below
names the rule of tcp-tracking.md it follows from, and needs exact evidence in
the record; a difference that no rule explains is a failure.
"""

from follows import follows, undelivered
from kernel_record import NEVER, other

# The rules that say "no packet shows it (yet)"; issue 4 allows them for 3 % of the states. The others, R2 assumed and under way, R4
# and H6, say what the tracker must show where a packet is lost, late or unanswered, or begins a connection that does not exist yet.
INVISIBLE = ("R1", "R2 copy", "R2 taken back", "R3")
RULES = {
    "R1 sent": "its own packet shows what the end was when it sent it; the kernel has gone on while the packet was under way",
    "R3 later": "the kernel is ahead: the packet that shows the transition stands later in the capture",
    "R3 never": "the kernel changed, and no packet of the capture shows it",
    "R3 crossed": "the end had closed before the other's packet arrived; its own FIN or RST stands later",
    "R3 dropped": "the end dropped a packet that it would otherwise have taken (accept queue full, TCP_DEFER_ACCEPT); assumed",
    "R3 first FIN": "the end's first FIN was lost before this tap: its copy looks like an answer to the other's FIN",
    "R2 copy": "a copy that the network made and delayed looks like a retransmission, which takes back what was assumed",
    "R2 taken back": "the end repeated a packet that does not acknowledge the FIN, which it had not received when it sent it",
    "R3 forged": "a packet in the end's name, valid for every observer; the end never sent it",
    "R3 cookie": "SYN cookies: the kernel keeps LISTEN until the ACK",
    "R2 assumed": "taken as delivered, and marked as assumed; the packet is lost",
    "R2 under way": "taken as delivered, and marked as assumed; the packet arrives later",
    "R4 unanswered": "a SYN without an answer yet: the server is assumed to be in SYN_RECEIVED",
    "R1 follows": "what the end was when it sent the last packet that tells, and what no packet shows came after",
    "R2 follows": "that, and what the other's packets make of it that are lost or under way: taken as delivered, and marked as assumed",
    "R3 follows": "that, and what they make of an end which the kernel had changed silently, or which did not take them: assumed",
    "H6 old": "a SYN on a living connection changes nothing: the old connection is shown until the new one starts",
}
# A state entered by receiving a FIN after the own FIN had left; and what it is as long as nobody saw the own FIN.
WITHOUT_OWN_FIN = {"CLOSING": "CLOSE_WAIT"}
# The other way round: what a peer's packet would have made of an end that had closed silently: (state, flags) -> state.
UNLESS_CLOSED = {("SYN_SENT", "SA"): "ESTABLISHED", ("SYN_RECEIVED", "A"): "ESTABLISHED", ("SYN_RECEIVED", "SA"): "ESTABLISHED",
                 ("ESTABLISHED", "FA"): "CLOSE_WAIT", ("CLOSING", "A"): "TIME_WAIT"}
# What the peer's FIN, or SYN, would make of an end, had it arrived.
WITH_FIN = {"ESTABLISHED": "CLOSE_WAIT", "SYN_RECEIVED": "CLOSE_WAIT", "FIN_WAIT_1": "CLOSING", "FIN_WAIT_2": "TIME_WAIT"}
WITH_SYN = {"SYN_SENT": "SYN_RECEIVED"}
WITH_ACK = {"SYN_RECEIVED": "ESTABLISHED"}
# What such an end is without the peer's FIN.
WITHOUT_FIN = {"CLOSE_WAIT": "ESTABLISHED", "CLOSING": "FIN_WAIT_1", "TIME_WAIT": "FIN_WAIT_2"}
# An end that sent its FIN before the other's arrived, and what it looks like if that FIN was never seen.
ANSWERING = {"CLOSING": "LAST_ACK", "TIME_WAIT": "CLOSED"}
# What a packet proves of its sender, for all who cannot know that it is forged.
PROVEN_BY = {"R": ("CLOSED",), "RA": ("CLOSED",), "SA": ("SYN_RECEIVED",), "A": ("SYN_RECEIVED", "ESTABLISHED")}
# A FIN that arrived above a hole is received when the hole is filled, by a packet without a FIN (C3).
BEFORE_FIN = ("SYN_RECEIVED", "ESTABLISHED", "FIN_WAIT_1", "FIN_WAIT_2")
AFTER_FIN = ("CLOSE_WAIT", "CLOSING", "TIME_WAIT")
# The packet that shows what a call did. A call that makes no packet at all has no carrier.
SHOWN_BY = (("connect", "S"), ("close", "FR"), ("shutdown", "FR"), ("abort", "R"), ("stops listening", "R"))


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
            # The call that wants to close had to wait for this packet: the FIN that leaves at once tells.
            if transition.after == "FIN_WAIT_1":
                return self._first_sent(event.index, "F")
            carrier = self._captured(event)
            if transition.before in BEFORE_FIN and transition.after in AFTER_FIN and "F" not in event.flags:
                carrier = max(carrier, self._first_sent(0, "F", other(self.end)))
            # Closed by a packet that passed this tap by: the RST with which the end answers the next packet tells.
            if carrier == NEVER and transition.after == "CLOSED":
                carrier = self._first_sent(event.index, "R")
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
                         and packet.event.packet == event.packet)), NEVER)

    def _first_sent(self, after, flags, sender=None):
        """The first captured packet of an end (this one) that was sent after an event and has one of the flags."""
        return next((place for place, packet in enumerate(self.packets)
                     if packet.sender == (sender or self.end) and packet.event.index > after
                     and packet.event.kind != "forge" and set(flags) & set(packet.flags)), NEVER)

    def was_lost(self, event):
        return any(one.kind == "lose" and one.sender == event.sender and one.packet == event.packet
                   for one in self.events[event.index:])

    def done(self, packet):
        return [one for one in self.transitions if one.event.index <= packet.truth]

    def coming(self, packet):
        return [one for one in self.transitions if one.event.index > packet.truth]


def only_assumed(history, place):
    """R2: the end came into its state by a packet that it received, and has sent nothing since that could prove it."""
    done = history.done(history.packets[place])
    if not done or done[-1].event.kind not in ("deliver", "forge") or done[-1].event.sender == history.end:
        return False
    carrier = done[-1].carrier
    # A forged packet is a proof for all who cannot know it.
    if any(one.sender == history.end and one.event.kind == "forge" for one in history.packets[:place + 1]):
        return False
    return carrier <= place and all(one.sender != history.end for one in history.packets[carrier:place + 1])


def hidden(history, place, packet):
    """The last transitions, newest first, as long as none of them can be seen yet."""
    for transition in reversed(history.done(packet)):
        if transition.carrier <= place:
            return
        yield transition


def hidden_suffix(history, place, packet, shown):
    """R3: the last transitions are all invisible yet, and the tracker shows the state before them."""
    for transition in hidden(history, place, packet):
        if transition.before == shown:
            return "R3 never" if transition.carrier == NEVER else "R3 later"
    return None


def crossed(history, place, packet, shown):
    """R3: packets of both ends were under way; the one sent first by this end has not been captured yet."""
    done = history.done(packet)
    unseen = [one for one in done if one.carrier > place]
    if len(unseen) != 1:
        return None
    before, after = unseen[0].before, unseen[0].after
    reached = {UNLESS_CLOSED.get((before, one.flags)) for one in history.packets[:place + 1] if one.sender != history.end}
    if after == "FIN_WAIT_1" and unseen[0].carrier != NEVER:
        if done[-1] is not unseen[0] and WITHOUT_OWN_FIN.get(done[-1].after) == shown:
            return "R3 crossed"
        return "R3 crossed" if before == "SYN_RECEIVED" and shown in reached else None
    if after == "CLOSED" and shown in reached:
        return "R3 never" if unseen[0].carrier == NEVER else "R3 crossed"
    return None


def promises(waiting, carrier):
    """Whether a packet, had it arrived, would have done at least what the later one did."""
    flags, seq, ack, length = waiting.event.identity
    wanted, wanted_seq, wanted_ack, wanted_length = carrier.identity
    if wanted_ack is not None and (ack is None or int(ack) < int(wanted_ack)):
        return False
    if set("SR") & set(wanted) - set(flags):
        return False
    if "F" not in wanted:
        return True
    return "F" in flags and int(seq) + int(length) == int(wanted_seq) + int(wanted_length)


def of_missing(missing):
    """The rule's name: R2 where the packet is really lost, otherwise the same for a packet that comes later."""
    return "R2 assumed" if all(one.arrival is None or one.arrival.kind == "lose" for one in missing) else "R2 under way"


def assumed(history, place, packet, shown):
    """R2: an earlier packet of the capture has not arrived, and would lead to the state shown."""
    missing = undelivered(history, place, packet)
    resets = [one for one in missing if "R" in one.flags]
    if shown == "CLOSED" and resets:
        return of_missing(resets)
    for transition in history.coming(packet):
        event = transition.event
        if event.kind not in ("deliver", "forge") or event.sender == history.end:
            break
        promising = [one for one in missing if promises(one, event)]
        if not promising:
            break
        if transition.after == shown:
            return of_missing(promising)
    return None


def assumed_out_of_turn(history, place, packet, shown):
    """R2, where the kernel took another way after all: its peer's SYN or FIN has not arrived, and is assumed to."""
    kernel = packet_state(history, packet)
    late = undelivered(history, place, packet)
    for flag, changed in (("F", WITH_FIN), ("S", WITH_SYN), ("A", WITH_ACK)):
        missing = [one for one in late if flag in one.flags]
        # A FIN above a hole has not been received either (C3).
        if flag == "F" and any("F" in one.flags and one.sender != history.end for one in history.packets[:place + 1]):
            missing = missing or [one for one in late if one.event.identity[3] != "0"]
        if missing and changed.get(kernel) == shown:
            return of_missing(missing)
        if missing and shown in (changed.get(one.before) for one in hidden(history, place, packet)):
            return "R3 crossed"
    return None


def dropped(history, place, packet, shown):
    """R3: the third ACK arrived, and the end stayed in SYN_RECEIVED all the same."""
    arrived = any(one.sender == other(history.end) and one.flags in ("A", "SA") and one.truth <= packet.truth
                  and one.arrival is not None and one.arrival.kind == "deliver" for one in history.packets[:place + 1])
    waits = packet_state(history, packet) == "SYN_RECEIVED"
    return "R3 dropped" if waits and arrived and shown == "ESTABLISHED" else None


def first_fin(history, place, packet, shown):
    """R3: the end's first FIN left before the other's arrived, but no packet of the capture is that FIN."""
    own = next((one for one in history.events if one.kind == "send" and one.sender == history.end and "F" in one.flags), None)
    if own is None or any(one.event is own for one in history.packets) or not history.was_lost(own):
        return None
    return "R3 first FIN" if ANSWERING.get(packet_state(history, packet)) == shown else None


def taken_back(history, place, packet, shown):
    """R2: the end's last packet repeats an earlier one and does not acknowledge the FIN that was captured before it."""
    captured = history.packets[:place + 1]
    fin = next((at for at, one in enumerate(captured) if one.sender != history.end and "F" in one.flags), NEVER)
    own = [(at, one.event.identity) for at, one in enumerate(captured) if one.sender == history.end]
    repeated = [identity for at, identity in own if at > fin and any(early == identity for before, early in own if before < at)]
    if not repeated or int(own[-1][1][2] or 0) > int(captured[fin].event.identity[1]) + int(captured[fin].event.identity[3]):
        return None
    return "R2 taken back" if WITHOUT_FIN.get(packet_state(history, packet)) == shown else None


def when_sent(history, place, packet, shown):
    """R1: the packet is the end's own, and shows what the end was when it left. After its RST an end is CLOSED (X2)."""
    if packet.sender != history.end or packet.event.kind == "forge":
        return None
    if any(one.sender == history.end and "R" in one.flags and one.event.kind != "forge" for one in history.packets[:place + 1]):
        return None
    sent = [one for one in history.events[:packet.event.index + 1]
            if one.kind == "send" and (one.sender, one.packet) == (history.end, packet.event.packet)]
    return "R1 sent" if sent and sent[-1].states[history.end] == shown else None


def late_copy(history, place, packet, shown):
    """R2: a packet that has been captured already arrives again; the end has gone on since it sent it."""
    if packet.sender != history.end or packet.event.kind != "deliver":
        return None
    earlier = any(one.event.packet == packet.event.packet and one.sender == packet.sender for one in history.packets[:place])
    done = history.done(packet)
    return "R2 copy" if earlier and done and shown == done[-1].before else None


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
    if len(done) < 2 or done[-1].after != "SYN_SENT":
        return None
    if done[-2].carrier <= place:
        return "H6 old" if shown == done[-2].after == "CLOSED" else None
    reset = any(one.sender == history.end and "R" in one.flags and one.event.index > done[-1].event.index
                for one in history.packets[:place + 1])
    # Or what the other's packets, as far as they were captured, would have made of it.
    answered = shown in (UNLESS_CLOSED.get((done[-2].before, "SA")), WITH_FIN.get(done[-2].before))
    return "H6 old" if shown == ("CLOSED" if reset else done[-2].before) or answered else None


def forged(history, place, packet, shown):
    """R3: a packet in this end's name that the end did not send; any other of its packets would correct it."""
    last = next((one for one in reversed(history.packets[:place + 1]) if one.sender == history.end), None)
    if last and last.event.kind == "forge" and shown in PROVEN_BY.get(last.flags, ()):
        return "R3 forged"
    return None


def unanswered(history, place, packet, shown):
    """R4: after a SYN, and before this end answers it, nobody knows whether it listens."""
    asked = max((at for at, one in enumerate(history.packets[:place + 1])
                 if one.sender != history.end and "S" in one.flags and "A" not in one.flags), default=NEVER)
    silent = all(one.sender != history.end or one.event.kind == "forge" for one in history.packets[asked:place + 1])
    return "R4 unanswered" if silent and shown == "SYN_RECEIVED" else None


def packet_state(history, packet):
    return history.events[packet.truth].states[history.end]


def explain(history, place, shown, marked):
    """The rule by which the tracker may show another state than the kernel's, or None."""
    packet = history.packets[place]
    for rule in (hidden_suffix, crossed, cookie, forged, old_connection, first_fin, when_sent, late_copy, taken_back):
        found = rule(history, place, packet, shown)
        if found:
            return found
    # Certainty without the receiver's own word would be wrong even if the state were right.
    for rule in (assumed, unanswered, assumed_out_of_turn, dropped) if marked else ():
        found = rule(history, place, packet, shown)
        if found:
            return found
    return follows(history, place, packet, shown, marked)
