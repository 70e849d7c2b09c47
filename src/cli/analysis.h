/* SPDX-License-Identifier: BSD-3-Clause */
/* What is done with the frames besides saving them: an engine, and as its sinks the view and what --expect wants to know. */
#ifndef SYNFIN_CLI_ANALYSIS_H
#define SYNFIN_CLI_ANALYSIS_H

#include <synfin/engine.h>

#include "cli/cli.h"
#include "views/artefacts.h"
#include "cli/keep.h"
#include "cli/naming.h"
#include "cli/survey.h"
#include "views/expect.h"

/* Whether anything was what --connection, --only, --state and --event ask for. */
struct analysis_watch {
	const struct selection *selection;
	uint64_t events;              /* bit N: the packet at hand caused an event of kind N in its connection */
	uint64_t connection;          /* its connection's id, 0 for none */
	bool matched;
};

/* A zeroed struct analyzes nothing. */
struct analysis {
	struct synfin_engine *engine; /* NULL: frames are not looked at */
	struct view view;             /* zeroed if nothing is printed */
	struct expect *expect;
	struct analysis_watch watch;
	struct artefacts artefacts;
	struct chosen *chosen;        /* by --select, or whatever is annotated; NULL: neither */
	bool surveyed;
	struct survey survey;
	struct chosen_view chosen_view;
	struct keep keep;             /* what is saved of it */
	struct output *out;
	int64_t refreshed_ns;         /* monotonic; 0: not yet */
};

/* With --select or --annotate, before analysis_open(): see whether what is read can be read twice, and open it for the first time. */
int analysis_prepare(struct analysis *analysis, const struct options *options, const char *filter, struct synfin_error *error);
/* ... and then read it, when packets may be looked at. */
int analysis_survey(struct analysis *analysis, struct synfin_error *error);
/* `prints`: with the view that the options ask for, into `out`, and with names. analysis_close() is due in any case. */
int analysis_open(struct analysis *analysis, const struct options *options, struct naming *naming, bool prints, struct output *out,
	struct synfin_error *error);
/* No more frames: let the sinks finish, and say on stderr what the table of connections, or the view, could not hold. */
int analysis_finish(struct analysis *analysis, struct synfin_error *error);
void analysis_report(struct analysis *analysis, const struct options *options);
/* Whether a packet was selected; true if nothing is asked for. */
bool analysis_selected(const struct analysis *analysis);
/* Whether a connection was chosen by --select. */
bool analysis_chose(const struct analysis *analysis);
/* Begun so far. */
uint64_t analysis_connections(const struct analysis *analysis);
/* The network is silent: what the clock alone ends has ended, too. 0 or a negative status. */
int analysis_silence(struct analysis *analysis);
/* Once a second: let a view that can do so show how things stand. `live`: packets come from a network. 0 or a negative status. */
int analysis_refresh(struct analysis *analysis, bool live);
/* Say which expectations are not met. EXIT_UNMET, or 0. */
int analysis_judge(const struct analysis *analysis, const struct options *options);
void analysis_close(struct analysis *analysis);

#endif
