/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/connections.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "views/cells.h"
#include "views/colour.h"
#include "views/ranking.h"
#include "views/text.h"
#include "views/text_parts.h"
#include "views/totals.h"

enum column {
	COLUMN_CONN, COLUMN_CLIENT, COLUMN_SERVER, COLUMN_CLIENT_STATE, COLUMN_SERVER_STATE, COLUMN_AGE, COLUMN_IDLE, COLUMN_RTT, COLUMN_BYTES,
	COLUMN_NOTES, COLUMNS
};

/* Of a name that takes its column. */
enum { NAME_CELLS_MAX = 60 };

static const char *const headings[COLUMNS] = {
	N_("Conn"), N_("Client"), N_("Server"), N_("C-State"), N_("S-State"), N_("Age"), N_("Idle"), N_("RTT"), N_("Bytes > <"), N_("Notes"),
};

struct connections_view {
	struct output *out;
	struct connections_options options;
	int64_t now_ns;           /* the latest time of a packet */
	struct ranking over;      /* connections that have ended */
	struct totals totals;     /* of these */
	struct ranking screen;    /* what is on the screen, also of those that have not ended */
	struct totals shown;
	bool on_screen;           /* rows are made for connections_view_show() */
	unsigned columns;         /* of the terminal; 0: there is no limit */
	size_t width[COLUMNS];
	bool hidden[COLUMNS];     /* there is no room for it */
	struct output cells;      /* one row's text, cell after cell; never drained */
	size_t cell_end[COLUMNS];
};

/* What is special about it, in few words. going_on: what it says is not the last word. */
static void put_notes(struct output *out, const struct synfin_connection *connection, bool going_on)
{
	enum synfin_outcome outcome = synfin_connection_outcome(connection);
	static const char *const words[SYNFIN_OUTCOMES] = {
		[SYNFIN_OUTCOME_OPEN] = NULL,
		[SYNFIN_OUTCOME_HALF_CLOSED] = N_("half-closed"),
		[SYNFIN_OUTCOME_CLOSED] = N_("closed"),
		[SYNFIN_OUTCOME_RESET] = N_("reset"),
		[SYNFIN_OUTCOME_REFUSED] = N_("refused"),
		[SYNFIN_OUTCOME_NO_ANSWER] = N_("no answer"),
		[SYNFIN_OUTCOME_HANDSHAKE_REJECTED] = N_("rejected"),
		[SYNFIN_OUTCOME_MID_STREAM] = NULL,
	};
	const char *before = "";

	if (words[outcome]) {
		output_text(out, outcome == SYNFIN_OUTCOME_NO_ANSWER && going_on ? T("no answer yet") : T(words[outcome]));
		before = ", ";
	}
	if (connection->flags & SYNFIN_CONN_MID_STREAM) {
		output_text(out, before);
		output_text(out, T("no SYN"));
		before = ", ";
	}
	if (connection->syn_tries > 1) {
		output_text(out, before);
		output_text(out, T("try"));
		output_char(out, ' ');
		output_decimal(out, connection->syn_tries);
		before = ", ";
	}
	size_t end = output_length(out);
	output_text(out, before);
	if (!text_vlan(out, connection))
		output_truncate(out, end);
}

static void end_cell(struct connections_view *view, unsigned *column)
{
	view->cell_end[(*column)++] = output_length(&view->cells);
}

/* A column is as wide as its widest cell: a name that takes too much of the line gives way to the number. */
static void put_socket(struct connections_view *view, const struct synfin_connection *connection, unsigned end)
{
	bool fits = hosts_name(view->options.hosts, &connection->address[end]).length <= NAME_CELLS_MAX;

	text_socket(&view->cells, fits ? view->options.hosts : NULL, connection, end, ':');
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
	put_socket(view, connection, connection->client);
	end_cell(view, &column);
	put_socket(view, connection, !connection->client);
	end_cell(view, &column);
	state_put(cells, view->options.names, client->state, client->proof);
	end_cell(view, &column);
	state_put(cells, view->options.names, server->state, server->proof);
	end_cell(view, &column);
	text_duration(cells, ranking_difference(connection->last_ns, connection->first_ns));
	end_cell(view, &column);
	text_duration(cells, ranking_difference(view->now_ns, connection->last_ns));
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
	put_notes(cells, connection, view->on_screen && connection->end[connection->client].state == SYNFIN_SYN_SENT);
	end_cell(view, &column);
}

