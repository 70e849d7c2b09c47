/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Text at a place that has room for it: each function writes at `p` and returns where it ended. The output_ functions are made of
 * these; a printer of many pieces asks once for room for all of them (output_room()) and writes them itself.
 */
#ifndef SYNFIN_BASE_WRITE_H
#define SYNFIN_BASE_WRITE_H

#include <stdint.h>
#include <string.h>

#include "base/text_tables.h"

/* UINT64_MAX has 20 digits. */
#define WRITE_DECIMAL_MAX 20
/* "255." four times. */
#define WRITE_IPV4_MAX 16

/* A string literal. */
#define write_literal(p, text) ((char *)memcpy((p), (text), sizeof(text) - 1) + sizeof(text) - 1)

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

static inline char *write_octet(char *p, uint8_t octet)
{
	memcpy(p, text_octets[octet], 4);
	return p + 2 + (octet >= 10) + (octet >= 100);
}

/* WRITE_IPV4_MAX bytes of room, though at most 15 stay. */
static inline char *write_ipv4(char *p, const uint8_t *four)
{
	p = write_octet(p, four[0]);
	p = write_octet(p, four[1]);
	p = write_octet(p, four[2]);
	return write_octet(p, four[3]) - 1;
}

#endif
