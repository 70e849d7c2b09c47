/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/analysis.h"

#include <time.h>

#include "base/error.h"
#include "cli/progress.h"
#include "views/ranking.h"
#include "views/text.h"

#define REFRESH_NS INT64_C(1000000000)

static int add_sink(struct analysis *analysis, const struct synfin_sink *sink, struct synfin_error *error)
{
	int status = synfin_engine_add_sink(analysis->engine, sink);
	return status < 0 ? error_set(error, status, NULL, "%s", synfin_status_text(status)) : SYNFIN_OK;
}

static int add_expect(struct analysis *analysis, const struct options *options, struct synfin_error *error)
{
	int status = expect_create(&analysis->expect, options->expect, error);
	if (status < 0)
		return status;
	struct synfin_sink sink = expect_sink(analysis->expect);
	return add_sink(analysis, &sink, error);
}

static int watch_packet(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct analysis_watch *watch = self;
	(void)packet;
	watch->events = 0;
	watch->connection = observation->connection ? observation->connection->id : 0;
	return SYNFIN_OK;
}

static int watch_event(void *self, const struct synfin_event *event, const struct synfin_connection *connection)
{
	struct analysis_watch *watch = self;
	(void)connection;
	if (event->connection == watch->connection)
		watch->events |= UINT64_C(1) << event->kind;
	return SYNFIN_OK;
}

static int watch_packet_end(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct analysis_watch *watch = self;
	(void)packet;
	if (!watch->matched && observation->connection)
		watch->matched = selection_has_packet(watch->selection, observation, watch->events);
	return SYNFIN_OK;
}

static int add_watch(struct analysis *analysis, const struct options *options, struct synfin_error *error)
{
	analysis->watch.selection = &options->selection;
	struct synfin_sink sink = { .self = &analysis->watch, .packet = watch_packet, .event = watch_event, .packet_end = watch_packet_end };
	return add_sink(analysis, &sink, error);
}

bool analysis_selected(const struct analysis *analysis)
{
	return !analysis->watch.selection || analysis->watch.matched;
}

/* Only people wonder; and of checksums only those who are shown whether they are right. */
static int add_artefacts(struct analysis *analysis, const struct options *options, struct synfin_error *error)
{
	bool lines = options->view == VIEW_PACKETS || options->view == VIEW_EXPLAIN;
	analysis->artefacts.checksums = lines && !options->no_checksums && (options->verbose || options->format == FORMAT_JSON);
	analysis->artefacts.merged = options->merge_copies;
	analysis->artefacts.vlan_blind = options->vlan_blind || options->merge_copies;
	struct synfin_sink sink = artefacts_sink(&analysis->artefacts);
	return add_sink(analysis, &sink, error);
}

static struct synfin_engine_options tracking_of(const struct options *options)
{
	return (struct synfin_engine_options){
		.max_connections = options->max_connections,
		.time_wait_s = options->time_wait_s,
		.idle_s = options->idle_s,
		.vlan_blind = options->vlan_blind,
		.merge_copies = options->merge_copies,
		.no_tracking = options->plain,
	};
}

int analysis_prepare(struct analysis *analysis, const struct options *options, const char *filter, struct synfin_error *error)
{
	struct synfin_engine_options tracking = tracking_of(options);
	int status = chosen_create(&analysis->chosen, options->select, options->annotate, error);
	if (status < 0)
		return status;
	if (survey_is_possible(options)) {
		analysis->surveyed = true;
		return survey_open(&analysis->survey, analysis->chosen, options, &tracking, filter, error);
	}
	/* A view would have to wait for the end of each connection, and then show it as a whole. */
	if (options->select && (!options->write_file || options->print))
		return error_set(error, SYNFIN_E_ARGUMENT, "--select", "%s",
			T("--select shows connections of regular files, which it reads twice; without them it can only save, by -w"));
	return SYNFIN_OK;
}

int analysis_survey(struct analysis *analysis, struct synfin_error *error)
{
	int status = analysis->surveyed ? survey_read(&analysis->survey, error) : SYNFIN_OK;
	survey_close(&analysis->survey);
	return status;
}

/* The view sees what is selected. */
static int add_view(struct analysis *analysis, const struct options *options, struct synfin_error *error)
{
	if (!options->select)
		return add_sink(analysis, &analysis->view.sink, error);
	analysis->chosen_view = (struct chosen_view){ analysis->chosen, analysis->view.sink };
	struct synfin_sink sink = chosen_view_sink(&analysis->chosen_view);
	return add_sink(analysis, &sink, error);
}

static int add_keep(struct analysis *analysis, const struct options *options, struct synfin_error *error)
{
	int status = keep_open(&analysis->keep, options, analysis->chosen, analysis->surveyed, error);
	if (status < 0)
		return status;
	struct synfin_sink sink = keep_sink(&analysis->keep);
	return add_sink(analysis, &sink, error);
}

/* Names are learned from a packet before it is shown. */
static int add_names(struct analysis *analysis, struct naming *naming, struct synfin_error *error)
{
	int status = naming_listen(naming, analysis->engine);
	return status < 0 ? error_set(error, status, NULL, "%s", synfin_status_text(status)) : SYNFIN_OK;
}

