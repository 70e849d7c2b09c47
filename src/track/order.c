/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The connections of a table in the order of their ids, at the end. Records are taken one after the other, so as long as none has been used again
 * they stand in that order, and are only walked. Otherwise ids are sorted with their records' indices, apart from the records: a comparison must
 * not cost a look into two records that are in the cache no more. That takes the room of the slots, which nobody needs any more.
 */
#include <stdlib.h>

#include "track/table.h"

/* An id, counted from the lowest one, above the index of its record. */
enum { INDEX_BITS = 28 };
_Static_assert(PLACE_INDEX == (1u << INDEX_BITS) - 1, "as many bits as an index has");

/* One bit for each record that was ever used: whether it is now. NULL: no memory. */
static uint64_t *used_records(const struct table *table)
{
	uint64_t *used = calloc((size_t)table->pool.fresh / 64 + 1, sizeof(*used));

	for (size_t i = 0; used && i <= table->mask; i++) {
		uint32_t index = table->slots[i].index;
		if (index != POOL_NONE)
			used[index / 64] |= UINT64_C(1) << index % 64;
	}
	return used;
}

static bool is_used(const uint64_t *used, uint32_t index)
{
	return used[index / 64] >> index % 64 & 1;
}

static uint64_t id_at(const struct table *table, uint32_t index)
{
	return ((const struct connection *)pool_at(&table->pool, index))->seen.id;
}

/* The lowest and the highest id, and whether they stand in their order. */
static bool look_at_ids(const struct table *table, const uint64_t *used, uint64_t *lowest, uint64_t *highest)
{
	uint64_t last = 0;
	bool in_order = true;

	*lowest = UINT64_MAX;
	*highest = 0;
	for (uint32_t i = 0; i < table->pool.fresh; i++) {
		if (!is_used(used, i))
			continue;
		uint64_t id = id_at(table, i);
		in_order = in_order && id > last;
		last = id;
		*lowest = id < *lowest ? id : *lowest;
		*highest = id > *highest ? id : *highest;
	}
	return in_order;
}

static int by_number(const void *a, const void *b)
{
	const uint64_t *left = a, *right = b;
	return (*left > *right) - (*left < *right);
}

/* NULL: no memory, or more than 2^36 connections ago the oldest one began. */
static uint64_t *sorted(struct table *table, const uint64_t *used, uint64_t lowest, uint64_t highest)
{
	const uint64_t too_far = UINT64_C(1) << (64 - INDEX_BITS);
	uint32_t count = 0;
	uint64_t *all = highest - lowest < too_far ? malloc(((size_t)table->pool.used + 1) * sizeof(*all)) : NULL;

	if (!all || !table_drop_slots(table)) {
		free(all);
		return NULL;
	}
	for (uint32_t i = 0; i < table->pool.fresh; i++)
		if (is_used(used, i))
			all[count++] = (id_at(table, i) - lowest) << INDEX_BITS | i;
	qsort(all, count, sizeof(*all), by_number);
	return all;
}

bool table_drain(struct table *table, void (*each)(void *context, struct connection *connection), void *context)
{
	uint64_t *used = used_records(table);
	uint64_t *all = NULL;
	uint64_t lowest, highest;
	bool in_order = used && look_at_ids(table, used, &lowest, &highest);

	if (used && !in_order)
		all = sorted(table, used, lowest, highest);
	if (all)
		for (uint32_t i = 0; i < table->pool.used; i++)
			each(context, pool_at(&table->pool, (uint32_t)all[i] & PLACE_INDEX));
	else if (in_order)
		for (uint32_t i = 0; i < table->pool.fresh; i++)
			if (is_used(used, i))
				each(context, pool_at(&table->pool, i));
	bool done = all || in_order;
	free(all);
	free(used);
	if (done)
		table_clear(table);
	return done;
}
