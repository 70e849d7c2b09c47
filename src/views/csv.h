/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Comma-separated values as RFC 4180 has them: a line of names, lines that end in CR LF, quotes where a value needs them.
 *
 * A row is written by one function, which names each field and gives its value; for the line of names the same function runs with
 * `header` set. So names and values cannot come apart. What is not known is an empty field.
 */
#ifndef SYNFIN_VIEWS_CSV_H
#define SYNFIN_VIEWS_CSV_H

#include <stdbool.h>
#include <stdint.h>

#include <synfin/sink.h>

#include "base/output.h"
#include "names/hosts.h"
#include "views/connection_log.h"

struct csv {
	struct output *out;
	bool header; /* names, not values */
	bool comma;  /* due */
};

void csv_text(struct csv *csv, const char *name, const char *value); /* NULL: not known */
void csv_number(struct csv *csv, const char *name, bool known, uint64_t value);
void csv_duration(struct csv *csv, const char *name, int64_t nanoseconds); /* negative: not known */
void csv_bool(struct csv *csv, const char *name, bool value); /* 1 or 0 */
void csv_time(struct csv *csv, const char *name, int64_t time_ns);
void csv_address(struct csv *csv, const char *name, const struct synfin_address *address, unsigned ip_version);
void csv_name(struct csv *csv, const char *name, struct host_name host);
void csv_end(struct csv *csv);

extern const struct connection_format csv_connections;

struct csv_events_view {
	struct output *out;
	struct hosts *hosts; /* NULL: no names */
	bool flush;  /* drain after every line */
};

struct synfin_sink csv_events_sink(struct csv_events_view *view);

#endif
