/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The capture loop: source -> writer, and source -> engine -> view -> output. With -V one source after the other, as if their packets
 * stood in one file.
 *
 * Whatever is open when something fails is closed in run_close(), once. Lines that were made before a failure are written out before
 * its message.
 */
#include "cli/cli.h"

#include <errno.h>
#include <inttypes.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "cli/analysis.h"
#include "cli/confine.h"
#include "cli/ending.h"
#include "cli/file_list.h"
#include "cli/handover.h"
#include "cli/limits.h"
#include "cli/naming.h"
#include "cli/open.h"
#include "cli/privileges.h"
#include "cli/progress.h"
#include "cli/save.h"

#define OUTPUT_THRESHOLD 65536

/* What frames() returns to dispatch besides 0. */
enum { FRAME_ENOUGH = SYNFIN_SOURCE_LAST + 1, FRAME_FAILED };

struct run {
	const struct options *options;
	struct synfin_source *source;
	struct save save;
	struct file_list list;
	struct naming naming;
	struct analysis analysis;
	struct progress progress;
	struct limits limits;
	struct handover handover;
	struct output out;
	struct output_file file;
	char *filter;
	struct synfin_source_rejected rejected; /* by the filter, of sources before the current one */
	uint64_t frames;
	uint64_t frames_then;   /* between the batches before */
	bool read_failed;       /* what failed was reading the source */
	bool any_failed;        /* ... of this file or one before */
	bool full;              /* no more files may be written (-G with -W) */
	bool microseconds_raw;  /* see frames_as_tcpdump() */
	int status;             /* of what failed in frames() */
	struct synfin_error error;
};

/*
 * tcpdump reads the second and further files of -V to the microsecond, but with --nano it still takes and prints fractions as nanoseconds.
 * The frames, or the copies in *room.
 */
static const struct synfin_frame *frames_as_tcpdump(const struct run *run, const struct synfin_frame *frames, unsigned count, struct synfin_frame *room)
{
	if (!run->microseconds_raw)
		return frames;
	for (unsigned i = 0; i < count; i++) {
		room[i] = frames[i];
		room[i].nanoseconds = true;
	}
	return room;
}

/* Save a frame. 0, SAVE_ENOUGH, or a negative status: also where the reader of -w - went away, for then something is lost. */
static int save(struct run *run, const struct save_item *item)
{
	int status = save_frame(&run->save, run->source, item, save_clock(run->options, item->frame), &run->error);
	limits_saved(&run->limits, save_total(&run->save));
	run->full |= status == SAVE_ENOUGH;
	return status == SYNFIN_E_PIPE ? SYNFIN_E_IO : status;
}

static int analyze(struct run *run, const struct synfin_frame *frames, unsigned count)
{
	run->frames += count;
	/* Before what comes now is drawn. */
	if (signals_take_resize())
		view_resize(&run->analysis.view);
	run->status = run->analysis.engine ? synfin_engine_feed_frames(run->analysis.engine, frames, count) : SYNFIN_OK;
	/* Of what could not be saved it has been told. */
	if (run->status < 0 && run->analysis.keep.status >= 0)
		error_set(&run->error, run->status, NULL, "%s", synfin_status_text(run->status));
	if (run->status < 0)
		return FRAME_FAILED;
	if (synfin_source_is_live(run->source) && signals_take_statistics())
		statistics_print(run->options, run->source, run->frames, true);
	return 0;
}

/* keep_write_fn: a frame of which the engine has told everything. */
static int save_kept(void *context, const struct save_item *item)
{
	return save(context, item);
}

/* A frame of which it depends on the engine whether it is saved, and with which comments. */
static int analyze_and_save(struct run *run, const struct synfin_frame *frame)
{
	struct keep *keep = &run->analysis.keep;
	keep_feed(keep, frame);
	int result = analyze(run, frame, 1);
	int kept = keep_fed(keep);
	if (kept < 0)
		run->status = kept;
	return kept == SAVE_ENOUGH ? FRAME_ENOUGH : kept < 0 ? FRAME_FAILED : result;
}

