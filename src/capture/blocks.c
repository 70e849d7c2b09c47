/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The blocks of a pcapng file (draft-ietf-opsawg-pcapng), in this machine's byte order.
 *
 *     section header   what wrote it
 *     interface        link type, snapshot length, name, resolution: before the first frame of each
 *     enhanced packet  frame, and comments
 *     statistics       of each interface, at the end: first and last time, how many frames are in the file, and what a capture dropped
 *
 * An interface here is one of the source's with one link type: a file may have frames of several link types under one number when
 * libpcap reads it. A time stamp has no sign, so times before 1970 have an interface of their own whose times begin earlier.
 */
#include "capture/writer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SECTION 0x0a0d0d0au
#define BLOCK_INTERFACE 1u
#define BLOCK_STATISTICS 5u
#define BLOCK_PACKET 6u
#define SECTION_MAGIC 0x1a2b3c4du
#define OPTION_END 0
#define OPTION_COMMENT 1
#define OPTION_APPLICATION 4
#define OPTION_NAME 2
#define OPTION_RESOLUTION 9
#define OPTION_OFFSET 14
#define OPTION_FIRST 2
#define OPTION_LAST 3
#define OPTION_INTERFACE_DROPPED 5
#define OPTION_RECEIVED 6
#define OPTION_DROPPED 7
#define OPTION_DELIVERED 8

#define BLOCK_FRAME 12u /* type and length in front, length behind */
/* Seconds that the times of an interface before 1970 begin earlier: as far as a time in nanoseconds goes back. */
#define EARLIER INT64_C(9300000000)

#define NONE UINT32_MAX

struct interface {
	uint32_t index; /* the source's number of it */
	uint16_t link_type;
	bool early;     /* for times before 1970 */
	uint32_t next;  /* in its bucket, or NONE */
	uint64_t first, last, delivered;
};

/*
 * A file may have a million interfaces and a frame of each, so they are looked up in buckets, by the source's numbers of them. These come in
 * turn and spread by themselves; a file that leaves some out to fill one bucket of n can do so with no more than a million in n.
 */
struct blocks {
	const struct synfin_source *source;
	char *application; /* or NULL */
	bool nanoseconds;
	uint32_t count, room;
	uint32_t before;   /* those of the sources before this one, which are in no bucket */
	struct interface *interfaces;
	uint32_t *buckets; /* as many as `room`, a power of two: where a list begins, or NONE */
	struct synfin_source_statistics statistics;
};

static void put(FILE *file, const void *bytes, size_t length)
{
	/* Whether it was written is asked of the stream. */
	if (length > 0)
		(void)fwrite(bytes, 1, length, file);
}

static void put_u32(FILE *file, uint32_t value)
{
	put(file, &value, sizeof value);
}

static void put_u16(FILE *file, uint16_t value)
{
	put(file, &value, sizeof value);
}

/* Blocks and options are filled up to whole words. */
static size_t padded(size_t length)
{
	return (length + 3) / 4 * 4;
}

static void put_padded(FILE *file, const void *bytes, size_t length)
{
	put(file, bytes, length);
	put(file, "\0\0\0", padded(length) - length);
}

static size_t option_length(size_t length)
{
	return 4 + padded(length);
}

static void put_option(FILE *file, uint16_t code, const void *bytes, size_t length)
{
	put_u16(file, code);
	put_u16(file, (uint16_t)length);
	put_padded(file, bytes, length);
}

/* A time stamp, or a count: of a time the high half comes first in either byte order. */
static void put_stamp(FILE *file, uint64_t stamp)
{
	put_u32(file, (uint32_t)(stamp >> 32));
	put_u32(file, (uint32_t)stamp);
}

static void put_time_option(FILE *file, uint16_t code, uint64_t stamp)
{
	put_u16(file, code);
	put_u16(file, 8);
	put_stamp(file, stamp);
}

static void put_end_option(FILE *file)
{
	put_u32(file, OPTION_END);
}

