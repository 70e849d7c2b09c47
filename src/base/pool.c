/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The slab pool. The table of chunks is allocated whole at the start (eight bytes for 8192 objects), so that it never moves and
 * growing is one allocation of a chunk; the last chunk is only as long as the cap leaves it.
 *
 * A given-back object's first four bytes hold the index of the next one in the chain; the rest keeps its old contents until the
 * object is taken again and zeroed. Chunks come zeroed, so a fresh object needs no second clearing. From the second
 * chunk on they may be huge pages (huge.h).
 */
#include "base/pool.h"

#include <stdlib.h>
#include <string.h>

#include <synfin/status.h>

#include "base/huge.h"

#define CHUNK_OBJECTS (1u << POOL_CHUNK_BITS)

static size_t chunk_size(const struct pool *pool, uint32_t number)
{
	uint32_t left = pool->capacity - (number << POOL_CHUNK_BITS);
	return (left < CHUNK_OBJECTS ? left : CHUNK_OBJECTS) * pool->object_size;
}

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

void pool_clear(struct pool *pool)
{
	for (uint32_t i = 0; i < pool->chunk_count; i++)
		huge_give(pool->chunks[i], chunk_size(pool, i));
	pool->chunk_count = pool->used = pool->fresh = 0;
	pool->free_head = POOL_NONE;
}

void pool_free(struct pool *pool)
{
	pool_clear(pool);
	free(pool->chunks);
	/* A pool of capacity 0 is full: taking from it fails rather than crashes. */
	*pool = (struct pool){ .free_head = POOL_NONE };
}

static bool add_chunk(struct pool *pool)
{
	char *chunk = huge_take(chunk_size(pool, pool->chunk_count), pool->chunk_count > 0);
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
