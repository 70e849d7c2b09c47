/* SPDX-License-Identifier: BSD-3-Clause */
/* A sink that holds what the engine says against what must always be true. */
#ifndef SYNFIN_FUZZ_WATCH_H
#define SYNFIN_FUZZ_WATCH_H

#include <synfin/engine.h>

struct watch;

/* Of an engine that tracks at most `most` connections at once, and to which the caller adds the sink. */
struct watch *watch_create(const struct synfin_engine *engine, uint64_t most);
struct synfin_sink watch_sink(struct watch *watch);
/* Between two frames: the counters, and at times the whole table. */
void watch_check(struct watch *watch, uint64_t frames, bool all);
/* After the end: everything that was opened was closed. */
void watch_destroy(struct watch *watch);

#endif
