"""The main scenarios over IPv6. scenario.py says how a scenario is written."""

import socket

from scenario import SCENARIOS, variant

NAMES = ("normal", "close3", "simultaneous_open", "simultaneous_close", "half_close", "refused",
         "rst_unread", "rst_linger", "data_lost", "fast_retransmit", "keep_alive", "fin_lost",
         "third_ack_lost", "half_open")
for name in NAMES:
    original = SCENARIOS[name]
    variant(f"ipv6_{name}", original.function, f"The course of {name} over IPv6.",
            at_a=original.remarks["A"], at_b=original.remarks["B"], at_m=original.remarks["M"],
            family=socket.AF_INET6, **original.options)
