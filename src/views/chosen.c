/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/chosen.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/output.h"
#include "views/comment.h"
#include "views/record.h"
#include "views/select.h"

/* Where a summary lies in the text of all; length 0: there is none. */
struct place {
	uint32_t offset, length;
};

struct chosen {
	struct select *select; /* NULL: all */
	bool summaries;
	struct chosen_counts counts;
	uint64_t *bits;        /* of the connections from 0 on, in words */
	size_t words;
	struct place *places;  /* by the connection's number */
	size_t place_count;
	struct output text;
};

int chosen_create(struct chosen **chosen, const char *expression, bool summaries, struct synfin_error *error)
{
	struct chosen *made = calloc(1, sizeof *made);
	if (!made)
		return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
	made->summaries = summaries;
	output_init(&made->text, NULL, NULL, 0);
	int status = expression ? select_create(&made->select, expression, error) : SYNFIN_OK;
	if (status < 0) {
		chosen_destroy(made);
		return status;
	}
	*chosen = made;
	return SYNFIN_OK;
}

void chosen_destroy(struct chosen *chosen)
{
	if (!chosen)
		return;
	select_destroy(chosen->select);
	output_free(&chosen->text);
	free(chosen->bits);
	free(chosen->places);
	free(chosen);
}

void chosen_counts(const struct chosen *chosen, struct chosen_counts *counts)
{
	*counts = chosen->counts;
}

bool chosen_matches(const struct chosen *chosen, const struct synfin_connection *connection)
{
	struct connection_record record;
	if (!chosen->select)
		return true;
	record_gather(&record, connection);
	return select_matches(chosen->select, &record);
}

/* Room for `count` elements, zeroed where it is new; grows by doubling. */
static int grow(void **array, size_t *room, size_t count, size_t size)
{
	if (count <= *room)
		return SYNFIN_OK;
	size_t wanted = count > 2 * *room ? count : 2 * *room;
	char *larger = realloc(*array, wanted * size);
	if (!larger)
		return SYNFIN_E_MEMORY;
	memset(larger + *room * size, 0, (wanted - *room) * size);
	*array = larger;
	*room = wanted;
	return SYNFIN_OK;
}

static int remember_summary(struct chosen *chosen, const struct synfin_connection *connection)
{
	size_t before = output_length(&chosen->text);
	if (before > CHOSEN_SUMMARIES_MAX) {
		chosen->counts.without_summary++;
		return SYNFIN_OK;
	}
	void *places = chosen->places;
	int status = grow(&places, &chosen->place_count, (size_t)connection->id + 1, sizeof *chosen->places);
	chosen->places = places;
	if (status < 0)
		return status;
	comment_summary(&chosen->text, connection);
	chosen->places[connection->id] = (struct place){ (uint32_t)before, (uint32_t)(output_length(&chosen->text) - before) };
	return chosen->text.status;
}

static int on_closed(void *self, const struct synfin_connection *connection)
{
	struct chosen *chosen = self;
	chosen->counts.seen++;
	if (!chosen_matches(chosen, connection))
		return SYNFIN_OK;
	chosen->counts.chosen++;
	void *bits = chosen->bits;
	int status = grow(&bits, &chosen->words, (size_t)(connection->id / 64) + 1, sizeof *chosen->bits);
	chosen->bits = bits;
	if (status < 0)
		return status;
	chosen->bits[connection->id / 64] |= UINT64_C(1) << connection->id % 64;
	return chosen->summaries ? remember_summary(chosen, connection) : SYNFIN_OK;
}

struct synfin_sink chosen_sink(struct chosen *chosen)
{
	return (struct synfin_sink){ .self = chosen, .connection_closed = on_closed };
}

bool chosen_has(const struct chosen *chosen, uint64_t connection)
{
	return connection / 64 < chosen->words && (chosen->bits[connection / 64] >> connection % 64 & 1);
}

const char *chosen_summary(const struct chosen *chosen, uint64_t connection, size_t *length)
{
	if (connection >= chosen->place_count || chosen->places[connection].length == 0)
		return NULL;
	*length = chosen->places[connection].length;
	return chosen->text.start + chosen->places[connection].offset;
}

/* ---- The second time */

static int view_begin(void *self)
{
	const struct chosen_view *view = self;
	return view->inner.begin ? view->inner.begin(view->inner.self) : SYNFIN_OK;
}

static int view_packet(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	const struct chosen_view *view = self;
	bool shown = view->inner.packet && observation->connection && chosen_has(view->chosen, observation->connection->id);
	return shown ? view->inner.packet(view->inner.self, packet, observation) : SYNFIN_OK;
}

static int view_event(void *self, const struct synfin_event *event, const struct synfin_connection *connection)
{
	const struct chosen_view *view = self;
	bool shown = view->inner.event && chosen_has(view->chosen, event->connection);
	return shown ? view->inner.event(view->inner.self, event, connection) : SYNFIN_OK;
}

static int view_packet_end(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	const struct chosen_view *view = self;
	bool shown = view->inner.packet_end && observation->connection && chosen_has(view->chosen, observation->connection->id);
	return shown ? view->inner.packet_end(view->inner.self, packet, observation) : SYNFIN_OK;
}

static int view_connection_closed(void *self, const struct synfin_connection *connection)
{
	const struct chosen_view *view = self;
	bool shown = view->inner.connection_closed && chosen_has(view->chosen, connection->id);
	return shown ? view->inner.connection_closed(view->inner.self, connection) : SYNFIN_OK;
}

static int view_end(void *self)
{
	const struct chosen_view *view = self;
	return view->inner.end ? view->inner.end(view->inner.self) : SYNFIN_OK;
}

struct synfin_sink chosen_view_sink(struct chosen_view *view)
{
	return (struct synfin_sink){
		.self = view,
		.begin = view_begin,
		.packet = view_packet,
		.event = view_event,
		.packet_end = view_packet_end,
		.connection_closed = view_connection_closed,
		.end = view_end,
	};
}