struct blocks *blocks_create(const struct synfin_source *source, const char *application)
{
	struct blocks *blocks = calloc(1, sizeof *blocks);
	if (!blocks)
		return NULL;
	blocks->source = source;
	blocks->nanoseconds = source->nanoseconds;
	blocks->application = application ? strdup(application) : NULL;
	if (application && !blocks->application) {
		free(blocks);
		return NULL;
	}
	return blocks;
}

void blocks_free(struct blocks *blocks)
{
	if (!blocks)
		return;
	free(blocks->interfaces);
	free(blocks->buckets);
	free(blocks->application);
	free(blocks);
}

/* Put the interfaces of the source at hand into their buckets. */
static void fill_buckets(struct blocks *blocks)
{
	for (uint32_t i = 0; i < blocks->room; i++)
		blocks->buckets[i] = NONE;
	for (uint32_t i = blocks->before; i < blocks->count; i++) {
		uint32_t *bucket = &blocks->buckets[blocks->interfaces[i].index & (blocks->room - 1)];
		blocks->interfaces[i].next = *bucket;
		*bucket = i;
	}
}

static bool grow(struct blocks *blocks)
{
	uint32_t room = blocks->room ? 2 * blocks->room : 4;
	struct interface *interfaces = realloc(blocks->interfaces, room * sizeof *interfaces);
	if (interfaces)
		blocks->interfaces = interfaces;
	uint32_t *buckets = interfaces ? realloc(blocks->buckets, room * sizeof *buckets) : NULL;
	if (!buckets)
		return false;
	blocks->buckets = buckets;
	blocks->room = room;
	fill_buckets(blocks);
	return true;
}

void blocks_source(struct blocks *blocks, const struct synfin_source *source)
{
	blocks->source = source;
	blocks->before = blocks->count;
	fill_buckets(blocks);
}

void blocks_statistics(struct blocks *blocks, const struct synfin_source_statistics *statistics)
{
	blocks->statistics = *statistics;
}

uint64_t blocks_begin(struct blocks *blocks, FILE *file)
{
	const uint64_t unknown = UINT64_MAX; /* the section's length */
	size_t application = blocks->application ? strnlen(blocks->application, 1000) : 0;
	uint32_t length = (uint32_t)(BLOCK_FRAME + 16 + (application ? option_length(application) + 4 : 0));
	put_u32(file, BLOCK_SECTION);
	put_u32(file, length);
	put_u32(file, SECTION_MAGIC);
	put_u16(file, 1);
	put_u16(file, 0);
	put(file, &unknown, sizeof unknown);
	if (application) {
		put_option(file, OPTION_APPLICATION, blocks->application, application);
		put_end_option(file);
	}
	put_u32(file, length);
	return length;
}

static uint64_t put_interface(const struct blocks *blocks, FILE *file, const struct interface *interface)
{
	const char *name = synfin_source_interface_name(blocks->source, interface->index);
	const int64_t offset = -EARLIER;
	const uint8_t resolution = blocks->nanoseconds ? 9 : 6;
	size_t name_length = name ? strlen(name) : 0;
	uint32_t length = (uint32_t)(BLOCK_FRAME + 8 + (name ? option_length(name_length) : 0) + option_length(1) +
		(interface->early ? option_length(sizeof offset) : 0) + 4);
	put_u32(file, BLOCK_INTERFACE);
	put_u32(file, length);
	put_u16(file, interface->link_type);
	put_u16(file, 0);
	put_u32(file, blocks->source->snapshot_length);
	if (name)
		put_option(file, OPTION_NAME, name, name_length);
	put_option(file, OPTION_RESOLUTION, &resolution, 1);
	if (interface->early)
		put_option(file, OPTION_OFFSET, &offset, sizeof offset);
	put_end_option(file);
	put_u32(file, length);
	return length;
}

