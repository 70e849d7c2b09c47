/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The capture loop: source -> writer, and source -> engine -> view -> output.
 *
 * Whatever is open when something fails is closed in run_close(), once. Lines that were made before a failure are written out before
 * its message.
 */
#include "cli/cli.h"

#include <errno.h>
#include <inttypes.h>
#include <unistd.h>

#include <synfin/engine.h>

#include "base/error.h"
#include "cli/open.h"
#include "decode/decode.h"

#define OUTPUT_THRESHOLD 65536

/* What frame() returns to dispatch besides 0. */
enum { FRAME_ENOUGH = SYNFIN_SOURCE_LAST + 1, FRAME_FAILED };

struct run {
	const struct options *options;
	struct synfin_source *source;
	struct synfin_writer *writer;
	struct synfin_engine *engine;
	struct view view;
	struct output out;
	struct output_file file;
	char *filter;
	uint64_t frames;
	bool prints;            /* packet lines are made */
	int status;             /* of what failed in frame() */
	struct synfin_error error;
};

static int frame(void *context, const struct synfin_frame *frame)
{
	struct run *run = context;
	const struct options *options = run->options;

	run->frames++;
	if (run->writer) {
		run->status = synfin_writer_frame(run->writer, frame, &run->error);
		if (run->status == 0 && (options->packet_buffered || options->line_buffered))
			run->status = synfin_writer_flush(run->writer, &run->error);
	}
	if (run->status == 0 && run->engine) {
		run->status = synfin_engine_feed(run->engine, frame);
		if (run->status < 0)
			error_set(&run->error, run->status, NULL, "%s", synfin_status_text(run->status));
	}
	if (run->status < 0)
		return FRAME_FAILED;
	if (signals_take_statistics())
		statistics_print(options, run->source, run->frames, true);
	return run->frames == options->count ? FRAME_ENOUGH : 0;
}

/* A live capture and a pipe must show a packet when it comes; a file may be read in large pieces. */
static bool prompt(const struct run *run)
{
	return synfin_source_is_live(run->source) || strcmp(run->options->read_file, "-") == 0;
}

/* Until the packets end. 0, or the status of what failed with run->error filled. */
static int loop(struct run *run)
{
	bool drain = prompt(run);
	int got;
	do {
		got = synfin_source_dispatch(run->source, frame, run, &run->error);
		if (got >= 0 && drain && output_drain(&run->out) < 0)
			return error_set(&run->error, run->out.status, NULL, "%s", synfin_status_text(run->out.status));
		if (signals_take_statistics())
			statistics_print(run->options, run->source, run->frames, true);
	} while (got == SYNFIN_SOURCE_MORE);
	if (got == FRAME_FAILED)
		return run->status;
	if (got < 0) {
		char text[sizeof run->error.text];
		memcpy(text, run->error.text, sizeof text);
		return error_set(&run->error, got, NULL, "pcap_loop: %.500s", text);
	}
	return SYNFIN_OK;
}

static int make_view(struct run *run)
{
	const struct options *options = run->options;
	struct synfin_engine_options tracking = {
		.max_connections = options->max_connections,
		.time_wait_s = options->time_wait_s,
		.idle_s = options->idle_s,
		.vlan_blind = options->vlan_blind,
		.no_tracking = options->plain,
	};

	if (!decode_knows_link(synfin_source_link_type(run->source))) {
		const char *name = synfin_source_link_name(run->source);
		char number[24];
		snprintf(number, sizeof number, "%u", (unsigned)synfin_source_link_type(run->source));
		return error_set(&run->error, SYNFIN_E_LINK_TYPE, NULL,
			"packet printing is not supported for link type %s: use -w", name ? name : number);
	}
	int status = view_open(&run->view, options, &run->out, &run->error);
	if (status == 0)
		status = synfin_engine_create(&run->engine, &tracking, &run->error);
	if (status < 0)
		return status;
	status = synfin_engine_add_sink(run->engine, &run->view.sink);
	return status < 0 ? error_set(&run->error, status, NULL, "%s", synfin_status_text(status)) : SYNFIN_OK;
}

