/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Numbers as text. This is where a run over a large capture spends its time, so: no printf, one test for room per call, digits by
 * pairs from a table, and divisions by constants only, which compilers turn into multiplications.
 *
 * The write_ functions put digits at `p`, which has room for them, and return where they ended.
 */
#include "base/output.h"

#include "base/text_tables.h"

/* UINT64_MAX has 20 digits. */
#define DECIMAL_MAX 20
#define HEX_MAX 16

static inline char *write_pair(char *p, uint32_t below_100)
{
	memcpy(p, text_decimal_pairs + 2 * (size_t)below_100, 2);
	return p + 2;
}

/* Exactly four digits. */
static inline char *write_four(char *p, uint32_t below_10000)
{
	uint32_t high = below_10000 / 100;
	return write_pair(write_pair(p, high), below_10000 - high * 100);
}

/* Exactly eight digits. */
static inline char *write_eight(char *p, uint32_t below_1e8)
{
	uint32_t high = below_1e8 / 10000;
	return write_four(write_four(p, high), below_1e8 - high * 10000);
}

/* One to four digits. */
static inline char *write_short(char *p, uint32_t below_10000)
{
	if (below_10000 >= 100) {
		uint32_t high = below_10000 / 100;
		uint32_t low = below_10000 - high * 100;
		if (high >= 10)
			return write_pair(write_pair(p, high), low);
		*p = (char)('0' + high);
		return write_pair(p + 1, low);
	}
	if (below_10000 >= 10)
		return write_pair(p, below_10000);
	*p = (char)('0' + below_10000);
	return p + 1;
}

/* One to eight digits. */
static inline char *write_medium(char *p, uint32_t below_1e8)
{
	if (below_1e8 < 10000)
		return write_short(p, below_1e8);
	uint32_t high = below_1e8 / 10000;
	return write_four(write_short(p, high), below_1e8 - high * 10000);
}

static inline char *write_decimal(char *p, uint64_t value)
{
	if (value < 100000000)
		return write_medium(p, (uint32_t)value);
	uint64_t high = value / 100000000;
	uint32_t low = (uint32_t)(value - high * 100000000);
	if (high < 100000000)
		return write_eight(write_medium(p, (uint32_t)high), low);
	uint64_t top = high / 100000000;
	p = write_short(p, (uint32_t)top); /* UINT64_MAX / 10^16 is 1844 */
	return write_eight(write_eight(p, (uint32_t)(high - top * 100000000)), low);
}

void output_decimal(struct output *out, uint64_t value)
{
	if (output_room(out, DECIMAL_MAX))
		out->pos = write_decimal(out->pos, value);
}

void output_signed(struct output *out, int64_t value)
{
	if (!output_room(out, 1 + DECIMAL_MAX))
		return;
	uint64_t magnitude = (uint64_t)value;
	if (value < 0) {
		*out->pos++ = '-';
		magnitude = 0 - magnitude; /* in unsigned numbers, where INT64_MIN has an opposite */
	}
	out->pos = write_decimal(out->pos, magnitude);
}

void output_decimal_padded(struct output *out, uint64_t value, unsigned width, char fill)
{
	if (!output_room(out, (size_t)width + DECIMAL_MAX))
		return;
	/* Hours, minutes and seconds, and microseconds: four of these begin every line. */
	if (width == 2 && fill == '0' && value < 100) {
		out->pos = write_pair(out->pos, (uint32_t)value);
		return;
	}
	if (width == 6 && fill == '0' && value < 1000000) {
		uint32_t high = (uint32_t)value / 10000;
		out->pos = write_four(write_pair(out->pos, high), (uint32_t)value - high * 10000);
		return;
	}
	char digits[DECIMAL_MAX];
	size_t length = (size_t)(write_decimal(digits, value) - digits);
	for (; width > length; width--)
		*out->pos++ = fill;
	memcpy(out->pos, digits, length);
	out->pos += length;
}

void output_hex(struct output *out, uint64_t value, unsigned digits)
{
	static const char nibbles[] = "0123456789abcdef";
	if (!output_room(out, (size_t)digits + HEX_MAX))
		return;
	unsigned needed = (67 - (unsigned)__builtin_clzll(value | 1)) / 4;
	for (; digits > needed; digits--)
		*out->pos++ = '0';
	for (unsigned shift = needed * 4; shift > 0; shift -= 4)
		*out->pos++ = nibbles[value >> (shift - 4) & 15];
}

void output_hex_bytes(struct output *out, const uint8_t *bytes, size_t n)
{
	/* An n whose double wraps is longer than any object; saturated, it fails to find room. */
	if (n == 0 || !output_room(out, n <= SIZE_MAX / 2 ? 2 * n : SIZE_MAX))
		return;
	char *p = out->pos;
	for (size_t i = 0; i < n; i++, p += 2)
		memcpy(p, text_hex_pairs + 2 * (size_t)bytes[i], 2);
	out->pos = p;
}
