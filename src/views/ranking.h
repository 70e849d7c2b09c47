/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The connections that are worth keeping: the first ones in some order, and never more than `keep` of them.
 *
 * While connections come in, rows are a heap whose top is the least of those kept, so a better one takes its place in
 * logarithmic time; ranking_finish() puts them in order.
 */
#ifndef SYNFIN_VIEWS_RANKING_H
#define SYNFIN_VIEWS_RANKING_H

#include <stddef.h>
#include <stdint.h>

#include <synfin/connection.h>

/* What stands first: the most bytes of both ends, the longest age, ... Among equals, the connection that appeared first. */
enum ranking_sort {
	RANKING_APPEARANCE,      /* the first connection */
	RANKING_BYTES,
	RANKING_AGE,
	RANKING_RTT,             /* the longest handshake; those of which it is not known come last */
	RANKING_RETRANSMISSIONS,
	RANKING_PACKETS,
	RANKING_RECENT,          /* the latest last packet */
};

/* What is kept when nobody says how many. */
#define RANKING_KEEP 100000

struct ranking_row {
	uint64_t weight;
	struct synfin_connection connection;
};

struct ranking {
	unsigned sort;           /* enum ranking_sort */
	size_t keep;
	struct ranking_row *rows;
	size_t count, room;
	uint64_t taken;          /* offered so far, kept or not */
};

/* keep 0: RANKING_KEEP. No allocation yet. */
void ranking_init(struct ranking *ranking, unsigned sort, size_t keep);
void ranking_free(struct ranking *ranking);
/* 0 or SYNFIN_E_MEMORY. */
int ranking_take(struct ranking *ranking, const struct synfin_connection *connection);
/* Put the rows in order, best first. Afterwards nothing may be taken but after ranking_empty(). */
void ranking_finish(struct ranking *ranking);
/* ... or in the order of appearance, whatever they were chosen by. */
void ranking_finish_by_appearance(struct ranking *ranking);
/* Forget the rows, but keep their room. */
void ranking_empty(struct ranking *ranking);
/* How many there were that are not kept. */
static inline uint64_t ranking_left_out(const struct ranking *ranking)
{
	return ranking->taken - ranking->count;
}

/* later - earlier in ns, at least 0; times of a damaged file may lie further apart than 63 bits tell. */
int64_t ranking_difference(int64_t later, int64_t earlier);

#endif
