/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Changes to captures by somebody who knows TCP.
 *
 * A change of a random byte mostly spoils a header, and the frame then never gets to the tracker. So most changes here leave frames well
 * formed and alter what they say: numbers by amounts that mean something (to the edge of what was sent, of a window, of the space of
 * sequence numbers), flags, options, data, times, who sends; and which frames there are, in which order. New frames are made of those
 * that are there: what the other end would answer, or the same again. The rest is left to libFuzzer.
 */
#include <string.h>

#include "fuzz.h"
#include "image.h"
#include "random.h"
#include "segment.h"

enum { ROOM = 1 << 20, NEW_FRAME_ROOM = 4096, CHANGES_MOST = 5 };

struct draft {
	struct random random;
	struct image image;
	size_t used;            /* of `room`: frames that were changed live there */
	uint8_t room[ROOM];
};

static uint32_t below(struct draft *draft, uint32_t n)
{
	return random_below(&draft->random, n);
}

/* A copy of a frame's bytes that may be changed and grow; NULL: no room. */
static uint8_t *own(struct draft *draft, struct image_frame *frame)
{
	if (frame->captured > NEW_FRAME_ROOM || draft->used + NEW_FRAME_ROOM > ROOM)
		return NULL;
	uint8_t *bytes = draft->room + draft->used;
	if (frame->captured)
		memcpy(bytes, frame->bytes, frame->captured);
	draft->used += NEW_FRAME_ROOM;
	frame->bytes = bytes;
	return bytes;
}

/* Set what a segment became. */
static void close_frame(struct draft *draft, struct image_frame *frame, struct segment *segment)
{
	if (below(draft, 3) > 0)
		segment_sum(segment);
	frame->captured = segment->size;
	frame->length = segment->size;
}

/* ---- Numbers */

static uint32_t off(struct draft *draft, uint32_t value)
{
	static const uint32_t steps[] = { 1, 2, 10, 536, 1448, 1460, 2920, 65535, 1u << 20, (1u << 30) + 1, (1u << 31) - 1, 1u << 31, (1u << 31) + 1 };
	uint32_t step = steps[below(draft, sizeof steps / sizeof *steps)];
	return below(draft, 2) ? value + step : value - step;
}

/* A number that some other frame's segment makes interesting. */
static uint32_t number_of_another(struct draft *draft, uint32_t otherwise)
{
	struct image_frame other = draft->image.frames[below(draft, draft->image.count)];
	struct segment segment;
	uint8_t *bytes = own(draft, &other);
	if (!bytes || !segment_find(&segment, (uint16_t)draft->image.link_type, bytes, other.captured))
		return otherwise;
	switch (below(draft, 3)) {
	case 0:
		return segment.seq;
	case 1:
		return segment_next(&segment);
	default:
		return segment.ack;
	}
}

static uint32_t another_number(struct draft *draft, uint32_t value)
{
	switch (below(draft, 5)) {
	case 0:
		return number_of_another(draft, value);
	case 1:
		return random_next(&draft->random);
	default:
		return off(draft, value);
	}
}

static uint16_t some_flags(struct draft *draft)
{
	static const uint16_t usual[] = { SYNFIN_TCP_SYN, SYNFIN_TCP_SYN | SYNFIN_TCP_ACK, SYNFIN_TCP_ACK, SYNFIN_TCP_ACK | SYNFIN_TCP_PSH,
		SYNFIN_TCP_FIN | SYNFIN_TCP_ACK, SYNFIN_TCP_RST, SYNFIN_TCP_RST | SYNFIN_TCP_ACK, SYNFIN_TCP_FIN, 0, SYNFIN_TCP_ACK | SYNFIN_TCP_URG,
		SYNFIN_TCP_SYN | SYNFIN_TCP_ECE | SYNFIN_TCP_CWR, SYNFIN_TCP_FIN | SYNFIN_TCP_ACK | SYNFIN_TCP_PSH };
	return below(draft, 8) ? usual[below(draft, sizeof usual / sizeof *usual)] : (uint16_t)below(draft, 512);
}

static uint16_t some_window(struct draft *draft)
{
	static const uint16_t usual[] = { 0, 1, 128, 501, 1460, 65535 };
	return below(draft, 4) ? usual[below(draft, sizeof usual / sizeof *usual)] : (uint16_t)random_next(&draft->random);
}

/* ---- Options */

static uint32_t put32(uint8_t *p, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		p[i] = (uint8_t)(value >> (24 - 8 * i));
	return 4;
}

