/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/ring.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

static char **place(const struct ring *ring, size_t i)
{
	return &ring->names[(ring->first + i) % ring->room];
}

/* In the order of age. */
static int grow(struct ring *ring, struct synfin_error *error)
{
	size_t room = ring->room ? 2 * ring->room : 16;
	char **names = calloc(room, sizeof *names);
	if (!names)
		return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
	for (size_t i = 0; i < ring->count; i++)
		names[i] = *place(ring, i);
	free(ring->names);
	*ring = (struct ring){ .names = names, .count = ring->count, .room = room };
	return SYNFIN_OK;
}

/* A name that comes again, as those of "%M" do, is that of a new file. */
static void forget(struct ring *ring, const char *name)
{
	size_t kept = 0;
	for (size_t i = 0; i < ring->count; i++) {
		char *one = *place(ring, i);
		if (strcmp(one, name) == 0)
			free(one);
		else
			*place(ring, kept++) = one;
	}
	ring->count = kept;
}

/* It may be gone already: somebody took it, or the command of -z did. */
static int remove_oldest(struct ring *ring, struct synfin_error *error)
{
	char *name = *place(ring, 0);
	int status = SYNFIN_OK;
	if (unlink(name) != 0 && errno != ENOENT)
		status = error_set(error, SYNFIN_E_IO, name, "%s: cannot be removed, as --ring asks: %s", name, strerror(errno));
	free(name);
	ring->first = (ring->first + 1) % ring->room;
	ring->count--;
	return status;
}

int ring_add(struct ring *ring, uint32_t limit, const char *name, struct synfin_error *error)
{
	int status = SYNFIN_OK;
	forget(ring, name);
	while (ring->count >= limit && status == SYNFIN_OK)
		status = remove_oldest(ring, error);
	if (status == SYNFIN_OK && ring->count == ring->room)
		status = grow(ring, error);
	if (status < 0)
		return status;
	char *copy = strdup(name);
	if (!copy)
		return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
	*place(ring, ring->count++) = copy;
	return SYNFIN_OK;
}

void ring_free(struct ring *ring)
{
	for (size_t i = 0; i < ring->count; i++)
		free(*place(ring, i));
	free(ring->names);
	*ring = (struct ring){ .names = NULL };
}
