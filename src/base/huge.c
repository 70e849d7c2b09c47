/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/huge.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { CACHE_LINE = 64 };

/* From here on pages come from the system, zeroed when they are touched; below, from the heap. */
#define MAPPED_FROM ((size_t)128 << 10)

static size_t rounded(size_t size, size_t unit)
{
	return size <= SIZE_MAX - unit ? (size + unit - 1) / unit * unit : 0;
}

static void *map(size_t size)
{
	void *block = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return block == MAP_FAILED ? NULL : block;
}

/* A mapping that begins with a huge page: map more, and give back what is before and behind. */
static char *map_aligned(size_t size)
{
	char *wide = map(size + HUGE_PAGE);
	if (!wide)
		return NULL;
	size_t before = (size_t)(-(uintptr_t)wide & (HUGE_PAGE - 1));
	if (before)
		(void)munmap(wide, before);
	if (before < HUGE_PAGE)
		(void)munmap(wide + before + size, HUGE_PAGE - before);
	return wide + before;
}

static char *take_mapped(size_t size, bool huge)
{
#ifdef MADV_HUGEPAGE
	size = rounded(size, HUGE_PAGE / 512);
	if (huge && size >= HUGE_PAGE && size < SIZE_MAX - HUGE_PAGE) {
		char *block = map_aligned(size);
		/* Where the system does not want to, small pages do. */
		if (block)
			(void)madvise(block, size, MADV_HUGEPAGE);
		return block;
	}
#else
	(void)huge;
	(void)map_aligned;
#endif
	return map(size);
}

void *huge_take(size_t size, bool huge)
{
	if (rounded(size, HUGE_PAGE) == 0)
		return NULL;
	if (size >= MAPPED_FROM)
		return take_mapped(size, huge);
	size = rounded(size, CACHE_LINE);
	void *block = aligned_alloc(CACHE_LINE, size);
	if (block)
		memset(block, 0, size);
	return block;
}

void huge_give(void *block, size_t size)
{
	if (!block)
		return;
	if (size >= MAPPED_FROM)
		(void)munmap(block, rounded(size, HUGE_PAGE / 512));
	else
		free(block);
}
