/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The default view: tcpdump's line, and beside it what became of the connection.
 *
 *     line # cN (steps) CLIENT-STATE/SERVER-STATE remarks
 *
 * `~` after a state: assumed, no later packet has proved it. Steps are (1) (2) (3) of the handshake, (1) to (4) of the teardown; two at
 * once are (2+3). On a terminal a bracket in front joins the packets of one handshake or teardown.
 */
#ifndef SYNFIN_VIEWS_PACKETS_H
#define SYNFIN_VIEWS_PACKETS_H

#include <stdbool.h>

#include <synfin/sink.h>
#include <synfin/status.h>

#include "base/output.h"
#include "lines/line.h"
#include "views/state_names.h"

/* A zeroed struct gives annotated lines without bracket and colour, in ASCII. */
struct packets_options {
	struct line_options line;
	bool plain;    /* the line alone: no annotation, bracket or colour */
	bool bracket;
	bool colour;
	enum state_names names;
	bool unicode;  /* bracket of box-drawing characters instead of ASCII ones */
	bool flush;    /* -l and -U: drain the output after every line */
};

struct packets_view;

/* `out` stays the caller's and must outlive the view. */
int packets_view_create(struct packets_view **view, const struct packets_options *options, struct output *out, struct synfin_error *error);
void packets_view_destroy(struct packets_view *view);
/* The functions to add to an engine. */
struct synfin_sink packets_view_sink(struct packets_view *view);

#endif
