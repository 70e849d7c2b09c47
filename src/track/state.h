/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The state table of RFC 9293 as an observer sees it.
 *
 * A segment is seen twice: its sender transmits it (which proves what state the sender was in, R1) and its receiver gets it (which is
 * assumed, R2). Each segment therefore becomes one or more transmit inputs for the one end and receive inputs for the other. Whether a
 * segment is acceptable (sequence numbers, what an ACK covers) is decided before, in segment.c; the table knows no numbers.
 */
#ifndef SYNFIN_TRACK_STATE_H
#define SYNFIN_TRACK_STATE_H

#include <stdint.h>

#include <synfin/connection.h>
#include <synfin/event.h>

enum input {
	TX_SYN,       /* sends SYN without ACK */
	TX_SYN_ACK,   /* sends SYN with ACK */
	TX_SEGMENT,   /* sends anything else but RST */
	TX_FAST_OPEN, /* ... and may do so before its SYN is acknowledged (RFC 7413) */
	TX_ACKS_FIN,  /* acknowledges the peer's FIN: it has received it */
	TX_FIN,
	TX_RST,
	RX_SYN,       /* gets SYN without ACK */
	RX_SYN_ACK,   /* gets SYN with an ACK that covers its own SYN */
	RX_ACKS_SYN,  /* gets an ACK that covers its own SYN */
	RX_ACKS_FIN,  /* gets an ACK that covers its own FIN */
	RX_FIN,       /* gets FIN, with nothing missing before it */
	RX_RST,       /* gets a RST that is valid (X1) */
	TIMEOUT,      /* twice the maximum segment lifetime passed */
	INPUTS
};

/* No event: most cells. */
#define NO_EVENT SYNFIN_EVENTS

struct transition {
	uint8_t next;        /* enum synfin_state */
	uint8_t event;       /* enum synfin_event_kind when the state changes, or NO_EVENT */
	const char *section; /* of RFC 9293, unless another is named */
};

/* The cell for a state and an input; never NULL. */
const struct transition *state_transition(enum synfin_state state, enum input input);
/* "TX_SYN" and so on, for the table's dump. */
const char *state_input_name(enum input input);

#endif
