/* SPDX-License-Identifier: BSD-3-Clause */
/* Opening the source, and the lines on stderr that tell what it is. */
#ifndef SYNFIN_CLI_OPEN_H
#define SYNFIN_CLI_OPEN_H

#include "cli/file_list.h"
#include "cli/options.h"

/* Open the file `path`, or the interface if that is NULL, and say what tcpdump says then. On success *source is the caller's to close. */
int open_source(struct synfin_source **source, const struct options *options, const char *path, struct synfin_error *error);
/* Open all files of -r and merge them. tcpdump takes the last one; so do we where its lines are wanted. */
int open_files(struct synfin_source **source, const struct options *options, struct synfin_error *error);
/* Open what the options name first, which may be nothing with -d: then *source stays. With -V *list goes on behind it. */
int open_first(struct synfin_source **source, struct file_list *list, const struct options *options, struct synfin_error *error);
/* The same, once more, without saying anything. */
int open_files_quietly(struct synfin_source **source, const struct options *options, struct synfin_error *error);
/* Whether lines can be made of its frames: SYNFIN_E_LINK_TYPE. */
int open_check_link(const struct synfin_source *source, struct synfin_error *error);
/* Open a further file of -V. */
int open_next_file(struct synfin_source **source, const struct options *options, const char *path, struct synfin_error *error);
/* ... and say so, which tcpdump does when it knows that it can use it. */
void announce_reading(const struct synfin_source *source);
/* Just before the first packet of a live capture. */
void announce_listening(const struct synfin_source *source, const struct options *options);

#endif
