/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where everything stands. A row, in cells:
 *
 *     [name] [frame 5, time] delta 8 state 13 | middle | state 13 [raw sequence number 10, window 7, note]
 *
 * The last column of the terminal stays free: some wrap when it is written. Nothing is wider than its column, so uprights line up.
 */
#include "views/timeline_parts.h"

#include "views/cells.h"
#include "views/colour.h"
#include "views/text.h"
#include "views/text_parts.h"

enum { FRAME_CELLS = 5, TIME_SHORT = 9, TIME_LONG = 15, DELTA_CELLS = 8, SEQUENCE_CELLS = 10, WINDOW_CELLS = 7, WIDE_TIME = 128 };
enum { NAME_CELLS_MIN = 4, MIDDLE_MIN = 16, TITLE_BESIDE = 16 };

struct glyphs {
	const char *dash, *bar, *right, *left, *corner[3];
};
static const struct glyphs ascii = { "-", "|", ">", "<", { "+", "+", "+" } };
static const struct glyphs unicode = { "─", "│", ">", "<", { "┌", "├", "└" } };

static const struct glyphs *glyphs_of(const struct timeline *view)
{
	return view->options.unicode ? &unicode : &ascii;
}

void timeline_layout(struct timeline *view)
{
	struct timeline_layout *layout = &view->layout;
	unsigned total = view->options.width - 1;
	unsigned taken = (view->named ? layout->name : 0) + DELTA_CELLS + 1 + STATE_CELLS + 1 + 1 + 1 + 1 + STATE_CELLS;

	layout->total = total;
	layout->wide = view->options.width >= TIMELINE_WIDTH_WIDE;
	layout->time = view->options.width >= WIDE_TIME ? TIME_LONG : TIME_SHORT;
	layout->note = 0;
	if (layout->wide) {
		taken += FRAME_CELLS + 1 + layout->time + 1 + 1 + SEQUENCE_CELLS + 1 + WINDOW_CELLS + 2;
		layout->note = (total - taken) / 3;
		taken += layout->note;
	}
	layout->middle = total > taken + MIDDLE_MIN ? total - taken : MIDDLE_MIN;
	view->headed = false;
}

void timeline_layout_name(struct timeline *view, uint64_t id)
{
	unsigned cells = 2;

	for (; id >= 10; id /= 10)
		cells++;
	cells = cells + 1 < NAME_CELLS_MIN ? NAME_CELLS_MIN : cells + 1;
	if (cells <= view->layout.name)
		return;
	view->layout.name = cells;
	if (view->named)
		timeline_layout(view);
}

/* No blanks at the end of a line. */
static void end_line(struct output *out)
{
	while (out->pos > out->start && out->pos[-1] == ' ')
		out->pos--;
	output_char(out, '\n');
}

static void put_name(struct timeline *view, uint64_t id)
{
	char name[24];
	int n = snprintf(name, sizeof name, "c%llu", (unsigned long long)id);
	cells_put_left(view->out, name, (size_t)n, view->layout.name);
}

static void put_coloured(struct timeline *view, const char *colour, const char *text, size_t n)
{
	if (view->options.colour && *colour && n) {
		output_text(view->out, colour);
		output_bytes(view->out, text, n);
		output_text(view->out, COLOUR_END);
	} else {
		output_bytes(view->out, text, n);
	}
}

/* The client's state ends at its upright, the server's begins there. */
static void put_state(struct timeline *view, const struct timeline_row *row, unsigned role)
{
	char text[STATE_CELLS + 1];
	size_t n = 0;

	if (row->shows[role]) {
		char mark = state_mark(row->state[role], row->proof[role]);
		n = (size_t)snprintf(text, sizeof text, mark ? "%s%c" : "%s", state_name(view->options.names, row->state[role]), mark);
		view->uses_assumed |= mark == '~';
		view->uses_unknown |= text[n - 1] == '?';
	}
	if (role == CLIENT)
		output_repeat(view->out, ' ', STATE_CELLS - n);
	put_coloured(view, colour_of_state(row->state[role], row->connection_flags), text, n);
	if (role == SERVER)
		output_repeat(view->out, ' ', STATE_CELLS - n);
}

