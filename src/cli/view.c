/* SPDX-License-Identifier: BSD-3-Clause */
/* The view that was asked for: what is shown (packets, events, connections) in which form. */
#include "cli/cli.h"

#include <stdlib.h>
#include <time.h>

#include "base/error.h"
#include "cli/naming.h"
#include "views/connections.h"
#include "views/csv.h"
#include "views/ecs.h"
#include "views/events.h"
#include "views/json_connections.h"
#include "views/json_events.h"
#include "views/json_packets.h"
#include "views/mermaid.h"
#include "views/zeek.h"

typedef int open_fn(struct view *view, const struct options *options, const struct packets_options *look, struct output *out,
	struct synfin_error *error);

static void destroy_packets(void *made)
{
	packets_view_destroy(made);
}

static int open_packets(struct view *view, const struct options *options, const struct packets_options *look, struct output *out,
	struct synfin_error *error)
{
	(void)options;
	struct packets_view *made;
	int status = packets_view_create(&made, look, out, error);
	if (status == 0)
		*view = (struct view){ .sink = packets_view_sink(made), .made = made, .destroy = destroy_packets };
	return status;
}

static void destroy_json_packets(void *made)
{
	json_packets_destroy(made);
}

static int open_json_packets(struct view *view, const struct options *options, const struct packets_options *look, struct output *out,
	struct synfin_error *error)
{
	(void)options;
	struct json_packets_options how = { .line = look->line, .flush = look->flush };
	struct json_packets_view *made;
	int status = json_packets_create(&made, &how, out, error);
	if (status == 0)
		*view = (struct view){ .sink = json_packets_sink(made), .made = made, .destroy = destroy_json_packets };
	return status;
}

static int no_memory(struct synfin_error *error)
{
	return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
}

static int open_events(struct view *view, const struct options *options, const struct packets_options *look, struct output *out,
	struct synfin_error *error)
{
	(void)options;
	struct events_view *made = malloc(sizeof *made);
	if (!made)
		return no_memory(error);
	events_view_init(made, out, &look->line);
	made->colour = look->colour;
	made->flush = look->flush;
	*view = (struct view){ .sink = events_view_sink(made), .made = made, .destroy = free };
	return SYNFIN_OK;
}

static int open_json_events(struct view *view, const struct options *options, const struct packets_options *look, struct output *out,
	struct synfin_error *error)
{
	(void)options;
	struct json_events_view *made = malloc(sizeof *made);
	if (!made)
		return no_memory(error);
	*made = (struct json_events_view){ .out = out, .hosts = look->line.hosts, .flush = look->flush };
	*view = (struct view){ .sink = json_events_sink(made), .made = made, .destroy = free };
	return SYNFIN_OK;
}

static int open_csv_events(struct view *view, const struct options *options, const struct packets_options *look, struct output *out,
	struct synfin_error *error)
{
	struct csv_events_view *made = malloc(sizeof *made);
	(void)options;
	if (!made)
		return no_memory(error);
	*made = (struct csv_events_view){ .out = out, .hosts = look->line.hosts, .flush = look->flush };
	*view = (struct view){ .sink = csv_events_sink(made), .made = made, .destroy = free };
	return SYNFIN_OK;
}

static void destroy_connections(void *made)
{
	connections_view_destroy(made);
}

/* How things stand, in the place of what stood there before. */
static int refresh_connections(void *made, const struct synfin_engine *engine, bool live)
{
	struct connections_screen screen = { .rows = appearance_rows(), .columns = appearance_columns(), .now_ns = INT64_MIN };
	struct timespec now;
	/* The clock of packets that are captured now is this machine's. */
	if (live && clock_gettime(CLOCK_REALTIME, &now) == 0)
		screen.now_ns = now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
	return connections_view_show(made, engine, &screen);
}

static int open_connections(struct view *view, const struct options *options, const struct packets_options *look, struct output *out,
	struct synfin_error *error)
{
	struct connections_view *made;
	struct connections_options how = { .colour = look->colour, .names = look->names, .sort = options->sort, .top = options->top,
		.hosts = look->line.hosts };
	int status = connections_view_create(&made, &how, out, error);
	if (status == 0)
		*view = (struct view){ .sink = connections_view_sink(made), .made = made, .destroy = destroy_connections,
			.refresh = appearance_can_redraw() ? refresh_connections : NULL };
	return status;
}

static void destroy_log(void *made)
{
	connection_log_free(made);
	free(made);
}

static uint64_t log_left_out(const void *made)
{
	const struct connection_log *log = made;
	return log->ranked ? ranking_left_out(&log->ranking) : 0;
}

