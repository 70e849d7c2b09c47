/* SPDX-License-Identifier: BSD-3-Clause */
/* Counts what the library allocates: the linker sends its calls of malloc() and its kin, and of mmap(), here (--wrap). */
#include "attack.h"

#ifdef __linux__

#include <malloc.h>
#include <sys/mman.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void __real_free(void *block);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
void __wrap_free(void *block);
void *__real_aligned_alloc(size_t alignment, size_t size);
void *__real_mmap(void *place, size_t size, int protection, int flags, int descriptor, off_t offset);
int __real_munmap(void *block, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
void *__wrap_mmap(void *place, size_t size, int protection, int flags, int descriptor, off_t offset);
int __wrap_munmap(void *block, size_t size);

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

/* The tables of connections (base/huge.h). */
void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
	return count(__real_aligned_alloc(alignment, size));
}

void *__wrap_mmap(void *place, size_t size, int protection, int flags, int descriptor, off_t offset)
{
	void *block = __real_mmap(place, size, protection, flags, descriptor, offset);
	now += block == MAP_FAILED ? 0 : size;
	most = now > most ? now : most;
	return block;
}

int __wrap_munmap(void *block, size_t size)
{
	now -= size < now ? size : now;
	return __real_munmap(block, size);
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
