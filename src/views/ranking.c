/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/ranking.h"

#include <stdlib.h>

#include <synfin/status.h>

enum { FIRST_ROWS = 256 };

int64_t ranking_difference(int64_t later, int64_t earlier)
{
	uint64_t ns = (uint64_t)later - (uint64_t)earlier;

	if (later <= earlier)
		return 0;
	return ns > INT64_MAX ? INT64_MAX : (int64_t)ns;
}

static uint64_t weight_of(const struct synfin_connection *connection, unsigned sort)
{
	const struct synfin_endpoint *end = connection->end;

	switch (sort) {
	case RANKING_BYTES:
		return synfin_stream_bytes(&end[0]) + synfin_stream_bytes(&end[1]);
	case RANKING_AGE:
		return (uint64_t)ranking_difference(connection->last_ns, connection->first_ns);
	case RANKING_RTT:
		if (connection->syn_rtt_ns == UINT32_MAX || connection->ack_rtt_ns == UINT32_MAX)
			return 0;
		return (uint64_t)connection->syn_rtt_ns + connection->ack_rtt_ns + 1;
	case RANKING_RETRANSMISSIONS:
		return (uint64_t)end[0].retransmitted + end[1].retransmitted;
	case RANKING_PACKETS:
		return (uint64_t)end[0].packets + end[1].packets;
	case RANKING_RECENT:
		/* So that times before the epoch are less. */
		return (uint64_t)connection->last_ns ^ UINT64_C(1) << 63;
	default:
		return 0;
	}
}

/* Negative: a stands before b. */
static int compare(const void *first, const void *second)
{
	const struct ranking_row *a = first;
	const struct ranking_row *b = second;

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return (a->connection.id > b->connection.id) - (a->connection.id < b->connection.id);
}

static int by_id(const void *first, const void *second)
{
	const struct ranking_row *a = first;
	const struct ranking_row *b = second;

	return (a->connection.id > b->connection.id) - (a->connection.id < b->connection.id);
}

static void swap(struct ranking_row *a, struct ranking_row *b)
{
	struct ranking_row kept = *a;

	*a = *b;
	*b = kept;
}

/* The heap: no row stands before the one above it. */
static void sift_up(struct ranking *ranking, size_t at)
{
	struct ranking_row *rows = ranking->rows;

	for (; at > 0 && compare(&rows[at], &rows[(at - 1) / 2]) > 0; at = (at - 1) / 2)
		swap(&rows[at], &rows[(at - 1) / 2]);
}

static void sift_down(struct ranking *ranking)
{
	struct ranking_row *rows = ranking->rows;

	for (size_t at = 0, child; (child = 2 * at + 1) < ranking->count; at = child) {
		if (child + 1 < ranking->count && compare(&rows[child + 1], &rows[child]) > 0)
			child++;
		if (compare(&rows[child], &rows[at]) <= 0)
			return;
		swap(&rows[at], &rows[child]);
	}
}

void ranking_init(struct ranking *ranking, unsigned sort, size_t keep)
{
	*ranking = (struct ranking){ .sort = sort, .keep = keep ? keep : RANKING_KEEP };
}

void ranking_free(struct ranking *ranking)
{
	free(ranking->rows);
	ranking->rows = NULL;
}

static int make_room(struct ranking *ranking)
{
	size_t room = ranking->room ? 2 * ranking->room : FIRST_ROWS;

	if (room > ranking->keep)
		room = ranking->keep;
	struct ranking_row *rows = realloc(ranking->rows, room * sizeof *rows);
	if (!rows)
		return SYNFIN_E_MEMORY;
	ranking->rows = rows;
	ranking->room = room;
	return SYNFIN_OK;
}

int ranking_take(struct ranking *ranking, const struct synfin_connection *connection)
{
	struct ranking_row row = { weight_of(connection, ranking->sort), *connection };

	ranking->taken++;
	if (ranking->count == ranking->keep) {
		if (compare(&row, &ranking->rows[0]) < 0) {
			ranking->rows[0] = row;
			sift_down(ranking);
		}
		return SYNFIN_OK;
	}
	if (ranking->count == ranking->room) {
		int status = make_room(ranking);
		if (status < 0)
			return status;
	}
	ranking->rows[ranking->count++] = row;
	sift_up(ranking, ranking->count - 1);
	return SYNFIN_OK;
}

void ranking_finish(struct ranking *ranking)
{
	if (ranking->count)
		qsort(ranking->rows, ranking->count, sizeof *ranking->rows, compare);
}

void ranking_finish_by_appearance(struct ranking *ranking)
{
	if (ranking->count)
		qsort(ranking->rows, ranking->count, sizeof *ranking->rows, by_id);
}

void ranking_empty(struct ranking *ranking)
{
	ranking->count = 0;
	ranking->taken = 0;
}