/* A frame that cannot be saved, or has no room any more, is not shown either. */
static int save_and_analyze(struct run *run, const struct synfin_frame *frame)
{
	if (keep_is_due(run->options))
		return analyze_and_save(run, frame);
	run->status = save(run, &(struct save_item){ .frame = frame });
	if (run->status == SYNFIN_OK)
		return analyze(run, frame, 1);
	run->frames++;
	return run->status == SAVE_ENOUGH ? FRAME_ENOUGH : FRAME_FAILED;
}

static int frames(void *context, const struct synfin_frame *found, unsigned count)
{
	struct run *run = context;
	struct synfin_frame room[SYNFIN_FRAMES_MAX];
	const struct synfin_frame *frames = frames_as_tcpdump(run, found, count, room);
	int result = 0;

	count = limits_take(&run->limits, frames, count);
	if (!run->save.options && count > 0)
		result = analyze(run, frames, count);
	for (unsigned i = 0; run->save.options && i < count && result == 0; i++) {
		result = save_and_analyze(run, &frames[i]);
		if (result == 0 && run->limits.saved_enough)
			result = FRAME_ENOUGH;
	}
	return result == 0 && limits_reached(&run->limits) ? FRAME_ENOUGH : result;
}

static int one_frame(void *context, const struct synfin_frame *frame)
{
	return frames(context, frame, 1);
}

/* A live capture and a pipe must show a packet when it comes; a file may be read in large pieces. */
static bool prompt(const struct run *run)
{
	return synfin_source_is_live(run->source) || strcmp(synfin_source_name(run->source), "-") == 0;
}

/* A period of -G may be over while no packet comes. 0, or a negative status. */
static int look_at_the_clock(struct run *run)
{
	if (!synfin_source_is_live(run->source) || run->options->plain || run->full)
		return SYNFIN_OK;
	int status = save_period(&run->save, run->source, time(NULL), &run->error);
	run->full |= status == SAVE_ENOUGH;
	return status < 0 ? status : SYNFIN_OK;
}

/* What is due between batches. */
static int between_batches(struct run *run)
{
	const struct options *options = run->options;
	resolver_step(run->naming.resolver);
	progress_update(&run->progress, run->source, run->frames, analysis_connections(&run->analysis));
	bool live = synfin_source_is_live(run->source);
	int status = live && run->frames == run->frames_then ? analysis_silence(&run->analysis) : SYNFIN_OK;
	run->frames_then = run->frames;
	if (status == 0 && prompt(run))
		status = analysis_refresh(&run->analysis, live);
	if (status < 0)
		return error_set(&run->error, status, NULL, "%s", synfin_status_text(status));
	if (prompt(run))
		(void)view_pause(&run->analysis.view); /* its status is the output's */
	if (prompt(run) && output_drain(&run->out) < 0)
		return error_set(&run->error, run->out.status, NULL, "%s", synfin_status_text(run->out.status));
	if (signals_take_statistics()) {
		progress_clear(&run->progress);
		statistics_print(options, run->source, run->frames, true);
	}
	if (options->verbose && options->write_file && !options->print && synfin_source_is_live(run->source))
		statistics_progress(run->frames);
	status = look_at_the_clock(run);
	return status == 0 && signals_take_flush() ? save_flush(&run->save, &run->error) : status;
}

/* It is not the source that ends: nothing more is wanted, though no frame told so. */
static bool is_over(const struct run *run)
{
	return run->full || limits_time_is_over(&run->limits);
}

/* Until the source ends. 0, or the status of what failed with run->error filled. */
static int loop(struct run *run)
{
	int got;
	limits_source(&run->limits);
	run->read_failed = false;
	progress_begin(&run->progress, run->options, run->analysis.view.made, run->frames);
	do {
		got = synfin_source_dispatch_frames(run->source, frames, run, &run->error);
		int status = got >= 0 ? between_batches(run) : SYNFIN_OK;
		if (status < 0) {
			progress_clear(&run->progress);
			return status;
		}
	} while (got == SYNFIN_SOURCE_MORE && !is_over(run));
	/* What came before the signal, or before the time was over, was captured: it only has not been handed over yet. */
	bool time_is_over = got == SYNFIN_SOURCE_MORE && !run->full;
	if (time_is_over || (got == SYNFIN_SOURCE_END && signals_interrupted()))
		got = synfin_source_drain(run->source, time_is_over ? signals_clock() : signals_interrupted_at(), one_frame, run, &run->error);
	progress_clear(&run->progress);
	if (got == FRAME_FAILED)
		return run->status;
	if (got < 0) {
		char text[sizeof run->error.text];
		memcpy(text, run->error.text, sizeof text);
		run->read_failed = run->any_failed = true;
		/* Of several files that are merged, the one that failed. */
		const char *where = run->error.where[0] ? run->error.where : synfin_source_name(run->source);
		return error_set(&run->error, got, NULL, "%s: %.500s", run->options->plain ? "pcap_loop" : where, text);
	}
	return SYNFIN_OK;
}

