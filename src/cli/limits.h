/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * When enough has been read: -c, --duration and --stop-bytes.
 *
 * A duration is one of the packets' own clock where files are read: from the first packet on, that of the first file. In a capture it is one
 * of this machine's, and it ends whether packets come or not.
 */
#ifndef SYNFIN_CLI_LIMITS_H
#define SYNFIN_CLI_LIMITS_H

#include <synfin/source.h>

#include "cli/options.h"

struct limits {
	const struct options *options;
	bool live;
	bool over;            /* no frame but those taken is wanted, of whatever source (-c counts in each file anew) */
	bool saved_enough;    /* ... and of these none that is not saved yet */
	bool begun;
	uint64_t frames;      /* of the current source */
	uint64_t bytes;       /* captured */
	int64_t first_ns;     /* when the first packet of all came */
	int64_t deadline_ns;  /* of a capture, monotonic */
};

void limits_begin(struct limits *limits, const struct options *options, bool live);
/* Before each source. */
void limits_source(struct limits *limits);
/* How many of these frames, from the first on, are still wanted: all but in the end. They count as taken. */
unsigned limits_take(struct limits *limits, const struct synfin_frame *frames, unsigned count);
/* So many bytes have been saved; then --stop-bytes speaks of these. */
void limits_saved(struct limits *limits, uint64_t bytes);
/* Whether what was taken is all that is wanted of this source. */
bool limits_reached(const struct limits *limits);
/* Between batches of a capture: whether its time is over. */
bool limits_time_is_over(const struct limits *limits);

#endif
