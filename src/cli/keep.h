/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What is saved when that depends on what the engine finds out: frames of chosen connections only (--select), or frames with comments
 * (--annotate). A sink, which writes each frame once its events are known.
 *
 * Files are read twice (survey.h): then it is known from the beginning which connections match, and how they end. A live capture and a
 * pipe are not: there frames are held until their connection is over.
 */
#ifndef SYNFIN_CLI_KEEP_H
#define SYNFIN_CLI_KEEP_H

#include <synfin/sink.h>

#include "cli/hold.h"
#include "cli/options.h"
#include "cli/save.h"
#include "views/annotation.h"
#include "views/chosen.h"

/* Writes a frame: 0, SAVE_ENOUGH or a negative status. */
typedef int keep_write_fn(void *context, const struct save_item *item);

/* A zeroed struct keeps nothing. */
struct keep {
	const struct options *options;
	const struct chosen *chosen; /* from a survey, or what --select asks for */
	bool surveyed;
	struct hold *hold;           /* NULL: written at once */
	keep_write_fn *write;
	void *context;
	const struct synfin_frame *frame; /* the one that is being fed */
	bool seen;                   /* ... and the sink has heard of it */
	int status;                  /* of the last write that was no success */
	bool ends;                   /* the packet at hand ends its connection */
	uint64_t connection;         /* of the packet at hand; 0 for none */
	uint64_t newest;             /* the highest number of a connection */
	struct annotation_style style;
	struct annotation_remarks remarks;
	struct output text;
	uint64_t written, lost, lost_connections;
};

/* Whether the options need it. */
bool keep_is_due(const struct options *options);
/* `chosen` must outlive it. keep_close() is due in any case. */
int keep_open(struct keep *keep, const struct options *options, const struct chosen *chosen, bool surveyed, struct synfin_error *error);
struct synfin_sink keep_sink(struct keep *keep);
/* Around the feeding of each frame. keep_fed() writes one of which the sink did not hear. Returns keep->status. */
void keep_feed(struct keep *keep, const struct synfin_frame *frame);
int keep_fed(struct keep *keep);
/* What was lost, or could not be told, on stderr. */
void keep_report(const struct keep *keep);
void keep_close(struct keep *keep);

#endif
