/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which step of opening or closing a segment is (H1, C1). Taken after the segment had its effect on both ends.
 */
#include "track/clock.h"
#include "track/connection.h"
#include "track/history.h"

/* H1: 1/3 is a SYN, 2/3 the SYN-ACK that acknowledges the client's, 3/3 the client's first packet that acknowledges the server's. */
static unsigned handshake_step(const struct segment *segment)
{
	const struct synfin_connection *connection = segment->connection;
	bool from_client = segment->from == connection->client;
	bool syn = segment->flags & SYNFIN_TCP_SYN;

	if (syn && !(segment->flags & SYNFIN_TCP_ACK))
		return SYNFIN_STEP_HANDSHAKE_1;
	if (syn && !from_client && segment->acks_syn)
		return SYNFIN_STEP_HANDSHAKE_2;
	if (!segment->acks_syn || (connection->steps & SYNFIN_STEP_HANDSHAKE_3))
		return 0;
	/* H4: in a split handshake it is the client that sends the SYN-ACK, and the server's ACK of it that is the last step. */
	if (!from_client && !(connection->steps & SYNFIN_STEP_HANDSHAKE_2) && (segment->receiver->flags & segment->sender->flags & SYNFIN_END_SYN))
		return segment->receiver->flags & SYNFIN_END_SYN_ACK ? SYNFIN_STEP_HANDSHAKE_3 : 0;
	return from_client && (connection->steps & SYNFIN_STEP_HANDSHAKE_2) ? SYNFIN_STEP_HANDSHAKE_3 : 0;
}

/* C1: 1/4 is the first FIN, 2/4 the ACK that covers it, 3/4 the other end's FIN, 4/4 the ACK that covers that one. */
static unsigned teardown_steps(struct step *step)
{
	const struct segment *segment = &step->segment;
	struct synfin_connection *connection = segment->connection;
	unsigned steps = 0;

	if (segment->fin) {
		if (!(connection->steps & SYNFIN_STEP_TEARDOWN_1))
			connection->closer = segment->from & 1;
		steps |= segment->from == connection->closer ? SYNFIN_STEP_TEARDOWN_1 : SYNFIN_STEP_TEARDOWN_3;
		if (segment->repeats)
			segment->sender->flags |= SYNFIN_END_FIN_AGAIN;
	}
	if (segment->acks_fin) {
		unsigned which = segment->from != connection->closer ? SYNFIN_STEP_TEARDOWN_2 : SYNFIN_STEP_TEARDOWN_4;
		/* The answer to a repeated FIN is the same step again. */
		if (!(connection->steps & which) || (segment->receiver->flags & SYNFIN_END_FIN_AGAIN))
			steps |= which;
		segment->receiver->flags &= (uint16_t)~SYNFIN_END_FIN_AGAIN;
	}
	return steps;
}

/* T1: a half that cannot be told, because of a repetition or of the clock, leaves the sum unknown; a simultaneous open has no such halves. */
static int64_t handshake_time(const struct segment *segment)
{
	const struct synfin_connection *connection = segment->connection;
	const uint16_t simultaneous = SYNFIN_CONN_SIMULTANEOUS_OPEN | SYNFIN_CONN_CLOCK_BACKWARDS;

	if (connection->syn_rtt_ns != UINT32_MAX && connection->ack_rtt_ns != UINT32_MAX)
		return (int64_t)connection->syn_rtt_ns + connection->ack_rtt_ns;
	if ((connection->flags & simultaneous) == SYNFIN_CONN_SIMULTANEOUS_OPEN && !segment->sender->retransmitted && !segment->receiver->retransmitted)
		return clock_since(segment->packet->time_ns, connection->first_ns);
	return -1;
}

void steps_take(struct step *step)
{
	struct synfin_connection *connection = step->segment.connection;
	const struct synfin_packet *packet = step->segment.packet;
	unsigned steps = handshake_step(&step->segment);

	if (steps == SYNFIN_STEP_HANDSHAKE_3) {
		connection->flags |= SYNFIN_CONN_ESTABLISHED;
		step->observation->handshake_ns = handshake_time(&step->segment);
		/* Unless it is older than the RST that it stands behind. */
		if (step->segment.sender->state != SYNFIN_CLOSED)
			connection_revive(connection);
		step_event(step, SYNFIN_EVENT_HANDSHAKE_COMPLETE, step->segment.from, step->observation->handshake_ns);
	}
	steps |= teardown_steps(step);
	const unsigned all = SYNFIN_STEP_TEARDOWN_1 | SYNFIN_STEP_TEARDOWN_2 | SYNFIN_STEP_TEARDOWN_3 | SYNFIN_STEP_TEARDOWN_4;
	unsigned before = connection->steps;
	bool was_closed = (before & all) == all;
	connection->steps |= (uint8_t)steps;
	history_steps(connection, before, packet->time_ns);
	step->observation->steps = (uint8_t)steps;
	if (!was_closed && (connection->steps & all) == all)
		step_event(step, SYNFIN_EVENT_CLOSED, connection->closer, 0);
}
