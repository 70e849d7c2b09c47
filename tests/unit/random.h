/* SPDX-License-Identifier: BSD-3-Clause */
/* Random numbers for tests, the same everywhere: xorshift64*. Seed random_state, which must not be 0, so that a failure comes again. */
#ifndef SYNFIN_UNIT_RANDOM_H
#define SYNFIN_UNIT_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

static uint64_t random_state = 1;

static inline uint32_t next_random(void)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return (uint32_t)(random_state * UINT64_C(2685821657736338717) >> 32);
}

/* 0 to n - 1 */
static inline uint32_t below(uint32_t n)
{
	return next_random() % n;
}

static inline bool one_in(uint32_t n)
{
	return below(n) == 0;
}

#endif
