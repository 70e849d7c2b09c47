"""Zeek's conn_state, by way of history letters.

Zeek keeps a state for each end (INACTIVE, SYN_SENT, PARTIAL, ESTABLISHED, CLOSED, RESET) and names the pair. The letters tell the
order in which each kind of packet first came from each end, which is all that these states depend on.
"""

import re

INACTIVE, SYN_SENT, PARTIAL, ESTABLISHED, CLOSED, RESET = "inactive", "syn sent", "partial", "established", "closed", "reset"
OPENING = {"S", "H"}
# G, W, T and C say something of a packet that has its own letter.
CHANGING = set("SHADFRIQ")
# A RST of the originator after nothing but its SYN, and nothing of the responder's but data or ACKs.
SYN_THEN_RST = re.compile(r"\^?S[^HAFGIQ]*R.*")


class End:
    def __init__(self, is_orig):
        self.is_orig, self.state, self.before, self.peer = is_orig, INACTIVE, INACTIVE, None

    def become(self, state):
        self.before, self.state = self.state, state

    def first(self, letter):
        """The first packet of this end."""
        peer = self.peer
        if letter in OPENING:
            if self.is_orig:
                return self.become(SYN_SENT)
            if peer.state == SYN_SENT:
                peer.become(ESTABLISHED)
            return self.become(ESTABLISHED)
        if letter == "F":
            return self.become(CLOSED)
        if letter in "RI":
            return self.become(RESET)
        # An ACK before the SYN-ACK is not taken for a connection in mid-stream.
        if not self.is_orig and letter == "A" and peer.state == SYN_SENT:
            return None
        return self.become(ESTABLISHED if peer.state == ESTABLISHED else PARTIAL)

    def take(self, letter):
        if self.state == INACTIVE:
            self.first(letter)
        elif self.state == RESET:
            return
        elif letter in "RI":
            # After both FINs a RST ends nothing more.
            if self.state != CLOSED or self.peer.state != CLOSED:
                self.become(RESET)
        elif letter == "F" and self.state != CLOSED:
            self.become(CLOSED)
            # The peer's FIN and RST before ours were a complete close all the same.
            if self.peer.state == RESET and self.peer.before == CLOSED:
                self.peer.become(CLOSED)


def replay(history):
    orig, resp = End(True), End(False)
    orig.peer, resp.peer = resp, orig
    for letter in history:
        if letter.upper() in CHANGING:
            (orig if letter.isupper() else resp).take(letter.upper())
    return orig.state, resp.state


def conn_state(history, empty):
    """empty: neither end sent data."""
    orig, resp = replay(history)
    half = {INACTIVE, PARTIAL}
    if resp == RESET:
        if orig == SYN_SENT or (orig == RESET and empty):
            return "REJ"
        return "RSTRH" if orig in half else "RSTR"
    if orig == RESET:
        if resp in half:
            return "RSTOS0" if SYN_THEN_RST.fullmatch(history) else "OTH"
        return "RSTO"
    if orig == CLOSED:
        return "SF" if resp == CLOSED else "SH" if resp in half else "S2"
    if resp == CLOSED:
        return "SHR" if orig in half else "S3"
    if orig == SYN_SENT and resp == INACTIVE:
        return "S0"
    return "S1" if orig == resp == ESTABLISHED else "OTH"