static void put_middle(struct timeline *view, const struct timeline_row *row)
{
	const struct glyphs *glyphs = glyphs_of(view);
	struct output *out = view->out;
	size_t room = view->layout.middle;
	bool arrow = row->shape == SHAPE_RIGHT || row->shape == SHAPE_LEFT;
	size_t around = arrow ? (row->shape == SHAPE_LEFT ? 2 : 1) : 2;
	size_t n = row->shape == SHAPE_BLANK ? 0 : cells_fit(row->label, row->label_length, room - 3);
	size_t left = room - around - cells_width(row->label, n);

	if (row->shape == SHAPE_LEFT)
		output_text(out, glyphs->left);
	if (arrow)
		output_text(out, glyphs->dash);
	else
		output_repeat(out, ' ', around);
	put_coloured(view, row->warning ? COLOUR_WARNING : "", row->label, n);
	if (!arrow)
		output_repeat(out, ' ', left);
	else
		cells_repeat(out, glyphs->dash, row->shape == SHAPE_RIGHT ? left - 1 : left);
	if (row->shape == SHAPE_RIGHT)
		output_text(out, glyphs->right);
}

static void put_frame_and_time(struct timeline *view, const struct synfin_packet *packet)
{
	struct output *out = view->out;
	size_t cells = view->layout.time;

	if (!packet) {
		output_repeat(out, ' ', FRAME_CELLS + 1 + cells + 1);
		return;
	}
	output_decimal_padded(out, packet->frame, FRAME_CELLS, ' ');
	output_char(out, ' ');
	output_truncate(&view->scratch, 0);
	clock_print(&view->clock, packet, &view->scratch);
	/* hh:mm:ss.ffffff and a blank: of a narrow column the end. */
	size_t n = output_length(&view->scratch);
	if (n > cells) {
		output_bytes(out, view->scratch.start + n - 1 - cells, cells + 1);
		return;
	}
	output_repeat(out, ' ', cells + 1 - n);
	output_bytes(out, view->scratch.start, n);
}

static void put_window(struct timeline *view, const struct timeline_row *row)
{
	char text[24];
	int n;

	if (row->window < 10000000)
		n = snprintf(text, sizeof text, row->window_known ? "%u" : "%u?", (unsigned)row->window);
	else
		n = snprintf(text, sizeof text, row->window_known ? "%uM" : "%uM?", (unsigned)(row->window / 1000000));
	view->uses_unknown |= !row->window_known;
	cells_put_right(view->out, text, (size_t)n, WINDOW_CELLS);
}

static void put_numbers(struct timeline *view, const struct timeline_row *row)
{
	if (!row->packet)
		return;
	output_char(view->out, ' ');
	output_decimal_padded(view->out, row->packet->tcp.seq, SEQUENCE_CELLS, ' ');
	output_char(view->out, ' ');
	put_window(view, row);
	output_repeat(view->out, ' ', 2);
	cells_put_left(view->out, row->note, row->note_length, view->layout.note);
}

void timeline_put_row(struct timeline *view, uint64_t id, const struct timeline_row *row)
{
	struct output *out = view->out;

	if (view->named)
		put_name(view, id);
	if (view->layout.wide)
		put_frame_and_time(view, row->packet);
	cells_put_right(out, row->delta, strlen(row->delta), DELTA_CELLS);
	output_char(out, ' ');
	put_state(view, row, CLIENT);
	output_char(out, ' ');
	output_text(out, glyphs_of(view)->bar);
	put_middle(view, row);
	output_text(out, glyphs_of(view)->bar);
	output_char(out, ' ');
	put_state(view, row, SERVER);
	if (view->layout.wide)
		put_numbers(view, row);
	end_line(out);
	view->any = true;
	view->current = id;
}

void timeline_put_edge(struct timeline *view, uint64_t id, enum timeline_edge edge, const char *words, size_t n)
{
	const struct glyphs *glyphs = glyphs_of(view);
	struct output *out = view->out;
	size_t left = view->layout.total - (view->named ? view->layout.name : 0) - 1;
	size_t width = cells_width(words, n);
	bool fits = n && width + 4 <= left;

	if (view->named)
		put_name(view, id);
	output_text(out, glyphs->corner[edge]);
	if (fits) {
		output_text(out, glyphs->dash);
		output_char(out, ' ');
		output_bytes(out, words, n);
		output_char(out, ' ');
		left -= width + 3;
	}
	cells_repeat(out, glyphs->dash, left);
	output_char(out, '\n');
	if (n && !fits)
		timeline_put_note(view, id, words, n);
	view->current = id;
}

void timeline_put_note(struct timeline *view, uint64_t id, const char *words, size_t n)
{
	/* Of a connection that left the drawing to another. */
	bool late = !view->named && view->current && view->current != id;
	size_t indent = view->named || late ? view->layout.name : 2;

	for (bool first = true; n > 0; first = false) {
		size_t line = cells_line(words, n, view->layout.total - indent - 2);
		if (first && (view->named || late))
			put_name(view, id);
		else
			output_repeat(view->out, ' ', indent);
		output_bytes(view->out, words, line);
		end_line(view->out);
		while (line < n && words[line] == ' ')
			line++;
		words += line;
		n -= line;
	}
	view->any = true;
}

