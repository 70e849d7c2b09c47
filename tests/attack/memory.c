/* SPDX-License-Identifier: BSD-3-Clause */
/* Counts what the library allocates: the linker sends its calls of malloc() and its kin here (--wrap). */
#include "attack.h"

#ifdef __linux__

#include <malloc.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void __real_free(void *block);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
void __wrap_free(void *block);

static uint64_t now, most;

static void *count(void *block)
{
	now += block ? malloc_usable_size(block) : 0;
	most = now > most ? now : most;
	return block;
}

void *__wrap_malloc(size_t size)
{
	return count(__real_malloc(size));
}

void *__wrap_calloc(size_t blocks, size_t size)
{
	return count(__real_calloc(blocks, size));
}

void *__wrap_realloc(void *block, size_t size)
{
	uint64_t before = block ? malloc_usable_size(block) : 0;
	void *larger = __real_realloc(block, size);
	if (!larger)
		return NULL;
	/* For a moment there were both. */
	(void)count(larger);
	now -= before;
	return larger;
}

void __wrap_free(void *block)
{
	uint64_t size = block ? malloc_usable_size(block) : 0;
	/* What strdup() and the like gave was not counted. */
	now -= size < now ? size : now;
	__real_free(block);
}

void memory_begin(void)
{
	most = now;
}

uint64_t memory_most(void)
{
	return most;
}

#else

void memory_begin(void)
{
}

uint64_t memory_most(void)
{
	return 0;
}

#endif
