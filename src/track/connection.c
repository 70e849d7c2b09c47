/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/connection.h"

#include "track/clock.h"
#include "track/history.h"
#include "track/rtt.h"
#include "track/verdict.h"

/* ---- the receiver: what the segment will do when it arrives */

static void take_receiver(struct step *step)
{
	const struct segment *segment = &step->segment;
	unsigned end = !segment->from;
	uint8_t before = segment->receiver->state;

	if (!(segment->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_ACK)))
		return;
	if ((segment->flags & SYNFIN_TCP_SYN) && !(segment->flags & SYNFIN_TCP_ACK)) {
		/* A listener whose half-open connection was reset listens on (RFC 9293 s3.10.7.4), but not for a SYN with FIN. */
		if (before == SYNFIN_CLOSED && !(segment->flags & SYNFIN_TCP_FIN) && segment->receiver->certain == SYNFIN_SYN_RECEIVED && (segment->receiver->flags & SYNFIN_END_SYN) &&
		    end != segment->connection->client)
			segment->receiver->state = SYNFIN_LISTEN;
		step_receive(step, end, RX_SYN, 1);
	} else if (segment->flags & SYNFIN_TCP_SYN) {
		if (segment->acks_syn)
			step_receive(step, end, RX_SYN_ACK, 1);
	} else if (segment->acks_syn) {
		/* With Fast Open an end in SYN_RECEIVED sends too; only what its SYN-ACK had not acknowledged yet tells. */
		int64_t proven_by = segment->sender->flags & SYNFIN_END_FAST_OPEN ? segment->sender_acked + 1 : 0;
		if (segment->connection->flags & SYNFIN_CONN_MID_STREAM)
			proven_by = PROVEN_BY_NONE;
		step_receive(step, end, RX_ACKS_SYN, proven_by);
	}
	/* The ACK alone cannot be acknowledged; whatever its sender sent after it can. */
	if (segment->acks_fin)
		step_receive(step, end, RX_ACKS_FIN, segment->sender_next + 1);
	/* C3: the FIN is not received while something before it is missing, but with the segment that fills the last hole. */
	bool brings = segment->fin || segment->filling.filled > 0;
	if (brings && (segment->sender->flags & SYNFIN_END_FIN) && holes_contiguous(step->holes, segment->sender) == segment->sender->next)
		step_receive(step, end, RX_FIN, segment->sender->next);
	if (before != SYNFIN_FIN_WAIT_2 && segment->receiver->state == SYNFIN_FIN_WAIT_2 && !(segment->sender->flags & SYNFIN_END_FIN))
		step_event(step, SYNFIN_EVENT_HALF_CLOSED, end, 0);
}

/* ---- the connection */

/* H8: both ends have sent data, so neither was past a FIN. */
static void prove_mid_stream(const struct segment *segment)
{
	if (segment->packet->tcp.payload == 0 || segment->receiver->next <= 1)
		return;
	for (unsigned i = 0; i < 2; i++) {
		struct synfin_endpoint *end = &segment->connection->end[i];
		if ((end->flags & SYNFIN_END_SEEN) && end->state == SYNFIN_ESTABLISHED && end->proof == SYNFIN_PROOF_ASSUMED && (end->flags & SYNFIN_END_UNPROVABLE)) {
			end->proof = SYNFIN_PROOF_SEEN;
			end->certain = SYNFIN_ESTABLISHED;
		}
	}
}

bool connection_is_over(const struct synfin_connection *connection)
{
	uint8_t one = connection->end[0].state;
	uint8_t other = connection->end[1].state;

	return one == SYNFIN_TIME_WAIT || other == SYNFIN_TIME_WAIT || (one == SYNFIN_CLOSED && other == SYNFIN_CLOSED);
}

void connection_expire(struct synfin_connection *connection)
{
	for (unsigned i = 0; i < 2; i++) {
		struct synfin_endpoint *end = &connection->end[i];
		const struct transition *cell = state_transition(end->state, TIMEOUT);
		if (cell->next == end->state)
			continue;
		end->state = cell->next;
		step_assume(end, PROVEN_BY_NONE);
	}
}

/* The end that a SYN of another ISN is for answers with an ACK, which shows nothing new of its state (RFC 5961 s4). */
static void await_challenge(struct segment *segment)
{
	struct synfin_connection *connection = segment->connection;

	if (connection->flags & SYNFIN_CONN_RST_PENDING)
		return;
	connection->flags &= (uint16_t)~SYNFIN_CONN_RST_FOR_1;
	connection->flags |= SYNFIN_CONN_CHALLENGE_DUE | (segment->from == 0 ? SYNFIN_CONN_RST_FOR_1 : 0);
}

/* The answer to a RST that is not exact comes after what its sender had sent before, which may be its SYN-ACK. */
static void take_challenge(struct segment *segment)
{
	struct synfin_connection *connection = segment->connection;

	if (!(connection->flags & SYNFIN_CONN_CHALLENGE_DUE) || (segment->flags & SYNFIN_TCP_SYN))
		return;
	connection->flags &= (uint16_t)~SYNFIN_CONN_CHALLENGE_DUE;
	segment->challenge = segment->packet->tcp.payload == 0 && !(segment->flags & SYNFIN_TCP_FIN);
}

/*
 * T3: a clock that was set back shows in every packet that follows. One packet alone with a time from before, even from years before, has a
 * false time stamp, and what follows it comes no later than it would without it.
 */
