"""Which states of an end follow from the packets that a capture has shown, by R1 and R2, whatever the kernel did meanwhile.

visible.py names the reasons why a tracker may differ from a kernel one by one; this is their common ground, for courses that nobody
thought of. What an end's last packets showed it was in when it sent them is certain (R1). From there the peer's packets that it had not got by
then lead it on: those that arrived must, as they did with the kernel; those that are lost, or under way, or that came to a kernel that
had changed silently, may (R2). Nothing else is followed by: a call that no packet shows, a timer, what was never captured.
"""

from kernel_record import other

WITH_ACK = {"SYN_RECEIVED": "ESTABLISHED"}
WITH_SYN = {"CLOSED": "SYN_RECEIVED", "LISTEN": "SYN_RECEIVED", "TIME_WAIT": "SYN_RECEIVED", "SYN_SENT": "SYN_RECEIVED"}
WITH_SYN_ACK = {"SYN_SENT": "ESTABLISHED", "SYN_RECEIVED": "ESTABLISHED"}
WITH_ACK_OF_FIN = {"FIN_WAIT_1": "FIN_WAIT_2", "CLOSING": "TIME_WAIT", "LAST_ACK": "CLOSED"}
WITH_FIN = {"ESTABLISHED": "CLOSE_WAIT", "SYN_RECEIVED": "CLOSE_WAIT", "FIN_WAIT_1": "CLOSING", "FIN_WAIT_2": "TIME_WAIT"}
# What an end looks like as long as its FIN has not been captured, or a copy alone has, which left after the peer's.
WITHOUT_OWN_FIN = {"FIN_WAIT_1": "ESTABLISHED", "FIN_WAIT_2": "ESTABLISHED", "CLOSING": "CLOSE_WAIT", "LAST_ACK": "CLOSE_WAIT", "TIME_WAIT": "CLOSE_WAIT"}
WITH_LATER_FIN = {"CLOSING": "LAST_ACK"}
# What a packet proves of its sender, for all who cannot know that it is forged, beside what was assumed of it already.
PROVEN_BY = {"R": {"CLOSED"}, "RA": {"CLOSED"}, "S": {"SYN_SENT"}, "SA": {"SYN_RECEIVED"}, "A": {"SYN_RECEIVED", "ESTABLISHED"},
             "PA": {"ESTABLISHED"}, "FA": {"FIN_WAIT_1", "LAST_ACK", "CLOSING"}}


def stream_end(identity):
    """One past the last number of a packet with a FIN."""
    return int(identity[1]) + int(identity[3]) + 1


def undelivered(history, place, packet):
    """The peer's packets captured so far that have not arrived: lost, or still under way."""
    return [one for one in history.packets[:place + 1] if one.sender == other(history.end)
            and (one.arrival is None or one.arrival.kind == "lose" or one.truth > packet.truth)]


