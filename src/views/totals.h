/* SPDX-License-Identifier: BSD-3-Clause */
/* Sums over all connections, also those that a table has no room for. */
#ifndef SYNFIN_VIEWS_TOTALS_H
#define SYNFIN_VIEWS_TOTALS_H

#include <stdint.h>

#include <synfin/connection.h>

#include "base/output.h"
#include "views/state_names.h"

struct totals {
	uint64_t connections;
	uint64_t outcomes[SYNFIN_OUTCOMES];
	uint64_t states[SYNFIN_STATES][SYNFIN_STATES]; /* the client's, the server's */
	uint64_t packets, retransmitted;
	uint64_t client_bytes, server_bytes;
};

void totals_add(struct totals *totals, const struct synfin_connection *connection);
/*
 * How many there are of each outcome; what went over them; and, unless there is only one or none, in which states they are:
 *
 *     3 connections: 2 closed, 1 reset
 *     31 packets, 1 retransmitted; bytes 517/3.1k
 *     States: 2 TIME_WAIT/CLOSED, 1 CLOSED/CLOSED
 */
void totals_print(struct output *out, const struct totals *totals, enum state_names names);

#endif
