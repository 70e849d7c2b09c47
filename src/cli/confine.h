/* SPDX-License-Identifier: BSD-3-Clause */
/* The step between opening and looking at packets. confine.c has the table of phases. */
#ifndef SYNFIN_CLI_CONFINE_H
#define SYNFIN_CLI_CONFINE_H

#include <synfin/source.h>
#include <synfin/status.h>

#include "cli/options.h"
#include "cli/save.h"

/*
 * The source is open and its filter compiled. Open the file of -w into *save, give up all privileges, and put the sandbox into force:
 * afterwards only what the options still need can be opened. 0 or a negative status, with *error filled.
 */
int confine(const struct options *options, struct synfin_source *source, struct save *save, struct synfin_error *error);

/* Where the files of -C and -G are created: the directory of -w's pattern, as far as it is the same for all. The caller's to free; NULL: no memory. */
char *confine_directory(const struct options *options);

#endif
