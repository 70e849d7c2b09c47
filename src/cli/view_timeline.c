/* SPDX-License-Identifier: BSD-3-Clause */
/* The timeline, as the options and the terminal want it. */
#include "cli/cli.h"

#include "views/timeline.h"

static void destroy(void *made)
{
	timeline_destroy(made);
}

static int pause_view(void *made)
{
	return timeline_pause(made);
}

static void resize(void *made, unsigned columns)
{
	timeline_resize(made, columns);
}

int timeline_open(struct view *view, const struct options *options, const struct packets_options *look, struct output *out,
	struct synfin_error *error)
{
	struct timeline *made;
	struct timeline_options how = {
		.width = options->width ? options->width : appearance_columns(),
		.unicode = look->unicode,
		.colour = look->colour,
		.all_packets = options->all_packets,
		.flush = look->flush,
		.names = look->names,
		.time_wait_s = options->time_wait_s,
		.selection = options->selection,
		.hosts = look->line.hosts,
	};
	int status = timeline_create(&made, &how, out, error);
	if (status == 0)
		*view = (struct view){ .sink = timeline_sink(made), .made = made, .destroy = destroy, .pause = pause_view,
			.resize = options->width ? NULL : resize };
	return status;
}
