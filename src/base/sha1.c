/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/sha1.h"

#include <string.h>

#define BLOCK 64

static uint32_t rotate(uint32_t x, unsigned bits)
{
	return x << bits | x >> (32 - bits);
}

static uint32_t big_u32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void put_big_u32(uint8_t *p, uint32_t value)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (uint8_t)(value >> (24 - 8 * i));
}

/* The function and the constant of step t (RFC 3174 s5). */
static uint32_t mix(unsigned t, uint32_t b, uint32_t c, uint32_t d)
{
	if (t < 20)
		return ((b & c) | (~b & d)) + 0x5a827999;
	if (t < 40)
		return (b ^ c ^ d) + 0x6ed9eba1;
	if (t < 60)
		return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
	return (b ^ c ^ d) + 0xca62c1d6;
}

static void take_block(uint32_t state[5], const uint8_t *block)
{
	uint32_t w[80];
	uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];

	for (unsigned t = 0; t < 16; t++)
		w[t] = big_u32(block + (size_t)4 * t);
	for (unsigned t = 16; t < 80; t++)
		w[t] = rotate(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
	for (unsigned t = 0; t < 80; t++) {
		uint32_t next = rotate(a, 5) + mix(t, b, c, d) + e + w[t];
		e = d;
		d = c;
		c = rotate(b, 30);
		b = a;
		a = next;
	}
	state[0] += a;
	state[1] += b;
	state[2] += c;
	state[3] += d;
	state[4] += e;
}

void sha1_digest(uint8_t digest[SHA1_BYTES], const void *bytes, size_t n)
{
	uint32_t state[5] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 };
	const uint8_t *p = bytes;
	uint8_t last[2 * BLOCK] = { 0 };
	size_t rest = n % BLOCK;

	for (size_t left = n; left >= BLOCK; left -= BLOCK, p += BLOCK)
		take_block(state, p);
	/* A one bit, zeros, and the length in bits, in one more block or two. */
	if (rest)
		memcpy(last, p, rest);
	last[rest] = 0x80;
	size_t length = rest + 9 > BLOCK ? 2 * BLOCK : BLOCK;
	put_big_u32(last + length - 8, (uint32_t)((uint64_t)n >> 29));
	put_big_u32(last + length - 4, (uint32_t)((uint64_t)n << 3));
	for (size_t at = 0; at < length; at += BLOCK)
		take_block(state, last + at);
	for (unsigned i = 0; i < 5; i++)
		put_big_u32(digest + (size_t)4 * i, state[i]);
}

void base64_encode(char *text, const uint8_t *bytes, size_t n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < n; i += 3) {
		uint32_t three = (uint32_t)bytes[i] << 16;
		if (i + 1 < n)
			three |= (uint32_t)bytes[i + 1] << 8;
		if (i + 2 < n)
			three |= bytes[i + 2];
		*text++ = digits[three >> 18];
		*text++ = digits[three >> 12 & 63];
		*text++ = i + 1 < n ? digits[three >> 6 & 63] : '=';
		*text++ = i + 2 < n ? digits[three & 63] : '=';
	}
}
