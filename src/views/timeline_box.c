/* SPDX-License-Identifier: BSD-3-Clause */
/* What frames the rows: a connection's title, the headings, the boxes of handshake and close, the row before the first packet and after the last. */
#include "views/timeline_parts.h"

#include "views/cells.h"
#include "views/text.h"

#define HANDSHAKE_BEGINS (SYNFIN_STEP_HANDSHAKE_1 | SYNFIN_STEP_HANDSHAKE_2)
#define TEARDOWN_BEGINS (SYNFIN_STEP_TEARDOWN_1 | SYNFIN_STEP_TEARDOWN_3)
#define TEARDOWN_STEPS (TEARDOWN_BEGINS | SYNFIN_STEP_TEARDOWN_2 | SYNFIN_STEP_TEARDOWN_4)

/* A row is next, for which a heading may stand: the width may have changed since the last one. */
static void follow_width(struct timeline *view)
{
	if (view->layout.total + 1 != view->options.width)
		timeline_layout(view);
}

static void relayout(struct timeline *view, bool named)
{
	view->named = named;
	timeline_layout(view);
}

/* From here on rows have names, since this one belongs to another connection than the last. */
void timeline_name_rows(struct timeline *view, uint64_t id)
{
	follow_width(view);
	timeline_layout_name(view, id);
	if (!view->named && view->current && view->current != id)
		relayout(view, true);
	if (!view->headed)
		timeline_put_headings(view);
}

/* TIME_WAIT has an end, though no packet shows it. */
void timeline_put_timer(struct timeline *view, struct timeline_lane *lane)
{
	struct timeline_row row = { .shape = SHAPE_BLANK };
	char delta[DELTA_SIZE];

	lane->timer_due = false;
	snprintf(delta, sizeof delta, "+%u s*", (unsigned)view->options.time_wait_s);
	row.delta = delta;
	for (unsigned role = 0; role < 2; role++) {
		row.shows[role] = lane->state[role] == SYNFIN_TIME_WAIT;
		row.state[role] = SYNFIN_CLOSED;
		row.proof[role] = SYNFIN_PROOF_SEEN;
	}
	view->uses_timer = true;
	timeline_put_row(view, lane->id, &row);
}

/* Before another connection takes the drawing over, the one that is through with its close gets its last row. */
static void leave_current(struct timeline *view)
{
	struct timeline_lane *lane = view->current && !view->named ? timeline_lane_find(view, view->current) : NULL;

	if (lane && lane->timer_due)
		timeline_put_timer(view, lane);
}

/* What was before the first packet: a SYN leaves CLOSED, and is meant for an end that listens. */
static void put_before(struct timeline *view, uint64_t id)
{
	struct timeline_row row = { .shape = SHAPE_BLANK, .delta = "0", .shows = { true, true } };

	row.state[CLIENT] = SYNFIN_CLOSED;
	row.proof[CLIENT] = SYNFIN_PROOF_SEEN;
	row.state[SERVER] = SYNFIN_LISTEN;
	row.proof[SERVER] = SYNFIN_PROOF_ASSUMED;
	timeline_put_row(view, id, &row);
}

void timeline_introduce(struct timeline *view, struct timeline_lane *lane)
{
	const struct synfin_connection *connection = view->moment.observation->connection;
	const struct synfin_tcp *tcp = &view->moment.packet->tcp;

	leave_current(view);
	follow_width(view);
	if (view->named != (view->active > 0))
		relayout(view, view->active > 0);
	timeline_layout_name(view, lane->id);
	view->current = lane->id;
	timeline_put_title(view, connection);
	if (!view->named || !view->headed)
		timeline_put_headings(view);
	lane->introduced = true;
	lane->row_ns = view->moment.packet->time_ns;
	view->active++;
	if ((tcp->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_ACK | SYNFIN_TCP_RST)) == SYNFIN_TCP_SYN && connection->first_ns == view->moment.packet->time_ns)
		put_before(view, lane->id);
}

/* A box with packets left out would tell nothing. */
static bool draws(const struct timeline *view, unsigned part)
{
	const struct selection *selection = &view->options.selection;

	return !selection->states && !selection->events && (!selection->parts || (selection->parts & part));
}

/* With a FIN; or it was waiting for the handshake's box to end. */
static bool teardown_begins(const struct timeline *view)
{
	const struct synfin_observation *observation = view->moment.observation;
	unsigned late = observation->steps & SYNFIN_STEP_HANDSHAKE_3 ? SYNFIN_STEP_TEARDOWN_1 : 0;

	return (observation->steps & TEARDOWN_BEGINS) || (observation->connection->steps & late);
}

void timeline_begin_box(struct timeline *view, struct timeline_lane *lane)
{
	const struct synfin_observation *observation = view->moment.observation;
	const struct synfin_connection *connection = observation->connection;
	struct output *words = &view->note;
	bool both = connection->flags & SYNFIN_CONN_SIMULTANEOUS_CLOSE;

	output_truncate(words, 0);
	if (lane->box == BOX_NONE && (observation->steps & HANDSHAKE_BEGINS) && !(connection->flags & SYNFIN_CONN_ESTABLISHED) &&
		draws(view, SELECTION_HANDSHAKE)) {
		lane->box = BOX_HANDSHAKE;
		output_text(words, T("HANDSHAKE"));
	} else if (lane->box == BOX_NONE && teardown_begins(view) && !lane->over && draws(view, SELECTION_TEARDOWN)) {
		lane->box = BOX_TEARDOWN;
		output_format(words, T("TEARDOWN  active close: %s"), timeline_role_word(connection, connection->closer));
	} else if (lane->box == BOX_TEARDOWN && (observation->steps & TEARDOWN_STEPS) == SYNFIN_STEP_TEARDOWN_3 && !both &&
		!timeline_has(view, SYNFIN_EVENT_RETRANSMISSION)) {
		output_format(words, T("passive close: %s"), timeline_role_word(connection, observation->from));
		timeline_put_edge(view, lane->id, EDGE_MIDDLE, words->start, output_length(words));
		return;
	} else {
		return;
	}
	lane->box_packets = 0;
	lane->box_ns = view->moment.packet->time_ns;
	timeline_put_edge(view, lane->id, EDGE_UPPER, words->start, output_length(words));
}

void timeline_end_box(struct timeline *view, struct timeline_lane *lane, const struct synfin_connection *connection, int64_t now_ns, int64_t handshake_ns)
{
	if (lane->box == BOX_NONE)
		return;
	timeline_box_summary(view, lane, connection, now_ns, handshake_ns);
	timeline_put_edge(view, lane->id, EDGE_LOWER, view->note.start, output_length(&view->note));
	lane->box = BOX_NONE;
}

/* C4: between the ACK of the first FIN and the other FIN the other end may send as long as it likes. */
void timeline_say_half_closed(struct timeline *view, struct timeline_lane *lane)
{
	const struct synfin_connection *connection = view->moment.observation->connection;
	struct timeline_row row = { .shape = SHAPE_NOTE, .delta = "" };
	struct output *words = &view->note;

	if (lane->half_closed || !(connection->steps & SYNFIN_STEP_TEARDOWN_2) || (connection->steps & SYNFIN_STEP_TEARDOWN_3))
		return;
	lane->half_closed = true;
	output_truncate(words, 0);
	output_format(words, T("half-close: %s may still send"), timeline_role_word(connection, !connection->closer));
	row.label = words->start;
	row.label_length = output_length(words);
	if (cells_width(row.label, row.label_length) + 3 > view->layout.middle)
		timeline_put_note(view, lane->id, row.label, row.label_length);
	else
		timeline_put_row(view, lane->id, &row);
}
