/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The connections of a table in the order of their ids. Records are taken one after the other, so as long as none has been used again they
 * stand in that order, and are only walked. Otherwise ids are sorted beside their records, not in them: a comparison must not cost a look
 * into two records that are in the cache no more.
 */
#include <stdlib.h>

#include "track/table.h"

struct numbered {
	uint64_t id;
	uint32_t index;
};

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

static bool in_order_already(const struct table *table, const uint64_t *used)
{
	uint64_t last = 0;

	for (uint32_t i = 0; i < table->pool.fresh; i++) {
		const struct connection *connection = pool_at(&table->pool, i);
		if (!is_used(used, i))
			continue;
		if (connection->seen.id < last)
			return false;
		last = connection->seen.id;
	}
	return true;
}

static int by_id(const void *a, const void *b)
{
	const struct numbered *left = a, *right = b;
	return (left->id > right->id) - (left->id < right->id);
}

static bool each_sorted(const struct table *table, const uint64_t *used, void (*each)(void *, struct connection *), void *context)
{
	uint32_t count = 0;
	struct numbered *all = calloc((size_t)table->pool.used + 1, sizeof(*all));

	if (!all)
		return false;
	for (uint32_t i = 0; i < table->pool.fresh; i++)
		if (is_used(used, i))
			all[count++] = (struct numbered){ ((const struct connection *)pool_at(&table->pool, i))->seen.id, i };
	qsort(all, count, sizeof(*all), by_id);
	for (uint32_t i = 0; i < count; i++)
		each(context, pool_at(&table->pool, all[i].index));
	free(all);
	return true;
}

bool table_in_order(const struct table *table, void (*each)(void *context, struct connection *connection), void *context)
{
	uint64_t *used = used_records(table);
	bool done = used;

	if (used && in_order_already(table, used)) {
		for (uint32_t i = 0; i < table->pool.fresh; i++)
			if (is_used(used, i))
				each(context, pool_at(&table->pool, i));
	} else if (used) {
		done = each_sorted(table, used, each, context);
	}
	free(used);
	return done;
}