/* Whether the next source's frames can go where this one's went, and its filter. */
static int prepare_next(struct run *run, struct synfin_source *next)
{
	if (run->save.options && !save_is_pcapng(run->options) && synfin_source_link_type(next) != synfin_source_link_type(run->source))
		return error_set(&run->error, SYNFIN_E_LINK_TYPE, NULL, "%s: new dlt does not match original", synfin_source_name(next));
	int status = run->analysis.engine ? open_check_link(next, &run->error) : SYNFIN_OK;
	return status < 0 ? status : synfin_source_filter(next, run->filter, !run->options->no_optimize, &run->error);
}

/* Go on with the next file of -V. */
static int next_source(struct run *run, const char *path)
{
	struct synfin_source *next = NULL;
	int status = open_next_file(&next, run->options, path, &run->error);
	if (status < 0)
		return signals_interrupted() ? SYNFIN_OK : status;
	status = prepare_next(run, next);
	if (status < 0) {
		synfin_source_close(next);
		return status;
	}
	if (!run->options->quiet)
		announce_reading(next);
	run->microseconds_raw = run->options->plain && run->options->nanoseconds;
	signals_watch(next);
	naming_source(&run->naming, next);
	ending_add_rejected(&run->rejected, run->source);
	save_source(&run->save, next);
	synfin_source_close(run->source);
	run->source = next;
	return SYNFIN_OK;
}

/* All sources. Returns, as tcpdump exits, how the last one ended. */
static int read_sources(struct run *run)
{
	for (;;) {
		int status = loop(run);
		bool goes_on = (status == SYNFIN_OK || run->read_failed) && !run->full && !run->limits.over && !signals_interrupted();
		const char *path = goes_on ? file_list_next(&run->list) : NULL;
		if (!path)
			return status;
		(void)output_drain(&run->out);
		if (status < 0)
			message(run->options, "%s", run->error.text);
		status = next_source(run, path);
		if (status < 0) {
			run->read_failed = false;
			return status;
		}
	}
}

static int prepare(struct run *run)
{
	const struct options *options = run->options;
	int status = filter_apply(run->source, options, run->filter, &run->error);
	bool prints = options->write_file ? options->print : !options->count_only;
	bool analyzes = prints || options->expect || keep_is_due(options);
	if (status == 0 && analyzes)
		status = open_check_link(run->source, &run->error);
	if (status == 0 && (options->select || options->annotate))
		status = analysis_prepare(&run->analysis, options, run->filter, &run->error);
	if (status == 0)
		status = naming_open(&run->naming, options, run->filter, &run->error);
	if (status == 0)
		naming_source(&run->naming, run->source);
	if (status == 0 && analyzes)
		status = analysis_open(&run->analysis, options, &run->naming, prints, &run->out, &run->error);
	run->analysis.keep.write = save_kept;
	run->analysis.keep.context = run;
	if (status == 0)
		status = confine(options, run->source, &run->save, &run->error);
	if (status == 0)
		status = analysis_survey(&run->analysis, &run->error);
	signals_watch(run->source);
	return status == SYNFIN_E_PIPE ? SYNFIN_E_IO : status;
}

static bool not_interrupted(void)
{
	return !signals_interrupted();
}

