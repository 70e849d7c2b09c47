/* SPDX-License-Identifier: BSD-3-Clause */
/* Saving packets: the file of -w, and the next ones that -C, -G and -W ask for. */
#ifndef SYNFIN_CLI_SAVE_H
#define SYNFIN_CLI_SAVE_H

#include <time.h>

#include <synfin/source.h>

#include "cli/options.h"

/* A zeroed struct saves nothing. */
struct save {
	const struct options *options;
	struct synfin_writer *writer; /* of the current file; NULL between files after a failure */
	time_t period;                /* when the current period of -G began */
	uint32_t periods;             /* of -G that are over */
	uint32_t number;              /* of the current file, for -C */
};

/* A frame, and what is said of it in a pcapng file. */
struct save_item {
	const struct synfin_frame *frame;
	const struct synfin_comment *comments;
	unsigned comment_count;
};

/* Whether the files of -w are pcapng files, by their name. */
bool save_is_pcapng(const struct options *options);

/* save_frame(): the last file that -W allows is full, and this frame is not in it. */
enum { SAVE_ENOUGH = 1 };

/* Open the first file for frames like those of `source`. Its period begins at `now`. */
int save_open(struct save *save, const struct options *options, const struct synfin_source *source, time_t now, struct synfin_error *error);
/* Write a frame that came at `now`, in the next file if it is time for that. 0, SAVE_ENOUGH or a negative status. */
int save_frame(struct save *save, const struct synfin_source *source, const struct save_item *item, time_t now, struct synfin_error *error);
/* Frames come from another source from here on. */
void save_source(struct save *save, const struct synfin_source *source);
/* Before the last file is closed: what the source has counted. */
void save_statistics(struct save *save, struct synfin_source *source);
int save_flush(struct save *save, struct synfin_error *error);
/* Close the current file, if any; a failure of its last write is still reported. */
int save_close(struct save *save, struct synfin_error *error);

#endif
