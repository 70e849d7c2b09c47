/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The gutter in front of the lines: a bracket joins the packets of one handshake or one teardown.
 *
 * Each handshake or teardown that is under way has a lane, a column of the gutter, as branches have in `git log --graph`: a corner at
 * its first packet, a tee at each further step, a corner at the last one, and a bar on the lines between that belong to others. A
 * lane is free again when its handshake or teardown is over, was reset, or has had no packet for BRACKET_IDLE_NS of capture time. Lanes are
 * few: what finds none free goes without. The gutter is as wide as the most lanes used so far, so it grows and never shrinks.
 */
#ifndef SYNFIN_VIEWS_BRACKET_H
#define SYNFIN_VIEWS_BRACKET_H

#include <stdbool.h>
#include <stdint.h>

#include <synfin/connection.h>

#include "base/output.h"

#define BRACKET_LANES 8
#define BRACKET_IDLE_NS INT64_C(3000000000)

enum bracket_mark { BRACKET_BLANK, BRACKET_BAR, BRACKET_FIRST, BRACKET_STEP, BRACKET_LAST, BRACKET_MARKS };

struct bracket_lane {
	uint64_t connection; /* its id; 0: the lane is free */
	int64_t last_ns;     /* time of its connection's latest packet */
};

/* A zeroed struct is an empty gutter. */
struct bracket {
	struct bracket_lane lanes[BRACKET_LANES];
	unsigned width;                    /* lanes used so far, at least 1 once a packet came */
	uint8_t marks[BRACKET_LANES];      /* enum bracket_mark: what the current packet's line has */
};

/* Move on to a packet: afterwards bracket_put() gives its gutter. */
void bracket_packet(struct bracket *bracket, int64_t time_ns, const struct synfin_observation *observation);
/* Append the gutter of the current packet's first line, or, with `further`, of a further line of it; a blank at its end. */
void bracket_put(const struct bracket *bracket, struct output *out, bool further, bool unicode);

#endif
