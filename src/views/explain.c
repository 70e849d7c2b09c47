/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * packet() makes the line, event() collects what is to be said, packet_end() writes it all: only then are steps and verdicts known.
 *
 * A view sees states after the packet only. What they were before is remembered here, in a table of fixed size that is indexed by the
 * connection's id: of two connections that share a place the later one wins, and of the other only the state now is told.
 */
#include "views/explain_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "views/explain_table.h"
#include "views/text.h"
#include "views/text_parts.h"

#define REMEMBERED 4096u /* connections; a power of two */

struct explain_view {
	struct explain explain;
	struct line_printer *printer;
	struct output *out;
	struct output text;      /* the packet's line; never drained */
	size_t summary;          /* where in it the TCP summary ends */
	uint64_t connection;     /* id of the packet's connection, whose events count; 0 for none */
	bool inside;             /* between packet() and packet_end() */
	struct explain_before before[REMEMBERED];
};

/* ---- what other files ask for */

const char *explain_role(const struct synfin_connection *connection, unsigned end)
{
	if (!connection)
		return "";
	return end == connection->client ? T("the client") : T("the server");
}

bool explain_has(const struct explain *explain, unsigned kind)
{
	for (unsigned i = 0; i < explain->event_count; i++)
		if (explain->events[i].kind == kind)
			return true;
	return false;
}

bool explain_is_unfit_syn_ack(const struct explain *explain)
{
	unsigned both = SYNFIN_TCP_SYN | SYNFIN_TCP_ACK;

	return explain->connection && (explain->packet->tcp.flags & both) == both && !explain->observation->steps &&
		explain->receiver->state == SYNFIN_SYN_SENT;
}

static char *buffer_of(struct explain *explain, enum explain_name name)
{
	char *buffer = name == NAME_N ? explain->number : explain->second;
	explain->values[name].text = buffer;
	return buffer;
}

void explain_number(struct explain *explain, enum explain_name name, uint64_t number)
{
	snprintf(buffer_of(explain, name), sizeof explain->number, "%" PRIu64, number);
}

void explain_milliseconds(struct explain *explain, enum explain_name name, int64_t ns)
{
	int64_t us = ns / 1000;
	snprintf(buffer_of(explain, name), sizeof explain->number, "%" PRId64 ".%03d ms", us / 1000, (int)(us % 1000));
}

/* ---- states before the packet */

static struct explain_before *place_of(struct explain_view *view, uint64_t connection)
{
	return &view->before[connection % REMEMBERED];
}

/* The first packet of a connection has nothing before it, but a SYN tells: its sender had no connection, and who is asked may listen. */
static void recall(struct explain_view *view)
{
	struct explain *explain = &view->explain;
	const struct synfin_observation *observation = explain->observation;
	const struct explain_before *place = place_of(view, explain->connection->id);
	explain->before = *place;
	if (place->connection == explain->connection->id)
		return;
	explain->before = (struct explain_before){ .connection = 0 };
	if (observation->steps & SYNFIN_STEP_HANDSHAKE_1) {
		unsigned from = observation->from;
		explain->before.connection = explain->connection->id;
		explain->before.state[from] = SYNFIN_CLOSED;
		explain->before.proof[from] = SYNFIN_PROOF_SEEN;
		explain->before.state[!from] = SYNFIN_LISTEN;
		explain->before.proof[!from] = SYNFIN_PROOF_ASSUMED;
	}
}

static void remember(struct explain_view *view)
{
	const struct synfin_connection *connection = view->explain.connection;
	struct explain_before *place = place_of(view, connection->id);
	place->connection = connection->id;
	for (unsigned end = 0; end < 2; end++) {
		place->state[end] = connection->end[end].state;
		place->proof[end] = connection->end[end].proof;
	}
}

/* ---- one packet */

/* The number behind what the packet carried, counted as its line counts. */
static void name_after(struct explain *explain)
{
	const struct synfin_tcp *tcp = &explain->packet->tcp;
	uint32_t seq;
	if (!explain_line_number(&explain->line, FIELD_SEQ, sizeof "seq " - 1, &seq))
		seq = tcp->seq;
	seq += tcp->payload + !!(tcp->flags & SYNFIN_TCP_SYN) + !!(tcp->flags & SYNFIN_TCP_FIN);
	snprintf(explain->after, sizeof explain->after, "%" PRIu32, seq);
	explain->values[NAME_AFTER].text = explain->after;
	explain->values[NAME_RELATIVE].text = explain->options.line.absolute ? "" : T(" (shown as ack 1: from here on the line counts from the ISN)");
}

static void name_packet(struct explain *explain)
{
	unsigned from = explain->observation->from;
	explain->values[NAME_SENDER].text = explain->connection ? explain_role(explain->connection, from) : T("the sender");
	explain->values[NAME_RECEIVER].text = explain->connection ? explain_role(explain->connection, !from) : T("the receiver");
	name_after(explain);
}

static void explain_packet(struct explain_view *view)
{
	struct explain *explain = &view->explain;
	name_packet(explain);
	explain_time(explain);
	explain_ends(explain);
	if (explain->packet->has_tcp)
		explain_tcp(explain);
	else
		explain_other(explain);
	if (!explain->connection) {
		explain_events(explain);
		return;
	}
	recall(view);
	explain_effect(explain);
	explain_next(explain);
	remember(view);
}

static int on_packet(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct explain_view *view = self;
	(void)observation;
	view->explain.event_count = 0;
	view->connection = observation->connection ? observation->connection->id : 0;
	view->inside = true;
	output_truncate(&view->text, 0);
	view->summary = line_text(view->printer, packet, &view->text);
	return view->text.status;
}

