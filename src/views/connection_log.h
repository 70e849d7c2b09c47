/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Connections for machines: one record each, in some format.
 *
 * A record comes when its connection ends. Sorted or limited, all come at the end, and no more are kept than the limit says, or
 * RANKING_KEEP without one.
 */
#ifndef SYNFIN_VIEWS_CONNECTION_LOG_H
#define SYNFIN_VIEWS_CONNECTION_LOG_H

#include <stdbool.h>

#include <synfin/sink.h>

#include "base/output.h"
#include "views/ranking.h"
#include "views/record.h"

struct connection_format {
	void (*begin)(struct output *out, int64_t first_ns); /* what stands in front, with the time of the first packet (0: none came); or NULL */
	void (*put)(struct output *out, const struct connection_record *record);
	void (*end)(struct output *out, int64_t last_ns);    /* what stands behind, with the latest time; or NULL */
};

struct connection_log {
	struct output *out;
	const struct connection_format *format;
	struct hosts *hosts;     /* NULL: no names */
	bool flush;              /* drain after every record */
	bool ranked;
	bool begun;
	int64_t first_ns, last_ns;
	struct ranking ranking;
};

/* out and format stay the caller's. sort: enum ranking_sort; top: 0 is no limit. */
void connection_log_init(struct connection_log *log, struct output *out, const struct connection_format *format, unsigned sort, size_t top);
void connection_log_free(struct connection_log *log);
struct synfin_sink connection_log_sink(struct connection_log *log);

#endif