static uint32_t put_blocks(struct draft *draft, const struct segment *segment, uint8_t *p, uint32_t room)
{
	uint32_t blocks = 1 + below(draft, 4), at = 2;
	for (; blocks > 0 && at + 8 <= room; blocks--) {
		uint32_t left = below(draft, 3) ? segment->ack + below(draft, 6000) - 1500 : number_of_another(draft, segment->ack);
		at += put32(p + at, left);
		at += put32(p + at, left + below(draft, 3000));
	}
	p[0] = 5;
	p[1] = (uint8_t)at;
	return at;
}

/* One option. Returns its length. */
static uint32_t put_option(struct draft *draft, const struct segment *segment, uint8_t *p, uint32_t room)
{
	static const uint8_t lengths[] = { 1, 1, 4, 3, 2, 10, 6, 6, 10 };
	uint32_t kind = below(draft, 12);
	if (kind == 5 && room >= 10)
		return put_blocks(draft, segment, p, room);
	if (kind > 8)
		kind = (const uint8_t[]){ 19, 29, 30, 34, 253, 254 }[below(draft, 6)];
	uint32_t length = kind <= 8 ? lengths[kind] : 2 + below(draft, 18);
	if (length > room)
		length = room;
	for (uint32_t i = 0; i < length; i++)
		p[i] = (uint8_t)random_next(&draft->random);
	p[0] = (uint8_t)kind;
	if (length > 1)
		p[1] = (uint8_t)(below(draft, 20) ? length : below(draft, 256));
	return length;
}

static void change_options(struct draft *draft, struct segment *segment)
{
	uint8_t list[40];
	uint32_t used = 0;
	for (uint32_t count = below(draft, 5); count > 0 && used < sizeof list; count--)
		used += put_option(draft, segment, list + used, (uint32_t)sizeof list - used);
	(void)segment_rebuild(segment, list, used, segment->data, NEW_FRAME_ROOM);
}

static void change_data(struct draft *draft, struct segment *segment)
{
	static const uint32_t sizes[] = { 0, 1, 2, 10, 536, 1448, 1460, 2920 };
	uint8_t list[40];
	uint32_t length = segment->header - 20;
	memcpy(list, segment->bytes + segment->tcp + 20, length);
	(void)segment_rebuild(segment, list, length, sizes[below(draft, sizeof sizes / sizeof *sizes)], NEW_FRAME_ROOM);
}

/* ---- Frames */

static void change_segment(struct draft *draft, struct segment *segment)
{
	switch (below(draft, 9)) {
	case 0:
	case 1:
		segment_set_seq(segment, another_number(draft, segment->seq));
		break;
	case 2:
	case 3:
		segment_set_ack(segment, another_number(draft, segment->ack));
		break;
	case 4:
		segment_set_flags(segment, some_flags(draft));
		break;
	case 5:
		segment_set_window(segment, some_window(draft));
		break;
	case 6:
		change_options(draft, segment);
		break;
	case 7:
		change_data(draft, segment);
		break;
	default:
		segment_turn(segment);
	}
}

/* false: the frame has no TCP. */
static bool change_frame(struct draft *draft, struct image_frame *frame)
{
	struct segment segment;
	uint8_t *bytes = own(draft, frame);
	if (!bytes || !segment_find(&segment, (uint16_t)draft->image.link_type, bytes, frame->captured))
		return false;
	change_segment(draft, &segment);
	close_frame(draft, frame, &segment);
	return true;
}

/* What the other end may answer, or the same end say next. */
static void follow_up(struct draft *draft, struct image_frame *frame)
{
	struct segment segment;
	uint8_t *bytes = own(draft, frame);
	if (!bytes || !segment_find(&segment, (uint16_t)draft->image.link_type, bytes, frame->captured))
		return;
	uint32_t next = segment_next(&segment), acknowledged = segment.ack;
	if (below(draft, 2)) {
		segment_turn(&segment);
		segment_set_seq(&segment, acknowledged);
		segment_set_ack(&segment, next);
	} else {
		segment_set_seq(&segment, next);
	}
	segment_set_flags(&segment, some_flags(draft));
	if (below(draft, 2))
		change_data(draft, &segment);
	close_frame(draft, frame, &segment);
}

static void insert(struct draft *draft, unsigned at, struct image_frame frame)
{
	struct image *image = &draft->image;
	if (image->count == IMAGE_FRAMES)
		return;
	memmove(&image->frames[at + 1], &image->frames[at], (image->count - at) * sizeof *image->frames);
	image->frames[at] = frame;
	image->count++;
}

