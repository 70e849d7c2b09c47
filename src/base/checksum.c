/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Internet checksum.
 *
 * One's complement addition does not care in which order the bytes of its words stand, as long as all words have the same one
 * (RFC 1071 s2(B)), nor how wide it adds (s2(C)): so the bytes are added eight at a time as the machine loads them, each carry
 * going back in at the bottom, and only the folded result is turned into network order. Two sums run side by side, because
 * otherwise every addition would wait for the carry before it.
 */
#include "base/checksum.h"

#include <string.h>

static inline uint64_t add_carry(uint64_t sum, uint64_t word)
{
	sum += word;
	return sum + (sum < word);
}

static inline uint64_t load_u64(const uint8_t *p)
{
	uint64_t word;
	memcpy(&word, p, sizeof word);
	return word;
}

/* The sum of the last 0 to 7 bytes as words of four, two and one, the one with a zero behind it. */
static inline uint64_t load_tail(const uint8_t *p, size_t n)
{
	uint64_t sum = 0;
	if (n & 4) {
		uint32_t word;
		memcpy(&word, p, sizeof word);
		sum += word;
		p += 4;
	}
	if (n & 2) {
		uint16_t word;
		memcpy(&word, p, sizeof word);
		sum += word;
		p += 2;
	}
	if (n & 1) {
		uint8_t padded[2] = { *p, 0 };
		uint16_t word;
		memcpy(&word, padded, sizeof word);
		sum += word;
	}
	return sum;
}

/* A 64-bit sum in 16 bits. */
static inline uint16_t fold_u64(uint64_t sum)
{
	sum = (sum & 0xffffffff) + (sum >> 32);
	sum = (sum & 0xffffffff) + (sum >> 32);
	return checksum_fold((uint32_t)sum);
}

uint32_t checksum_add(uint32_t sum, const uint8_t *bytes, size_t n)
{
	uint64_t even = 0, odd = 0;

	for (; n >= 32; bytes += 32, n -= 32) {
		even = add_carry(even, load_u64(bytes));
		odd = add_carry(odd, load_u64(bytes + 8));
		even = add_carry(even, load_u64(bytes + 16));
		odd = add_carry(odd, load_u64(bytes + 24));
	}
	for (; n >= 8; bytes += 8, n -= 8)
		even = add_carry(even, load_u64(bytes));
	if (n)
		odd = add_carry(odd, load_tail(bytes, n));

	uint16_t folded = fold_u64(add_carry(even, odd));
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	folded = __builtin_bswap16(folded);
#endif
	uint32_t total = sum + folded;
	return total + (total < folded);
}

uint16_t checksum_fold(uint32_t sum)
{
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)sum;
}
