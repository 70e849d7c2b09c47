/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The tracker: from the numbers of segments to the state of both ends of every connection.
 *
 * A segment goes through these steps, one file each:
 *   key.c         which connection: a canonical key of addresses, ports, VLAN and tunnel
 *   ahead.c       the same for packets that are about to come, so that their connections are in the cache by then
 *   table.c       the connection's place: keyed hash over a capped slab, and who goes when it is full
 *   order.c       the connections in the order of their beginning
 *   duplicates.c  whether the capture made a copy of a packet (V1)
 *   predict.c     whether it is the one that was to be expected, and then all of the following at once
 *   segment.c     what the segment is in its connection: offsets, what it acknowledges, whether it repeats, whether a RST counts
 *   holes.c       what is missing of a stream
 *   state.c       the state table: for each state and input the next state, with its RFC 9293 section
 *   connection.c  the inputs that the segment is for its receiver, and all that follows in order
 *   sender.c      those for its sender: proofs and corrections
 *   begin.c       who opened a connection, and what of its opening is missing
 *   steps.c       which step of opening or closing it is
 *   reset.c       the same for a RST
 *   verdict.c     what the segment is in its stream: new, late, sent again, a probe, a duplicate ACK ...
 *   rtt.c         what it measures
 *   history.c     what its record tells at the end: Zeek's letters, the half-close
 *   tracker.c     the above in order: which connection, or a new one, and who goes for it
 *
 * The tracker does no I/O, keeps no globals and allocates only when its slab grows by a chunk. It looks at the numbers of a packet, never
 * at its bytes. Rules are cited by the numbers of tcp-tracking.md (R1, H1, ...).
 */
#ifndef SYNFIN_TRACK_TRACK_H
#define SYNFIN_TRACK_TRACK_H

#include <stdbool.h>

#include <synfin/connection.h>
#include <synfin/event.h>
#include <synfin/packet.h>
#include <synfin/status.h>

struct tracker;

struct tracker_options {
	uint32_t max_connections; /* 0 is TRACKER_MAX_CONNECTIONS; at most TRACKER_CONNECTIONS_LIMIT */
	uint32_t time_wait_s;     /* how long TIME_WAIT lasts on the capture's clock (C5); 0 is TRACKER_TIME_WAIT_S */
	uint32_t idle_s;          /* after how long without a packet a connection is given up; 0 is TRACKER_IDLE_S */
	bool vlan_blind;          /* copies that differ only in their VLAN tags are one connection */
	bool no_prediction;       /* take every segment through all steps (for the test that it makes no difference) */
	void *context;            /* for the two functions below */
	void (*event)(void *context, const struct synfin_event *event, const struct synfin_connection *connection);
	/* A connection leaves the table: expired, evicted, replaced by a new one on its addresses and ports, over, or flushed. Its record is final. */
	void (*closed)(void *context, const struct synfin_connection *connection);
};

#define TRACKER_MAX_CONNECTIONS 1000000u
#define TRACKER_CONNECTIONS_LIMIT 0x0fffffffu
/* Linux's TIME_WAIT; RFC 9293 s3.4.2 has four minutes. */
#define TRACKER_TIME_WAIT_S 60u
/*
 * Nothing comes any more of nearly all connections that are over, and a busy server has a thousand times as many of these as of others; so no
 * more of them are kept than there are others, and this many: that a late segment, or a SYN on the same ports, is known for what it is.
 */
#define TRACKER_CLOSED_KEPT 16384u
/* A day: longer than any keep-alive in use, so what was silent for that long is gone, or as good as a new connection. */
#define TRACKER_IDLE_S 86400u

struct tracker_statistics {
	uint64_t segments;
	uint64_t connections; /* begun so far */
	uint64_t active;
	uint64_t evicted;
	uint64_t predicted;   /* of the segments, those that were as was to be expected (predict.h) */
	uint64_t expired;     /* closed and past TIME_WAIT, or idle too long */
	uint64_t untracked;   /* segments for whose connection there was no room */
};

int tracker_create(struct tracker **tracker, const struct tracker_options *options, struct synfin_error *error);
void tracker_destroy(struct tracker *tracker);
/*
 * Take one packet. *observation is always filled; its connection is NULL if the packet has no TCP header, or if there is no room for a
 * new connection: then the one event is SYNFIN_EVENT_UNTRACKED, and its connection has the id 0.
 */
void tracker_packet(struct tracker *tracker, const struct synfin_packet *packet, struct synfin_observation *observation);
/*
 * Packets, one after the other in memory, that the next calls of tracker_packet() will bring in that order: prepares for them. Changes nothing
 * else; leaving it out, or packets out, costs time only. Returns whether it pays: not while all connections fit a processor's cache.
 */
bool tracker_ahead(struct tracker *tracker, const struct synfin_packet *packets, unsigned count);
/* No packet came until then: what is over by its age goes, as at the next packet, and of the events frame is 0. */
void tracker_time(struct tracker *tracker, int64_t time_ns);
/* Report every connection still in the table through `closed`, in the order of their ids, and empty the table. */
void tracker_flush(struct tracker *tracker);
/* Call `each` for the connections in the table, in any order, until it returns something else than 0, which is returned. */
int tracker_each(const struct tracker *tracker, int (*each)(void *context, const struct synfin_connection *connection), void *context);
void tracker_statistics(const struct tracker *tracker, struct tracker_statistics *statistics);

#endif
