/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The sink. event() collects what is said about the packet; packet_end() draws. A connection that leaves the tracker waits for the next
 * call: another packet means that a new connection took its place, another leave-taking or the end that the capture is over.
 */
#include "views/timeline_parts.h"

#include <stdlib.h>

#include "base/error.h"

/* Of a run of data the first ones have rows. */
enum { RUN_ROWS = 4, TIME_WAIT_S = 60 };

static int settle(struct timeline *view)
{
	if (view->label.status)
		return view->label.status;
	if (view->note.status || view->scratch.status)
		return view->note.status ? view->note.status : view->scratch.status;
	return view->options.flush ? output_drain(view->out) : output_settle(view->out);
}

static void put_packet(struct timeline *view, struct timeline_lane *lane, const uint64_t proves[2])
{
	const struct synfin_observation *observation = view->moment.observation;
	const struct synfin_endpoint *sender = &observation->connection->end[observation->from];
	const struct synfin_packet *packet = view->moment.packet;
	bool both = view->named || lane->box != BOX_NONE;
	/* No scale makes anything of 0. */
	bool known = (sender->flags & SYNFIN_END_WINDOW) || packet->tcp.window == 0;
	char delta[DELTA_SIZE] = "0";
	struct timeline_row row = {
		.shape = timeline_role(observation->connection, observation->from) == CLIENT ? SHAPE_RIGHT : SHAPE_LEFT,
		.delta = delta,
		.connection_flags = observation->connection->flags,
		.packet = packet,
		.window_known = known,
		.window = sender->flags & SYNFIN_END_WINDOW ? sender->window : packet->tcp.window,
	};

	row.warning = timeline_label(view);
	row.label = view->label.start;
	row.label_length = output_length(&view->label);
	timeline_side_note(view, proves);
	row.note = view->note.start;
	row.note_length = output_length(&view->note);
	if (lane->row_ns != packet->time_ns || lane->shown_proof[0] != UINT8_MAX)
		timeline_delta(delta, packet->time_ns, lane->row_ns);
	for (unsigned role = 0; role < 2; role++) {
		row.state[role] = lane->state[role];
		row.proof[role] = lane->proof[role];
		row.shows[role] = both || lane->state[role] != lane->shown_state[role] || lane->proof[role] != lane->shown_proof[role];
		lane->shown_state[role] = lane->state[role];
		lane->shown_proof[role] = lane->proof[role];
	}
	timeline_put_row(view, lane->id, &row);
	lane->row_ns = packet->time_ns;
	lane->box_packets++;
}

static void put_summary(struct timeline *view, struct timeline_lane *lane)
{
	struct timeline_row row = { .shape = SHAPE_NOTE };
	char delta[DELTA_SIZE];

	timeline_delta(delta, lane->run_ns, lane->row_ns);
	timeline_label_run(view, lane);
	row.delta = delta;
	row.label = view->label.start;
	row.label_length = output_length(&view->label);
	timeline_put_row(view, lane->id, &row);
	lane->row_ns = lane->run_ns;
	lane->box_packets += (uint32_t)lane->run_packets;
}

/* One packet is as short as what would be said of it. The states beside it are those of the row before. */
static void put_single(struct timeline *view, struct timeline_lane *lane, const struct synfin_connection *connection)
{
	const struct synfin_observation observation = { .connection = connection, .from = view->held_from, .handshake_ns = -1 };
	const struct timeline_moment moment = view->moment;
	const struct timeline_lane now = *lane;
	const uint64_t proves[2] = { 0, 0 };

	view->moment = (struct timeline_moment){ .packet = &view->held_packet, .observation = &observation, .remarks = view->held_remarks };
	memcpy(lane->state, lane->shown_state, 2);
	memcpy(lane->proof, lane->shown_proof, 2);
	put_packet(view, lane, proves);
	memcpy(lane->state, now.state, 2);
	memcpy(lane->proof, now.proof, 2);
	view->moment = moment;
}

/* The row of what was held back. connection: NULL where it is not at hand. */
static void put_held(struct timeline *view, struct timeline_lane *lane, const struct synfin_connection *connection)
{
	if (!lane->run_packets)
		return;
	timeline_name_rows(view, lane->id);
	if (lane->run_packets == 1 && connection && view->held_connection == lane->id)
		put_single(view, lane, connection);
	else
		put_summary(view, lane);
	lane->run_packets = lane->run_bytes[CLIENT] = lane->run_bytes[SERVER] = 0;
	view->held--;
}