int analysis_open(struct analysis *analysis, const struct options *options, struct naming *naming, bool prints, struct output *out,
	struct synfin_error *error)
{
	struct synfin_engine_options tracking = tracking_of(options);
	analysis->out = out;
	int status = prints ? view_open(&analysis->view, options, naming, out, error) : SYNFIN_OK;
	if (status == 0)
		status = synfin_engine_create(&analysis->engine, &tracking, error);
	if (status == 0 && prints)
		status = add_names(analysis, naming, error);
	if (status == 0 && prints)
		status = add_view(analysis, options, error);
	if (status == 0 && keep_is_due(options))
		status = add_keep(analysis, options, error);
	if (status == 0 && prints && !selection_is_all(&options->selection))
		status = add_watch(analysis, options, error);
	if (status == 0 && prints && !options->quiet && !options->plain)
		status = add_artefacts(analysis, options, error);
	if (status == 0 && options->expect)
		status = add_expect(analysis, options, error);
	return status;
}

int analysis_finish(struct analysis *analysis, struct synfin_error *error)
{
	/* What was shown gives way to the whole. */
	if (analysis->refreshed_ns)
		output_text(analysis->out, "\033[H\033[J");
	int status = synfin_engine_finish(analysis->engine);
	return status < 0 ? error_set(error, status, NULL, "%s", synfin_status_text(status)) : SYNFIN_OK;
}

static void report_artefacts(struct analysis *analysis, const struct options *options, uint64_t copies)
{
	struct output lines;
	if (!analysis->view.made || options->quiet || options->plain)
		return;
	analysis->artefacts.copies = copies;
	output_init(&lines, NULL, NULL, 0);
	artefacts_put(&analysis->artefacts, &lines);
	for (const char *line = lines.start; line && line < lines.pos; line += strlen(line) + 1)
		message(options, "%s", line);
	output_free(&lines);
}

void analysis_report(struct analysis *analysis, const struct options *options)
{
	struct synfin_engine_statistics counts;
	uint64_t left_out = analysis->view.left_out ? analysis->view.left_out(analysis->view.made) : 0;

	synfin_engine_statistics(analysis->engine, &counts);
	if (counts.evicted)
		message(options, T("connections given up to make room for others: %llu; --max-connections allows more"),
			(unsigned long long)counts.evicted);
	if (counts.untracked)
		message(options, T("packets not tracked, because there was no room beside established connections, or no memory: %llu; --max-connections allows more"),
			(unsigned long long)counts.untracked);
	keep_report(&analysis->keep);
	if (analysis->surveyed) {
		struct chosen_counts chosen;
		chosen_counts(analysis->chosen, &chosen);
		if (counts.connections > chosen.seen)
			message(options, T("%llu connections were not there when it was read for the first time, and are left out"),
				(unsigned long long)(counts.connections - chosen.seen));
	}
	if (left_out && !options->top)
		message(options, T("connections left out: %llu; without --top=N no more than %u are sorted"), (unsigned long long)left_out,
			(unsigned)RANKING_KEEP);
	report_artefacts(analysis, options, counts.copies);
}

bool analysis_chose(const struct analysis *analysis)
{
	struct chosen_counts chosen = { .chosen = analysis->keep.written };
	if (analysis->surveyed)
		chosen_counts(analysis->chosen, &chosen);
	return chosen.chosen > 0;
}

uint64_t analysis_connections(const struct analysis *analysis)
{
	struct synfin_engine_statistics counts = { .connections = 0 };
	if (analysis->engine)
		synfin_engine_statistics(analysis->engine, &counts);
	return counts.connections;
}

int analysis_silence(struct analysis *analysis)
{
	struct timespec now;

	/* The clock of packets that are captured now is this machine's. What came in the last second may still be on its way here. */
	if (!analysis->engine || clock_gettime(CLOCK_REALTIME, &now) != 0)
		return SYNFIN_OK;
	return synfin_engine_advance(analysis->engine, (now.tv_sec - 1) * INT64_C(1000000000) + now.tv_nsec);
}

int analysis_refresh(struct analysis *analysis, bool live)
{
	int64_t now = progress_clock();
	if (!analysis->view.refresh || (analysis->refreshed_ns && now - analysis->refreshed_ns < REFRESH_NS))
		return SYNFIN_OK;
	analysis->refreshed_ns = now;
	return analysis->view.refresh(analysis->view.made, analysis->engine, live);
}

struct asked {
	const struct options *options;
};

static void say_unmet(void *context, const char *term, int length, uint64_t counted)
{
	const struct asked *asked = context;
	message(asked->options, T("not met: %.*s (counted %llu)"), length, term, (unsigned long long)counted);
}

int analysis_judge(const struct analysis *analysis, const struct options *options)
{
	struct asked asked = { options };
	return analysis->expect && expect_judge(analysis->expect, say_unmet, &asked) ? EXIT_UNMET : 0;
}

void analysis_close(struct analysis *analysis)
{
	synfin_engine_destroy(analysis->engine);
	view_close(&analysis->view);
	expect_destroy(analysis->expect);
	survey_close(&analysis->survey);
	keep_close(&analysis->keep);
	chosen_destroy(analysis->chosen);
}
