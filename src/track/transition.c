/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How a segment takes its ends through the state table: the sender's transitions are seen (R1), the receiver's assumed (R2).
 */
#include "track/connection.h"

void step_assume(struct synfin_endpoint *end, int64_t proven_by)
{
	end->proof = SYNFIN_PROOF_ASSUMED;
	end->proven_by = segment_low(proven_by);
	end->flags &= (uint16_t)~SYNFIN_END_UNPROVABLE;
	if (proven_by == PROVEN_BY_NONE)
		end->flags |= SYNFIN_END_UNPROVABLE;
}

void step_event(struct step *step, unsigned kind, unsigned end, int64_t number)
{
	struct event_list *list = step->events;
	const struct synfin_packet *packet = step->segment.packet;

	if (list->count == EVENTS_MAX)
		return;
	list->events[list->count++] = (struct synfin_event){
		.time_ns = packet->time_ns,
		.frame = packet->frame,
		.connection = step->segment.connection->id,
		.kind = (uint16_t)kind,
		.from = (uint8_t)end,
		.severity = synfin_event_severity(kind),
		.number = number,
	};
}

/* The event that a cell names; opening or closing from both ends at once is said once, though both ends pass such a cell. */
static void cell_event(struct step *step, unsigned kind, unsigned end)
{
	struct synfin_connection *connection = step->segment.connection;
	uint16_t once = 0;

	if (kind == NO_EVENT)
		return;
	if (kind == SYNFIN_EVENT_SIMULTANEOUS_OPEN)
		once = SYNFIN_CONN_SIMULTANEOUS_OPEN;
	else if (kind == SYNFIN_EVENT_SIMULTANEOUS_CLOSE)
		once = SYNFIN_CONN_SIMULTANEOUS_CLOSE;
	if (connection->flags & once)
		return;
	connection->flags |= once;
	step_event(step, kind, end, 0);
}

bool step_transmit(struct step *step, enum input input)
{
	struct synfin_endpoint *sender = step->segment.sender;
	const struct transition *cell = state_transition(sender->state, input);

	/* What it was only assumed to have received stays assumed. */
	bool assumed = sender->proof == SYNFIN_PROOF_ASSUMED && sender->state != sender->certain && !(sender->flags & SYNFIN_END_UNPROVABLE);
	if (assumed)
		sender->certain = state_transition(sender->certain, input)->next & 15;
	bool changes = cell->next != sender->state;
	sender->state = cell->next & 15;
	if (changes && !assumed)
		sender->certain = sender->state;
	if (assumed ? sender->certain == sender->state : changes)
		sender->proof = SYNFIN_PROOF_SEEN;
	if (!changes)
		return false;
	cell_event(step, cell->event, step->segment.from);
	return true;
}

bool step_receive(struct step *step, unsigned end, enum input input, int64_t proven_by)
{
	struct synfin_endpoint *receiver = &step->segment.connection->end[end];
	const struct transition *cell = state_transition(receiver->state, input);

	if (cell->next == receiver->state)
		return false;
	receiver->state = cell->next;
	step_assume(receiver, proven_by);
	cell_event(step, cell->event, end);
	return true;
}
