/* SPDX-License-Identifier: BSD-3-Clause */
/* What is true of every connection after every packet, whatever the packets are. */
#ifndef SYNFIN_TESTS_TRACK_INVARIANTS_H
#define SYNFIN_TESTS_TRACK_INVARIANTS_H

#include <string.h>

#include "track/track.h"

/* A program without libcheck defines its own. ck_assert() writes to a pipe at every call, which is too slow for millions. */
#ifndef INVARIANT
#include <check.h>
#define INVARIANT(condition) \
	do { \
		if (!(condition)) \
			ck_abort_msg("%s", #condition); \
	} while (0)
#endif

enum { INVARIANTS_CONNECTIONS = 4096 };

/* What was last seen of each connection, by the low bits of its id. */
struct invariants {
	struct {
		uint64_t id;
		bool open;
		uint32_t isn[2];
		int64_t next[2];
		uint32_t packets[2];
		uint32_t retransmitted[2];
		uint8_t steps;
	} last[INVARIANTS_CONNECTIONS];
	unsigned open;
};

static inline void invariants_of_end(const struct synfin_endpoint *end)
{
	bool base = end->flags & SYNFIN_END_BASE;

	INVARIANT(end->state < SYNFIN_STATES);
	INVARIANT(end->certain < SYNFIN_STATES);
	INVARIANT(end->proof <= SYNFIN_PROOF_SEEN);
	/* R1: nothing is proven of an end that was not seen. */
	if (end->proof == SYNFIN_PROOF_SEEN)
		INVARIANT(end->flags & SYNFIN_END_SEEN);
	if (end->state == SYNFIN_UNKNOWN)
		INVARIANT(end->proof != SYNFIN_PROOF_SEEN);
	/* Nothing is shown as LISTEN that no packet shows (R4). */
	INVARIANT(end->state != SYNFIN_LISTEN);
	INVARIANT(end->unacked <= 0x80000000u);
	INVARIANT(synfin_acknowledged(end) <= end->next);
	INVARIANT(end->next >= 0);
	INVARIANT(end->retransmitted <= end->packets);
	INVARIANT(end->window_scale <= 14);
	if (end->flags & SYNFIN_END_WINDOW)
		INVARIANT(end->window <= 1u << 30);
	if (end->missed != SYNFIN_MISSED_MAX)
		INVARIANT((int64_t)end->missed <= (base ? end->next : 0));
	if (end->rtt_count > 0) {
		INVARIANT(end->rtt_min_ns <= end->rtt_max_ns);
		INVARIANT(end->rtt_min_ns >= 0);
	}
	INVARIANT((end->flags & SYNFIN_END_ISN) == 0 || base);
	INVARIANT((end->flags & SYNFIN_END_FIN) == 0 || end->next >= 2);
}

/* Pairs that cannot be where both ends are proven: an end cannot have what the other never gave it. */
static inline void invariants_of_pair(const struct synfin_connection *connection)
{
	for (unsigned i = 0; i < 2; i++) {
		const struct synfin_endpoint *end = &connection->end[i];
		const struct synfin_endpoint *peer = &connection->end[!i];
		if (end->proof != SYNFIN_PROOF_SEEN)
			continue;
		bool got_fin = end->state == SYNFIN_CLOSE_WAIT || end->state == SYNFIN_CLOSING || end->state == SYNFIN_LAST_ACK || end->state == SYNFIN_TIME_WAIT;
		if (got_fin)
			INVARIANT(peer->flags & SYNFIN_END_FIN);
		if (end->state == SYNFIN_FIN_WAIT_2 || end->state == SYNFIN_TIME_WAIT)
			INVARIANT(end->flags & SYNFIN_END_FIN);
		if (end->state == SYNFIN_SYN_SENT)
			INVARIANT(end->flags & SYNFIN_END_SYN);
	}
}

static inline void invariants_check(struct invariants *all, const struct synfin_connection *connection)
{
	unsigned slot = connection->id % INVARIANTS_CONNECTIONS;
	bool known = all->last[slot].id == connection->id && all->last[slot].open;

	if (!known) {
		INVARIANT(!all->last[slot].open); /* else there are too many connections at once for this test */
		memset(&all->last[slot], 0, sizeof(all->last[slot]));
		all->last[slot].open = true;
		all->last[slot].id = connection->id;
		all->open++;
	}
	INVARIANT((connection->steps & all->last[slot].steps) == all->last[slot].steps);
	all->last[slot].steps = connection->steps;
	for (unsigned i = 0; i < 2; i++) {
		const struct synfin_endpoint *end = &connection->end[i];
		invariants_of_end(end);
		/* ... but for a FIN that shows an ACK to have been forged (R3). */
		if (known && all->last[slot].isn[i] == end->isn && !(end->flags & SYNFIN_END_FIN))
			INVARIANT(end->next >= all->last[slot].next[i]);
		INVARIANT(end->packets >= all->last[slot].packets[i]);
		INVARIANT(end->retransmitted >= all->last[slot].retransmitted[i]);
		all->last[slot].isn[i] = end->isn;
		all->last[slot].next[i] = end->next;
		all->last[slot].packets[i] = end->packets;
		all->last[slot].retransmitted[i] = end->retransmitted;
	}
	invariants_of_pair(connection);
	INVARIANT(synfin_connection_outcome(connection) < SYNFIN_OUTCOMES);
}

/* `closed` was called: once for each connection, and for none that nobody saw. */
static inline void invariants_closed(struct invariants *all, const struct synfin_connection *connection)
{
	unsigned slot = connection->id % INVARIANTS_CONNECTIONS;

	INVARIANT(all->last[slot].id == connection->id);
	INVARIANT(all->last[slot].open);
	all->last[slot].open = false;
	all->open--;
}

/* After the flush nothing is left open. */
static inline void invariants_end(const struct invariants *all)
{
	INVARIANT(all->open == 0);
}

#endif
