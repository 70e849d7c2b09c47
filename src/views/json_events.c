/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/json_events.h"

#include "views/event_text.h"
#include "views/json_parts.h"
#include "views/record.h"

static void put_end(struct json *json, struct hosts *hosts, const struct synfin_connection *connection, unsigned index)
{
	const struct synfin_address *address = &connection->address[index];

	json_begin(json, '{');
	json_socket_members(json, address, hosts_name(hosts, address), connection->ip_version, &connection->port[index]);
	json_state_members(json, &connection->end[index]);
	json_end(json, '}');
}

/* The number under the key that says what it counts. */
static void put_number(struct json *json, const struct synfin_event *event)
{
	struct event_number number = event_number(event->kind);

	if (number.unit == EVENT_UNIT_NONE)
		return;
	json_comma(json);
	output_char(json->out, '"');
	output_text(json->out, number.key);
	output_text(json->out, "\":");
	json->comma = false;
	if (number.unit == EVENT_UNIT_STATE)
		json_word(json, synfin_state_name((unsigned)event->number));
	else if (event->number == 0 && number.zero_is_unknown)
		json_null(json);
	else
		json_unless_negative(json, event->number);
}

void json_event(struct output *out, struct hosts *hosts, const struct synfin_event *event, const struct synfin_connection *connection)
{
	struct json writer = json_record_begin(out, "event");
	struct json *json = &writer;

	json_key(json, "ts");
	json_time(json, event->time_ns);
	json_key(json, "frame");
	if (event->frame)
		json_unsigned(json, event->frame);
	else
		json_null(json);
	json_connection_members(json, connection->id ? connection : NULL);
	json_key(json, "event");
	json_word(json, synfin_event_name(event->kind));
	json_key(json, "severity");
	json_word(json, event_severity_name(event->severity));
	json_key(json, "from");
	json_word(json, event_is_of_no_end(event->kind) ? NULL : record_role(connection, event->from));
	json_key(json, "client");
	put_end(json, hosts, connection, connection->client);
	json_key(json, "server");
	put_end(json, hosts, connection, !connection->client);
	put_number(json, event);
	json_line_end(json);
}

static int on_event(void *self, const struct synfin_event *event, const struct synfin_connection *connection)
{
	const struct json_events_view *view = self;

	json_event(view->out, view->hosts, event, connection);
	return view->flush ? output_drain(view->out) : output_settle(view->out);
}

struct synfin_sink json_events_sink(struct json_events_view *view)
{
	return (struct synfin_sink){ .self = view, .event = on_event };
}
