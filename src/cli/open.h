/* SPDX-License-Identifier: BSD-3-Clause */
/* Opening the source, and the lines on stderr that tell what it is. */
#ifndef SYNFIN_CLI_OPEN_H
#define SYNFIN_CLI_OPEN_H

#include "cli/options.h"

/* Open the file of -r or the interface, and say what tcpdump says then. On success *source is the caller's to close. */
int open_source(struct synfin_source **source, const struct options *options, struct synfin_error *error);
/* Just before the first packet of a live capture. */
void announce_listening(const struct synfin_source *source, const struct options *options);

#endif
