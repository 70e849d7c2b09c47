/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How a view receives what the engine found out.
 *
 * The calls for one frame come in this order, each to every sink in the order in which they were added:
 * connection_closed (for connections that this frame's time or place in the table ended, each after an event that says why, if there
 * is one: evicted, expired, no_answer), packet, event (none, one or more), packet_end.
 * begin comes before the first frame, end after the last connection_closed. Any of the functions may be NULL. Each returns 0, or a
 * negative enum synfin_status, at which the engine stops and returns it.
 */
#ifndef SYNFIN_SINK_H
#define SYNFIN_SINK_H

#include <stdbool.h>

#include <synfin/api.h>
#include <synfin/connection.h>
#include <synfin/event.h>
#include <synfin/packet.h>

SYNFIN_DECLARATIONS_BEGIN

struct synfin_sink {
	void *self; /* handed to each function */
	int (*begin)(void *self);
	int (*packet)(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation);
	int (*event)(void *self, const struct synfin_event *event, const struct synfin_connection *connection);
	int (*packet_end)(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation);
	int (*connection_closed)(void *self, const struct synfin_connection *connection);
	int (*end)(void *self);
	/*
	 * Packets, one after the other in memory, that the next calls of packet() will bring: to fetch what will be needed for them, and for nothing
	 * else. Returns whether that pays: if nobody thinks so it is not called for every packet.
	 */
	bool (*ahead)(void *self, const struct synfin_packet *packets, unsigned count);
};

SYNFIN_DECLARATIONS_END

#endif
