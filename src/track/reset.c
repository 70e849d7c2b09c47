/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RST: whether it counts, and what it means (X1 to X3). It never moves sequence numbers: one from an end without a socket carries
 * the acknowledgment number that provoked it.
 */
#include "track/connection.h"

struct kind {
	uint16_t flag;  /* enum synfin_connection_flag, 0 for an abort */
	uint16_t event;
};

static struct kind kind_of(const struct segment *segment)
{
	const struct synfin_connection *connection = segment->connection;
	const struct synfin_endpoint *sender = segment->sender;
	bool from_client = segment->from == connection->client;
	bool opened = connection->steps & SYNFIN_STEP_HANDSHAKE_3;
	const uint16_t answered = SYNFIN_END_SYN | SYNFIN_END_BASE;

	if (!from_client && (sender->flags & answered) != answered && sender->certain != SYNFIN_ESTABLISHED && segment->receiver->certain == SYNFIN_SYN_SENT)
		return (struct kind){ SYNFIN_CONN_REFUSED, SYNFIN_EVENT_REFUSED };
	if (from_client && !opened && (connection->steps & SYNFIN_STEP_HANDSHAKE_2))
		return (struct kind){ SYNFIN_CONN_REJECTED, SYNFIN_EVENT_HANDSHAKE_REJECTED };
	/*
	 * An end that has the connection says RST with ACK; one that has none answers an ACK with a bare RST (RFC 9293 s3.10.7.1), so there
	 * must have been something to answer.
	 */
	if (sender->state == SYNFIN_CLOSED || (!(segment->flags & SYNFIN_TCP_ACK) && (segment->receiver->flags & SYNFIN_END_SEEN)))
		return (struct kind){ SYNFIN_CONN_ANSWERED, SYNFIN_EVENT_ANSWERED };
	return (struct kind){ 0, SYNFIN_EVENT_ABORTED };
}

/*
 * Up to which acknowledgment number what the sender sends from now on is older than its RST, for lives_on(). An end that has the
 * connection says in its RST what it received; a bare RST says nothing, so whatever makes sense after it is life.
 */
static uint32_t last_word(const struct segment *segment)
{
	return segment_low(segment->acks ? segment->ack : segment->receiver_acked - 1);
}

/*
 * X2: the sender is CLOSED, the receiver assumed so. `certain` keeps what they were, and SYNFIN_END_UNPROVABLE that this was assumed of the
 * sender, in case a later packet shows that the RST was not its own.
 */
static void close_both(struct step *step)
{
	struct synfin_endpoint *sender = step->segment.sender;
	const uint16_t again = SYNFIN_END_RST | SYNFIN_END_UNPROVABLE;
	uint8_t before = sender->state == SYNFIN_CLOSED ? sender->certain : sender->state;
	bool assumed = sender->state == SYNFIN_CLOSED ? (sender->flags & again) == again : sender->proof == SYNFIN_PROOF_ASSUMED;

	step_receive(step, !step->segment.from, RX_RST, PROVEN_BY_NONE);
	/* H3: an end that waits for a SYN-ACK says RST to what does not acknowledge its SYN, and waits on (RFC 9293 s3.10.7.3). */
	bool other = step->segment.seq < 1 || step->segment.seq > sender->next;
	bool waits = sender->state == SYNFIN_SYN_SENT || (sender->proof == SYNFIN_PROOF_ASSUMED && sender->certain == SYNFIN_SYN_SENT && sender->state == SYNFIN_CLOSED);
	if (waits && other && (step->segment.receiver->flags & SYNFIN_END_SEEN))
		return;
	step_transmit(step, TX_RST);
	sender->proof = SYNFIN_PROOF_SEEN;
	sender->certain = before;
	sender->proven_by = last_word(&step->segment);
	sender->flags = (uint16_t)((sender->flags & ~SYNFIN_END_UNPROVABLE) | SYNFIN_END_RST | (assumed ? SYNFIN_END_UNPROVABLE : 0));
}

static bool is_closed(const struct synfin_endpoint *end)
{
	return end->state == SYNFIN_CLOSED || end->state == SYNFIN_TIME_WAIT;
}

/*
 * H6: the answer to a SYN that looked like an intruder's. It comes from an end without the connection, so it carries sequence number 0
 * and acknowledges that SYN (RFC 9293 s3.10.7.1), which fits nothing of the connection at hand.
 */
static bool refuses_other_syn(const struct segment *segment)
{
	return (segment->connection->flags & SYNFIN_CONN_CHALLENGED) && (segment->flags & SYNFIN_TCP_ACK) && segment->packet->tcp.seq == 0 &&
		(segment->ack > segment->receiver->next || segment->ack < segment->receiver_acked);
}

void reset_segment(struct step *step)
{
	const struct segment *segment = &step->segment;
	struct synfin_connection *connection = segment->connection;

	enum rst_verdict verdict = refuses_other_syn(segment) ? RST_VALID : segment_rst(segment, step->holes);
	switch (verdict) {
	case RST_IGNORED:
		step_event(step, SYNFIN_EVENT_RST_IGNORED, segment->from, 0);
		return;
	case RST_UNVERIFIED:
		/* It counts after all if the other end is silent from now on: no challenge ACK, nothing. */
		connection->flags &= (uint16_t)~SYNFIN_CONN_RST_FOR_1;
		connection->flags |= SYNFIN_CONN_RST_PENDING | SYNFIN_CONN_CHALLENGE_DUE | (segment->from == 0 ? SYNFIN_CONN_RST_FOR_1 : 0);
		step_event(step, SYNFIN_EVENT_RST_UNVERIFIED, segment->from, 0);
		return;
	case RST_VALID:
		break;
	}
	/* A second RST, and one after a complete close (C5: TIME_WAIT assassination), ends nothing any more. */
	bool was_over = is_closed(segment->sender) && is_closed(segment->receiver);
	struct kind kind = kind_of(segment);
	close_both(step);
	if (!was_over) {
		/* What answers packets that crossed the RST is not what ended the connection. */
		if (!(connection->flags & SYNFIN_CONN_RESET))
			connection->flags |= (uint16_t)(SYNFIN_CONN_RESET | kind.flag);
		step_event(step, kind.event, segment->from, 0);
	}
}