static int prepare(struct run *run)
{
	const struct options *options = run->options;
	int status = synfin_source_filter(run->source, run->filter, !options->no_optimize, &run->error);
	run->prints = !options->count_only && (!options->write_file || options->print);
	if (status == 0 && run->prints)
		status = make_view(run);
	if (status == 0 && options->write_file)
		status = synfin_writer_open(&run->writer, run->source, options->write_file, &run->error);
	return status;
}

/* What is left to do when the packets have ended, well or not: `status` is how. Returns it, or the first failure here. */
static int finish(struct run *run, int status)
{
	struct synfin_engine_statistics counts = { .frames = 0 };
	if (run->engine && status != SYNFIN_E_PIPE) {
		int ended = synfin_engine_finish(run->engine);
		if (status == 0 && ended < 0)
			status = error_set(&run->error, ended, NULL, "%s", synfin_status_text(ended));
		synfin_engine_statistics(run->engine, &counts);
	}
	if (signals_interrupted() && run->prints && run->options->plain)
		output_char(&run->out, '\n'); /* as tcpdump does */
	if (output_drain(&run->out) < 0 && status == 0)
		status = error_set(&run->error, run->out.status, NULL, "%s", synfin_status_text(run->out.status));
	if (run->options->count_only && status == 0)
		printf("%" PRIu64 " packet%s\n", run->frames, plural(run->frames));
	if (run->writer) {
		struct synfin_error closing;
		int closed = synfin_writer_close(run->writer, &closing);
		run->writer = NULL;
		if (status == 0 && closed < 0) {
			run->error = closing;
			status = closed;
		}
	}
	/* After "^C", which the terminal echoed. */
	if (signals_interrupted() && !run->options->plain && isatty(STDERR_FILENO))
		fputc('\n', stderr);
	if (counts.evicted)
		message(run->options, "%" PRIu64 " connection%s given up to make room for others; --max-connections allows more", counts.evicted,
			plural(counts.evicted));
	return status;
}

static int run_close(struct run *run, int status)
{
	struct synfin_error ignored;
	signals_remove();
	if (run->writer)
		(void)synfin_writer_close(run->writer, &ignored);
	synfin_engine_destroy(run->engine);
	view_close(&run->view);
	if (run->source)
		synfin_source_close(run->source);
	output_free(&run->out);
	free(run->filter);
	return status;
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

static int print_filter(struct run *run)
{
	const struct options *options = run->options;
	struct synfin_filter_options how = {
		.link_type = options->link_type,
		.snapshot_length = options->snapshot_length,
		.no_optimize = options->no_optimize,
		.style = (int)options->dump_code,
	};
	if (!run->source && !options->link_type)
		fprintf(stderr, "Warning: assuming Ethernet\n");
	return synfin_filter_print(run->source, run->filter, &how, stdout, &run->error);
}

int run_packets(const struct options *options)
{
	struct run run = { .options = options, .file = { .descriptor = STDOUT_FILENO } };
	int status;

	output_init(&run.out, output_to_file, &run.file, OUTPUT_THRESHOLD);
	/* tcpdump -d without a source compiles for Ethernet, or what -y says. */
	bool sourceless = options->dump_code && !options->read_file && !options->interface;
	status = sourceless ? SYNFIN_OK : open_source(&run.source, options, &run.error);
	if (status == 0 && options->list_link_types && run.source && synfin_source_is_live(run.source))
		return run_close(&run, interfaces_link_types(options, run.source));
	if (status == 0)
		status = filter_text(options, &run.filter, &run.error);
	if (status == 0 && options->dump_code)
		status = print_filter(&run);
	else if (status == 0)
		status = prepare(&run);
	if (status < 0 || options->dump_code)
		return run_close(&run, report(&run, status));
	signals_install(run.source);
	bool live = synfin_source_is_live(run.source);
	if (live)
		announce_listening(run.source, options);
	status = finish(&run, loop(&run));
	int exit_status = report(&run, status);
	if (live)
		statistics_print(options, run.source, run.frames, false);
	return run_close(&run, exit_status);
}