static void take_time(struct step *step)
{
	struct segment *segment = &step->segment;
	struct synfin_connection *connection = segment->connection;
	bool was_behind = connection->flags & SYNFIN_CONN_CLOCK_BEHIND;

	segment->silence_ns = clock_since(segment->packet->time_ns, connection->last_ns);
	bool behind = segment->silence_ns < 0;
	if (behind && !was_behind) {
		connection->flags |= SYNFIN_CONN_CLOCK_BACKWARDS | SYNFIN_CONN_CLOCK_BEHIND;
		step_event(step, SYNFIN_EVENT_CLOCK_BACKWARDS, segment->from, clock_since(0, segment->silence_ns));
		return;
	}
	connection->flags &= (uint16_t)~SYNFIN_CONN_CLOCK_BEHIND;
	connection->last_ns = segment->packet->time_ns;
}

/* X1, O1: what any packet says of the connection, whatever it is. */
static void take_packet(struct step *step)
{
	struct segment *segment = &step->segment;
	struct synfin_connection *connection = segment->connection;

	take_time(step);
	/* X1: the end that the RST was for is not silent. */
	if (!(segment->flags & SYNFIN_TCP_RST) && segment->from == (connection->flags & SYNFIN_CONN_RST_FOR_1 ? 1 : 0)) {
		connection->flags &= (uint16_t)~SYNFIN_CONN_RST_PENDING;
		take_challenge(segment);
	}
	segment->sender->flags |= SYNFIN_END_SEEN;
	if (segment->receiver->flags & SYNFIN_END_SEEN)
		connection->flags &= (uint16_t)~SYNFIN_CONN_ONE_SIDED;
	if (segment->sender->packets < UINT32_MAX)
		segment->sender->packets++;
	history_packet(segment);
}

/* What the segment is in its stream (V2 to V8) and what it measures (T1, T2), around its effect on the numbers. */
static void judge(struct step *step)
{
	struct segment *segment = &step->segment;
	uint32_t window = segment->sender->window;
	bool window_known = segment->sender->flags & SYNFIN_END_WINDOW;

	verdict_probe(step);
	bool again = segment->end > segment->seq && segment->seq < segment->sender->next;
	rtt_segment(segment, again);
	segment_apply(segment, step->holes);
	segment->retransmits = verdict_data(step);
	if (segment->retransmits)
		segment->sender->retransmitted++;
	history_segment(segment, step->holes);
	verdict_ack(step, window, window_known);
}

/*
 * H3: a SYN-ACK of something else shows its sender's state all the same, if nothing else did. One that acknowledges numbers from before the
 * ISN answers an old SYN (RFC 9293 s3.5, figure 9), and the RST that this provokes ends it: until its sender has a base its ISN is the
 * number that such a RST has.
 */
static void take_stray_syn_ack(struct step *step)
{
	struct synfin_endpoint *sender = step->segment.sender;

	sender_take(step);
	if ((sender->flags & SYNFIN_END_BASE) || step->segment.ack >= 1)
		return;
	sender->flags |= SYNFIN_END_SYN;
	sender->isn = step->segment.packet->tcp.ack;
	sender->next = 0;
	sender->unacked = 0;
}

/* The same from an end that has a connection from before the capture (half-open, H6): which state that is in, its ACK does not tell. */
static void take_stray_ack(struct step *step)
{
	struct synfin_endpoint *sender = step->segment.sender;

	if ((sender->flags & SYNFIN_END_BASE) || !step->segment.answers_old)
		return;
	if (sender->certain == SYNFIN_UNKNOWN) {
		sender->state = step->segment.flags & SYNFIN_TCP_FIN ? SYNFIN_FIN_WAIT_1 : SYNFIN_ESTABLISHED;
		sender->certain = SYNFIN_SYN_RECEIVED;
		step_assume(sender, PROVEN_BY_NONE);
	}
	sender->flags |= SYNFIN_END_SYN;
	sender->isn = step->segment.packet->tcp.ack;
}

static void take_stray(struct step *step)
{
	const struct segment *segment = &step->segment;

	if (!(segment->flags & SYNFIN_TCP_SYN)) {
		step_event(step, SYNFIN_EVENT_OUT_OF_WINDOW, segment->from, 0);
		take_stray_ack(step);
	} else if (!(segment->sender->flags & SYNFIN_END_SYN)) {
		take_stray_syn_ack(step);
	}
}

void connection_segment(struct step *step)
{
	struct segment *segment = &step->segment;
	struct synfin_connection *connection = segment->connection;
	bool other = segment_is_other_syn(segment);

	if (!other)
		connection_settle_roles(segment);
	take_packet(step);
	if (other) {
		connection_note_rival(segment);
		connection->flags |= SYNFIN_CONN_CHALLENGED;
		await_challenge(segment);
		step_event(step, SYNFIN_EVENT_SYN_CHALLENGED, segment->from, 0);
		return;
	}
	if (segment_begins_anew(segment))
		connection_begin_anew(step);
	if (segment_recalls(segment))
		connection_recall(step);
	segment_withdraw(segment, step->holes);
	segment_place(segment);
	if (segment->flags & SYNFIN_TCP_RST) {
		reset_segment(step);
		return;
	}
	if (segment->stray) {
		take_stray(step);
		return;
	}
	sender_take(step);
	judge(step);
	take_receiver(step);
	steps_take(step);
	if (connection->flags & SYNFIN_CONN_MID_STREAM)
		prove_mid_stream(segment);
}
