"""What a scenario is, and what many of them share.

A scenario is a function of the stage and its two ends, a few lines long. A is
the active opener, B the passive one. A call makes packets wait in the caller's
outbox, from which the scenario delivers, loses or swaps them; s.settle()
carries them all, in order. The docstring says what is special. A new scenario
needs nothing but a function with the decorator in one of the files that
make_states.py imports.

What synfin must remark beside the states is known too, because the scenario
did it: remarks.py has the notation. A tap that is not given, and a scenario
without any, must get none.
"""

SCENARIOS = {}
TAPS = "ABM"


class Scenario:
    def __init__(self, function, description, remarks, options):
        self.function, self.description = function, description
        self.remarks, self.options = remarks, options


def scenario(remarks="", at_a=None, at_b=None, at_m=None, **options):
    """Registers a scenario; remarks hold at every tap that has none of its own, options are those of Stage."""
    def register(function):
        variant(function.__name__, function, function.__doc__, remarks, at_a, at_b, at_m, **options)
        return function
    return register


def variant(name, function, description, remarks="", at_a=None, at_b=None, at_m=None, **options):
    """Registers a function under another name, for another kernel's settings or another IP version."""
    own = dict(zip(TAPS, (at_a, at_b, at_m)))
    expected = {tap: remarks if own[tap] is None else own[tap] for tap in TAPS}
    SCENARIOS[name] = Scenario(function, description, expected, options)


def transfer(s, sender, length):
    """Data arrives, is acknowledged and read: unread data would turn a close into a reset."""
    sender.send(length)
    s.settle()
    sender.peer.receive(length)


def close_both(s, first, second):
    first.close()
    s.settle()
    second.close()
    s.settle()
