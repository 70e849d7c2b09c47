/* SPDX-License-Identifier: BSD-3-Clause */
/* The names of rotated files, as tcpdump 4.99.3 makes them. */
#include "cli/rotation.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

unsigned rotation_digits(uint32_t limit)
{
	unsigned digits = 0;
	for (uint32_t last = limit ? limit - 1 : 0; last > 0; last /= 10)
		digits++;
	return digits;
}

static int too_long(const char *pattern, struct synfin_error *error)
{
	return error_set(error, SYNFIN_E_ARGUMENT, pattern, "too many output files or filename is too long (> %d)", PATH_MAX);
}

/* strftime() into `to`, which has room for PATH_MAX characters. */
static int expand(char *to, const char *pattern, time_t when, struct synfin_error *error)
{
	struct tm local;
	char marked[PATH_MAX + 2];
	if (!localtime_r(&when, &local))
		return error_set(error, SYNFIN_E_ARGUMENT, pattern, "localtime failed");
	/* strftime() returns 0 for a failure and for an empty text: a mark at the end tells them apart. */
	int length = snprintf(marked, sizeof marked, "%s|", pattern);
	if (length < 0 || (size_t)length >= sizeof marked)
		return too_long(pattern, error);
	/* The pattern is the user's own. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	size_t made = strftime(to, PATH_MAX, marked, &local);
#pragma GCC diagnostic pop
	if (made == 0)
		return too_long(pattern, error);
	to[made - 1] = '\0';
	return SYNFIN_OK;
}

int rotation_name(char **name, const struct options *options, time_t period, uint32_t number, struct synfin_error *error)
{
	char expanded[PATH_MAX];
	const char *stem = options->write_file;
	if (options->rotate_seconds) {
		int status = expand(expanded, stem, period, error);
		if (status < 0)
			return status;
		stem = expanded;
	}
	unsigned digits = options->rotate_bytes ? rotation_digits(options->file_limit) : 0;
	size_t room = strlen(stem) + 16;
	char *made = malloc(room);
	if (!made)
		return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
	if (number == 0 && digits == 0)
		snprintf(made, room, "%s", stem);
	else
		snprintf(made, room, "%s%0*" PRIu32, stem, (int)digits, number);
	if (strlen(made) > PATH_MAX) {
		free(made);
		return too_long(options->write_file, error);
	}
	*name = made;
	return SYNFIN_OK;
}
