/* SPDX-License-Identifier: BSD-3-Clause */
/* The view that was asked for: what is shown (packets, events, connections) in which form. */
#include "cli/cli.h"

#include <stdlib.h>

#include "base/error.h"
#include "views/connections.h"
#include "views/events.h"
#include "views/json_connections.h"
#include "views/json_events.h"
#include "views/json_packets.h"

typedef int open_fn(struct view *view, const struct packets_options *look, struct output *out, struct synfin_error *error);

static void destroy_packets(void *made)
{
	packets_view_destroy(made);
}

static int open_packets(struct view *view, const struct packets_options *look, struct output *out, struct synfin_error *error)
{
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

static int open_json_packets(struct view *view, const struct packets_options *look, struct output *out, struct synfin_error *error)
{
	struct json_packets_options options = { .line = look->line, .flush = look->flush };
	struct json_packets_view *made;
	int status = json_packets_create(&made, &options, out, error);
	if (status == 0)
		*view = (struct view){ .sink = json_packets_sink(made), .made = made, .destroy = destroy_json_packets };
	return status;
}

static int no_memory(struct synfin_error *error)
{
	return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
}

static int open_events(struct view *view, const struct packets_options *look, struct output *out, struct synfin_error *error)
{
	struct events_view *made = malloc(sizeof *made);
	if (!made)
		return no_memory(error);
	events_view_init(made, out, &look->line);
	made->colour = look->colour;
	made->flush = look->flush;
	*view = (struct view){ .sink = events_view_sink(made), .made = made, .destroy = free };
	return SYNFIN_OK;
}

static int open_json_events(struct view *view, const struct packets_options *look, struct output *out, struct synfin_error *error)
{
	struct json_events_view *made = malloc(sizeof *made);
	if (!made)
		return no_memory(error);
	*made = (struct json_events_view){ .out = out, .flush = look->flush };
	*view = (struct view){ .sink = json_events_sink(made), .made = made, .destroy = free };
	return SYNFIN_OK;
}

static void destroy_connections(void *made)
{
	connections_view_destroy(made);
}

static int open_connections(struct view *view, const struct packets_options *look, struct output *out, struct synfin_error *error)
{
	struct connections_view *made;
	int status = connections_view_create(&made, out, look->colour, error);
	if (status == 0)
		*view = (struct view){ .sink = connections_view_sink(made), .made = made, .destroy = destroy_connections };
	return status;
}

static int open_json_connections(struct view *view, const struct packets_options *look, struct output *out, struct synfin_error *error)
{
	struct json_connections_view *made = malloc(sizeof *made);
	if (!made)
		return no_memory(error);
	*made = (struct json_connections_view){ .out = out, .flush = look->flush };
	*view = (struct view){ .sink = json_connections_sink(made), .made = made, .destroy = free };
	return SYNFIN_OK;
}

int view_open(struct view *view, const struct options *options, struct output *out, struct synfin_error *error)
{
	static open_fn *const makers[][2] = {
		[VIEW_PACKETS] = { [FORMAT_TEXT] = open_packets, [FORMAT_JSON] = open_json_packets },
		[VIEW_EVENTS] = { [FORMAT_TEXT] = open_events, [FORMAT_JSON] = open_json_events },
		[VIEW_CONNECTIONS] = { [FORMAT_TEXT] = open_connections, [FORMAT_JSON] = open_json_connections },
	};
	struct packets_options look;

	if (options->view == VIEW_EXPLAIN)
		return explain_open(view, options, out, error);
	if (options->view == VIEW_TIMELINE)
		return timeline_open(view, options, out, error);
	appearance_choose(&look, options);
	return makers[options->view][options->format](view, &look, out, error);
}

void view_close(struct view *view)
{
	if (view->destroy)
		view->destroy(view->made);
}

int view_pause(const struct view *view)
{
	return view->pause ? view->pause(view->made) : SYNFIN_OK;
}