/* The number of a frame's interface in the file; it is described if it is new. NONE: no memory. */
static uint32_t interface_of(struct blocks *blocks, FILE *file, const struct synfin_frame *frame, uint64_t *end)
{
	bool early = frame->seconds < 0;
	uint32_t i = blocks->room ? blocks->buckets[frame->interface & (blocks->room - 1)] : NONE;
	for (; i != NONE; i = blocks->interfaces[i].next) {
		const struct interface *known = &blocks->interfaces[i];
		if (known->index == frame->interface && known->link_type == frame->link_type && known->early == early)
			return i;
	}
	if (blocks->count == blocks->room && !grow(blocks))
		return NONE;
	uint32_t *bucket = &blocks->buckets[frame->interface & (blocks->room - 1)];
	struct interface *interface = &blocks->interfaces[blocks->count];
	*interface = (struct interface){ .index = frame->interface, .link_type = frame->link_type, .early = early, .next = *bucket };
	*bucket = blocks->count;
	*end += put_interface(blocks, file, interface);
	return blocks->count++;
}

/* As the frame says it, be its fraction a second or more. */
static uint64_t stamp_of(const struct blocks *blocks, const struct synfin_frame *frame)
{
	uint64_t unit = blocks->nanoseconds ? 1000000000 : 1000000;
	uint64_t fraction = frame->fraction;
	if (frame->nanoseconds != blocks->nanoseconds)
		fraction = blocks->nanoseconds ? fraction * 1000 : fraction / 1000;
	return (uint64_t)(frame->seconds + (frame->seconds < 0 ? EARLIER : 0)) * unit + fraction;
}

static size_t comment_length(const struct synfin_comment *comment)
{
	size_t length = comment->length;
	if (length <= SYNFIN_COMMENT_MAX)
		return length;
	length = SYNFIN_COMMENT_MAX;
	/* Not within a character: what is cut off does not begin with one's further bytes. */
	while (length > 0 && ((unsigned char)comment->text[length] & 0xc0) == 0x80)
		length--;
	return length;
}

bool blocks_frame(struct blocks *blocks, FILE *file, const struct synfin_frame *frame, const struct synfin_comment *comments, unsigned count,
	uint64_t *end)
{
	uint32_t number = interface_of(blocks, file, frame, end);
	uint64_t stamp = stamp_of(blocks, frame);
	size_t options = count ? 4 : 0;
	if (number == NONE) {
		errno = ENOMEM;
		return false;
	}
	for (unsigned i = 0; i < count; i++)
		options += option_length(comment_length(&comments[i]));
	uint32_t length = (uint32_t)(BLOCK_FRAME + 20 + padded(frame->captured) + options);
	put_u32(file, BLOCK_PACKET);
	put_u32(file, length);
	put_u32(file, number);
	put_stamp(file, stamp);
	put_u32(file, frame->captured);
	put_u32(file, frame->length);
	put_padded(file, frame->bytes, frame->captured);
	for (unsigned i = 0; i < count; i++)
		put_option(file, OPTION_COMMENT, comments[i].text, comment_length(&comments[i]));
	if (count)
		put_end_option(file);
	put_u32(file, length);
	*end += length;
	struct interface *interface = &blocks->interfaces[number];
	if (interface->delivered++ == 0)
		interface->first = interface->last = stamp;
	interface->first = stamp < interface->first ? stamp : interface->first;
	interface->last = stamp > interface->last ? stamp : interface->last;
	return true;
}

void blocks_end(struct blocks *blocks, FILE *file)
{
	for (uint32_t i = 0; i < blocks->count; i++) {
		const struct interface *interface = &blocks->interfaces[i];
		const struct synfin_source_statistics *counts = &blocks->statistics;
		/* What was dropped is the capture's, which has one interface. */
		bool counted = counts->known && blocks->count == 1;
		uint32_t length = (uint32_t)(BLOCK_FRAME + 12 + (counted ? 6 : 3) * option_length(8) + 4);
		put_u32(file, BLOCK_STATISTICS);
		put_u32(file, length);
		put_u32(file, i);
		put_stamp(file, interface->last);
		put_time_option(file, OPTION_FIRST, interface->first);
		put_time_option(file, OPTION_LAST, interface->last);
		if (counted) {
			put_option(file, OPTION_INTERFACE_DROPPED, &counts->dropped_interface, 8);
			put_option(file, OPTION_RECEIVED, &counts->received, 8);
			put_option(file, OPTION_DROPPED, &counts->dropped, 8);
		}
		put_option(file, OPTION_DELIVERED, &interface->delivered, 8);
		put_end_option(file);
		put_u32(file, length);
	}
}
