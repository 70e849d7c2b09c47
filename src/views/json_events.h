/* SPDX-License-Identifier: BSD-3-Clause */
/* Events as JSON: one record for each, in the order in which they were found. synfin-json(5) is the reference. */
#ifndef SYNFIN_VIEWS_JSON_EVENTS_H
#define SYNFIN_VIEWS_JSON_EVENTS_H

#include <synfin/sink.h>

#include "names/hosts.h"
#include "views/json.h"

/* Append one record with its newline. */
void json_event(struct output *out, struct hosts *hosts, const struct synfin_event *event, const struct synfin_connection *connection);

struct json_events_view {
	struct output *out;
	struct hosts *hosts; /* NULL: no names */
	bool flush; /* drain after every record */
};

/* The functions to add to an engine; the view stays the caller's. */
struct synfin_sink json_events_sink(struct json_events_view *view);

#endif
