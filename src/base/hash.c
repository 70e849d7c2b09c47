/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * SipHash (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012, s2), written once for any number of rounds and inlined with
 * constant ones.
 *
 * 1-3 rather than 2-4: here the hash only has to keep who sends packets from predicting buckets, and its value is never shown.
 */
#include "base/hash.h"

#include <string.h>
#include <unistd.h>

#include <synfin/status.h>

struct siphash {
	uint64_t v0, v1, v2, v3;
};

static inline uint64_t rotate(uint64_t x, unsigned bits)
{
	return x << bits | x >> (64 - bits);
}

static inline void rounds(struct siphash *s, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		s->v0 += s->v1;
		s->v2 += s->v3;
		s->v1 = rotate(s->v1, 13) ^ s->v0;
		s->v3 = rotate(s->v3, 16) ^ s->v2;
		s->v0 = rotate(s->v0, 32);
		s->v2 += s->v1;
		s->v0 += s->v3;
		s->v1 = rotate(s->v1, 17) ^ s->v2;
		s->v3 = rotate(s->v3, 21) ^ s->v0;
		s->v2 = rotate(s->v2, 32);
	}
}

static inline struct siphash begin(const struct hash_key *key)
{
	return (struct siphash){
		key->k0 ^ 0x736f6d6570736575,
		key->k1 ^ 0x646f72616e646f6d,
		key->k0 ^ 0x6c7967656e657261,
		key->k1 ^ 0x7465646279746573,
	};
}

static inline void take(struct siphash *s, unsigned c, uint64_t word)
{
	s->v3 ^= word;
	rounds(s, c);
	s->v0 ^= word;
}

/* The last word has the length in its highest byte. */
static inline uint64_t end(struct siphash *s, unsigned c, unsigned d, uint64_t last)
{
	take(s, c, last);
	s->v2 ^= 0xff;
	rounds(s, d);
	return s->v0 ^ s->v1 ^ s->v2 ^ s->v3;
}

/* Eight bytes, the first one lowest. */
static inline uint64_t little_u64(const uint8_t *p)
{
	uint64_t word;
	memcpy(&word, p, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

static inline uint64_t little_u32(const uint8_t *p)
{
	uint32_t word;
	memcpy(&word, p, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap32(word);
#endif
	return word;
}

static inline __attribute__((always_inline)) uint64_t siphash(const struct hash_key *key, unsigned c, unsigned d, const uint8_t *p,
                                                              size_t n)
{
	struct siphash s = begin(key);
	uint64_t last = (uint64_t)n << 56;

	for (; n >= 8; p += 8, n -= 8)
		take(&s, c, little_u64(p));
	if (n & 4) {
		last |= little_u32(p);
		for (size_t i = 4; i < n; i++)
			last |= (uint64_t)p[i] << (8 * i);
	} else {
		for (size_t i = 0; i < n; i++)
			last |= (uint64_t)p[i] << (8 * i);
	}
	return end(&s, c, d, last);
}

int hash_key_random(struct hash_key *key)
{
	uint64_t words[2];
	if (getentropy(words, sizeof words) != 0)
		return SYNFIN_E_IO;
	key->k0 = words[0];
	key->k1 = words[1];
	return SYNFIN_OK;
}

uint64_t hash_bytes(const struct hash_key *key, const void *bytes, size_t n)
{
	return siphash(key, 1, 3, bytes, n);
}

uint64_t hash_twelve(const struct hash_key *key, uint64_t first, uint32_t last)
{
	struct siphash s = begin(key);
	take(&s, 1, first);
	return end(&s, 1, 3, (uint64_t)12 << 56 | last);
}

uint64_t hash_siphash(const struct hash_key *key, unsigned c_rounds, unsigned d_rounds, const void *bytes, size_t n)
{
	return siphash(key, c_rounds, d_rounds, bytes, n);
}
