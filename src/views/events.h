/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Events as text, a line each:
 *
 *     TIME cN NAME SENDER > RECEIVER[ NUMBER]
 *
 * NAME is the JSON name; the end that the event is about comes first, as in a packet's line.
 */
#ifndef SYNFIN_VIEWS_EVENTS_H
#define SYNFIN_VIEWS_EVENTS_H

#include <stdbool.h>

#include <synfin/sink.h>

#include "base/output.h"
#include "lines/clock.h"

struct events_view {
	struct output *out;
	struct line_clock clock;
	struct hosts *hosts; /* NULL: numbers */
	bool colour; /* warnings red */
	bool flush;  /* drain after every line */
	struct synfin_packet moment; /* only its time is used: what the clock prints */
};

void events_view_init(struct events_view *view, struct output *out, const struct line_options *line);
/* The functions to add to an engine; the view stays the caller's. */
struct synfin_sink events_view_sink(struct events_view *view);

#endif
