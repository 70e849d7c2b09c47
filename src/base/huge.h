/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory for large tables that are read here and there: zeroed, aligned to cache lines, and, where the system has them, in huge pages. With
 * pages of 4 KiB nearly every look into such a table costs a walk through the page tables on top of the missing cache line.
 *
 * A huge page is resident as a whole as soon as a byte of it is touched, so only who has filled some memory already should ask for them.
 */
#ifndef SYNFIN_BASE_HUGE_H
#define SYNFIN_BASE_HUGE_H

#include <stdbool.h>
#include <stddef.h>

/* The usual size of a huge page. Blocks of multiples of it waste nothing. */
#define HUGE_PAGE ((size_t)2 << 20)

/* A block of `size` > 0 zero bytes; NULL if there is no memory. huge: in huge pages, if it is as large as one. */
void *huge_take(size_t size, bool huge);
/* Give it back; size as it was asked for. NULL is nothing. */
void huge_give(void *block, size_t size);

#endif