/* Data and acknowledgments as they go on and on: nothing to say about it, and no state or proof changes. */
static bool is_of_run(const struct timeline *view, const struct timeline_lane *lane, const uint8_t state[2], const uint8_t proof[2])
{
	const struct annotation_remarks *remarks = &view->moment.remarks;

	if (view->moment.observation->steps || (view->moment.packet->tcp.flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_FIN | SYNFIN_TCP_RST)))
		return false;
	for (unsigned i = 0; i < remarks->count; i++)
		if (remarks->list[i].severity != SYNFIN_SEVERITY_INFO)
			return false;
	return memcmp(state, lane->state, 2) == 0 && memcmp(proof, lane->proof, 2) == 0;
}

/* True if the packet is held back. */
static bool hold(struct timeline *view, struct timeline_lane *lane, bool of_run)
{
	const struct synfin_observation *observation = view->moment.observation;

	if (!of_run) {
		lane->run_rows = 0;
		return false;
	}
	if (view->options.all_packets || lane->run_rows < RUN_ROWS) {
		lane->run_rows++;
		return false;
	}
	view->held += lane->run_packets == 0;
	if (lane->run_packets == 0) {
		view->held_packet = *view->moment.packet;
		view->held_packet.bytes = NULL;
		view->held_packet.captured = 0;
		view->held_remarks = view->moment.remarks;
		view->held_connection = lane->id;
		view->held_from = observation->from;
	}
	lane->run_packets++;
	lane->run_bytes[timeline_role(observation->connection, observation->from)] += view->moment.packet->tcp.payload;
	lane->run_ns = view->moment.packet->time_ns;
	return true;
}

/* After the row: boxes that end with it, and whether the connection is over. */
static void conclude(struct timeline *view, struct timeline_lane *lane)
{
	const struct synfin_observation *observation = view->moment.observation;
	const struct synfin_connection *connection = observation->connection;
	bool over = timeline_is_over(connection);
	/* Where one side was not captured the third step is not told apart. */
	bool opened = lane->box == BOX_HANDSHAKE && (connection->steps & SYNFIN_STEP_HANDSHAKE_3 || (connection->flags & SYNFIN_CONN_ONE_SIDED));
	bool closed = lane->box == BOX_TEARDOWN && over;

	if (lane->box == BOX_TEARDOWN)
		timeline_say_half_closed(view, lane);
	if (opened || closed || over)
		timeline_end_box(view, lane, connection, view->moment.packet->time_ns, observation->handshake_ns);
	timeline_notes(view);
	/* The close may have begun before the handshake ended, or with the same packet. */
	if (opened && (connection->steps & SYNFIN_STEP_TEARDOWN_1) && !over) {
		timeline_begin_box(view, lane);
		lane->box_packets = 1;
	}
	lane->timer_due = over && (lane->state[0] == SYNFIN_TIME_WAIT || lane->state[1] == SYNFIN_TIME_WAIT);
	if (over)
		timeline_lane_over(view, lane);
}

/* The connection's lane, with what the packet makes of its states. */
static struct timeline_lane *enter(struct timeline *view, uint64_t proves[2], bool *of_run)
{
	uint64_t id = view->moment.observation->connection->id;
	struct timeline_lane *lane = timeline_lane_place(view, id);
	uint8_t state[2], proof[2];

	if (lane->id != id) {
		if (lane->id) {
			put_held(view, lane, NULL);
			timeline_lane_free(view, lane);
		}
		*lane = (struct timeline_lane){ .id = id, .shown_proof = { UINT8_MAX, UINT8_MAX }, .proof = { UINT8_MAX, UINT8_MAX } };
	}
	memcpy(state, lane->state, 2);
	memcpy(proof, lane->proof, 2);
	memcpy(view->moment.before, state, 2);
	timeline_lane_states(lane, &view->moment, proves);
	*of_run = is_of_run(view, lane, state, proof);
	return lane;
}

static void show(struct timeline *view)
{
	uint64_t proves[2];
	bool of_run;
	struct timeline_lane *lane = enter(view, proves, &of_run);

	if (!selection_has_packet(&view->options.selection, view->moment.observation, view->moment.events)) {
		if (timeline_is_over(view->moment.observation->connection))
			timeline_lane_over(view, lane);
		return;
	}
	if (hold(view, lane, of_run))
		return;
	put_held(view, lane, view->moment.observation->connection);
	if (!lane->introduced)
		timeline_introduce(view, lane);
	timeline_name_rows(view, lane->id);
	timeline_begin_box(view, lane);
	put_packet(view, lane, proves);
	conclude(view, lane);
}