static size_t cell_start(const struct connections_view *view, unsigned column)
{
	return column ? view->cell_end[column - 1] : 0;
}

static void measure(struct connections_view *view, const struct ranking *rows)
{
	for (unsigned i = 0; i < COLUMNS; i++)
		view->width[i] = cells_width_text(T(headings[i]));
	for (size_t row = 0; row < rows->count; row++) {
		make_cells(view, &rows->rows[row].connection);
		for (unsigned i = 0; i < COLUMNS && !view->cells.status; i++) {
			size_t start = cell_start(view, i);
			size_t width = cells_width(view->cells.start + start, view->cell_end[i] - start);
			if (width > view->width[i])
				view->width[i] = width;
		}
	}
}

/* Where the screen is too narrow for all, whole columns go, and those first that a reader misses least: the notes stand last, and tell most. */
static void fit(struct connections_view *view)
{
	static const uint8_t dispensable[] = { COLUMN_RTT, COLUMN_AGE, COLUMN_IDLE, COLUMN_BYTES };
	size_t total = COLUMNS - 1;

	memset(view->hidden, 0, sizeof view->hidden);
	for (unsigned i = 0; i < COLUMNS; i++)
		total += view->width[i];
	for (unsigned i = 0; i < sizeof dispensable && view->columns && total > view->columns; i++) {
		view->hidden[dispensable[i]] = true;
		total -= view->width[dispensable[i]] + 1;
	}
}

/* A cell and what parts it from the next. */
static void put_cell(const struct connections_view *view, unsigned column, const char *text, size_t length, const char *colour)
{
	struct output *out = view->out;

	if (view->hidden[column])
		return;
	output_text(out, colour);
	output_bytes(out, text, length);
	if (*colour)
		output_text(out, COLOUR_END);
	if (column + 1 < COLUMNS)
		output_repeat(out, ' ', view->width[column] - cells_width(text, length) + 1);
}

static void put_headings(struct connections_view *view)
{
	for (unsigned i = 0; i < COLUMNS; i++)
		put_cell(view, i, T(headings[i]), strlen(T(headings[i])), "");
	output_char(view->out, '\n');
}

static void put_row(struct connections_view *view, const struct synfin_connection *connection)
{
	make_cells(view, connection);
	for (unsigned i = 0; i < COLUMNS && !view->cells.status; i++) {
		const char *colour = "";
		size_t start = cell_start(view, i);
		if (view->options.colour && (i == COLUMN_CLIENT_STATE || i == COLUMN_SERVER_STATE))
			colour = colour_of_state(connection->end[(i == COLUMN_CLIENT_STATE) == connection->client].state, connection->flags);
		put_cell(view, i, view->cells.start + start, view->cell_end[i] - start, colour);
	}
	/* A row without notes ends where they would begin; blanks at the end of a line disturb. */
	while (view->out->pos > view->out->start && view->out->pos[-1] == ' ')
		view->out->pos--;
	output_char(view->out, '\n');
}

