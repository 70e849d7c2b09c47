/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/ring.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

static void take_out(struct ring *ring, size_t i)
{
	free(ring->names[i]);
	ring->count--;
	for (; i < ring->count; i++)
		ring->names[i] = ring->names[i + 1];
}

/* A name that comes again, as those of "%M" do, is that of a new file. */
static void forget(struct ring *ring, const char *name)
{
	for (size_t i = 0; i < ring->count; i++)
		if (strcmp(ring->names[i], name) == 0) {
			take_out(ring, i);
			return;
		}
}

/* It may be gone already: somebody took it, or the command of -z did. */
static int remove_oldest(struct ring *ring, struct synfin_error *error)
{
	int status = SYNFIN_OK;
	const char *name = ring->names[0];
	if (unlink(name) != 0 && errno != ENOENT)
		status = error_set(error, SYNFIN_E_IO, name, "%s: cannot be removed, as --ring asks: %s", name, strerror(errno));
	take_out(ring, 0);
	return status;
}

static int no_memory(struct synfin_error *error)
{
	return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
}

static int append(struct ring *ring, const char *name, struct synfin_error *error)
{
	if (ring->count == ring->room) {
		size_t room = ring->room ? 2 * ring->room : 16;
		char **names = realloc(ring->names, room * sizeof *names);
		if (!names)
			return no_memory(error);
		ring->names = names;
		ring->room = room;
	}
	ring->names[ring->count] = strdup(name);
	return ring->names[ring->count] ? (ring->count++, SYNFIN_OK) : no_memory(error);
}

int ring_add(struct ring *ring, uint32_t limit, const char *name, struct synfin_error *error)
{
	int status = SYNFIN_OK;
	forget(ring, name);
	while (ring->count > 0 && ring->count >= limit && status == SYNFIN_OK)
		status = remove_oldest(ring, error);
	return status < 0 ? status : append(ring, name, error);
}

void ring_free(struct ring *ring)
{
	for (size_t i = 0; i < ring->count; i++)
		free(ring->names[i]);
	free(ring->names);
	*ring = (struct ring){ .names = NULL };
}
