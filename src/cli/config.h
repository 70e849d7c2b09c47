/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The user's defaults for how things look: a file of lines NAME = VALUE, whose names and values are those of long options.
 *
 * It changes what people see and nothing else: it is not read when standard output is no terminal, so that scripts do the same for everybody,
 * and it has no setting that would. Nor may anybody use it against somebody else: see config_read().
 */
#ifndef SYNFIN_CLI_CONFIG_H
#define SYNFIN_CLI_CONFIG_H

#include "cli/options.h"

/* The longest that is read, in bytes. */
enum { CONFIG_MAX = 65536 };

/* A line (from 1; 0: the file as a whole) and what is wrong with it. */
typedef void config_complaint_fn(const struct options *options, const char *path, unsigned line, const char *text);

/*
 * Read the file and take from it what the command line leaves open. Without effect if there is none, with --plain and --no-config, and
 *
 * - if the program is set-user-ID or set-group-ID, or runs as root for somebody else (sudo, doas, pkexec): the environment that says where
 *   the file is may be theirs;
 * - if the file is not an ordinary one that belongs to the user, or others may write to it.
 */
void config_read(struct options *options, config_complaint_fn *complain);

/* The same of a text of `length` bytes, which is changed; what is taken points into it. */
void config_take(struct options *options, char *text, size_t length, const char *path, config_complaint_fn *complain);

/* The file's name in an environment with these values (NULL: not set) in `path`; false if there is none, or it is too long. */
bool config_path(char *path, size_t size, const char *config_home, const char *home);

#endif
