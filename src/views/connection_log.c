/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/connection_log.h"

void connection_log_init(struct connection_log *log, struct output *out, const struct connection_format *format, unsigned sort, size_t top)
{
	*log = (struct connection_log){ .out = out, .format = format, .ranked = sort != RANKING_APPEARANCE || top > 0 };
	ranking_init(&log->ranking, sort, top);
}

void connection_log_free(struct connection_log *log)
{
	ranking_free(&log->ranking);
}

/* As late as the first packet: what stands in front may tell its time. */
static void begin(struct connection_log *log)
{
	if (log->begun)
		return;
	log->begun = true;
	if (log->format->begin)
		log->format->begin(log->out, log->first_ns);
}

static int put(struct connection_log *log, const struct synfin_connection *connection)
{
	struct connection_record record;

	record_gather(&record, connection);
	record_names(&record, log->hosts);
	log->format->put(log->out, &record);
	return log->flush ? output_drain(log->out) : output_settle(log->out);
}

static int on_packet(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct connection_log *log = self;

	(void)observation;
	if (!log->begun)
		log->first_ns = log->last_ns = packet->time_ns;
	begin(log);
	if (packet->time_ns > log->last_ns)
		log->last_ns = packet->time_ns;
	return log->out->status;
}

static int on_closed(void *self, const struct synfin_connection *connection)
{
	struct connection_log *log = self;

	return log->ranked ? ranking_take(&log->ranking, connection) : put(log, connection);
}

static int on_end(void *self)
{
	struct connection_log *log = self;
	int status = 0;

	begin(log);
	if (log->ranked)
		ranking_finish(&log->ranking);
	for (size_t i = 0; log->ranked && i < log->ranking.count && status == 0; i++)
		status = put(log, &log->ranking.rows[i].connection);
	if (log->format->end && status == 0)
		log->format->end(log->out, log->last_ns);
	return status < 0 ? status : log->out->status;
}

struct synfin_sink connection_log_sink(struct connection_log *log)
{
	return (struct synfin_sink){ .self = log, .packet = on_packet, .connection_closed = on_closed, .end = on_end };
}
