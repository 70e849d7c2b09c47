/* SPDX-License-Identifier: BSD-3-Clause */
/* Events as CSV: the fields of the JSON record. The number whose key differs from event to event there is two fields here. */
#include "views/csv.h"

#include "views/event_text.h"
#include "views/record.h"

static void put_end(struct csv *csv, struct hosts *hosts, const char *const names[5], const struct synfin_connection *connection, unsigned index)
{
	csv_address(csv, names[0], &connection->address[index], connection->ip_version);
	csv_name(csv, names[1], hosts_name(hosts, &connection->address[index]));
	csv_number(csv, names[2], true, connection->port[index]);
	csv_text(csv, names[3], record_state(&connection->end[index]));
	csv_text(csv, names[4], record_proof(&connection->end[index]));
}

static void put_number(struct csv *csv, const struct synfin_event *event)
{
	struct event_number number = event_number(event->kind);

	csv_text(csv, "measure", number.key);
	if (number.unit == EVENT_UNIT_STATE)
		csv_text(csv, "value", synfin_state_name((unsigned)event->number));
	else
		csv_duration(csv, "value", number.unit == EVENT_UNIT_NONE || (event->number == 0 && number.zero_is_unknown) ? -1 : event->number);
}

static void put_row(struct csv *csv, struct hosts *hosts, const struct synfin_event *event, const struct synfin_connection *connection)
{
	static const char *const client[] = { "client_ip", "client_name", "client_port", "client_state", "client_proof" };
	static const char *const server[] = { "server_ip", "server_name", "server_port", "server_state", "server_proof" };
	char uid[UID_SIZE] = "";

	if (connection->id)
		connection_uid(uid, connection);
	csv_time(csv, "ts", event->time_ns);
	csv_number(csv, "frame", event->frame, event->frame);
	csv_number(csv, "conn", connection->id, connection->id);
	csv_text(csv, "uid", uid);
	csv_text(csv, "event", synfin_event_name(event->kind));
	csv_text(csv, "severity", event_severity_name(event->severity));
	csv_text(csv, "from", event_is_of_no_end(event->kind) ? NULL : record_role(connection, event->from));
	put_end(csv, hosts, client, connection, connection->client);
	put_end(csv, hosts, server, connection, !connection->client);
	put_number(csv, event);
	csv_end(csv);
}

static int on_begin(void *self)
{
	static const struct synfin_event no_event;
	static const struct synfin_connection no_connection;
	const struct csv_events_view *view = self;
	struct csv csv = { .out = view->out, .header = true };

	put_row(&csv, NULL, &no_event, &no_connection);
	return view->out->status;
}

static int on_event(void *self, const struct synfin_event *event, const struct synfin_connection *connection)
{
	const struct csv_events_view *view = self;
	struct csv csv = { .out = view->out };

	put_row(&csv, view->hosts, event, connection);
	return view->flush ? output_drain(view->out) : output_settle(view->out);
}

struct synfin_sink csv_events_sink(struct csv_events_view *view)
{
	return (struct synfin_sink){ .self = view, .begin = on_begin, .event = on_event };
}