static void put_left_out(struct connections_view *view, uint64_t left_out, bool of_screen)
{
	if (!left_out)
		return;
	output_format(view->out, T("%llu more"), (unsigned long long)left_out);
	if (!view->options.top && !of_screen) {
		output_text(view->out, "; ");
		output_format(view->out, T("without --top=N no more than %u are kept"), (unsigned)RANKING_KEEP);
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

	totals_add(&view->totals, connection);
	return ranking_take(&view->over, connection);
}

/* Headings and rows, and how many there are besides. */
static void put_table(struct connections_view *view, const struct ranking *rows)
{
	measure(view, rows);
	fit(view);
	put_headings(view);
	for (size_t row = 0; row < rows->count && !view->out->status; row++) {
		put_row(view, &rows->rows[row].connection);
		(void)output_settle(view->out);
	}
}

static int on_end(void *self)
{
	struct connections_view *view = self;

	ranking_finish(&view->over);
	put_table(view, &view->over);
	put_left_out(view, ranking_left_out(&view->over), false);
	totals_print(view->out, &view->totals, view->options.names);
	return view->cells.status ? view->cells.status : view->out->status;
}

/* ---- On a screen */

/* Lines besides rows: headings, how many more, three of totals, and the cursor's. */
enum { OTHER_LINES = 6 };

static int show_one(void *context, const struct synfin_connection *connection)
{
	struct connections_view *view = context;

	totals_add(&view->shown, connection);
	return ranking_take(&view->screen, connection);
}

static int choose_rows(struct connections_view *view, const struct synfin_engine *engine, size_t room)
{
	int status = 0;

	if (view->options.top && view->options.top < room)
		room = view->options.top;
	ranking_free(&view->screen);
	ranking_init(&view->screen, view->options.sort ? view->options.sort : RANKING_RECENT, room);
	view->shown = view->totals;
	for (size_t i = 0; i < view->over.count && status == 0; i++)
		status = ranking_take(&view->screen, &view->over.rows[i].connection);
	view->screen.taken = view->over.taken;
	if (status == 0)
		status = synfin_engine_each(engine, show_one, view);
	if (view->options.sort)
		ranking_finish(&view->screen);
	else
		ranking_finish_by_appearance(&view->screen);
	return status;
}

/* Copy lines, each clearing what stood to its right. */
static void put_lines(struct output *out, const struct output *lines)
{
	const char *at = lines->start;

	for (const char *end; at < lines->pos && (end = memchr(at, '\n', (size_t)(lines->pos - at))); at = end + 1) {
		output_bytes(out, at, (size_t)(end - at));
		output_text(out, "\033[K\n");
	}
}

int connections_view_show(struct connections_view *view, const struct synfin_engine *engine, const struct connections_screen *screen)
{
	struct output lines, *out = view->out;
	int status = choose_rows(view, engine, screen->rows > OTHER_LINES ? screen->rows - OTHER_LINES : 1);

	if (status < 0)
		return status;
	if (screen->now_ns > view->now_ns)
		view->now_ns = screen->now_ns;
	output_init(&lines, NULL, NULL, SIZE_MAX);
	view->out = &lines;
	view->on_screen = true;
	view->columns = screen->columns;
	put_table(view, &view->screen);
	put_left_out(view, ranking_left_out(&view->screen), true);
	totals_print(&lines, &view->shown, view->options.names);
	view->out = out;
	view->on_screen = false;
	view->columns = 0;
	/* Lines that are too long are cut, not wrapped; and wrapped again afterwards, whatever becomes of us. */
	output_text(out, "\033[?7l\033[H");
	put_lines(out, &lines);
	output_text(out, "\033[J\033[?7h");
	status = lines.status;
	output_free(&lines);
	return status < 0 ? status : output_drain(out);
}

int connections_view_create(struct connections_view **view, const struct connections_options *options, struct output *out, struct synfin_error *error)
{
	struct connections_view *made = calloc(1, sizeof *made);
	if (!made)
		return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
	made->out = out;
	made->options = *options;
	made->now_ns = INT64_MIN;
	ranking_init(&made->over, options->sort, options->top);
	output_init(&made->cells, NULL, NULL, 0);
	*view = made;
	return SYNFIN_OK;
}

void connections_view_destroy(struct connections_view *view)
{
	if (!view)
		return;
	output_free(&view->cells);
	ranking_free(&view->over);
	ranking_free(&view->screen);
	free(view);
}

struct synfin_sink connections_view_sink(struct connections_view *view)
{
	return (struct synfin_sink){ .self = view, .packet = on_packet, .connection_closed = on_closed, .end = on_end };
}