static void take_out(struct image *image, unsigned at)
{
	image->count--;
	memmove(&image->frames[at], &image->frames[at + 1], (image->count - at) * sizeof *image->frames);
}

static void change_time(struct draft *draft, struct image_frame *frame)
{
	switch (below(draft, 6)) {
	case 0:
		frame->seconds += (const uint32_t[]){ 1, 2, 61, 4001, 90000 }[below(draft, 5)];
		break;
	case 1:
		frame->seconds -= below(draft, 5);
		break;
	case 2:
		frame->fraction += (const uint32_t[]){ 1, 300, 3001, 200000, 1000000 }[below(draft, 5)];
		break;
	case 3:
		frame->seconds = random_next(&draft->random);
		break;
	default: {
		const struct image_frame *other = &draft->image.frames[below(draft, draft->image.count)];
		frame->seconds = other->seconds;
		frame->fraction = other->fraction;
	}
	}
}

/* One of the many orders. */
static void change_order(struct draft *draft)
{
	struct image *image = &draft->image;
	unsigned at = below(draft, image->count), to = below(draft, image->count);
	struct image_frame frame = image->frames[at];
	switch (below(draft, 4)) {
	case 0:
		take_out(image, at);
		break;
	case 1:
		insert(draft, to, frame);
		break;
	case 2:
		take_out(image, at);
		insert(draft, to < image->count ? to : image->count, frame);
		break;
	default:
		image->frames[at] = image->frames[to];
		image->frames[to] = frame;
	}
}

/* Bytes of a frame as libFuzzer would have them. */
static void change_bytes(struct draft *draft, struct image_frame *frame)
{
	uint8_t *bytes = own(draft, frame);
	if (!bytes)
		return;
	uint32_t before = frame->captured;
	frame->captured = (uint32_t)LLVMFuzzerMutate(bytes, before, below(draft, 2) ? before : NEW_FRAME_ROOM);
	frame->length += frame->captured - before;
}

static void change(struct draft *draft)
{
	struct image *image = &draft->image;
	uint32_t what = below(draft, 16);
	if (what == 0 || image->count == 0) {
		image->choices[below(draft, IMAGE_CHOICES)] = (uint8_t)random_next(&draft->random);
		return;
	}
	unsigned at = below(draft, image->count);
	struct image_frame *frame = &image->frames[at];
	if (what <= 6) {
		if (!change_frame(draft, frame))
			change_bytes(draft, frame);
	} else if (what <= 9) {
		struct image_frame next = *frame;
		follow_up(draft, &next);
		if (below(draft, 2))
			change_time(draft, &next);
		insert(draft, at + 1, next);
	} else if (what <= 12) {
		change_order(draft);
	} else if (what == 13) {
		change_time(draft, frame);
	} else if (what == 14 && frame->captured > 0) {
		frame->captured = below(draft, 4) ? frame->captured - below(draft, frame->captured < 20 ? frame->captured : 20) : below(draft, frame->captured);
	} else {
		change_bytes(draft, frame);
	}
}

static struct draft one;

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed)
{
	random_seed(&one.random, seed);
	one.used = 0;
	if (!image_read(&one.image, data, size))
		return LLVMFuzzerMutate(data, size, most);
	for (uint32_t changes = 1 + below(&one, CHANGES_MOST); changes > 0; changes--)
		change(&one);
	/* Frames that were left alone lie in `data`, which is written over. */
	static uint8_t written[ROOM];
	size_t length = image_write(&one.image, written, most < sizeof written ? most : sizeof written);
	memcpy(data, written, length);
	return length;
}

/* Two captures as one, frames of either in their order. */
size_t LLVMFuzzerCustomCrossOver(const uint8_t *left, size_t left_size, const uint8_t *right, size_t right_size, uint8_t *out, size_t most,
	unsigned seed)
{
	static struct image a, b;
	random_seed(&one.random, seed);
	if (!image_read(&a, left, left_size) || !image_read(&b, right, right_size))
		return 0;
	one.image = a;
	one.image.count = 0;
	for (unsigned i = 0, j = 0; one.image.count < IMAGE_FRAMES && (i < a.count || j < b.count);) {
		bool from_a = j == b.count || (i < a.count && below(&one, 2));
		one.image.frames[one.image.count++] = from_a ? a.frames[i++] : b.frames[j++];
	}
	return image_write(&one.image, out, most);
}
