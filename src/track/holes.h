/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What is missing of an end's stream: the intervals below SND.NXT that no captured segment carried, lowest first.
 *
 * Only a stream with holes owns memory for them, and at most HOLES_MAX of it: when one more opens the lowest is given up, that is, it
 * stays counted as missed but can no longer be filled. Each hole remembers the segment above it, which is the evidence for whether
 * what fills it was late or sent again (V6, V7).
 */
#ifndef SYNFIN_TRACK_HOLES_H
#define SYNFIN_TRACK_HOLES_H

#include <stdbool.h>
#include <stdint.h>

#include <synfin/connection.h>
#include <synfin/packet.h>

#include "base/pool.h"

enum { HOLES_MAX = 32 };

/* A record has 24 bits for its first hole. */
#define HOLES_NONE 0xffffffu /* synfin_endpoint.holes of an end that misses nothing */
#define HOLES_CAPACITY_MAX HOLES_NONE

/* The segment whose arrival opened a hole. */
struct hole_evidence {
	int64_t time_ns;
	uint32_t timestamp_value; /* its TSval, 0 without */
	uint16_t ip_id;           /* 0 without */
	bool acknowledged;        /* not a segment but an ACK of data not captured showed the hole (S2) */
};

/* What a segment found of the holes. */
struct hole_filling {
	uint32_t filled;          /* bytes that were missing until now */
	struct hole_evidence evidence; /* of the lowest hole it touched, if filled > 0 */
};

/* capacity: holes of all streams together; no more than HOLES_CAPACITY_MAX are taken. SYNFIN_E_MEMORY. */
int holes_init(struct pool *pool, uint32_t capacity);
/* The bytes from `left` to `right` are missing; they lie above everything sent so far. */
void holes_open(struct pool *pool, struct synfin_endpoint *end, int64_t left, int64_t right, const struct hole_evidence *evidence);
/* The bytes from `left` to `right` came: they are no longer missing. */
struct hole_filling holes_fill(struct pool *pool, struct synfin_endpoint *end, int64_t left, int64_t right);
/* One past the highest byte below which nothing that the peer has not acknowledged is missing: the most that RCV.NXT of the peer can be. */
int64_t holes_contiguous(const struct pool *pool, const struct synfin_endpoint *end);
/* Whether something below `offset` is missing and not given up. */
bool holes_begin_below(const struct pool *pool, const struct synfin_endpoint *end, int64_t offset);
/* Where the stream ends, as far as its data tell, if an ACK or an empty segment alone showed what follows; else SND.NXT. */
int64_t holes_unseen(const struct pool *pool, const struct synfin_endpoint *end);
/* The highest hole is none: forget it, and that it was missed. */
void holes_close(struct pool *pool, struct synfin_endpoint *end);
/* The connection goes: give all its memory back. `missed` stays. */
void holes_release(struct pool *pool, struct synfin_endpoint *end);

#endif
