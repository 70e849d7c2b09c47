/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A look inside the tracker, which shows no view what only it can see. Each inspect_NAME.c contains the file of the library that it looks
 * into, and is linked in its place.
 */
#ifndef SYNFIN_FUZZ_INSPECT_H
#define SYNFIN_FUZZ_INSPECT_H

#include <stdint.h>

#include <synfin/engine.h>

struct pool;
struct table;
struct tracker;

/* NULL if the engine does not track. */
struct tracker *inspect_engine(const struct synfin_engine *engine);
struct table *inspect_table(struct tracker *tracker);
const struct pool *inspect_holes(const struct tracker *tracker);

/* Take every segment the long way (track/predict.h). */
void inspect_without_prediction(struct tracker *tracker);

/* The rule of holes.h that an end's holes break, or NULL; *count grows by their number. */
const char *inspect_end(const struct pool *holes, const struct synfin_endpoint *end, uint32_t *count);
/* The rule that the table and what it holds break, or NULL. Takes time for each connection. */
const char *inspect_all(struct tracker *tracker);

/* How many places a search for any of the table's connections looks at, at most, and all of them together. */
struct inspect_probes {
	uint64_t most, total, slots;
};
struct inspect_probes inspect_probes(const struct table *table);

#endif
