/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Numbers as text. This is where a run over a large capture spends its time, so: no printf, one test for room per call, digits by
 * pairs from a table, and divisions by constants only, which compilers turn into multiplications.
 */
#include "base/output.h"

#include "base/text_tables.h"
#include "base/write.h"

#define HEX_MAX 16

void output_decimal(struct output *out, uint64_t value)
{
	if (output_room(out, WRITE_DECIMAL_MAX))
		out->pos = write_decimal(out->pos, value);
}

void output_signed(struct output *out, int64_t value)
{
	if (!output_room(out, 1 + WRITE_DECIMAL_MAX))
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
	if (!output_room(out, (size_t)width + WRITE_DECIMAL_MAX))
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
	char digits[WRITE_DECIMAL_MAX];
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
