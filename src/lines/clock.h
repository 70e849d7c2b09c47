/* SPDX-License-Identifier: BSD-3-Clause */
/* The time stamp in front of a line (time.c). */
#ifndef SYNFIN_LINES_CLOCK_H
#define SYNFIN_LINES_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include <synfin/packet.h>

#include "base/output.h"
#include "lines/line.h"

struct line_clock {
	enum line_time mode;
	bool nanoseconds;

	/* What -ttt and -ttttt count from. */
	int64_t reference_seconds;
	int64_t reference_fraction;

	/* The text of the last second that was printed. */
	bool cached;
	int64_t second;
	unsigned length;
	char text[48];

	/* A span of UTC in which local time is UTC + offset; empty at first. */
	int64_t span_start;
	int64_t span_end;
	int64_t offset;
};

void clock_init(struct line_clock *clock, enum line_time mode, bool nanoseconds);
/* Append the packet's time stamp and the blank after it, or nothing with LINE_TIME_NONE. */
void clock_print(struct line_clock *clock, const struct synfin_packet *packet, struct output *out);

#endif
