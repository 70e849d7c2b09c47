/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Each connection as a ladder: its packets as arrows between two uprights, the states of both ends outside, time running down.
 *
 *     c1  client 10.0.0.2:52044 <-> server 192.0.2.80:80    23:58:30.646183
 *      delta ms        CLIENT                                          SERVER
 *            0        CLOSED |                                        | LISTEN~
 *     +- HANDSHAKE --------------------------------------------------------------
 *            0      SYN_SENT |-(1) SYN seq 0 mss 1460 ws 7----------->| SYN_RECEIVED~
 *
 * Rows come as packets do. So what is known only at the end of a handshake or a close stands in the lower edge of its box: how
 * long it took, and where the capture was made. In long exchanges of data only the first packets of each run have rows, the others one
 * together, which is held back until the run ends, or until the source pauses (timeline_pause()).
 *
 * While one connection is active, rows are without a name; while several are, each row and edge begins with the connection's.
 *
 * From 120 columns on rows also have the frame's number, its time, its raw sequence number, the sender's window and a note.
 */
#ifndef SYNFIN_VIEWS_TIMELINE_H
#define SYNFIN_VIEWS_TIMELINE_H

#include <stdbool.h>
#include <stdint.h>

#include <synfin/sink.h>
#include <synfin/status.h>

#include "base/output.h"
#include "names/hosts.h"
#include "views/selection.h"
#include "views/state_names.h"

enum { TIMELINE_WIDTH_MIN = 60, TIMELINE_WIDTH_DEFAULT = 80, TIMELINE_WIDTH_WIDE = 120, TIMELINE_WIDTH_MAX = 1000 };

/* A zeroed struct is 80 columns of ASCII, everything shown, long runs collapsed. */
struct timeline_options {
	unsigned width;            /* columns; 0: the default. Brought into the range above */
	bool unicode;              /* box lines and arrows instead of ASCII */
	bool colour;
	bool all_packets;          /* a row for each packet of a run of data */
	bool flush;                /* drain after each packet */
	enum state_names names;
	uint32_t time_wait_s;      /* how long TIME_WAIT is assumed to last; 0: 60 */
	struct selection selection;
	struct hosts *hosts;       /* NULL: numbers */
};

struct timeline;

/* `out` stays the caller's and must outlive the view. */
int timeline_create(struct timeline **view, const struct timeline_options *options, struct output *out, struct synfin_error *error);
void timeline_destroy(struct timeline *view);
/* The functions to add to an engine. */
struct synfin_sink timeline_sink(struct timeline *view);
/* From the next row on draw so many columns, brought into the range above, below headings of their own. */
void timeline_resize(struct timeline *view, unsigned width);
/* The source has nothing more for now: show what is held back. Returns the output's status. */
int timeline_pause(struct timeline *view);

/* The few words that stand for an event on an arrow, in English; NULL: there are none. */
const char *timeline_word(unsigned event);

#endif
