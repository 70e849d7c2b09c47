/* SPDX-License-Identifier: BSD-3-Clause */
#include "image.h"

#include <string.h>

#define MAGIC 0xa1b2c3d4u

static uint32_t get(const uint8_t *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static uint8_t *put(uint8_t *p, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		*p++ = (uint8_t)(value >> 8 * i);
	return p;
}

bool image_read(struct image *image, const uint8_t *data, size_t size)
{
	image->count = 0;
	if (size < IMAGE_HEADER || get(data) != MAGIC)
		return false;
	memcpy(image->choices, data + 8, IMAGE_CHOICES);
	image->link_type = get(data + 20) & 0xffff;
	for (size_t at = IMAGE_HEADER; size - at >= IMAGE_RECORD && image->count < IMAGE_FRAMES;) {
		struct image_frame *frame = &image->frames[image->count];
		*frame = (struct image_frame){ .seconds = get(data + at), .fraction = get(data + at + 4), .captured = get(data + at + 8),
			.length = get(data + at + 12), .bytes = data + at + IMAGE_RECORD };
		at += IMAGE_RECORD;
		if (frame->captured > IMAGE_FRAME_MOST || frame->captured > size - at)
			break;
		at += frame->captured;
		image->count++;
	}
	return true;
}

size_t image_write(const struct image *image, uint8_t *to, size_t most)
{
	if (most < IMAGE_HEADER)
		return 0;
	uint8_t *p = put(to, MAGIC);
	p = put(p, 2 | 4 << 16);
	memcpy(p, image->choices, IMAGE_CHOICES);
	p = put(p + IMAGE_CHOICES, 262144);
	p = put(p, image->link_type);
	for (unsigned i = 0; i < image->count; i++) {
		const struct image_frame *frame = &image->frames[i];
		if ((size_t)(to + most - p) < IMAGE_RECORD + (size_t)frame->captured)
			break;
		p = put(put(put(put(p, frame->seconds), frame->fraction), frame->captured), frame->length);
		if (frame->captured)
			memcpy(p, frame->bytes, frame->captured);
		p += frame->captured;
	}
	return (size_t)(p - to);
}
