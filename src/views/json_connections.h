/* SPDX-License-Identifier: BSD-3-Clause */
/* Connections as JSON: one record for each, when it ends or the capture does. synfin-json(5) is the reference. */
#ifndef SYNFIN_VIEWS_JSON_CONNECTIONS_H
#define SYNFIN_VIEWS_JSON_CONNECTIONS_H

#include <synfin/sink.h>
#include <synfin/status.h>

#include "views/json.h"
#include "views/record.h"

/* Append one record with its newline. */
void json_connection(struct output *out, const struct connection_record *record);

struct json_connections_view {
	struct output *out;
	bool flush; /* drain after every record */
};

/* The functions to add to an engine; the view stays the caller's. */
struct synfin_sink json_connections_sink(struct json_connections_view *view);

#endif
