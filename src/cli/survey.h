/* SPDX-License-Identifier: BSD-3-Clause */
/* The first of two readings of files: which connections match --select, and what becomes of each. */
#ifndef SYNFIN_CLI_SURVEY_H
#define SYNFIN_CLI_SURVEY_H

#include <synfin/engine.h>

#include "cli/file_list.h"
#include "cli/limits.h"
#include "cli/options.h"
#include "views/chosen.h"

/* Whether what is read can be read twice: regular files, all of them. */
bool survey_is_possible(const struct options *options);
/*
 * As everything is that looks at packets, the reading is done behind the fences (confine.h), and the opening before. A zeroed struct
 * surveys nothing.
 */
struct survey {
	const struct options *options;
	const char *filter;
	struct synfin_engine *engine;
	struct synfin_source *source; /* of -r; that of -V which is being read */
	struct file_list list;
	struct limits limits;         /* but for those on what is saved, which is not known yet */
	int status;
};

/*
 * Open all that the options name once more, with the filter, whose text must stay; `chosen` is to be told of every connection. What is wrong
 * with a file is left for the second reading to tell. SYNFIN_E_MEMORY, SYNFIN_E_FILTER ... survey_close() is due in any case.
 */
int survey_open(struct survey *survey, struct chosen *chosen, const struct options *options, const struct synfin_engine_options *tracking,
	const char *filter, struct synfin_error *error);
/* Read it. SYNFIN_E_MEMORY; SYNFIN_E_IO if a signal ends it. Signals then watch nothing. */
int survey_read(struct survey *survey, struct synfin_error *error);
void survey_close(struct survey *survey);

#endif
