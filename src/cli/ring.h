/* SPDX-License-Identifier: BSD-3-Clause */
/* --ring: of the files that were made only the newest stay. */
#ifndef SYNFIN_CLI_RING_H
#define SYNFIN_CLI_RING_H

#include <stddef.h>
#include <stdint.h>

#include <synfin/status.h>

/* A zeroed struct has no files. */
struct ring {
	char **names; /* the oldest first */
	size_t count, room;
};

/* The file of this name is about to be made: remove the oldest ones, so that there are no more than `limit` then. */
int ring_add(struct ring *ring, uint32_t limit, const char *name, struct synfin_error *error);
void ring_free(struct ring *ring);

#endif
