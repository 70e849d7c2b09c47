/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/connections.h"

#include <stdlib.h>

#include "base/error.h"
#include "views/colour.h"
#include "views/text_parts.h"

enum { COLUMNS = 10, FIRST_ROWS = 256 };

static const char *const headings[COLUMNS] = { "Conn", "Client", "Server", "C-State", "S-State", "Age", "Idle", "RTT", "Bytes > <", "Notes" };

struct connections_view {
	struct output *out;
	bool colour;
	int64_t now_ns;           /* the latest time of a packet */
	struct synfin_connection *rows;
	size_t count, room;
	size_t width[COLUMNS];
	struct output cells;      /* one row's text, cell after cell; never drained */
	size_t cell_end[COLUMNS];
};

/* What is special about it, in few words. */
static void put_notes(struct output *out, const struct synfin_connection *connection)
{
	enum synfin_outcome outcome = synfin_connection_outcome(connection);
	static const char *const words[SYNFIN_OUTCOMES] = {
		[SYNFIN_OUTCOME_OPEN] = NULL,
		[SYNFIN_OUTCOME_HALF_CLOSED] = "half-closed",
		[SYNFIN_OUTCOME_CLOSED] = "closed",
		[SYNFIN_OUTCOME_RESET] = "reset",
		[SYNFIN_OUTCOME_REFUSED] = "refused",
		[SYNFIN_OUTCOME_NO_ANSWER] = "no answer",
		[SYNFIN_OUTCOME_HANDSHAKE_REJECTED] = "rejected",
		[SYNFIN_OUTCOME_MID_STREAM] = NULL,
	};
	const char *before = "";

	if (words[outcome]) {
		output_text(out, words[outcome]);
		before = ", ";
	}
	if (connection->flags & SYNFIN_CONN_MID_STREAM) {
		output_text(out, before);
		output_text(out, "no SYN");
		before = ", ";
	}
	if (connection->syn_tries > 1) {
		output_text(out, before);
		output_text(out, "try ");
		output_decimal(out, connection->syn_tries);
	}
}

static void end_cell(struct connections_view *view, unsigned *column)
{
	view->cell_end[(*column)++] = output_length(&view->cells);
}

/* Times of a damaged file may lie further apart than 63 bits tell. */
static int64_t difference(int64_t later, int64_t earlier)
{
	uint64_t ns = (uint64_t)later - (uint64_t)earlier;

	if (later <= earlier)
		return 0;
	return ns > INT64_MAX ? INT64_MAX : (int64_t)ns;
}

static void make_cells(struct connections_view *view, const struct synfin_connection *connection)
{
	struct output *cells = &view->cells;
	const struct synfin_endpoint *client = &connection->end[connection->client];
	const struct synfin_endpoint *server = &connection->end[!connection->client];
	unsigned column = 0;

	output_truncate(cells, 0);
	output_char(cells, 'c');
	output_decimal(cells, connection->id);
	end_cell(view, &column);
	text_socket(cells, connection, connection->client, ':');
	end_cell(view, &column);
	text_socket(cells, connection, !connection->client, ':');
	end_cell(view, &column);
	text_state(cells, client);
	end_cell(view, &column);
	text_state(cells, server);
	end_cell(view, &column);
	text_duration(cells, difference(connection->last_ns, connection->first_ns));
	end_cell(view, &column);
	text_duration(cells, difference(view->now_ns, connection->last_ns));
	end_cell(view, &column);
	if (connection->syn_rtt_ns == UINT32_MAX || connection->ack_rtt_ns == UINT32_MAX)
		output_char(cells, '-');
	else
		text_duration(cells, (int64_t)connection->syn_rtt_ns + connection->ack_rtt_ns);
	end_cell(view, &column);
	text_amount(cells, synfin_stream_bytes(client));
	output_char(cells, '/');
	text_amount(cells, synfin_stream_bytes(server));
	end_cell(view, &column);
	put_notes(cells, connection);
	end_cell(view, &column);
}

static void measure(struct connections_view *view)
{
	for (unsigned i = 0; i < COLUMNS; i++)
		view->width[i] = strlen(headings[i]);
	for (size_t row = 0; row < view->count; row++) {
		make_cells(view, &view->rows[row]);
		for (size_t i = 0, start = 0; i < COLUMNS; start = view->cell_end[i++])
			if (view->cell_end[i] - start > view->width[i])
				view->width[i] = view->cell_end[i] - start;
	}
}

