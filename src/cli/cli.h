/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside cli/: what main() and its helpers call. All messages go to stderr, packets and lists to stdout. */
#ifndef SYNFIN_CLI_CLI_H
#define SYNFIN_CLI_CLI_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include <synfin/engine.h>
#include <synfin/source.h>
#include <synfin/status.h>

#include "base/output.h"
#include "cli/options.h"
#include "views/packets.h"

/* Words on stderr, without what would command a terminal in a name that is among them. No newline: it would go, too. */
void tell(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* "synfin: ..." and a newline, under the name the program was called by. */
void message(const struct options *options, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "" for one, "s" for any other number, as tcpdump counts. */
const char *plural(uint64_t number);

/* usage.c */
void usage_help(const struct options *options);
void usage_version(void);
/* What is wrong with the command line, and where to look. */
void usage_error(const struct options *options, const struct synfin_error *error);

/* interfaces.c: -D and -L. Exit status. */
int interfaces_list(const struct options *options);
int interfaces_link_types(const struct options *options, struct synfin_source *source);

/* run.c: read packets until they end. Exit status, or SYNFIN_E_PIPE if the reader of the output went away. */
int run_packets(const struct options *options);

/* filter.c: the expression of -F, or of the command line; *filter is the caller's to free, NULL for none. */
int filter_text(const struct options *options, char **filter, struct synfin_error *error);
/* -d: print what a filter compiles to, for `source` or, if that is NULL, what -y says. */
int filter_dump(const struct options *options, struct synfin_source *source, const char *filter, struct synfin_error *error);

/* Let the source have it, and remark on what it may not mean. */
int filter_apply(struct synfin_source *source, const struct options *options, const char *filter, struct synfin_error *error);

/* view.c: the view that was asked for; *view is to be closed in any case, also if it was only zeroed. */
struct view {
	struct synfin_sink sink;  /* to add to the engine */
	void *made;               /* what `destroy` frees */
	void (*destroy)(void *made);
	uint64_t (*left_out)(const void *made); /* connections that it could not keep, and does not say itself; NULL: none */
	int (*refresh)(void *made, const struct synfin_engine *engine, bool live); /* show how things stand on the terminal; NULL: not that kind of view */
	void (*resize)(void *made, unsigned columns); /* the terminal has so many columns now; NULL: that is nothing to it */
	int (*pause)(void *made); /* the source has nothing more for now; NULL: nothing is held back. Returns a status */
};
/* Views and formats, by their numbers, as they are written on the command line. */
extern const char *const view_names[VIEWS];
extern const char *const format_names[FORMATS];
/* Whether a view can take that form; and which forms each view can, as an error. */
bool view_goes_with(unsigned view, unsigned format);
int view_refuse(const struct options *options, struct synfin_error *error);
struct naming;
int view_open(struct view *view, const struct options *options, const struct naming *naming, struct output *out, struct synfin_error *error);
void view_close(struct view *view);
int view_pause(const struct view *view);
/* Tell the view how wide the terminal is. */
void view_resize(const struct view *view);
/* view_timeline.c */
int timeline_open(struct view *view, const struct options *options, const struct packets_options *look, struct output *out,
	struct synfin_error *error);

/* view_explain.c */
int explain_open(struct view *view, const struct options *options, const struct packets_options *look, struct output *out,
	struct synfin_error *error);
/* Print what the glossary says of options->filter; the exit status, or SYNFIN_E_PIPE. */
int explain_glossary(const struct options *options);

/* appearance.c: how lines look, from the options, the terminal, the environment and the locale. Without names. */
void appearance_choose(struct packets_options *view, const struct options *options);
/* The terminal's columns if it is one, or 0. */
unsigned appearance_columns(void);
/* The terminal's rows, or 24. */
unsigned appearance_rows(void);
/* Whether stdout is a terminal on which one can go back. */
bool appearance_can_redraw(void);

/* output.c: a drain to a file descriptor. */
struct output_file {
	int descriptor;
	int failure; /* errno of the write that failed, 0 before */
};
int output_to_file(void *context, const char *bytes, size_t length);
/* Flush stdout; the exit status: 0, 1 with a message, or SYNFIN_E_PIPE. */
int output_finish_stdout(const struct options *options);

/* signals.c: SIGINT, SIGTERM and SIGHUP stop the source; SIGUSR1 asks for statistics; SIGWINCH tells of another width; SIGPIPE becomes an error of write(2). */
void signals_install(struct synfin_source *source);
/* The source to stop from here on, after signals_install(). */
void signals_watch(struct synfin_source *source);
/* Nothing refers to the source any more. */
void signals_remove(void);
bool signals_interrupted(void);
/* When that was, and now: since the epoch, in ns. */
int64_t signals_interrupted_at(void);
int64_t signals_clock(void);
/* Whether statistics were asked for since the last call. */
bool signals_take_statistics(void);
/* Whether SIGUSR2 asked since the last call to write out what is waiting for the file of -w. */
bool signals_take_flush(void);
/* Whether the terminal has got another size since the last call. */
bool signals_take_resize(void);
/* End as a program does that knows nothing of SIGPIPE: a shell then sees 128 + SIGPIPE. */
void signals_die_of_pipe(void);

/* statistics.c: tcpdump's counts; on one line (on request) or one each (at the end). */
void statistics_print(const struct options *options, struct synfin_source *source, uint64_t frames, bool one_line);
/* "Got 12", over the same line again and again: once a second. */
void statistics_progress(uint64_t frames);

#endif