class Followed:
    """What follows for one end of a History at a place: `certain`, and `possible` by what is assumed."""

    def __init__(self, history, place):
        self.history, self.end = history, history.end
        self.captured = history.packets[:place + 1]
        self.truth = history.packets[place].truth
        self.certain, self.possible = set(), set()
        for sent, state in self._starts():
            self.certain.add(state)
            self.possible |= self._led_on(sent, {state})
        # R2: a SYN or FIN that is sent again takes back what was assumed before.
        own = [one for one in self.captured if one.sender == self.end and one.sending]
        for at, packet in enumerate(own):
            if any(self._repeats(packet, early) for early in own[:at]):
                sent, state = self._when_sent(packet)
                self.certain.add(state)
                self.possible |= self._led_on(sent, {state}, self.captured.index(packet))

    @staticmethod
    def _repeats(packet, early):
        if "F" in packet.flags and "F" in early.flags:
            return stream_end(packet.event.identity) == stream_end(early.event.identity)
        return "S" in packet.flags and "S" in early.flags

    def _when_sent(self, packet):
        """(event index, state) of a packet."""
        sending = packet.sending
        if "R" in packet.flags:
            return sending.index, "CLOSED"
        state = sending.states[self.end]
        # What leaves while the kernel takes a packet that closes it left before.
        if state == "CLOSED" and "S" not in packet.flags:
            state = next((one.before for one in reversed(self.history.transitions) if one.event.index <= sending.index), state)
        # SYN cookies: the kernel keeps nothing.
        if set("SA") <= set(packet.flags) and state in ("LISTEN", "CLOSED"):
            return sending.index, "SYN_RECEIVED"
        # Its SYN-ACK passed this tap by, so far.
        before = self.captured[:self.captured.index(packet)]
        if state == "SYN_RECEIVED" and packet.flags == "A" and not any(set("SA") <= set(one.flags) and one.sender == self.end for one in before):
            return sending.index, "ESTABLISHED"
        fins = [one for one in self.captured if one.sender == self.end and one.sending and "F" in one.flags]
        # Its FIN left before this packet, but was captured later or never.
        if not any(one.sending.index <= sending.index for one in fins):
            state = WITHOUT_OWN_FIN.get(state, state)
        elif self._answers_fin(fins[0]):
            state = WITH_LATER_FIN.get(state, state)
        return sending.index, state

    def _answers_fin(self, packet):
        """Whether an end's FIN acknowledges the other's."""
        fin = next((one.event.identity for one in self.captured if one.sender == other(self.end) and "F" in one.flags), None)
        return fin is not None and int(packet.event.identity[2] or 0) >= stream_end(fin)

    def _starts(self):
        """(event index, state): what the end was when it sent its last packets."""
        own = [one for one in self.captured if one.sender == self.end and one.sending]
        if not own:
            yield -1, "CLOSED"
            yield -1, "LISTEN"
            return
        yield self._when_sent(max(own, key=lambda one: one.sending.index))
        # An empty ACK that an end in SYN_RECEIVED may send, too, shows no more than what came before it.
        telling = [one for one in own if not self._shows_nothing(one)]
        if telling:
            yield self._when_sent(max(telling, key=lambda one: one.sending.index))
        # R1: an old packet that comes late shows what its sender was.
        yield self._when_sent(own[-1])
        # H6: a SYN on a living connection changes nothing until the new connection starts.
        syn = next((at for at in reversed(range(len(own))) if "S" in own[at].flags), 0)
        if syn > 0:
            yield self._when_sent(max(own[:syn], key=lambda one: one.sending.index))
        # A RST that its receiver does not take tells nothing (X1); after one that it takes, a forged packet or an old copy makes the end live on.
        rsts = [at for at, one in enumerate(own) if "R" in one.flags]
        if rsts and (self._forged() or rsts[-1] < len(own) - 1 or not any(self._closes(own[at]) for at in rsts)):
            yield self._when_sent(max(own[:rsts[0]], key=lambda one: one.sending.index)) if rsts[0] > 0 else (-1, "CLOSED")

    def _shows_nothing(self, packet):
        acked = max((int(one.event.identity[2]) for one in self.captured if one.sender == self.end and "S" in one.flags and "A" in one.flags), default=1)
        _, _, ack, length = packet.event.identity
        return packet.flags == "A" and length == "0" and int(ack) <= acked

    def _forged(self):
        return any(one.sender == self.end and one.event.kind == "forge" for one in self.captured)

    def _closes(self, packet):
        """Whether a RST of this end has closed the other."""
        arrival = packet.arrival
        if arrival is None or arrival.kind != "deliver" or arrival.states[other(self.end)] != "CLOSED":
            return False
        # One that answers a SYN ends what waits in SYN_SENT alone; so an observer passes it over who has seen an answer to that.
        before = self.history.events[arrival.index - 1].states[other(self.end)]
        answered = any(one.sender == self.end and "S" in one.flags for one in self.captured)
        # A request without a listener goes with any packet.
        return before not in ("CLOSED", "SYN_RECEIVED") and not (before == "SYN_SENT" and answered)

    def _led_on(self, sent, states, taken_back=-1):
        """What the peer's packets make of the states since then; those captured before a place may be taken back."""
        alive = set()
        for at, packet in enumerate(self.captured):
            if packet.sender == self.end:
                if packet.event.kind == "forge":
                    states = states | alive | PROVEN_BY.get(packet.flags, set())
                    self.certain |= states
                continue
            arrival = packet.arrival if packet.arrival and packet.arrival.kind != "lose" else None
            if arrival and arrival.index <= sent:
                continue
            if "R" in packet.flags:
                alive |= states
            if arrival and "R" in packet.flags and self._crosses(at, arrival):
                states = states | {"CLOSED"}
                continue
            states = self._received(packet, arrival, states, sent) | (states if at < taken_back else set())
        # R3: it had no room for a segment above a hole, which everybody else takes as delivered.
        return states | {WITH_FIN[one] for one in states if one in WITH_FIN and self._contiguous()}

    def _crosses(self, at, arrival):
        """Whether the end sent something that is captured after that packet before the packet arrived."""
        return any(one.sender == self.end and one.sending and one.sending.index < arrival.index for one in self.captured[at + 1:])

    def _received(self, packet, arrival, states, sent):
        if packet.event.kind == "forge" and "S" in packet.flags and "A" in packet.flags:
            return states | {"ESTABLISHED", arrival.states[self.end]}
        if arrival is None or arrival.index > self.truth:
            return states | self._effects(packet, states)
        before, after = self.history.events[arrival.index - 1].states[self.end], arrival.states[self.end]
        # R3: the third ACK came, and the end did not take it.
        if before == after == "SYN_RECEIVED" and packet.flags in ("A", "SA"):
            return states | self._effects(packet, states)
        # The SYN that this answers was an old one, or not the end's own: this tap has not seen what the end sent instead, if anything.
        if before == after and set("SA") <= set(packet.flags) and (before == "CLOSED" or (before == "SYN_SENT" and not self._syn_captured())):
            return states | {"ESTABLISHED"}
        # An old SYN once more, or one that nobody answers (R4).
        copy = any(one.event.packet == packet.event.packet for one in self.captured if one is not packet) or (packet.sending and packet.sending.index < sent)
        if "S" in packet.flags and (copy or (before == after and before in ("CLOSED", "LISTEN"))):
            return states | {after} | self._effects(packet, states)
        # What the end did of its own when the packet came, though the packet does not say so, is as silent as a call.
        # Linux takes any RST in the window for an orphan in FIN_WAIT_2.
        silent = (after == "CLOSED" and before != "LAST_ACK" and ("R" not in packet.flags or before == "FIN_WAIT_2")) or after == "FIN_WAIT_1"
        if before in states and not silent:
            states = states - {before} | {after}
            strayed = states - {after}
        else:
            strayed = states
        return states | self._effects(packet, strayed)

    def _syn_captured(self):
        """Whether the SYN is captured that the end has sent last."""
        syns = [one for one in self.history.events[:self.truth] if one.kind == "send" and one.sender == self.end and "S" in one.flags]
        return bool(syns) and any(one.event.packet == syns[-1].packet for one in self.captured)

    def _contiguous(self):
        """Whether nothing below the peer's FIN is missing in the capture."""
        own = [one.event.identity for one in self.captured if one.sender == other(self.end)]
        fins = [stream_end(one) - 1 for one in own if "F" in one[0]]
        reached = 1
        for left, length in sorted((int(one[1]), int(one[3])) for one in own if one[3] != "0"):
            reached = max(reached, left + length) if left <= reached else reached
        return any(reached >= one for one in fins)

    def _forged_a_syn(self):
        return any(one.kind == "forge" and one.sender == self.end and one.flags == "S" for one in self.history.events[:self.truth])

    def _effects(self, packet, states):
        """What it would make of an end in one of the states, as far as its flags tell."""
        flags, ack = packet.flags, packet.event.identity[2]
        if "R" in flags:
            return states | {"CLOSED"}
        if "S" in flags:
            table = WITH_SYN_ACK if "A" in flags else WITH_SYN
            # A SYN-ACK tells that its receiver sent a SYN.
            sent = {"SYN_SENT"} if self._forged_a_syn() or "CLOSED" in states else set()
            return states | {table[one] for one in states | sent if one in table}
        found = set(states)
        if ack is not None:
            found |= {WITH_ACK[one] for one in found if one in WITH_ACK}
            fins = [stream_end(one.event.identity) for one in self.captured if one.sender == self.end and "F" in one.flags]
            # Numbers of the connection before, once its end has begun another.
            if int(ack) < 0 or any(int(ack) >= fin for fin in fins):
                found |= {WITH_ACK_OF_FIN[one] for one in found if one in WITH_ACK_OF_FIN}
        # C3: a FIN above a hole is received with what fills it.
        if self._contiguous():
            found |= {WITH_FIN[one] for one in found if one in WITH_FIN}
        return found