/* An event without a packet: what became of a connection that is silent. */
static int between_packets(struct explain_view *view, const struct synfin_event *event, const struct synfin_connection *connection)
{
	struct explain *explain = &view->explain;
	struct output *out = view->out;
	output_char(out, 'c');
	output_decimal(out, connection->id);
	output_char(out, ' ');
	text_socket(out, explain->options.line.hosts, connection, connection->client, '.');
	output_text(out, " > ");
	text_socket(out, explain->options.line.hosts, connection, !connection->client, '.');
	output_char(out, '\n');
	explain_say(explain, T(explained_events[event->kind].text));
	explain_event_number(explain, event);
	say_row(&explain->say, T("note"));
	output_char(out, '\n');
	return out->status;
}

static int on_event(void *self, const struct synfin_event *event, const struct synfin_connection *connection)
{
	struct explain_view *view = self;
	struct explain *explain = &view->explain;
	if (event->kind >= SYNFIN_EVENTS)
		return 0;
	if (view->inside && event->connection == view->connection) {
		if (explain->event_count < EXPLAIN_EVENTS_MAX)
			explain->events[explain->event_count++] = *event;
		return 0;
	}
	/* That a connection is no longer followed after its end is no news. */
	return view->inside || event->severity == SYNFIN_SEVERITY_INFO ? 0 : between_packets(view, event, connection);
}

static int on_packet_end(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct explain_view *view = self;
	struct explain *explain = &view->explain;
	bool opening = packet->has_tcp && (packet->tcp.flags & SYNFIN_TCP_SYN);

	view->inside = false;
	explain->packet = packet;
	explain->observation = observation;
	explain->connection = observation->connection;
	explain->sender = explain->connection ? &explain->connection->end[observation->from] : NULL;
	explain->receiver = explain->connection ? &explain->connection->end[!observation->from] : NULL;
	/* All of it may carry fields: without -v the summary is the whole line, and with it fields stand in the second line. */
	explain_line_find(&explain->line, view->text.start, view->summary, &explain->options.line, packet);
	explain_line_put(&explain->line, view->out, explain->say.width, explain->options.unicode, opening);
	/* Behind the summary: text of -v, and the bytes of -x. */
	size_t behind = output_length(&view->text) - view->summary;
	if (behind > 1)
		output_bytes(view->out, view->text.start + view->summary + 1, behind - 1);
	size_t rest = output_length(view->out);
	line_rest(view->printer, packet, view->out);
	/* Its newline ends a line that has ended already, unless text of -v came. */
	if (behind <= 1 && output_length(view->out) > rest)
		memmove(view->out->start + rest, view->out->start + rest + 1, output_length(view->out) - rest - 1), view->out->pos--;
	explain_packet(view);
	output_char(view->out, '\n');
	if (explain->say.text.status || view->text.status)
		return explain->say.text.status ? explain->say.text.status : view->text.status;
	return explain->options.flush ? output_drain(view->out) : output_settle(view->out);
}

/* ---- the view */

static void measure_labels(struct say *say)
{
	for (unsigned i = 0; i < EXPLAIN_FIELDS; i++)
		say_label(say, explain_field_label(i, false));
	say_label(say, T("step"));
	say_label(say, T("client"));
	say_label(say, T("server"));
	say_label(say, T("note"));
	say_label(say, T("next"));
	say_label(say, T("packet"));
}

static void name_values(struct explain *explain)
{
	static const char *const names[EXPLAIN_NAMES] = {
		[NAME_SENDER] = "sender", [NAME_RECEIVER] = "receiver", [NAME_AFTER] = "after", [NAME_RELATIVE] = "relative",
		[NAME_CLOSING] = "closing", [NAME_WAITING] = "waiting", [NAME_N] = "n", [NAME_M] = "m",
	};
	for (unsigned i = 0; i < EXPLAIN_NAMES; i++)
		explain->values[i] = (struct say_value){ names[i], "" };
	explain->values[EXPLAIN_NAMES] = (struct say_value){ NULL, NULL };
}

static unsigned width_in_range(unsigned width)
{
	return width < EXPLAIN_WIDTH_MIN ? EXPLAIN_WIDTH_MIN : width;
}

void explain_view_resize(struct explain_view *view, unsigned width)
{
	view->explain.say.width = width_in_range(width);
}

int explain_view_create(struct explain_view **view, const struct explain_options *options, struct output *out, struct synfin_error *error)
{
	struct explain_view *made = calloc(1, sizeof *made);
	if (!made)
		return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
	made->out = out;
	made->explain.options = *options;
	say_init(&made->explain.say, out, width_in_range(options->width ? options->width : EXPLAIN_WIDTH));
	measure_labels(&made->explain.say);
	name_values(&made->explain);
	output_init(&made->text, NULL, NULL, 0);
	int status = line_printer_create(&made->printer, &options->line, error);
	if (status < 0) {
		explain_view_destroy(made);
		return status;
	}
	*view = made;
	return SYNFIN_OK;
}

void explain_view_destroy(struct explain_view *view)
{
	if (!view)
		return;
	line_printer_destroy(view->printer);
	say_free(&view->explain.say);
	output_free(&view->text);
	free(view);
}

struct synfin_sink explain_view_sink(struct explain_view *view)
{
	return (struct synfin_sink){ .self = view, .packet = on_packet, .event = on_event, .packet_end = on_packet_end };
}