/* event: why it leaves; SYNFIN_EVENTS: the capture is over. */
static void say_farewell(struct timeline *view, const struct synfin_connection *connection, unsigned event)
{
	struct timeline_lane *lane = timeline_lane_find(view, connection->id);

	if (!lane)
		return;
	put_held(view, lane, connection);
	if (lane->introduced) {
		if (lane->box != BOX_NONE) {
			timeline_name_rows(view, lane->id);
			timeline_end_box(view, lane, connection, connection->last_ns, -1);
		}
		if (lane->timer_due && event != SYNFIN_EVENT_PORT_REUSE && event != SYNFIN_EVENT_EVICTED) {
			timeline_name_rows(view, lane->id);
			timeline_put_timer(view, lane);
		}
		timeline_last_words(view, lane, connection, event);
	}
	timeline_lane_free(view, lane);
}

static void let_leave(struct timeline *view, unsigned event)
{
	if (view->leaving.id)
		say_farewell(view, &view->leaving, event);
	view->leaving.id = 0;
}

static int on_packet(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct timeline *view = self;

	let_leave(view, SYNFIN_EVENT_PORT_REUSE);
	view->busy = true;
	view->moment = (struct timeline_moment){ .packet = packet, .observation = observation };
	return 0;
}

static int on_event(void *self, const struct synfin_event *event, const struct synfin_connection *connection)
{
	struct timeline *view = self;
	struct timeline_moment *moment = &view->moment;
	struct annotation_remarks *remarks = &moment->remarks;

	if (event->kind == SYNFIN_EVENT_EVICTED || event->kind == SYNFIN_EVENT_EXPIRED) {
		let_leave(view, SYNFIN_EVENT_PORT_REUSE);
		say_farewell(view, connection, event->kind);
		return settle(view);
	}
	/* What a packet does to another connection is not about its row. */
	if (!moment->observation || !moment->observation->connection || moment->observation->connection->id != event->connection)
		return 0;
	moment->events |= UINT64_C(1) << event->kind;
	if (remarks->count < ANNOTATION_REMARKS)
		remarks->list[remarks->count++] = (struct annotation_remark){ event->kind, event->severity, event->number };
	return 0;
}

static int on_packet_end(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct timeline *view = self;

	(void)packet;
	if (observation->connection)
		show(view);
	/* What comes before the next packet is not about this one. */
	view->moment.observation = NULL;
	return settle(view);
}

static int on_closed(void *self, const struct synfin_connection *connection)
{
	struct timeline *view = self;

	let_leave(view, SYNFIN_EVENTS);
	if (timeline_lane_find(view, connection->id))
		view->leaving = *connection;
	return settle(view);
}

static int on_end(void *self)
{
	struct timeline *view = self;

	let_leave(view, SYNFIN_EVENTS);
	timeline_put_legend(view);
	return settle(view);
}

int timeline_pause(struct timeline *view)
{
	bool idle = !view->busy;

	view->busy = false;
	/* While packets come a run goes on; only silence is a reason to show a part of it. */
	for (size_t i = 0; idle && view->held && i < LANES; i++)
		put_held(view, &view->lanes[i], NULL);
	return settle(view);
}

static unsigned width_in_range(unsigned width)
{
	if (width < TIMELINE_WIDTH_MIN)
		return TIMELINE_WIDTH_MIN;
	return width > TIMELINE_WIDTH_MAX ? TIMELINE_WIDTH_MAX : width;
}

void timeline_resize(struct timeline *view, unsigned width)
{
	view->options.width = width_in_range(width);
}

int timeline_create(struct timeline **view, const struct timeline_options *options, struct output *out, struct synfin_error *error)
{
	struct timeline *made = calloc(1, sizeof *made);
	if (made)
		made->lanes = calloc(LANES, sizeof *made->lanes);
	if (!made || !made->lanes) {
		free(made);
		return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
	}
	made->options = *options;
	made->options.width = width_in_range(options->width ? options->width : TIMELINE_WIDTH_DEFAULT);
	if (!made->options.time_wait_s)
		made->options.time_wait_s = TIME_WAIT_S;
	made->out = out;
	output_init(&made->label, NULL, NULL, 0);
	output_init(&made->note, NULL, NULL, 0);
	output_init(&made->scratch, NULL, NULL, 0);
	clock_init(&made->clock, LINE_TIME_CLOCK, false);
	timeline_layout_name(made, 1);
	timeline_layout(made);
	*view = made;
	return SYNFIN_OK;
}

void timeline_destroy(struct timeline *view)
{
	if (!view)
		return;
	output_free(&view->label);
	output_free(&view->note);
	output_free(&view->scratch);
	free(view->lanes);
	free(view);
}

struct synfin_sink timeline_sink(struct timeline *view)
{
	return (struct synfin_sink){
		.self = view,
		.packet = on_packet,
		.event = on_event,
		.packet_end = on_packet_end,
		.connection_closed = on_closed,
		.end = on_end,
	};
}
