/* SPDX-License-Identifier: BSD-3-Clause */
/* Random numbers that a seed brings again, the same everywhere (xorshift64*). */
#ifndef SYNFIN_FUZZ_RANDOM_H
#define SYNFIN_FUZZ_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct random {
	uint64_t state;
};

static inline void random_seed(struct random *random, uint64_t seed)
{
	random->state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
}

static inline uint32_t random_next(struct random *random)
{
	random->state ^= random->state >> 12;
	random->state ^= random->state << 25;
	random->state ^= random->state >> 27;
	return (uint32_t)(random->state * UINT64_C(2685821657736338717) >> 32);
}

/* From 0 to n - 1; n > 0. */
static inline uint32_t random_below(struct random *random, uint32_t n)
{
	return random_next(random) % n;
}

static inline bool random_one_in(struct random *random, uint32_t n)
{
	return random_below(random, n) == 0;
}

#endif
