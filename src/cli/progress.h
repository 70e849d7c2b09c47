/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How far a file has been read, on one line of stderr that is drawn again and again and gone when the file has been read.
 *
 * Only on a terminal, only if it takes longer than a second, and never where lines of packets would come in between.
 */
#ifndef SYNFIN_CLI_PROGRESS_H
#define SYNFIN_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <synfin/source.h>

#include "cli/options.h"

struct progress {
	bool wanted;
	bool shown;               /* there is a line to clear */
	int64_t begun_ns;         /* monotonic */
	int64_t drawn_ns;
	uint64_t frames_before;   /* of sources before this one */
};

/* Monotonic time. */
int64_t progress_clock(void);
/* Before a source's first frame. prints: packets come on stdout meanwhile. */
void progress_begin(struct progress *progress, const struct options *options, bool prints, uint64_t frames);
/* Between batches. connections: begun so far. */
void progress_update(struct progress *progress, const struct synfin_source *source, uint64_t frames, uint64_t connections);
/* Before anything else goes to stderr, and at the end. */
void progress_clear(struct progress *progress);

/* What the line says; pure, for tests. */
struct progress_numbers {
	uint64_t read, total;     /* bytes */
	uint64_t frames;          /* in elapsed_ns > 0 */
	uint64_t connections;
	int64_t elapsed_ns;
};
/* Text in at most columns - 1 cells, so that no terminal wraps it. */
void progress_line(char *line, size_t size, unsigned columns, const struct progress_numbers *numbers);

#endif
