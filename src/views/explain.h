/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Each packet in words, for somebody who is learning TCP:
 *
 *     11:15:10.998871 IP 10.0.0.2.52044 > 192.0.2.80.80: Flags [S], seq 509089333, ...
 *     +-----time----+    +---source---+   +---dest----+  +-flags-+  +----ISN----+
 *       time      11:15:10.998871: when the packet was captured (local time)
 *       ...
 *       next      a SYN+ACK from the server with ack 509089334; ...
 *
 * The line is tcpdump's, folded to the width, with a ruler under each piece. Then its fields, the step of opening or closing, what becomes
 * of both ends' states and why, what is remarkable, and what is to be expected.
 */
#ifndef SYNFIN_VIEWS_EXPLAIN_H
#define SYNFIN_VIEWS_EXPLAIN_H

#include <stdbool.h>

#include <synfin/sink.h>
#include <synfin/status.h>

#include "base/output.h"
#include "lines/line.h"
#include "views/state_names.h"

/* The narrowest width that a text is folded to. */
#define EXPLAIN_WIDTH_MIN 40
#define EXPLAIN_WIDTH 80

struct explain_options {
	struct line_options line;
	unsigned width;  /* cells; 0 is EXPLAIN_WIDTH */
	bool unicode;    /* rulers of box-drawing characters */
	enum state_names names;
	bool flush;      /* drain the output after every packet */
};

struct explain_view;

/* `out` stays the caller's and must outlive the view. */
int explain_view_create(struct explain_view **view, const struct explain_options *options, struct output *out, struct synfin_error *error);
void explain_view_destroy(struct explain_view *view);
/* From the next packet on fold to so many cells, EXPLAIN_WIDTH_MIN at least. */
void explain_view_resize(struct explain_view *view, unsigned width);
/* The functions to add to an engine. */
struct synfin_sink explain_view_sink(struct explain_view *view);

#endif
