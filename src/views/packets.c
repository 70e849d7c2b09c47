/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * packet() appends gutter and line, event() collects what is to be said, packet_end() puts the annotation where the TCP summary ended and
 * finishes the line. Further text lines of a packet (-v, -x) get the gutter too, so that columns line up.
 *
 * Without annotation (plain) the line is all there is: no events, no second call.
 */
#include "views/packets.h"

#include "base/error.h"
#include "views/annotation.h"
#include "views/bracket.h"

struct packets_view {
	struct packets_options options;
	struct line_printer *printer;
	struct output *out;
	struct output insert;    /* what is to go in the middle of what was appended already; never drained */
	size_t first;            /* output_length() where the packet's line began, after its gutter */
	size_t summary;          /* and where its annotation belongs */
	uint64_t connection;     /* id of the packet's connection, whose events count; 0 for none, or for one that is not tracked */
	struct annotation_remarks remarks;
	struct bracket bracket;
	struct annotation_style style;
};

static int finish_line(struct packets_view *view)
{
	return view->options.flush ? output_drain(view->out) : output_settle(view->out);
}

static bool look_ahead(void *self, const struct synfin_packet *packets, unsigned count)
{
	return line_ahead(((struct packets_view *)self)->printer, packets, count);
}

static int plain_packet(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct packets_view *view = self;
	(void)observation;
	(void)line_text(view->printer, packet, view->out);
	line_rest(view->printer, packet, view->out);
	return finish_line(view);
}

static int annotated_packet(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct packets_view *view = self;
	view->remarks.count = 0;
	view->connection = observation->connection ? observation->connection->id : 0;
	if (view->options.bracket) {
		bracket_packet(&view->bracket, packet->time_ns, observation);
		bracket_put(&view->bracket, view->out, false, view->options.unicode);
	}
	view->first = output_length(view->out);
	view->summary = line_text(view->printer, packet, view->out);
	return view->out->status;
}

static int annotated_event(void *self, const struct synfin_event *event, const struct synfin_connection *connection)
{
	struct packets_view *view = self;
	struct annotation_remarks *remarks = &view->remarks;
	(void)connection;
	/* What a packet does to another connection (an eviction) is not about this line. */
	if (event->connection == view->connection && remarks->count < ANNOTATION_REMARKS) {
		remarks->list[remarks->count].kind = event->kind;
		remarks->list[remarks->count].severity = event->severity;
		remarks->list[remarks->count].number = event->number;
		remarks->count++;
	}
	return 0;
}

/* Put `n` bytes between what was appended before `offset` and what came after. */
static void insert_bytes(struct output *out, size_t offset, const char *bytes, size_t n)
{
	size_t behind = output_length(out) - offset;
	if (n == 0 || !output_room(out, n))
		return;
	memmove(out->start + offset + n, out->start + offset, behind);
	memcpy(out->start + offset, bytes, n);
	out->pos += n;
}

static void put_annotation(struct packets_view *view, const struct synfin_observation *observation)
{
	struct output *out = view->out;
	if (view->summary >= output_length(out)) {
		annotation_put(out, observation, &view->remarks, &view->style);
		return;
	}
	/* Text of -v follows the summary. */
	output_truncate(&view->insert, 0);
	annotation_put(&view->insert, observation, &view->remarks, &view->style);
	insert_bytes(out, view->summary, view->insert.start, output_length(&view->insert));
}

/* The gutter in front of the packet's second and further text lines, moving each piece once, from the last one backwards. */
static void put_further_gutters(struct packets_view *view)
{
	struct output *out = view->out;
	size_t end = output_length(out);
	size_t lines = 0;
	for (size_t at = view->first; at + 1 < end; at++)
		lines += out->start[at] == '\n';
	if (lines == 0)
		return;
	output_truncate(&view->insert, 0);
	bracket_put(&view->bracket, &view->insert, true, view->options.unicode);
	size_t gutter = output_length(&view->insert);
	if (view->insert.status || !output_room(out, lines * gutter))
		return;
	size_t to = end + lines * gutter;
	out->pos = out->start + to;
	for (size_t from = end; to > from; from--) {
		if (from < end && out->start[from - 1] == '\n') {
			to -= gutter;
			memcpy(out->start + to, view->insert.start, gutter);
		}
		out->start[--to] = out->start[from - 1];
	}
}

static int annotated_packet_end(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct packets_view *view = self;
	if ((observation->connection || view->remarks.count) && !view->out->status)
		put_annotation(view, observation);
	line_rest(view->printer, packet, view->out);
	if (view->options.bracket && !view->out->status)
		put_further_gutters(view);
	return view->insert.status ? view->insert.status : finish_line(view);
}

int packets_view_create(struct packets_view **view, const struct packets_options *options, struct output *out, struct synfin_error *error)
{
	struct packets_view *made = calloc(1, sizeof *made);
	if (!made)
		return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
	made->options = *options;
	made->out = out;
	annotation_style_init(&made->style, options->names, options->colour);
	output_init(&made->insert, NULL, NULL, 0);
	int status = line_printer_create(&made->printer, &options->line, error);
	if (status < 0) {
		packets_view_destroy(made);
		return status;
	}
	*view = made;
	return SYNFIN_OK;
}

void packets_view_destroy(struct packets_view *view)
{
	if (!view)
		return;
	line_printer_destroy(view->printer);
	output_free(&view->insert);
	free(view);
}

struct synfin_sink packets_view_sink(struct packets_view *view)
{
	if (view->options.plain)
		return (struct synfin_sink){ .self = view, .ahead = look_ahead, .packet = plain_packet };
	return (struct synfin_sink){
		.self = view,
		.ahead = look_ahead,
		.packet = annotated_packet,
		.event = annotated_event,
		.packet_end = annotated_packet_end,
	};
}
