/* SPDX-License-Identifier: BSD-3-Clause */
#include "watch.h"

#include "fuzz.h"
#define INVARIANT(condition) FUZZ_CHECK(condition)
#include "../unit/track_invariants.h"
#include "base/pool.h"
#include "inspect.h"

struct watch {
	const struct synfin_engine *engine;
	uint64_t most;
	uint64_t frame;
	bool in_packet, ended;
	uint64_t left_out, told; /* packets without a connection though they are TCP, and the events that say so */
	struct synfin_engine_statistics last;
	struct invariants invariants;
};

/* Which of the engine's counters is less than it was. */
static const char *shrunk(const struct synfin_engine_statistics *last, const struct synfin_engine_statistics *now)
{
	if (now->frames < last->frames || now->tcp_segments < last->tcp_segments)
		return "packets are counted up";
	if (now->connections < last->connections || now->evicted < last->evicted || now->expired < last->expired)
		return "connections are counted up";
	if (now->active > now->connections || now->evicted + now->expired + now->active > now->connections)
		return "there are no more connections than were begun";
	return NULL;
}

static int on_packet(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct watch *watch = self;
	struct tracker *tracker = inspect_engine(watch->engine);

	FUZZ_CHECK(!watch->in_packet && !watch->ended);
	watch->in_packet = true;
	watch->frame = packet->frame;
	FUZZ_CHECK(!observation->connection || packet->has_tcp);
	/* Only a table that is full leaves one out. */
	bool left_out = tracker && packet->has_tcp && !observation->connection;
	FUZZ_CHECK(!left_out || watch->invariants.open == watch->most);
	watch->left_out += left_out;
	FUZZ_CHECK(observation->handshake_ns >= -1);
	if (!observation->connection)
		return 0;
	uint32_t holes = 0;
	invariants_check(&watch->invariants, observation->connection);
	for (unsigned i = 0; i < 2; i++)
		FUZZ_KEEP(inspect_end(inspect_holes(tracker), &observation->connection->end[i], &holes));
	FUZZ_CHECK(holes <= inspect_holes(tracker)->used);
	FUZZ_CHECK(inspect_holes(tracker)->used <= inspect_holes(tracker)->capacity);
	return 0;
}

static int on_event(void *self, const struct synfin_event *event, const struct synfin_connection *connection)
{
	struct watch *watch = self;
	bool timer = event->kind == SYNFIN_EVENT_EVICTED || event->kind == SYNFIN_EVENT_EXPIRED || event->kind == SYNFIN_EVENT_NO_ANSWER;

	FUZZ_CHECK(event->connection == connection->id);
	FUZZ_CHECK((event->kind == SYNFIN_EVENT_UNTRACKED) == (connection->id == 0));
	watch->told += event->kind == SYNFIN_EVENT_UNTRACKED;
	FUZZ_CHECK(event->kind < SYNFIN_EVENTS);
	FUZZ_CHECK(event->from <= 1);
	FUZZ_CHECK(event->severity <= SYNFIN_SEVERITY_WARNING);
	FUZZ_CHECK(timer ? !watch->in_packet : watch->in_packet && event->frame == watch->frame);
	return 0;
}

static int on_packet_end(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct watch *watch = self;
	(void)observation;
	FUZZ_CHECK(watch->in_packet && packet->frame == watch->frame);
	FUZZ_CHECK(watch->told == watch->left_out);
	watch->in_packet = false;
	return 0;
}

static int on_closed(void *self, const struct synfin_connection *connection)
{
	struct watch *watch = self;
	char letters[SYNFIN_HISTORY_MAX + 1];
	FUZZ_CHECK(!watch->in_packet && !watch->ended);
	FUZZ_CHECK(synfin_history(connection, letters) == strlen(letters));
	FUZZ_CHECK(synfin_half_closed_ns(connection) >= -1);
	invariants_closed(&watch->invariants, connection);
	return 0;
}

static int on_end(void *self)
{
	struct watch *watch = self;
	FUZZ_CHECK(!watch->ended);
	watch->ended = true;
	return 0;
}

struct watch *watch_create(const struct synfin_engine *engine, uint64_t most)
{
	struct watch *watch = calloc(1, sizeof *watch);
	FUZZ_CHECK(watch);
	watch->engine = engine;
	watch->most = most;
	return watch;
}

struct synfin_sink watch_sink(struct watch *watch)
{
	return (struct synfin_sink){ .self = watch, .packet = on_packet, .event = on_event, .packet_end = on_packet_end,
		.connection_closed = on_closed, .end = on_end };
}

void watch_check(struct watch *watch, uint64_t frames, bool all)
{
	struct synfin_engine_statistics now;
	struct tracker *tracker = inspect_engine(watch->engine);

	synfin_engine_statistics(watch->engine, &now);
	FUZZ_KEEP(shrunk(&watch->last, &now));
	FUZZ_CHECK(now.frames == frames);
	FUZZ_CHECK(now.active <= watch->most);
	FUZZ_CHECK(now.active == watch->invariants.open);
	FUZZ_CHECK(now.untracked == watch->left_out);
	if (tracker && all)
		FUZZ_KEEP(inspect_all(tracker));
	watch->last = now;
}

void watch_destroy(struct watch *watch)
{
	FUZZ_CHECK(watch->ended);
	invariants_end(&watch->invariants);
	free(watch);
}
