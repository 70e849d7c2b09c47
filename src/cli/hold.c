/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/hold.h"

#include <stdlib.h>
#include <string.h>

/* Frames one behind the other, each behind a copy of its struct. */
struct chunk {
	struct chunk *next;
	size_t begin, end, room;
	char bytes[];
};

/* In chunks, so that neither a frame that is put nor one that is forgotten makes the others move. None of them is empty. */
struct queue {
	struct chunk *first, *last;
	size_t bytes; /* of the frames */
	uint64_t frames;
};

struct item {
	struct synfin_frame frame;
	size_t comment;
};

/* What is held of one connection. */
struct held {
	struct held *next; /* in its bucket */
	uint64_t connection;
	uint64_t lost;
	struct queue beginning, rest;
};

struct hold {
	struct held **buckets;
	size_t bucket_count; /* a power of two */
	size_t count;
	size_t bytes;        /* the room of all chunks */
};

/* A connection's first chunk, and the largest: each is twice the one before, and as large as its first frame takes. */
enum { BUCKETS = 1024, ROOM_FIRST = 512, ROOM_MOST = 65536 };

struct hold *hold_create(void)
{
	struct hold *hold = calloc(1, sizeof *hold);
	if (!hold)
		return NULL;
	hold->buckets = calloc(BUCKETS, sizeof(struct held *));
	hold->bucket_count = BUCKETS;
	if (!hold->buckets) {
		free(hold);
		return NULL;
	}
	return hold;
}

static void queue_remove_first(struct hold *hold, struct queue *queue)
{
	struct chunk *chunk = queue->first;
	queue->first = chunk->next;
	if (!queue->first)
		queue->last = NULL;
	hold->bytes -= chunk->room;
	free(chunk);
}

static void held_free(struct hold *hold, struct held *held)
{
	while (held->beginning.first)
		queue_remove_first(hold, &held->beginning);
	while (held->rest.first)
		queue_remove_first(hold, &held->rest);
	free(held);
}

void hold_destroy(struct hold *hold)
{
	if (!hold)
		return;
	for (size_t i = 0; i < hold->bucket_count; i++)
		for (struct held *next, *held = hold->buckets[i]; held; held = next) {
			next = held->next;
			held_free(hold, held);
		}
	free(hold->buckets);
	free(hold);
}

static struct held **place_of(const struct hold *hold, uint64_t connection)
{
	/* Numbers of connections are given in turn, so they spread by themselves. */
	struct held **place = &hold->buckets[connection & (hold->bucket_count - 1)];
	while (*place && (*place)->connection != connection)
		place = &(*place)->next;
	return place;
}

/* Twice as many buckets; without memory the lists get longer. */
static void spread(struct hold *hold)
{
	size_t count = 2 * hold->bucket_count;
	struct held **buckets = calloc(count, sizeof(struct held *));
	if (!buckets)
		return;
	for (size_t i = 0; i < hold->bucket_count; i++)
		for (struct held *next, *held = hold->buckets[i]; held; held = next) {
			next = held->next;
			struct held **place = &buckets[held->connection & (count - 1)];
			held->next = *place;
			*place = held;
		}
	free(hold->buckets);
	hold->buckets = buckets;
	hold->bucket_count = count;
}

static struct held *held_of(struct hold *hold, uint64_t connection)
{
	struct held *held = *place_of(hold, connection);
	if (held)
		return held;
	if (hold->count >= hold->bucket_count)
		spread(hold);
	held = calloc(1, sizeof *held);
	if (!held)
		return NULL;
	held->connection = connection;
	hold->count++;
	*place_of(hold, connection) = held;
	return held;
}

static struct item item_at(const struct chunk *chunk, size_t at)
{
	struct item item;
	memcpy(&item, chunk->bytes + at, sizeof item);
	item.frame.bytes = (const uint8_t *)chunk->bytes + at + sizeof item;
	return item;
}

static size_t item_size(const struct item *item)
{
	return sizeof *item + item->frame.captured + item->comment;
}

static void forget_oldest(struct hold *hold, struct held *held)
{
	struct chunk *chunk = held->rest.first;
	struct item item = item_at(chunk, chunk->begin);
	size_t size = item_size(&item);
	held->rest.bytes -= size;
	held->rest.frames--;
	held->lost++;
	chunk->begin += size;
	if (chunk->begin == chunk->end)
		queue_remove_first(hold, &held->rest);
}

/* Room for `size` bytes at the end of a queue. NULL: no memory, or there would be too much. */
static char *queue_room(struct hold *hold, struct queue *queue, size_t size)
{
	struct chunk *last = queue->last;
	if (!last || last->room - last->end < size) {
		size_t room = !last ? ROOM_FIRST : last->room < ROOM_MOST ? 2 * last->room : ROOM_MOST;
		if (room < size)
			room = size;
		struct chunk *next = hold->bytes + room <= HOLD_BYTES ? malloc(sizeof *next + room) : NULL;
		if (!next)
			return NULL;
		*next = (struct chunk){ .room = room };
		*(last ? &last->next : &queue->first) = next;
		queue->last = last = next;
		hold->bytes += room;
	}
	char *place = last->bytes + last->end;
	last->end += size;
	queue->bytes += size;
	queue->frames++;
	return place;
}

int hold_put(struct hold *hold, uint64_t connection, const struct synfin_frame *frame, const char *comment, size_t length)
{
	struct held *held = held_of(hold, connection);
	if (!held)
		return SYNFIN_E_MEMORY;
	struct item item = { .frame = *frame, .comment = length };
	size_t size = item_size(&item);
	bool first = held->lost == 0 && held->rest.frames == 0 && held->beginning.frames < HOLD_BEGINNING;
	struct queue *queue = first ? &held->beginning : &held->rest;
	char *place;
	while (!first && held->rest.frames && held->rest.bytes + size > HOLD_CONNECTION_BYTES)
		forget_oldest(hold, held);
	while (!(place = queue_room(hold, queue, size))) {
		if (held->rest.frames == 0) {
			held->lost++;
			return SYNFIN_OK;
		}
		forget_oldest(hold, held);
	}
	memcpy(place, &item, sizeof item);
	if (frame->captured)
		memcpy(place + sizeof item, frame->bytes, frame->captured);
	if (length)
		memcpy(place + sizeof item + frame->captured, comment, length);
	return SYNFIN_OK;
}

static int queue_each(const struct queue *queue, hold_fn *each, void *context)
{
	int result = 0;
	for (const struct chunk *chunk = queue->first; chunk && result == 0; chunk = chunk->next) {
		for (size_t at = chunk->begin; at < chunk->end && result == 0;) {
			struct item item = item_at(chunk, at);
			struct synfin_comment comment = { (const char *)item.frame.bytes + item.frame.captured, item.comment };
			result = each(context, &item.frame, &comment);
			at += item_size(&item);
		}
	}
	return result;
}

int hold_take(struct hold *hold, uint64_t connection, hold_fn *each, void *context, uint64_t *lost)
{
	const struct held *held = *place_of(hold, connection);
	*lost = 0;
	if (!held)
		return 0;
	*lost = held->lost;
	int result = queue_each(&held->beginning, each, context);
	if (result == 0)
		result = queue_each(&held->rest, each, context);
	hold_drop(hold, connection);
	return result;
}

void hold_drop(struct hold *hold, uint64_t connection)
{
	struct held **place = place_of(hold, connection);
	struct held *held = *place;
	if (!held)
		return;
	*place = held->next;
	hold->count--;
	held_free(hold, held);
}
