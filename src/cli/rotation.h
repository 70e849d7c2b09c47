/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How the files of -w are called when -C, -G and -W make several of it.
 *
 * With -G the name is a pattern for strftime() in local time, which stands for when the period began. With -C a number follows: none for
 * the first file, then 1, 2, ...; with -W also the first has one, and all have as many digits as the last.
 */
#ifndef SYNFIN_CLI_ROTATION_H
#define SYNFIN_CLI_ROTATION_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include <synfin/status.h>

#include "cli/options.h"

/* The digits that the numbers of `limit` files need, counted from 0; none for a single file, or for 0: no limit. */
unsigned rotation_digits(uint32_t limit);

/* The name of the file with this number in the period that began at `period`; the caller frees *name. */
int rotation_name(char **name, const struct options *options, time_t period, uint32_t number, struct synfin_error *error);

#endif
