/* SPDX-License-Identifier: BSD-3-Clause */
/* What is said when the packets have ended, and the exit status that follows from it. */
#ifndef SYNFIN_CLI_ENDING_H
#define SYNFIN_CLI_ENDING_H

#include "cli/analysis.h"

struct ending {
	const struct options *options;
	struct synfin_source *source;  /* the last one */
	const struct analysis *analysis;
	uint64_t frames;
	const char *filter;            /* or NULL */
	struct synfin_source_rejected rejected; /* by the filter, of the sources before the last one */
	int status;                    /* the exit status so far: 0, EXIT_RUN_TIME, or SYNFIN_E_PIPE */
};

/*
 * The statistics of a capture; that a file was not read to its end, or that nothing matched; and whether what --expect asks for is so.
 * Returns the exit status, or SYNFIN_E_PIPE.
 */
int ending_report(const struct ending *ending);
/* Add what the filter of a source that is about to be closed has rejected. */
void ending_add_rejected(struct synfin_source_rejected *rejected, const struct synfin_source *source);

#endif
