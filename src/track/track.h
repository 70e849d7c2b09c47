/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The tracker: from the numbers of segments to the state of both ends of every connection.
 *
 * A segment goes through these steps, one file each:
 *   key.c         which connection: a canonical key of addresses, ports, VLAN and tunnel
 *   table.c       the connection's place: keyed hash over a capped slab, and who goes when it is full
 *   segment.c     what the segment is in its connection: offsets, what it acknowledges, whether it repeats, whether a RST counts
 *   state.c       the state table: for each state and input the next state, with its RFC 9293 section
 *   connection.c  the inputs that the segment is for its sender and its receiver, proofs and corrections, steps
 *   reset.c       the same for a RST
 *   tracker.c     the above in order: which connection, or a new one, and who goes for it
 *
 * The tracker does no I/O, keeps no globals and allocates only when its slab grows by a chunk. It looks at the numbers of a packet, never
 * at its bytes. Rules are cited by the numbers of tcp-tracking.md (R1, H1, ...).
 */
#ifndef SYNFIN_TRACK_TRACK_H
#define SYNFIN_TRACK_TRACK_H

#include <synfin/connection.h>
#include <synfin/event.h>
#include <synfin/packet.h>
#include <synfin/status.h>

struct tracker;

struct tracker_options {
	uint32_t max_connections; /* 0 is TRACKER_MAX_CONNECTIONS */
	void *context;            /* for the two functions below */
	void (*event)(void *context, const struct synfin_event *event, const struct synfin_connection *connection);
	/* A connection leaves the table: evicted, replaced by a new one on its addresses and ports, or flushed. Its record is final. */
	void (*closed)(void *context, const struct synfin_connection *connection);
};

#define TRACKER_MAX_CONNECTIONS 1000000u

struct tracker_statistics {
	uint64_t segments;
	uint64_t connections; /* begun so far */
	uint64_t active;
	uint64_t evicted;
};

int tracker_create(struct tracker **tracker, const struct tracker_options *options, struct synfin_error *error);
void tracker_destroy(struct tracker *tracker);
/* Take one packet. *observation is always filled; its connection is NULL if the packet has no TCP header. */
void tracker_packet(struct tracker *tracker, const struct synfin_packet *packet, struct synfin_observation *observation);
/* Report every connection still in the table through `closed`, in the order of their ids, and empty the table. */
void tracker_flush(struct tracker *tracker);
void tracker_statistics(const struct tracker *tracker, struct tracker_statistics *statistics);

#endif
