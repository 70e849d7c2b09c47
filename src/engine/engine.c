/* SPDX-License-Identifier: BSD-3-Clause */
#include <synfin/engine.h>

#include <stdlib.h>

#include "base/error.h"
#include "decode/decode.h"
#include "track/connection.h"
#include "track/track.h"

enum {
	SINKS_MAX = 8,
	BATCH = SYNFIN_FRAMES_MAX,
	/* After how many packets it is asked again whether it pays to look ahead. */
	ASK_AGAIN = 1024,
};

struct pending_event {
	struct synfin_event event;
	const struct synfin_connection *connection;
};

/* The sinks that want to hear of every packet: looked up once, not for each. */
struct listeners {
	unsigned count;
	struct listener {
		void *self;
		int (*hear)(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation);
	} of[SINKS_MAX];
};

struct synfin_engine {
	struct tracker *tracker;       /* NULL: decode only */
	struct synfin_sink sinks[SINKS_MAX];
	unsigned sink_count;
	struct listeners packet_listeners;
	struct listeners packet_end_listeners;
	int status;                    /* the first failure of a sink, from which on nothing is fed */
	bool begun;
	bool merge_copies;
	bool is_copy;                  /* the frame at hand is one, V1 */
	unsigned event_count;          /* of the frame at hand: told to the sinks after its packet */
	struct pending_event events[EVENTS_MAX];
	struct synfin_engine_statistics statistics;
	bool ahead_pays;
	unsigned singly;               /* packets that were not looked at ahead since it was asked last */
	struct synfin_packet packets[BATCH];
};

static void latch(struct synfin_engine *engine, int status)
{
	if (engine->status == 0 && status < 0)
		engine->status = status;
}

/* Call one function of every sink that has it, unless one has failed. */
#define TELL(engine, function, ...) \
	do { \
		for (unsigned i_ = 0; i_ < (engine)->sink_count && (engine)->status == 0; i_++) { \
			const struct synfin_sink *sink_ = &(engine)->sinks[i_]; \
			if (sink_->function) \
				latch(engine, sink_->function(__VA_ARGS__)); \
		} \
	} while (0)

static void listen(struct listeners *listeners, void *self, int (*hear)(void *, const struct synfin_packet *, const struct synfin_observation *))
{
	if (hear)
		listeners->of[listeners->count++] = (struct listener){ self, hear };
}

static void tell_listeners(struct synfin_engine *engine, const struct listeners *listeners, const struct synfin_packet *packet,
	const struct synfin_observation *observation)
{
	for (unsigned i = 0; i < listeners->count && engine->status == 0; i++)
		latch(engine, listeners->of[i].hear(listeners->of[i].self, packet, observation));
}

/*
 * The tracker speaks while it works, the sinks hear of it after the packet. Only the end of another connection is told at once: its
 * record ends with it.
 */
static void on_event(void *context, const struct synfin_event *event, const struct synfin_connection *connection)
{
	struct synfin_engine *engine = context;

	if (event->kind == SYNFIN_EVENT_CAPTURE_DUPLICATE) {
		engine->statistics.copies++;
		engine->is_copy = true;
	}
	if (event->kind == SYNFIN_EVENT_EVICTED || event->kind == SYNFIN_EVENT_EXPIRED || event->kind == SYNFIN_EVENT_NO_ANSWER)
		TELL(engine, event, sink_->self, event, connection);
	else if (engine->event_count < EVENTS_MAX)
		engine->events[engine->event_count++] = (struct pending_event){ *event, connection };
}

static void on_closed(void *context, const struct synfin_connection *connection)
{
	struct synfin_engine *engine = context;

	TELL(engine, connection_closed, sink_->self, connection);
}

int synfin_engine_create(struct synfin_engine **engine, const struct synfin_engine_options *options, struct synfin_error *error)
{
	struct synfin_engine *new = calloc(1, sizeof(*new));
	if (!new)
		return error_set(error, SYNFIN_E_MEMORY, NULL, "no memory for the engine");
	if (!options || !options->no_tracking) {
		struct tracker_options tracker = {
			.max_connections = options ? options->max_connections : 0,
			.time_wait_s = options ? options->time_wait_s : 0,
			.idle_s = options ? options->idle_s : 0,
			.vlan_blind = options && (options->vlan_blind || options->merge_copies),
			.context = new,
			.event = on_event,
			.closed = on_closed,
		};
		int status = tracker_create(&new->tracker, &tracker, error);
		if (status < 0) {
			free(new);
			return status;
		}
	}
	new->merge_copies = options && options->merge_copies;
	*engine = new;
	return SYNFIN_OK;
}

void synfin_engine_destroy(struct synfin_engine *engine)
{
	if (!engine)
		return;
	tracker_destroy(engine->tracker);
	free(engine);
}