static int open_log(struct view *view, const struct options *options, const struct packets_options *look, struct output *out,
	struct synfin_error *error)
{
	static const struct connection_format *const formats[FORMATS] = {
		[FORMAT_JSON] = &json_connections,
		[FORMAT_CSV] = &csv_connections,
		[FORMAT_ZEEK] = &zeek_connections,
		[FORMAT_ECS] = &ecs_connections,
	};
	struct connection_log *made = malloc(sizeof *made);
	if (!made)
		return no_memory(error);
	connection_log_init(made, out, formats[options->format], options->sort, options->top);
	made->hosts = look->line.hosts;
	made->flush = look->flush;
	*view = (struct view){ .sink = connection_log_sink(made), .made = made, .destroy = destroy_log, .left_out = log_left_out };
	return SYNFIN_OK;
}

static int open_mermaid(struct view *view, const struct options *options, const struct packets_options *look, struct output *out,
	struct synfin_error *error)
{
	struct mermaid *made = malloc(sizeof *made);
	if (!made)
		return no_memory(error);
	*made = (struct mermaid){
		.out = out,
		.selection = options->selection,
		.names = look->names,
		.hosts = look->line.hosts,
		.all_packets = options->all_packets,
		.flush = look->flush,
	};
	*view = (struct view){ .sink = mermaid_sink(made), .made = made, .destroy = free };
	return SYNFIN_OK;
}

static open_fn *const makers[VIEWS][FORMATS] = {
	[VIEW_PACKETS] = { [FORMAT_TEXT] = open_packets, [FORMAT_JSON] = open_json_packets },
	[VIEW_EVENTS] = { [FORMAT_TEXT] = open_events, [FORMAT_JSON] = open_json_events, [FORMAT_CSV] = open_csv_events },
	[VIEW_CONNECTIONS] = { [FORMAT_TEXT] = open_connections, [FORMAT_JSON] = open_log, [FORMAT_CSV] = open_log, [FORMAT_ZEEK] = open_log,
		[FORMAT_ECS] = open_log },
	[VIEW_TIMELINE] = { [FORMAT_TEXT] = timeline_open, [FORMAT_MERMAID] = open_mermaid },
	[VIEW_EXPLAIN] = { [FORMAT_TEXT] = explain_open },
};
const char *const view_names[VIEWS] = {
	[VIEW_PACKETS] = "--packets",
	[VIEW_EVENTS] = "--events",
	[VIEW_CONNECTIONS] = "--connections",
	[VIEW_TIMELINE] = "--timeline",
	[VIEW_EXPLAIN] = "--explain",
};
const char *const format_names[FORMATS] = {
	[FORMAT_TEXT] = "text",
	[FORMAT_JSON] = "json",
	[FORMAT_CSV] = "csv",
	[FORMAT_ZEEK] = "zeek",
	[FORMAT_ECS] = "ecs",
	[FORMAT_MERMAID] = "mermaid",
};

bool view_goes_with(unsigned view, unsigned format)
{
	return makers[view][format];
}

/* "; --events takes text, json, csv" */
static size_t list_formats(char *list, size_t size, unsigned view)
{
	size_t used = (size_t)snprintf(list, size, "; %s takes", view_names[view]);
	const char *before = " ";
	for (unsigned format = 0; format < FORMATS && used < size; format++)
		if (makers[view][format]) {
			used += (size_t)snprintf(list + used, size - used, "%s%s", before, format_names[format]);
			before = ", ";
		}
	return used;
}

int view_refuse(const struct options *options, struct synfin_error *error)
{
	char list[400] = "";
	size_t used = 0;
	for (unsigned view = 0; view < VIEWS && used < sizeof list; view++)
		used += list_formats(list + used, sizeof list - used, view);
	return error_set(error, SYNFIN_E_ARGUMENT, NULL, "--format=%s does not go with %s%s", format_names[options->format],
		view_names[options->view], list);
}

int view_open(struct view *view, const struct options *options, const struct naming *naming, struct output *out, struct synfin_error *error)
{
	struct packets_options look;

	appearance_choose(&look, options);
	look.line.hosts = naming->hosts;
	look.line.vendors = naming->vendors;
	return makers[options->view][options->format](view, options, &look, out, error);
}

void view_close(struct view *view)
{
	if (view->destroy)
		view->destroy(view->made);
}

void view_resize(const struct view *view)
{
	unsigned columns = appearance_columns();

	if (view->resize && columns)
		view->resize(view->made, columns);
}

int view_pause(const struct view *view)
{
	return view->pause ? view->pause(view->made) : SYNFIN_OK;
}