/* By its number if a line of its own has no room for its name. */
static void put_end(struct timeline *view, const struct synfin_connection *connection, unsigned end)
{
	struct output *out = &view->scratch;
	size_t before = output_length(out), most = view->layout.total - TITLE_BESIDE;

	output_text(out, timeline_role_word(connection, end));
	output_text(out, connection->flags & SYNFIN_CONN_ROLES_GUESSED ? "? " : " ");
	size_t socket = output_length(out);
	text_socket(out, view->options.hosts, connection, end, ':');
	if (output_length(out) - before <= most)
		return;
	output_truncate(out, socket);
	text_socket(out, NULL, connection, end, ':');
}

/* "c1  client A:P <-> server B:Q    time", on two lines if need be. */
void timeline_put_title(struct timeline *view, const struct synfin_connection *connection)
{
	struct output *out = view->out, *line = &view->scratch;
	size_t width, name = NAME_CELLS_MIN;

	output_truncate(line, 0);
	put_end(view, connection, connection->client);
	size_t first = output_length(line);
	output_text(line, " <-> ");
	put_end(view, connection, !connection->client);
	output_text(line, "  ");
	if (!text_vlan(line, connection))
		output_truncate(line, output_length(line) - 2);
	width = cells_width(line->start, output_length(line));
	if (view->any && !view->named)
		output_char(out, '\n');
	size_t before = output_length(out);
	output_char(out, 'c');
	output_decimal(out, connection->id);
	output_repeat(out, ' ', output_length(out) - before < name ? name - (output_length(out) - before) : 1);
	name = output_length(out) - before;
	if (name + width > view->layout.total) {
		output_bytes(out, line->start, first);
		output_char(out, '\n');
		output_repeat(out, ' ', name);
		output_bytes(out, line->start + first + 1, output_length(line) - first - 1);
	} else {
		output_bytes(out, line->start, output_length(line));
	}
	if (name + width + 2 + TIME_LONG <= view->layout.total) {
		output_repeat(out, ' ', name + width + 4 + TIME_LONG <= view->layout.total ? 4 : 2);
		clock_print(&view->clock, view->moment.packet, out);
	}
	end_line(out);
	view->any = true;
}

void timeline_put_headings(struct timeline *view)
{
	const struct timeline_layout *layout = &view->layout;
	struct output *out = view->out;
	const char *delta = T("delta ms"), *client = T("CLIENT"), *server = T("SERVER");

	output_repeat(out, ' ', view->named ? layout->name : 0);
	if (layout->wide) {
		output_repeat(out, ' ', FRAME_CELLS - 1);
		output_text(out, "# ");
		cells_put_left(out, T("time"), strlen(T("time")), layout->time + 1);
	}
	cells_put_right(out, delta, strlen(delta), DELTA_CELLS);
	output_char(out, ' ');
	cells_put_right(out, client, strlen(client), STATE_CELLS);
	output_repeat(out, ' ', 1 + 1 + layout->middle + 1 + 1);
	cells_put_left(out, server, strlen(server), STATE_CELLS);
	if (layout->wide) {
		output_char(out, ' ');
		cells_put_right(out, T("raw seq"), strlen(T("raw seq")), SEQUENCE_CELLS);
		output_char(out, ' ');
		/* tcpdump's word, where the language has none so short. */
		const char *window = cells_width_text(T("window")) > WINDOW_CELLS ? "win" : T("window");
		cells_put_right(out, window, strlen(window), WINDOW_CELLS);
		output_repeat(out, ' ', 2);
		output_text(out, T("note"));
	}
	end_line(out);
	view->headed = true;
}

void timeline_put_legend(struct timeline *view)
{
	const char *const lines[] = {
		view->uses_assumed ? T("~ not yet proven by a later packet") : NULL,
		view->uses_unknown ? T("? not known, or guessed") : NULL,
		view->uses_timer ? T("* assumed timer, no packet shows it") : NULL,
	};
	size_t used = 0;

	for (unsigned i = 0; i < sizeof lines / sizeof *lines; i++) {
		if (!lines[i])
			continue;
		size_t width = cells_width_text(lines[i]);
		if (!used)
			output_char(view->out, '\n');
		bool joins = used && used + 4 + width <= view->layout.total;
		if (used && !joins)
			output_char(view->out, '\n');
		output_repeat(view->out, ' ', joins ? 4 : 1);
		output_text(view->out, lines[i]);
		used = joins ? used + 4 + width : 1 + width;
	}
	if (used)
		output_char(view->out, '\n');
}
