/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Connections as a table, printed when the capture ends:
 *
 *     Conn Client                Server             C-State      S-State      Age   Idle  RTT   Bytes > <   Notes
 *     c1   10.0.0.2:52044        192.0.2.80:80      FIN_WAIT_2   CLOSE_WAIT   5.3s  2.1s  11ms  41/62       half-closed
 *
 * One line a connection, in the order of appearance, and a line of totals. Age is the time from the first packet to the last one, Idle
 * from then to the end of the capture. Columns are as wide as their widest cell, so every record is kept until the end.
 */
#ifndef SYNFIN_VIEWS_CONNECTIONS_H
#define SYNFIN_VIEWS_CONNECTIONS_H

#include <synfin/sink.h>
#include <synfin/status.h>

#include "base/output.h"

struct connections_view;

/* `out` stays the caller's and must outlive the view. colour: states and notes. */
int connections_view_create(struct connections_view **view, struct output *out, bool colour, struct synfin_error *error);
void connections_view_destroy(struct connections_view *view);
/* The functions to add to an engine. */
struct synfin_sink connections_view_sink(struct connections_view *view);

#endif
