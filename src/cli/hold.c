/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/hold.h"

#include <stdlib.h>
#include <string.h>

/* Frames one behind the other, each behind a copy of its struct. */
struct queue {
	char *bytes;
	size_t begin, end, room;
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
	size_t bytes;        /* the room of all queues */
};

enum { BUCKETS = 1024, ROOM = 2048 };

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

static void held_free(struct hold *hold, struct held *held)
{
	hold->bytes -= held->beginning.room + held->rest.room;
	free(held->beginning.bytes);
	free(held->rest.bytes);
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

static struct item item_at(const struct queue *queue, size_t at)
{
	struct item item;
	memcpy(&item, queue->bytes + at, sizeof item);
	item.frame.bytes = (const uint8_t *)queue->bytes + at + sizeof item;
	return item;
}

static size_t item_size(const struct item *item)
{
	return sizeof *item + item->frame.captured + item->comment;
}

static void forget_oldest(struct held *held)
{
	struct item item = item_at(&held->rest, held->rest.begin);
	held->rest.begin += item_size(&item);
	held->rest.frames--;
	held->lost++;
	if (held->rest.frames == 0)
		held->rest.begin = held->rest.end = 0;
}

/* Make room for `size` bytes at the end. false: no memory, or there would be too much. */
static bool queue_room(struct hold *hold, struct queue *queue, size_t size)
{
	size_t used = queue->end - queue->begin;
	if (queue->bytes && queue->room - queue->end >= size)
		return true;
	size_t room = queue->room ? queue->room : ROOM;
	while (room - used < size)
		room *= 2;
	if (room > queue->room || !queue->bytes) {
		if (hold->bytes - queue->room + room > HOLD_BYTES)
			return false;
		char *larger = realloc(queue->bytes, room);
		if (!larger)
			return false;
		hold->bytes += room - queue->room;
		queue->bytes = larger;
		queue->room = room;
	}
	memmove(queue->bytes, queue->bytes + queue->begin, used);
	queue->begin = 0;
	queue->end = used;
	return true;
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
	while (!first && held->rest.frames && held->rest.end - held->rest.begin + size > HOLD_CONNECTION_BYTES)
		forget_oldest(held);
	while (!queue_room(hold, queue, size)) {
		if (held->rest.frames == 0) {
			held->lost++;
			return SYNFIN_OK;
		}
		forget_oldest(held);
	}
	memcpy(queue->bytes + queue->end, &item, sizeof item);
	if (frame->captured)
		memcpy(queue->bytes + queue->end + sizeof item, frame->bytes, frame->captured);
	if (length)
		memcpy(queue->bytes + queue->end + sizeof item + frame->captured, comment, length);
	queue->end += size;
	queue->frames++;
	return SYNFIN_OK;
}

static int queue_each(const struct queue *queue, hold_fn *each, void *context)
{
	int result = 0;
	for (size_t at = queue->begin; at < queue->end && result == 0;) {
		struct item item = item_at(queue, at);
		struct synfin_comment comment = { (const char *)item.frame.bytes + item.frame.captured, item.comment };
		result = each(context, &item.frame, &comment);
		at += item_size(&item);
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