def revived_by_cookie(history, packet):
    """Whether an ACK made a connection of a closed one, by a SYN cookie of long ago: nothing but its ISN tells."""
    done = history.done(packet)
    return any(one.before in ("CLOSED", "LISTEN") and one.after == "ESTABLISHED" for one in done[1:])


def of_older_connection(history, place, packet):
    """Whether a packet of the end's acknowledges what its peer sent before the SYN that it sent last."""
    syn = next((one for one in reversed(history.packets[:place + 1]) if one.sender != history.end and one.flags.startswith("S") and "A" not in one.flags), None)
    sending = packet.sending
    return int(packet.event.identity[2] or 0) < 0 or (syn is not None and syn.sending is not None and sending is not None and sending.index < syn.sending.index)


def follows(history, place, packet, shown, marked):
    """The rule's name, or None."""
    # Whoever acknowledges what its peer's connection never sent has an older one, of which this tap knows nothing.
    last = next((one for one in reversed(history.packets[:place + 1]) if one.sender == history.end), None)
    if marked and last and shown in ("ESTABLISHED", "FIN_WAIT_1", "CLOSED") and of_older_connection(history, place, last):
        return "H6 old"
    # A forged SYN-ACK began another connection, and its receiver is as good as established.
    if marked and shown == "ESTABLISHED" and any(one.event.kind == "forge" and set("SA") <= set(one.flags) for one in history.packets[:place + 1]):
        return "R3 forged"
    if revived_by_cookie(history, packet):
        return "R3 cookie"
    followed = Followed(history, place)
    if shown in followed.certain:
        return "R1 follows"
    if marked and shown in followed.possible:
        return "R2 follows" if undelivered(history, place, packet) else "R3 follows"
    return None