/* A cell and what parts it from the next. All cells are ASCII. */
static void put_cell(const struct connections_view *view, unsigned column, const char *text, size_t length, const char *colour)
{
	struct output *out = view->out;

	output_text(out, colour);
	output_bytes(out, text, length);
	if (*colour)
		output_text(out, COLOUR_END);
	if (column + 1 < COLUMNS)
		output_repeat(out, ' ', view->width[column] - length + 1);
}

static void put_row(struct connections_view *view, const struct synfin_connection *connection)
{
	make_cells(view, connection);
	for (unsigned i = 0; i < COLUMNS; i++) {
		const char *colour = "";
		size_t start = i ? view->cell_end[i - 1] : 0;
		if (view->colour && (i == 3 || i == 4))
			colour = colour_of_state(connection->end[(i == 3) == connection->client].state, connection->flags);
		/* A row without notes ends where they would begin; blanks at the end of a line disturb. */
		put_cell(view, i, view->cells.start + start, view->cell_end[i] - start, colour);
	}
	while (view->out->pos > view->out->start && view->out->pos[-1] == ' ')
		view->out->pos--;
	output_char(view->out, '\n');
}

/* "3 connections: 2 closed, 1 reset" */
static void put_totals(struct connections_view *view)
{
	size_t counts[SYNFIN_OUTCOMES] = { 0 };
	const char *before = ": ";

	for (size_t row = 0; row < view->count; row++)
		counts[synfin_connection_outcome(&view->rows[row])]++;
	output_decimal(view->out, view->count);
	output_text(view->out, view->count == 1 ? " connection" : " connections");
	for (unsigned i = 0; i < SYNFIN_OUTCOMES; i++) {
		if (!counts[i])
			continue;
		output_text(view->out, before);
		output_decimal(view->out, counts[i]);
		output_char(view->out, ' ');
		output_text(view->out, synfin_outcome_name(i));
		before = ", ";
	}
	output_char(view->out, '\n');
}

static int on_packet(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct connections_view *view = self;

	(void)observation;
	if (packet->time_ns > view->now_ns)
		view->now_ns = packet->time_ns;
	return 0;
}

static int on_closed(void *self, const struct synfin_connection *connection)
{
	struct connections_view *view = self;

	if (view->count == view->room) {
		size_t room = view->room ? 2 * view->room : FIRST_ROWS;
		struct synfin_connection *rows = realloc(view->rows, room * sizeof *rows);
		if (!rows)
			return SYNFIN_E_MEMORY;
		view->rows = rows;
		view->room = room;
	}
	view->rows[view->count++] = *connection;
	return 0;
}

static int by_id(const void *a, const void *b)
{
	const struct synfin_connection *left = a;
	const struct synfin_connection *right = b;
	return (left->id > right->id) - (left->id < right->id);
}

static int on_end(void *self)
{
	struct connections_view *view = self;

	if (view->count)
		qsort(view->rows, view->count, sizeof *view->rows, by_id);
	measure(view);
	for (unsigned i = 0; i < COLUMNS; i++)
		put_cell(view, i, headings[i], strlen(headings[i]), "");
	output_char(view->out, '\n');
	for (size_t row = 0; row < view->count && !view->out->status; row++) {
		put_row(view, &view->rows[row]);
		(void)output_settle(view->out);
	}
	put_totals(view);
	return view->cells.status ? view->cells.status : view->out->status;
}

int connections_view_create(struct connections_view **view, struct output *out, bool colour, struct synfin_error *error)
{
	struct connections_view *made = calloc(1, sizeof *made);
	if (!made)
		return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
	made->out = out;
	made->colour = colour;
	made->now_ns = INT64_MIN;
	output_init(&made->cells, NULL, NULL, 0);
	*view = made;
	return SYNFIN_OK;
}

void connections_view_destroy(struct connections_view *view)
{
	if (!view)
		return;
	output_free(&view->cells);
	free(view->rows);
	free(view);
}

struct synfin_sink connections_view_sink(struct connections_view *view)
{
	return (struct synfin_sink){ .self = view, .packet = on_packet, .connection_closed = on_closed, .end = on_end };
}
