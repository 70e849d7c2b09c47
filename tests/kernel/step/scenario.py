"""What a scenario is, and what many of them share.

A scenario is a function of the stage and its two ends, a few lines long. A is
the active opener, B the passive one. A call makes packets wait in the caller's
outbox, from which the scenario delivers, loses or swaps them; s.settle()
carries them all, in order. The docstring says what is special. A new scenario
needs nothing but a function with the decorator in opening.py, closing.py or
moving.py.
"""

SCENARIOS = {}


def scenario(**options):
    """Registers a scenario; options are those of Stage."""
    def register(function):
        SCENARIOS[function.__name__] = (function, options)
        return function
    return register


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
