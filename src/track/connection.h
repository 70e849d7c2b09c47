/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a segment does to its connection.
 *
 * An end's state is `certain` when its own packet showed it (R1). What a packet does to its receiver is assumed at once, as if it had
 * been delivered (R2): the state moves on and is marked, `certain` stays, and `proven_by` says which acknowledgment number from that
 * end will prove it. Then one of three things happens: the end acknowledges that much, and the state is proven; it sends
 * something that only an earlier state sends (the same SYN or FIN again, or a FIN that does not acknowledge the peer's), and the state goes
 * back to what is certain and forward again from there; or nothing, and the mark stays (R3).
 */
#ifndef SYNFIN_TRACK_CONNECTION_H
#define SYNFIN_TRACK_CONNECTION_H

#include <stdbool.h>
#include <stdint.h>

#include <synfin/connection.h>
#include <synfin/event.h>
#include <synfin/packet.h>

#include "track/segment.h"
#include "track/state.h"

/* The most events that one packet can cause, with room to spare. */
enum { EVENTS_MAX = 16 };

/* Events of one packet, in the order in which they were found. */
struct event_list {
	unsigned count;
	struct synfin_event events[EVENTS_MAX];
};

/* One segment on its way through the tracker. */
struct step {
	struct segment segment;
	struct pool *holes;
	struct synfin_observation *observation;
	struct event_list *events;
};

/* Set up a new connection for its first packet, which stands at step->segment: roles (H7), flags (H8), times. */
void connection_begin(struct step *step);
/* Take a segment: everything that it says about both ends. */
void connection_segment(struct step *step);
/* Time passed: TIME_WAIT is over (C5). */
void connection_expire(struct synfin_connection *connection);
/* Whether nothing can come of it any more, so that a SYN begins another (H6, C5). */
bool connection_is_over(const struct synfin_connection *connection);

/* begin.c: H5, H7: a SYN that belongs to what was joined in the middle tells who opened it, and that its beginning is there after all. */
void connection_settle_roles(const struct segment *segment);
/* begin.c: H3, H4: the client still waits, and the server sends a SYN of another ISN: what was concluded from its stream is void. */
void connection_begin_anew(struct step *step);
/* begin.c: another SYN-ACK than the one that counts: should the client have lost that, it takes this one, and its ACK says so. */
void connection_note_rival(const struct segment *segment);
/* begin.c: H6, R3: that other SYN-ACK was the one that the client took. */
void connection_recall(struct step *step);

#define PROVEN_BY_NONE INT64_MAX

/* transition.c, for reset.c and steps.c too. */

/* From here on the end's state is an assumption, which acknowledging that offset of the peer's stream proves; PROVEN_BY_NONE: nothing does. */
void step_assume(struct synfin_endpoint *end, int64_t proven_by);
/* Note an event about an end. */
void step_event(struct step *step, unsigned kind, unsigned end, int64_t number);
/* A transmit input for the sender: what changes is seen. true if the state changed. */
bool step_transmit(struct step *step, enum input input);
/*
 * A receive input for the end with that index: what changes is assumed, until it acknowledges that offset of the peer's stream, or for ever
 * with PROVEN_BY_NONE. true if the state changed.
 */
bool step_receive(struct step *step, unsigned end, enum input input, int64_t proven_by);
/* It was not reset after all. */
void connection_revive(struct synfin_connection *connection);
/* sender.c: take what a segment shows of its sender (R1, R2). */
void sender_take(struct step *step);
/* reset.c: take a RST (X1 to X3). */
void reset_segment(struct step *step);
/* steps.c: note which step of opening or closing the segment is (H1, C1). */
void steps_take(struct step *step);

#endif
