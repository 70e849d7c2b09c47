/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Connections as a table, printed when the capture ends:
 *
 *     Conn Client                Server             C-State      S-State      Age   Idle  RTT   Bytes > <   Notes
 *     c1   10.0.0.2:52044        192.0.2.80:80      FIN_WAIT_2   CLOSE_WAIT   5.3s  2.1s  11ms  41/62       half-closed
 *
 * One line a connection, in the order asked for, and totals. Age is the time from the first packet to the last one, Idle from then
 * to the end of the capture. Columns are as wide as their widest cell, so rows are kept until the end: `top` of them, or at most
 * RANKING_KEEP; a line says how many are missing. The totals count all.
 *
 * On a terminal the table may also be shown while the capture goes on, see connections_view_show().
 */
#ifndef SYNFIN_VIEWS_CONNECTIONS_H
#define SYNFIN_VIEWS_CONNECTIONS_H

#include <synfin/engine.h>
#include <synfin/sink.h>
#include <synfin/status.h>

#include "base/output.h"
#include "names/hosts.h"
#include "views/state_names.h"

struct connections_view;

struct connections_options {
	bool colour;             /* states and notes */
	enum state_names names;
	unsigned sort;           /* enum ranking_sort */
	size_t top;              /* 0: no limit */
	struct hosts *hosts;     /* NULL: numbers */
};

/* `out` stays the caller's and must outlive the view. */
int connections_view_create(struct connections_view **view, const struct connections_options *options, struct output *out, struct synfin_error *error);
void connections_view_destroy(struct connections_view *view);
/* The functions to add to an engine. */
struct synfin_sink connections_view_sink(struct connections_view *view);

/* A terminal: its height and width (0: no limit), and the time there, or INT64_MIN for the capture's. */
struct connections_screen {
	unsigned rows, columns;
	int64_t now_ns;
};
/*
 * Show how things stand from the upper left corner of the screen on: with what `engine` tracks now, as many rows as there is room
 * for, those that were active last unless something else is asked for, and without columns that are too many. Nothing is left switched on in the terminal.
 */
int connections_view_show(struct connections_view *view, const struct synfin_engine *engine, const struct connections_screen *screen);

#endif
