/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * -z: a program is run for each file of -w that is finished, with the file's name as its only argument.
 *
 * The process that looks at packets may execute nothing (sandbox.h). So there is a second one, forked before anything is opened, which
 * gives up its privileges as the first one does, gets names through a pipe, and runs the program for one after the other. It takes only names
 * that -w can have made. It does not look at packets, and has nothing open but the pipes.
 */
#ifndef SYNFIN_CLI_HANDOVER_H
#define SYNFIN_CLI_HANDOVER_H

#include <synfin/status.h>

#include "cli/options.h"

struct handover {
	const struct options *options; /* NULL: there is no -z */
	int names;                     /* to the second process ... */
	int results;                   /* ... and from it */
	uint32_t left_out;             /* files that it could not be told of */
};

/* Before anything is opened. Without -z nothing happens. SYNFIN_E_NO_FILE: there is no such program. */
int handover_begin(struct handover *handover, const struct options *options, struct synfin_error *error);
/* This file is finished. Does not wait. */
void handover_file(struct handover *handover, const char *name);
/* Wait until the program has run for all files, but with --plain; returns for how many it failed, each of which has been told of. */
uint32_t handover_end(struct handover *handover);

/* Whether a name is one that -w can have made: for who does not trust the one that tells it. */
bool handover_accepts(const struct options *options, const char *name);

#endif