/* What is left to do when the packets have ended, well or not: `status` is how. Returns it, or the first failure here. */
static int finish(struct run *run, int status)
{
	struct synfin_error closing;
	bool analyzed = run->analysis.engine && status != SYNFIN_E_PIPE;
	/* After "^C", which the terminal echoed, and before the lines that only the end brings. */
	if (signals_interrupted() && !run->options->plain && isatty(STDERR_FILENO))
		fputc('\n', stderr);
	if (analyzed && run->options->resolve_wait_ms && !signals_interrupted())
		resolver_wait(run->naming.resolver, run->options->resolve_wait_ms, not_interrupted);
	int ended = analyzed ? analysis_finish(&run->analysis, &closing) : SYNFIN_OK;
	if (status == 0 && ended < 0 && run->analysis.keep.status >= 0)
		run->error = closing;
	if (status == 0 && ended < 0)
		status = ended;
	if (signals_interrupted() && !run->options->write_file && run->options->plain)
		output_char(&run->out, '\n'); /* as tcpdump does */
	if (output_drain(&run->out) < 0 && status == 0)
		status = error_set(&run->error, run->out.status, NULL, "%s", synfin_status_text(run->out.status));
	if (run->options->count_only && !synfin_source_is_live(run->source) && (status == 0 || run->read_failed))
		printf("%" PRIu64 " packet%s\n", run->frames, plural(run->frames));
	save_statistics(&run->save, run->source);
	int closed = save_close(&run->save, &closing);
	if (status == 0 && closed < 0) {
		run->error = closing;
		status = closed == SYNFIN_E_PIPE ? SYNFIN_E_IO : closed;
	}
	if (analyzed)
		analysis_report(&run->analysis, run->options);
	return status;
}

static int run_close(struct run *run, int status)
{
	signals_remove();
	save_destroy(&run->save);
	analysis_close(&run->analysis);
	naming_close(&run->naming);
	if (run->source)
		synfin_source_close(run->source);
	output_free(&run->out);
	file_list_close(&run->list);
	free(run->filter);
	uint32_t failed = handover_end(&run->handover);
	return failed && status == 0 ? EXIT_RUN_TIME : status;
}

/* Say what failed, unless only the reader went away. The exit status, or SYNFIN_E_PIPE. */
static int report(const struct run *run, int status)
{
	if (status >= 0)
		return output_finish_stdout(run->options);
	if (status == SYNFIN_E_PIPE)
		return status;
	if (run->file.failure)
		message(run->options, "Unable to write output: %s", strerror(run->file.failure));
	else
		message(run->options, "%s", run->error.text);
	return EXIT_RUN_TIME;
}

int run_packets(const struct options *options)
{
	struct run run = { .options = options, .file = { .descriptor = STDOUT_FILENO } };

	output_init(&run.out, output_to_file, &run.file, OUTPUT_THRESHOLD);
	run.save.handover = &run.handover;
	int status = handover_begin(&run.handover, options, &run.error);
	if (status == 0)
		status = open_first(&run.source, &run.list, options, &run.error);
	if (status == 0 && options->list_link_types && run.source && synfin_source_is_live(run.source))
		return run_close(&run, interfaces_link_types(options, run.source));
	if (status == 0)
		status = filter_text(options, &run.filter, &run.error);
	if (status == 0 && options->dump_code) {
		status = filter_dump(options, run.source, run.filter, &run.error);
	} else if (status == 0) {
		/* Before files are opened: a pipe without a reader is then an error with a message. */
		signals_install(run.source);
		status = prepare(&run);
	}
	if (status < 0 || options->dump_code)
		return run_close(&run, report(&run, status));
	if (synfin_source_is_live(run.source))
		announce_listening(run.source, options);
	limits_begin(&run.limits, options, synfin_source_is_live(run.source));
	status = finish(&run, read_sources(&run));
	struct ending ending = {
		.options = options,
		.source = run.source,
		.analysis = &run.analysis,
		.frames = run.frames,
		.filter = run.filter && *run.filter ? run.filter : NULL,
		.rejected = run.rejected,
		.status = report(&run, status),
	};
	/* tcpdump forgets about the files before the last. */
	if (ending.status == 0 && run.any_failed && !options->plain)
		ending.status = EXIT_RUN_TIME;
	return run_close(&run, ending_report(&ending));
}
