/* SPDX-License-Identifier: BSD-3-Clause */
/* Packets as JSON: one record for each, with tcpdump's line in it. synfin-json(5) is the reference. */
#ifndef SYNFIN_VIEWS_JSON_PACKETS_H
#define SYNFIN_VIEWS_JSON_PACKETS_H

#include <stdbool.h>

#include <synfin/sink.h>
#include <synfin/status.h>

#include "base/output.h"
#include "lines/line.h"

struct json_packets_options {
	struct line_options line; /* of the member "line"; dumps are not part of it */
	bool flush;               /* drain after every record */
};

struct json_packets_view;

/* `out` stays the caller's and must outlive the view. */
int json_packets_create(struct json_packets_view **view, const struct json_packets_options *options, struct output *out,
	struct synfin_error *error);
void json_packets_destroy(struct json_packets_view *view);
/* The functions to add to an engine. */
struct synfin_sink json_packets_sink(struct json_packets_view *view);

#endif
