/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The table. Every cell is written out: the next state, the event when the state changes, and the section of RFC 9293 that says so
 * (3.10.n are its user calls and segment arrivals). A cell that keeps its state says that too. The manuals' diagrams and tests/table/table.tsv
 * are made from it: after a change, make states.
 */
#include "track/state.h"

#include <assert.h>
#include <stddef.h>

#define CELL(state, section) { SYNFIN_##state, NO_EVENT, section }
#define CELL_EVENT(state, event, section) { SYNFIN_##state, SYNFIN_EVENT_##event, section }

static const struct transition table[SYNFIN_STATES][INPUTS] = {
	/* No connection. A segment that is not a SYN is answered by RST and changes nothing. */
	[SYNFIN_CLOSED] = {
		[TX_SYN] = CELL(SYN_SENT, "3.10.1"),
		[TX_SYN_ACK] = CELL(SYN_RECEIVED, "3.10.7.2"),
		[TX_SEGMENT] = CELL(CLOSED, "3.10.2"),
		[TX_FAST_OPEN] = CELL(CLOSED, "RFC 7413 s4.2.2"),
		[TX_ACKS_FIN] = CELL(CLOSED, "3.10.7.4"),
		[TX_FIN] = CELL(CLOSED, "3.10.4"),
		[TX_RST] = CELL(CLOSED, "3.10.5"),
		[RX_SYN] = CELL(CLOSED, "3.10.7.1"),
		[RX_SYN_ACK] = CELL(CLOSED, "3.10.7.1"),
		[RX_ACKS_SYN] = CELL(CLOSED, "3.10.7.1"),
		[RX_ACKS_FIN] = CELL(CLOSED, "3.10.7.1"),
		[RX_FIN] = CELL(CLOSED, "3.10.7.1"),
		[RX_RST] = CELL(CLOSED, "3.10.7.1"),
		[TIMEOUT] = CELL(CLOSED, "3.6.1"),
	},
	/* Never shown by a packet (R4); its row is the standard's. */
	[SYNFIN_LISTEN] = {
		[TX_SYN] = CELL(SYN_SENT, "3.10.1"),
		[TX_SYN_ACK] = CELL(SYN_RECEIVED, "3.10.7.2"),
		[TX_SEGMENT] = CELL(LISTEN, "3.10.2"),
		[TX_FAST_OPEN] = CELL(LISTEN, "RFC 7413 s4.2.2"),
		[TX_ACKS_FIN] = CELL(LISTEN, "3.10.7.4"),
		[TX_FIN] = CELL(LISTEN, "3.10.4"),
		[TX_RST] = CELL(LISTEN, "3.10.5"),
		[RX_SYN] = CELL(SYN_RECEIVED, "3.10.7.2"),
		[RX_SYN_ACK] = CELL(LISTEN, "3.10.7.2"),
		[RX_ACKS_SYN] = CELL(LISTEN, "3.10.7.2"),
		[RX_ACKS_FIN] = CELL(LISTEN, "3.10.7.2"),
		[RX_FIN] = CELL(LISTEN, "3.10.7.2"),
		[RX_RST] = CELL(LISTEN, "3.10.7.2"),
		[TIMEOUT] = CELL(LISTEN, "3.6.1"),
	},
	/* Waits for the SYN-ACK. An ACK without SYN that covers its SYN does not advance it; a segment of its own that is no SYN shows that it got one. */
	[SYNFIN_SYN_SENT] = {
		[TX_SYN] = CELL(SYN_SENT, "3.10.1"),
		[TX_SYN_ACK] = CELL(SYN_RECEIVED, "3.10.7.3"),
		[TX_SEGMENT] = CELL(ESTABLISHED, "3.10.7.3"),
		[TX_FAST_OPEN] = CELL(SYN_SENT, "RFC 7413 s4.2.1"),
		[TX_ACKS_FIN] = CELL(CLOSE_WAIT, "3.10.7.4"),
		[TX_FIN] = CELL(SYN_SENT, "3.10.4"),
		[TX_RST] = CELL(CLOSED, "3.10.5"),
		[RX_SYN] = CELL_EVENT(SYN_RECEIVED, SIMULTANEOUS_OPEN, "3.10.7.3"),
		[RX_SYN_ACK] = CELL(ESTABLISHED, "3.10.7.3"),
		[RX_ACKS_SYN] = CELL(SYN_SENT, "3.10.7.3"),
		[RX_ACKS_FIN] = CELL(SYN_SENT, "3.10.7.3"),
		[RX_FIN] = CELL(SYN_SENT, "3.10.7.4"),
		[RX_RST] = CELL(CLOSED, "3.10.7.3"),
		[TIMEOUT] = CELL(SYN_SENT, "3.6.1"),
	},
	/* Waits for the ACK of its SYN. Under Fast Open it sends data before that. */
	[SYNFIN_SYN_RECEIVED] = {
		[TX_SYN] = CELL(SYN_RECEIVED, "3.10.1"),
		[TX_SYN_ACK] = CELL(SYN_RECEIVED, "3.10.7.2"),
		[TX_SEGMENT] = CELL(ESTABLISHED, "3.10.2"),
		[TX_FAST_OPEN] = CELL(SYN_RECEIVED, "RFC 7413 s4.2.2"),
		[TX_ACKS_FIN] = CELL(CLOSE_WAIT, "3.10.7.4"),
		[TX_FIN] = CELL(FIN_WAIT_1, "3.10.4"),
		[TX_RST] = CELL(CLOSED, "3.10.5"),
		[RX_SYN] = CELL(SYN_RECEIVED, "3.10.7.4"),
		[RX_SYN_ACK] = CELL(ESTABLISHED, "3.10.7.4"),
		[RX_ACKS_SYN] = CELL(ESTABLISHED, "3.10.7.4"),
		[RX_ACKS_FIN] = CELL(SYN_RECEIVED, "3.10.7.4"),
		[RX_FIN] = CELL(CLOSE_WAIT, "3.10.7.4"),
		[RX_RST] = CELL(CLOSED, "3.10.7.4"),
		[TIMEOUT] = CELL(SYN_RECEIVED, "3.6.1"),
	},
	/* A SYN is answered by a challenge ACK (RFC 5961 s4) and changes nothing: so in all states below. */
	[SYNFIN_ESTABLISHED] = {
		[TX_SYN] = CELL(ESTABLISHED, "3.10.1"),
		[TX_SYN_ACK] = CELL(ESTABLISHED, "3.10.7.2"),
		[TX_SEGMENT] = CELL(ESTABLISHED, "3.10.2"),
		[TX_FAST_OPEN] = CELL(ESTABLISHED, "RFC 7413 s4.2.2"),
		[TX_ACKS_FIN] = CELL(CLOSE_WAIT, "3.10.7.4"),
		[TX_FIN] = CELL(FIN_WAIT_1, "3.10.4"),
		[TX_RST] = CELL(CLOSED, "3.10.5"),
		[RX_SYN] = CELL(ESTABLISHED, "3.10.7.4"),
		[RX_SYN_ACK] = CELL(ESTABLISHED, "3.10.7.4"),
		[RX_ACKS_SYN] = CELL(ESTABLISHED, "3.10.7.4"),
		[RX_ACKS_FIN] = CELL(ESTABLISHED, "3.10.7.4"),
		[RX_FIN] = CELL(CLOSE_WAIT, "3.10.7.4"),
		[RX_RST] = CELL(CLOSED, "3.10.7.4"),
		[TIMEOUT] = CELL(ESTABLISHED, "3.6.1"),
	},
	/* Its FIN is out and not acknowledged. The peer's FIN before that ACK means that both close at once. */
	[SYNFIN_FIN_WAIT_1] = {
		[TX_SYN] = CELL(FIN_WAIT_1, "3.10.1"),
		[TX_SYN_ACK] = CELL(FIN_WAIT_1, "3.10.7.2"),
		[TX_SEGMENT] = CELL(FIN_WAIT_1, "3.10.2"),
		[TX_FAST_OPEN] = CELL(FIN_WAIT_1, "RFC 7413 s4.2.2"),
		[TX_ACKS_FIN] = CELL(CLOSING, "3.10.7.4"),
		[TX_FIN] = CELL(FIN_WAIT_1, "3.10.4"),
		[TX_RST] = CELL(CLOSED, "3.10.5"),
		[RX_SYN] = CELL(FIN_WAIT_1, "3.10.7.4"),
		[RX_SYN_ACK] = CELL(FIN_WAIT_1, "3.10.7.4"),
		[RX_ACKS_SYN] = CELL(FIN_WAIT_1, "3.10.7.4"),
		[RX_ACKS_FIN] = CELL(FIN_WAIT_2, "3.10.7.4"),
		[RX_FIN] = CELL_EVENT(CLOSING, SIMULTANEOUS_CLOSE, "3.10.7.4"),
		[RX_RST] = CELL(CLOSED, "3.10.7.4"),
		[TIMEOUT] = CELL(FIN_WAIT_1, "3.6.1"),
	},
	/* Its FIN is acknowledged; the peer may go on sending (half-close). */
	[SYNFIN_FIN_WAIT_2] = {
		[TX_SYN] = CELL(FIN_WAIT_2, "3.10.1"),
		[TX_SYN_ACK] = CELL(FIN_WAIT_2, "3.10.7.2"),
		[TX_SEGMENT] = CELL(FIN_WAIT_2, "3.10.2"),
		[TX_FAST_OPEN] = CELL(FIN_WAIT_2, "RFC 7413 s4.2.2"),
		[TX_ACKS_FIN] = CELL(TIME_WAIT, "3.10.7.4"),
		[TX_FIN] = CELL(FIN_WAIT_2, "3.10.4"),
		[TX_RST] = CELL(CLOSED, "3.10.5"),
		[RX_SYN] = CELL(FIN_WAIT_2, "3.10.7.4"),
		[RX_SYN_ACK] = CELL(FIN_WAIT_2, "3.10.7.4"),
		[RX_ACKS_SYN] = CELL(FIN_WAIT_2, "3.10.7.4"),
		[RX_ACKS_FIN] = CELL(FIN_WAIT_2, "3.10.7.4"),
		[RX_FIN] = CELL(TIME_WAIT, "3.10.7.4"),
		[RX_RST] = CELL(CLOSED, "3.10.7.4"),
		[TIMEOUT] = CELL(FIN_WAIT_2, "3.6.1"),
	},
	/* It got the peer's FIN and has not sent its own. */
	[SYNFIN_CLOSE_WAIT] = {
		[TX_SYN] = CELL(CLOSE_WAIT, "3.10.1"),
		[TX_SYN_ACK] = CELL(CLOSE_WAIT, "3.10.7.2"),
		[TX_SEGMENT] = CELL(CLOSE_WAIT, "3.10.2"),
		[TX_FAST_OPEN] = CELL(CLOSE_WAIT, "RFC 7413 s4.2.2"),
		[TX_ACKS_FIN] = CELL(CLOSE_WAIT, "3.10.7.4"),
		[TX_FIN] = CELL(LAST_ACK, "3.10.4"),
		[TX_RST] = CELL(CLOSED, "3.10.5"),
		[RX_SYN] = CELL(CLOSE_WAIT, "3.10.7.4"),
		[RX_SYN_ACK] = CELL(CLOSE_WAIT, "3.10.7.4"),
		[RX_ACKS_SYN] = CELL(CLOSE_WAIT, "3.10.7.4"),
		[RX_ACKS_FIN] = CELL(CLOSE_WAIT, "3.10.7.4"),
		[RX_FIN] = CELL(CLOSE_WAIT, "3.10.7.4"),
		[RX_RST] = CELL(CLOSED, "3.10.7.4"),
		[TIMEOUT] = CELL(CLOSE_WAIT, "3.6.1"),
	},
	/* Both FINs are out, its own is not acknowledged. */
	[SYNFIN_CLOSING] = {
		[TX_SYN] = CELL(CLOSING, "3.10.1"),
		[TX_SYN_ACK] = CELL(CLOSING, "3.10.7.2"),
		[TX_SEGMENT] = CELL(CLOSING, "3.10.2"),
		[TX_FAST_OPEN] = CELL(CLOSING, "RFC 7413 s4.2.2"),
		[TX_ACKS_FIN] = CELL(CLOSING, "3.10.7.4"),
		[TX_FIN] = CELL(CLOSING, "3.10.4"),
		[TX_RST] = CELL(CLOSED, "3.10.5"),
		[RX_SYN] = CELL(CLOSING, "3.10.7.4"),
		[RX_SYN_ACK] = CELL(CLOSING, "3.10.7.4"),
		[RX_ACKS_SYN] = CELL(CLOSING, "3.10.7.4"),
		[RX_ACKS_FIN] = CELL(TIME_WAIT, "3.10.7.4"),
		[RX_FIN] = CELL(CLOSING, "3.10.7.4"),
		[RX_RST] = CELL(CLOSED, "3.10.7.4"),
		[TIMEOUT] = CELL(CLOSING, "3.6.1"),
	},
	/* Waits for the ACK of its FIN, the last step. */
	[SYNFIN_LAST_ACK] = {
		[TX_SYN] = CELL(LAST_ACK, "3.10.1"),
		[TX_SYN_ACK] = CELL(LAST_ACK, "3.10.7.2"),
		[TX_SEGMENT] = CELL(LAST_ACK, "3.10.2"),
		[TX_FAST_OPEN] = CELL(LAST_ACK, "RFC 7413 s4.2.2"),
		[TX_ACKS_FIN] = CELL(LAST_ACK, "3.10.7.4"),
		[TX_FIN] = CELL(LAST_ACK, "3.10.4"),
		[TX_RST] = CELL(CLOSED, "3.10.5"),
		[RX_SYN] = CELL(LAST_ACK, "3.10.7.4"),
		[RX_SYN_ACK] = CELL(LAST_ACK, "3.10.7.4"),
		[RX_ACKS_SYN] = CELL(LAST_ACK, "3.10.7.4"),
		[RX_ACKS_FIN] = CELL(CLOSED, "3.10.7.4"),
		[RX_FIN] = CELL(LAST_ACK, "3.10.7.4"),
		[RX_RST] = CELL(CLOSED, "3.10.7.4"),
		[TIMEOUT] = CELL(LAST_ACK, "3.6.1"),
	},
	/* Answers a late FIN with an ACK and stays. A RST closes it early (measured; RFC 1337 advises against). */
	[SYNFIN_TIME_WAIT] = {
		[TX_SYN] = CELL(TIME_WAIT, "3.10.1"),
		[TX_SYN_ACK] = CELL(TIME_WAIT, "3.10.7.2"),
		[TX_SEGMENT] = CELL(TIME_WAIT, "3.10.2"),
		[TX_FAST_OPEN] = CELL(TIME_WAIT, "RFC 7413 s4.2.2"),
		[TX_ACKS_FIN] = CELL(TIME_WAIT, "3.10.7.4"),
		[TX_FIN] = CELL(TIME_WAIT, "3.10.4"),
		[TX_RST] = CELL(CLOSED, "3.10.5"),
		[RX_SYN] = CELL(TIME_WAIT, "3.10.7.4"),
		[RX_SYN_ACK] = CELL(TIME_WAIT, "3.10.7.4"),
		[RX_ACKS_SYN] = CELL(TIME_WAIT, "3.10.7.4"),
		[RX_ACKS_FIN] = CELL(TIME_WAIT, "3.10.7.4"),
		[RX_FIN] = CELL(TIME_WAIT, "3.10.7.4"),
		[RX_RST] = CELL(CLOSED, "3.10.7.4"),
		[TIMEOUT] = CELL(CLOSED, "3.6.1"),
	},
	/* Nothing is known yet: mid-stream both ends are taken as ESTABLISHED (H8), and a SYN without answer as received (R4). */
	[SYNFIN_UNKNOWN] = {
		[TX_SYN] = CELL(SYN_SENT, "3.10.1"),
		[TX_SYN_ACK] = CELL(SYN_RECEIVED, "3.10.7.2"),
		[TX_SEGMENT] = CELL(ESTABLISHED, "3.10.2"),
		[TX_FAST_OPEN] = CELL(ESTABLISHED, "RFC 7413 s4.2.2"),
		[TX_ACKS_FIN] = CELL(CLOSE_WAIT, "3.10.7.4"),
		[TX_FIN] = CELL(FIN_WAIT_1, "3.10.4"),
		[TX_RST] = CELL(CLOSED, "3.10.5"),
		[RX_SYN] = CELL(SYN_RECEIVED, "3.10.7.2"),
		[RX_SYN_ACK] = CELL(ESTABLISHED, "3.10.7.3"),
		[RX_ACKS_SYN] = CELL(ESTABLISHED, "3.10.7.4"),
		[RX_ACKS_FIN] = CELL(UNKNOWN, "3.10.7.4"),
		[RX_FIN] = CELL(CLOSE_WAIT, "3.10.7.4"),
		[RX_RST] = CELL(CLOSED, "3.10.7.4"),
		[TIMEOUT] = CELL(UNKNOWN, "3.6.1"),
	},
};

