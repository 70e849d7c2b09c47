/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/holes.c"

#include "inspect.h"

const char *inspect_end(const struct pool *holes, const struct synfin_endpoint *end, uint32_t *count)
{
	int64_t before = INT64_MIN;
	uint64_t bytes = 0;
	unsigned found = 0;

	for (uint32_t i = end->holes; i != HOLES_NONE; i = hole_at(holes, i)->next) {
		if (i >= holes->fresh)
			return "a hole is an object of the pool";
		const struct hole *hole = hole_at(holes, i);
		if (hole->left >= hole->right)
			return "a hole is not empty";
		/* Touching ones may have been opened by different segments. */
		if (hole->left < before)
			return "holes are in order and do not overlap";
		if (hole->right > end->next)
			return "a hole lies below what was sent";
		before = hole->right;
		bytes += (uint64_t)(hole->right - hole->left);
		if (++found > HOLES_MAX)
			return "an end has HOLES_MAX holes at most";
	}
	if (end->missed != SYNFIN_MISSED_MAX && bytes > end->missed)
		return "what is missing is counted as missed";
	*count += found;
	return NULL;
}
