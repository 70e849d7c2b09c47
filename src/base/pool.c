/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The slab pool. The table of chunks is allocated whole at the start (eight bytes for 1024 objects), so that it never moves and
 * growing is one allocation of a chunk; the last chunk is only as long as the cap leaves it.
 *
 * A given-back object's first four bytes hold the index of the next one in the chain; the rest keeps its old contents until the
 * object is taken again and zeroed. Chunks come zeroed from calloc, so a fresh object needs no second clearing.
 */
#include "base/pool.h"

#include <stdlib.h>
#include <string.h>

#include <synfin/status.h>

#define CHUNK_OBJECTS (1u << POOL_CHUNK_BITS)

int pool_init(struct pool *pool, size_t object_size, uint32_t capacity)
{
	*pool = (struct pool){ .free_head = POOL_NONE };
	if (object_size < sizeof(uint32_t) || object_size > (SIZE_MAX >> POOL_CHUNK_BITS) - 7 || capacity == 0 || capacity == POOL_NONE)
		return SYNFIN_E_ARGUMENT;
	size_t chunks = ((size_t)capacity + CHUNK_OBJECTS - 1) >> POOL_CHUNK_BITS;
	pool->chunks = calloc(chunks, sizeof *pool->chunks);
	if (!pool->chunks)
		return SYNFIN_E_MEMORY;
	pool->object_size = (object_size + 7) & ~(size_t)7;
	pool->capacity = capacity;
	return SYNFIN_OK;
}

void pool_free(struct pool *pool)
{
	for (uint32_t i = 0; i < pool->chunk_count; i++)
		free(pool->chunks[i]);
	free(pool->chunks);
	/* A pool of capacity 0 is full: taking from it fails rather than crashes. */
	*pool = (struct pool){ .free_head = POOL_NONE };
}

static bool add_chunk(struct pool *pool)
{
	uint32_t first = pool->chunk_count << POOL_CHUNK_BITS;
	uint32_t left = pool->capacity - first;
	char *chunk = calloc(left < CHUNK_OBJECTS ? left : CHUNK_OBJECTS, pool->object_size);
	if (!chunk)
		return false;
	pool->chunks[pool->chunk_count++] = chunk;
	return true;
}

uint32_t pool_take(struct pool *pool)
{
	if (pool_full(pool))
		return POOL_NONE;
	uint32_t index = pool->free_head;
	if (index != POOL_NONE) {
		void *object = pool_at(pool, index);
		memcpy(&pool->free_head, object, sizeof pool->free_head);
		memset(object, 0, pool->object_size);
	} else {
		index = pool->fresh;
		if (index >> POOL_CHUNK_BITS == pool->chunk_count && !add_chunk(pool))
			return POOL_NONE;
		pool->fresh++;
	}
	pool->used++;
	return index;
}

void pool_give(struct pool *pool, uint32_t index)
{
	memcpy(pool_at(pool, index), &pool->free_head, sizeof pool->free_head);
	pool->free_head = index;
	pool->used--;
}
