/* SPDX-License-Identifier: BSD-3-Clause */
/* Saving packets: the file of -w, and the next ones that -C and -G ask for. */
#ifndef SYNFIN_CLI_SAVE_H
#define SYNFIN_CLI_SAVE_H

#include <time.h>

#include <synfin/source.h>

#include "cli/handover.h"
#include "cli/options.h"
#include "cli/ring.h"

/* A zeroed struct saves nothing. */
struct save {
	const struct options *options; /* NULL: nothing is to be saved */
	struct handover *handover;     /* of -z, or NULL */
	struct synfin_writer *writer;  /* of the current file; NULL between files, after a failure, and before the first packet */
	char *name;                    /* of the current file */
	time_t period;                 /* when the current period of -G began */
	uint32_t periods;              /* of -G that are over */
	uint32_t number;               /* of the current file, behind its name */
	uint64_t finished;             /* bytes of the files before */
	struct ring ring;
};

/* A frame, and what is said of it in a pcapng file. */
struct save_item {
	const struct synfin_frame *frame;
	const struct synfin_comment *comments;
	unsigned comment_count;
};

/* Whether the files of -w are pcapng files, by their name. */
bool save_is_pcapng(const struct options *options);
/* Whether there may be several files. */
bool save_rotates(const struct options *options);
/* Whether the periods of -G are those of the packets' own clock, as in files that are read; then the first file begins with the first packet. */
bool save_by_packets_clock(const struct options *options);

/* save_frame(), save_period(): the last file that -W allows is full, and this frame is not in it. It has been told of. */
enum { SAVE_ENOUGH = 1 };

/* When a frame comes, for the periods of -G. */
time_t save_clock(const struct options *options, const struct synfin_frame *frame);

/* Open the first file for frames like those of `source`. Its period begins at `now`. */
int save_open(struct save *save, const struct options *options, struct synfin_source *source, time_t now, struct synfin_error *error);
/* Write a frame that came at `now`, in the next file if it is time for that. 0, SAVE_ENOUGH or a negative status. */
int save_frame(struct save *save, struct synfin_source *source, const struct save_item *item, time_t now, struct synfin_error *error);
/* It is `now`, though no frame has come: a period of -G may be over. 0, SAVE_ENOUGH or a negative status. */
int save_period(struct save *save, struct synfin_source *source, time_t now, struct synfin_error *error);
/* The bytes of all files so far. */
uint64_t save_total(const struct save *save);
/* Frames come from another source from here on. */
void save_source(struct save *save, const struct synfin_source *source);
/* Before the last file is closed: what the source has counted. */
void save_statistics(struct save *save, struct synfin_source *source);
int save_flush(struct save *save, struct synfin_error *error);
/* Close the current file, if any; a failure of its last write is still reported. */
int save_close(struct save *save, struct synfin_error *error);
/* The same without a word, and free what it has. */
void save_destroy(struct save *save);

#endif
