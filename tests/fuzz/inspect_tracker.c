/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/tracker.c"

#include "inspect.h"

struct table *inspect_table(struct tracker *tracker)
{
	return &tracker->table;
}

const struct pool *inspect_holes(const struct tracker *tracker)
{
	return &tracker->holes;
}

void inspect_without_prediction(struct tracker *tracker)
{
	tracker->options.no_prediction = true;
}