int synfin_engine_add_sink(struct synfin_engine *engine, const struct synfin_sink *sink)
{
	if (engine->sink_count == SINKS_MAX || engine->begun)
		return SYNFIN_E_ARGUMENT;
	engine->sinks[engine->sink_count++] = *sink;
	listen(&engine->packet_listeners, sink->self, sink->packet);
	listen(&engine->packet_end_listeners, sink->self, sink->packet_end);
	return SYNFIN_OK;
}

static void begin(struct synfin_engine *engine)
{
	if (engine->begun)
		return;
	engine->begun = true;
	TELL(engine, begin, sink_->self);
}

static void decode(struct synfin_engine *engine, struct synfin_packet *packet, const struct synfin_frame *frame)
{
	decode_frame(packet, frame->link_type, frame->bytes, frame->captured, frame->length);
	packet->time_ns = frame->time_ns;
	packet->seconds = frame->seconds;
	packet->fraction = frame->fraction;
	packet->nanoseconds = frame->nanoseconds;
	packet->interface = frame->interface;
	packet->frame = ++engine->statistics.frames;
	engine->statistics.tcp_segments += packet->has_tcp;
}

static void process(struct synfin_engine *engine, const struct synfin_packet *packet)
{
	struct synfin_observation observation = { .handshake_ns = -1 };

	engine->event_count = 0;
	engine->is_copy = false;
	if (engine->tracker)
		tracker_packet(engine->tracker, packet, &observation);
	if (engine->is_copy && engine->merge_copies)
		return;
	tell_listeners(engine, &engine->packet_listeners, packet, &observation);
	for (unsigned i = 0; i < engine->event_count; i++)
		TELL(engine, event, sink_->self, &engine->events[i].event, engine->events[i].connection);
	tell_listeners(engine, &engine->packet_end_listeners, packet, &observation);
}

/* Let everybody look at what is to come; false if it brings nothing to any. */
static bool look_ahead(struct synfin_engine *engine, unsigned count)
{
	bool pays = engine->tracker && tracker_ahead(engine->tracker, engine->packets, count);

	for (unsigned i = 0; i < engine->sink_count; i++) {
		const struct synfin_sink *sink = &engine->sinks[i];
		if (sink->ahead && sink->ahead(sink->self, engine->packets, count))
			pays = true;
	}
	return pays;
}

/* Decode all, look ahead, and then take one after the other. */
static void feed_batch(struct synfin_engine *engine, const struct synfin_frame *frames, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		decode(engine, &engine->packets[i], &frames[i]);
	engine->ahead_pays = look_ahead(engine, count);
	for (unsigned i = 0; i < count && engine->status == 0; i++)
		process(engine, &engine->packets[i]);
}

/*
 * One by one, what decoding a packet has taught the processor's branch predictor is still known when it is tracked and printed; so packets are
 * batched only while somebody has more connections to fetch from than a cache holds, which is asked now and then.
 */
static void feed_singly(struct synfin_engine *engine, const struct synfin_frame *frames, unsigned count)
{
	for (unsigned i = 0; i < count && engine->status == 0; i++) {
		decode(engine, &engine->packets[0], &frames[i]);
		process(engine, &engine->packets[0]);
	}
	engine->singly += count;
}

int synfin_engine_feed_frames(struct synfin_engine *engine, const struct synfin_frame *frames, unsigned count)
{
	if (engine->status == 0)
		begin(engine);
	for (unsigned done = 0, next; done < count && engine->status == 0; done += next) {
		next = count - done < BATCH ? count - done : BATCH;
		if (engine->ahead_pays || engine->singly >= ASK_AGAIN) {
			engine->singly = 0;
			feed_batch(engine, frames + done, next);
		} else {
			feed_singly(engine, frames + done, next);
		}
	}
	return engine->status;
}

int synfin_engine_feed(struct synfin_engine *engine, const struct synfin_frame *frame)
{
	return synfin_engine_feed_frames(engine, frame, 1);
}

int synfin_engine_advance(struct synfin_engine *engine, int64_t time_ns)
{
	if (engine->status == 0 && engine->begun && engine->tracker)
		tracker_time(engine->tracker, time_ns);
	return engine->status;
}

int synfin_engine_finish(struct synfin_engine *engine)
{
	if (engine->status < 0)
		return engine->status;
	begin(engine);
	if (engine->tracker)
		tracker_flush(engine->tracker);
	TELL(engine, end, sink_->self);
	return engine->status;
}

int synfin_engine_each(const struct synfin_engine *engine, synfin_connection_fn *each, void *context)
{
	return engine->tracker ? tracker_each(engine->tracker, each, context) : 0;
}

void synfin_engine_statistics(const struct synfin_engine *engine, struct synfin_engine_statistics *statistics)
{
	*statistics = engine->statistics;
	if (engine->tracker) {
		struct tracker_statistics tracker;
		tracker_statistics(engine->tracker, &tracker);
		statistics->connections = tracker.connections;
		statistics->active = tracker.active;
		statistics->evicted = tracker.evicted;
		statistics->expired = tracker.expired;
		statistics->untracked = tracker.untracked;
	}
}
