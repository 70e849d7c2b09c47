/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The cursor: the only way in which captured bytes are read.
 *
 * A read beyond `end` returns 0 and latches `fault`; so does every read after it. Code therefore reads straight on and asks
 * cursor_ok() once, before it believes what it read. `end` is the end of what was captured; what the packet declares beyond that is
 * the business of struct synfin_layer's `length`.
 *
 * Invariant: base <= pos <= end, and no byte outside [base, end) is ever touched.
 */
#ifndef SYNFIN_BASE_BYTES_H
#define SYNFIN_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cursor {
	const uint8_t *base;
	const uint8_t *pos;
	const uint8_t *end;
	bool fault;
};

/* `bytes` may be NULL when length is 0; the cursor then stands on an empty place, because arithmetic on NULL is undefined. */
static inline struct cursor cursor_over(const uint8_t *bytes, size_t length)
{
	static const uint8_t nothing[1];
	const uint8_t *base = bytes ? bytes : nothing;
	struct cursor c = { base, base, base + length, false };
	return c;
}

static inline bool cursor_ok(const struct cursor *c)
{
	return !c->fault;
}

/* Bytes between the position and the captured end; 0 after a fault. */
static inline size_t cursor_left(const struct cursor *c)
{
	return c->fault ? 0 : (size_t)(c->end - c->pos);
}

/* Bytes between the base and the position. */
static inline size_t cursor_offset(const struct cursor *c)
{
	return (size_t)(c->pos - c->base);
}

/* Step over n bytes and return where they began; NULL, latching the fault, if they are not all there. */
static inline const uint8_t *cursor_take(struct cursor *c, size_t n)
{
	if (c->fault || (size_t)(c->end - c->pos) < n) {
		c->fault = true;
		return NULL;
	}
	const uint8_t *p = c->pos;
	c->pos += n;
	return p;
}

static inline void cursor_skip(struct cursor *c, size_t n)
{
	(void)cursor_take(c, n);
}

/* A cursor over the next n bytes, or fewer if fewer are left; the position does not move. */
static inline struct cursor cursor_window(const struct cursor *c, size_t n)
{
	size_t left = cursor_left(c);
	struct cursor w = { c->pos, c->pos, c->pos + (n < left ? n : left), c->fault };
	return w;
}

static inline uint16_t bytes_u16(const uint8_t *p)
{
	return (uint16_t)((unsigned)p[0] << 8 | p[1]);
}

static inline uint32_t bytes_u24(const uint8_t *p)
{
	return (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
}

static inline uint32_t bytes_u32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline uint64_t bytes_u64(const uint8_t *p)
{
	return (uint64_t)bytes_u32(p) << 32 | bytes_u32(p + 4);
}

static inline uint8_t cursor_u8(struct cursor *c)
{
	const uint8_t *p = cursor_take(c, 1);
	return p ? *p : 0;
}

static inline uint16_t cursor_u16(struct cursor *c)
{
	const uint8_t *p = cursor_take(c, 2);
	return p ? bytes_u16(p) : 0;
}

static inline uint32_t cursor_u24(struct cursor *c)
{
	const uint8_t *p = cursor_take(c, 3);
	return p ? bytes_u24(p) : 0;
}

static inline uint32_t cursor_u32(struct cursor *c)
{
	const uint8_t *p = cursor_take(c, 4);
	return p ? bytes_u32(p) : 0;
}

static inline uint64_t cursor_u64(struct cursor *c)
{
	const uint8_t *p = cursor_take(c, 8);
	return p ? bytes_u64(p) : 0;
}

#endif
