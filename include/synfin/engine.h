/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The engine joins decoder, tracker and sinks. It is pushed: whoever has frames feeds them, a capture loop, a library's user or a fuzzer.
 * An engine belongs to one thread at a time; two engines share nothing.
 */
#ifndef SYNFIN_ENGINE_H
#define SYNFIN_ENGINE_H

#include <stdbool.h>
#include <stdint.h>

#include <synfin/api.h>
#include <synfin/sink.h>
#include <synfin/source.h>
#include <synfin/status.h>

SYNFIN_DECLARATIONS_BEGIN

struct synfin_engine;

/* A zeroed struct is every default. */
struct synfin_engine_options {
	/* Most connections tracked at once, up to 268,435,455; 0 is 1,000,000. A new one takes the place of a closed or half-open one, but of an
	   established one only after idle_s. */
	uint32_t max_connections;
	uint32_t time_wait_s;     /* seconds that TIME_WAIT lasts on the capture's clock; 0 is 60 */
	uint32_t idle_s;          /* seconds without a packet after which a connection is given up; 0 is 86400 */
	bool vlan_blind;          /* copies that differ only in their VLAN tags are one connection */
	bool merge_copies;        /* the sinks are not told of a segment that was captured before (several interfaces, a mirrored port); implies vlan_blind */
	bool no_tracking;         /* decode only: observations carry no connection */
};

struct synfin_engine_statistics {
	uint64_t frames;
	uint64_t tcp_segments;
	uint64_t connections;      /* begun so far */
	uint64_t active;           /* in the table now */
	uint64_t evicted;          /* given up because the table was full */
	uint64_t copies;           /* segments that were captured more than once, but for the first time of each */
	uint64_t expired;          /* closed and past TIME_WAIT, or idle too long */
	uint64_t untracked;        /* TCP segments of connections for which there was no room, or no memory */
};

/* On success *engine is the caller's to destroy. SYNFIN_E_MEMORY, SYNFIN_E_IO (no random key). options may be NULL. */
int synfin_engine_create(struct synfin_engine **engine, const struct synfin_engine_options *options, struct synfin_error *error);
void synfin_engine_destroy(struct synfin_engine *engine);

/* Add a view, up to 8, before the first frame; the struct is copied, its `self` stays the caller's. SYNFIN_E_ARGUMENT when full. */
int synfin_engine_add_sink(struct synfin_engine *engine, const struct synfin_sink *sink);

/* One frame: decode, track, tell the sinks. Returns 0 or the first negative status of a sink. */
int synfin_engine_feed(struct synfin_engine *engine, const struct synfin_frame *frame);

/*
 * Several frames, with the same effect as one after the other, but faster: they are decoded together, and what is known of their connections is
 * fetched while the first are at work. Of any number; as many at a time as synfin_source_dispatch_frames() gives are enough.
 */
int synfin_engine_feed_frames(struct synfin_engine *engine, const struct synfin_frame *frames, unsigned count);

/*
 * No frame came until time_ns, on the clock of their times: connections that are over by then are reported, as they would be with the next
 * frame. For live captures, where it may take long to come. Returns as synfin_engine_feed() does.
 */
int synfin_engine_advance(struct synfin_engine *engine, int64_t time_ns);

/* No more frames: every connection still tracked is reported by connection_closed in the order of its id, then end. Call once. */
int synfin_engine_finish(struct synfin_engine *engine);

/*
 * Call `each` for the connections that are tracked now, in no particular order, between two calls of synfin_engine_feed(): for a screen
 * that shows how things stand. Until it returns something else than 0, which is returned.
 */
typedef int synfin_connection_fn(void *context, const struct synfin_connection *connection);
int synfin_engine_each(const struct synfin_engine *engine, synfin_connection_fn *each, void *context);

void synfin_engine_statistics(const struct synfin_engine *engine, struct synfin_engine_statistics *statistics);

SYNFIN_DECLARATIONS_END

#endif
