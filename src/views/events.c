/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/events.h"

#include "base/calendar.h"
#include "views/colour.h"
#include "views/event_text.h"
#include "views/text_parts.h"

#define SECOND_NS INT64_C(1000000000)

/* An event has its time in ns alone; the clock wants it as a file records it. */
static void put_time(struct events_view *view, int64_t time_ns)
{
	struct synfin_packet *moment = &view->moment;
	int64_t fraction = time_ns % SECOND_NS;

	moment->seconds = calendar_floor(time_ns, SECOND_NS);
	moment->fraction = (uint32_t)(fraction < 0 ? fraction + SECOND_NS : fraction);
	moment->nanoseconds = true;
	clock_print(&view->clock, moment, view->out);
}

static void put_number(struct output *out, const struct synfin_event *event)
{
	struct event_number number = event_number(event->kind);

	if (number.unit == EVENT_UNIT_NONE || (event->number == 0 && number.zero_is_unknown) || event->number < 0)
		return;
	output_char(out, ' ');
	switch (number.unit) {
	case EVENT_UNIT_NS:
		text_milliseconds(out, event->number);
		break;
	case EVENT_UNIT_BYTES:
		output_decimal(out, (uint64_t)event->number);
		output_text(out, event->number == 1 ? " byte" : " bytes");
		break;
	case EVENT_UNIT_STATE:
		output_text(out, "from ");
		output_text(out, synfin_state_name((unsigned)event->number));
		break;
	default:
		output_decimal(out, (uint64_t)event->number);
		break;
	}
}

static int on_event(void *self, const struct synfin_event *event, const struct synfin_connection *connection)
{
	struct events_view *view = self;
	struct output *out = view->out;
	bool red = view->colour && event->severity == SYNFIN_SEVERITY_WARNING;

	put_time(view, event->time_ns);
	if (connection->id) {
		output_char(out, 'c');
		output_decimal(out, connection->id);
	} else {
		output_char(out, '-');
	}
	output_char(out, ' ');
	if (red)
		output_text(out, COLOUR_WARNING);
	output_text(out, synfin_event_name(event->kind));
	if (red)
		output_text(out, COLOUR_END);
	output_char(out, ' ');
	text_socket(out, view->hosts, connection, event->from, '.');
	output_text(out, " > ");
	text_socket(out, view->hosts, connection, !event->from, '.');
	put_number(out, event);
	output_char(out, '\n');
	return view->flush ? output_drain(out) : output_settle(out);
}

void events_view_init(struct events_view *view, struct output *out, const struct line_options *line)
{
	*view = (struct events_view){ .out = out, .hosts = line->hosts };
	clock_init(&view->clock, line->time, line->nanoseconds);
}

struct synfin_sink events_view_sink(struct events_view *view)
{
	return (struct synfin_sink){ .self = view, .event = on_event };
}