static_assert(sizeof(table) / sizeof(table[0]) == SYNFIN_STATES, "a row for every state");
static_assert(sizeof(table[0]) / sizeof(table[0][0]) == INPUTS, "a cell for every input");
static_assert(SYNFIN_EVENTS <= UINT8_MAX, "an event fits its cell");

const struct transition *state_transition(enum synfin_state state, enum input input)
{
	return &table[state][input];
}

static const char *const input_names[] = {
	[TX_SYN] = "TX_SYN",
	[TX_SYN_ACK] = "TX_SYN_ACK",
	[TX_SEGMENT] = "TX_SEGMENT",
	[TX_FAST_OPEN] = "TX_FAST_OPEN",
	[TX_ACKS_FIN] = "TX_ACKS_FIN",
	[TX_FIN] = "TX_FIN",
	[TX_RST] = "TX_RST",
	[RX_SYN] = "RX_SYN",
	[RX_SYN_ACK] = "RX_SYN_ACK",
	[RX_ACKS_SYN] = "RX_ACKS_SYN",
	[RX_ACKS_FIN] = "RX_ACKS_FIN",
	[RX_FIN] = "RX_FIN",
	[RX_RST] = "RX_RST",
	[TIMEOUT] = "TIMEOUT",
};
static_assert(sizeof(input_names) / sizeof(input_names[0]) == INPUTS, "a name for every input");

const char *state_input_name(enum input input)
{
	return input_names[input];
}
