/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A slab pool: objects of one size, named by 32-bit indices, taken and given back in constant time, in memory that grows by
 * chunks up to a cap and never moves. No allocation happens while objects are free.
 */
#ifndef SYNFIN_BASE_POOL_H
#define SYNFIN_BASE_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* No object. */
#define POOL_NONE UINT32_MAX
/* Objects in a chunk, as a power of two: those of 256 bytes fill a huge page. */
#define POOL_CHUNK_BITS 13

struct pool {
	char **chunks;
	size_t object_size;
	uint32_t chunk_count;
	uint32_t capacity;   /* the cap, in objects */
	uint32_t used;       /* objects taken */
	uint32_t fresh;      /* objects handed out for the first time so far */
	uint32_t free_head;  /* chain of given-back objects through their first four bytes */
};

/* object_size: at least 4, taken up to a multiple of 8. capacity: 1 to POOL_NONE - 1. Returns 0, SYNFIN_E_ARGUMENT or SYNFIN_E_MEMORY. */
int pool_init(struct pool *pool, size_t object_size, uint32_t capacity);
void pool_free(struct pool *pool);
/* Give back all objects, and their memory. */
void pool_clear(struct pool *pool);
/* The index of a zeroed object, or POOL_NONE when the cap is reached or memory is exhausted. */
uint32_t pool_take(struct pool *pool);
/* Give an object back; its index may be handed out again. */
void pool_give(struct pool *pool, uint32_t index);

static inline void *pool_at(const struct pool *pool, uint32_t index)
{
	return pool->chunks[index >> POOL_CHUNK_BITS] + (size_t)(index & ((1u << POOL_CHUNK_BITS) - 1)) * pool->object_size;
}

static inline bool pool_full(const struct pool *pool)
{
	return pool->used == pool->capacity;
}

#endif
