/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a segment shows of its sender (R1): what it proves of what was assumed, and what it takes back (R2).
 */
#include "base/sequence.h"
#include "track/connection.h"

/*
 * An end in SYN_RECEIVED answers what it does not take, a SYN that comes twice or a RST that is not exact, with an empty ACK of what its SYN-ACK
 * acknowledged (RFC 9293 s3.10.7.4, RFC 5961 s3.2). A SACK shows that it took something since.
 */
static bool shows_nothing(const struct segment *segment)
{
	bool empty = segment->end == segment->seq && segment->seq == segment->sender_next;

	return segment->challenge || (segment->sender->certain == SYNFIN_SYN_RECEIVED && empty && segment->ack <= segment->receiver_acked &&
		segment->packet->tcp.sack_count == 0);
}

/*
 * R2: whether the segment shows that the sender reached the state assumed for it. Every segment carries what its sender received
 * so far, so acknowledging the packet that led there, or what came after it, is the proof; a SYN proves SYN_RECEIVED only.
 */
static bool proves(const struct segment *segment)
{
	const struct synfin_endpoint *sender = segment->sender;

	if ((segment->flags & SYNFIN_TCP_SYN) && sender->state != SYNFIN_SYN_RECEIVED)
		return false;
	if (sender->certain == SYNFIN_SYN_RECEIVED && shows_nothing(segment))
		return false;
	return segment->acks && !(sender->flags & SYNFIN_END_UNPROVABLE) && !sequence_before(segment_low(segment->ack), sender->proven_by);
}

/* Time stamps never go back (RFC 7323 s5.3): an older one is that of a packet which the network delayed, or sent twice. */
static bool is_stale(const struct segment *segment)
{
	uint32_t last = segment->sender->timestamp_value;

	return (segment->packet->tcp.options & SYNFIN_TCPOPT_TIMESTAMPS) && last && sequence_before(segment->packet->tcp.timestamp_value, last);
}

/* Whether only an earlier state than the assumed one sends this segment. */
static bool contradicts(const struct segment *segment)
{
	/* A SYN without ACK is older than its SYN-ACK, also if it is captured later (H5). */
	if ((segment->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_ACK)) == SYNFIN_TCP_SYN && (segment->sender->flags & SYNFIN_END_SYN_ACK))
		return false;
	if (segment->sender->state == SYNFIN_CLOSED || segment->repeats)
		return !is_stale(segment);
	if (segment->flags & SYNFIN_TCP_SYN)
		return true;
	return segment->fin && !(segment->sender->flags & SYNFIN_END_FIN);
}

void connection_revive(struct synfin_connection *connection)
{
	connection->flags &= (uint16_t)~(SYNFIN_CONN_RESET | SYNFIN_CONN_REFUSED | SYNFIN_CONN_REJECTED | SYNFIN_CONN_ANSWERED);
	for (unsigned i = 0; i < 2; i++)
		connection->end[i].flags &= (uint16_t)~SYNFIN_END_RST;
}

/*
 * Back to what is certain. It is worth an event when the sender shows that something did not reach it (R3); a SYN or FIN that crossed
 * the peer's is no correction but a simultaneous open or close, which has its own.
 */
static void take_back(struct step *step)
{
	const struct segment *segment = &step->segment;
	struct synfin_endpoint *sender = segment->sender;
	uint8_t assumed = sender->state;

	if (assumed == sender->certain)
		return;
	/* The end that sent the RST lives: it was not its own. What the other end sends may just have crossed the RST. */
	bool lives = sender->flags & SYNFIN_END_RST;
	if (lives)
		connection_revive(segment->connection);
	sender->state = sender->certain;
	sender->proof = sender->certain == SYNFIN_UNKNOWN ? SYNFIN_PROOF_UNKNOWN : SYNFIN_PROOF_SEEN;
	/* What was only assumed of it before is assumed again, until it acknowledges something new; a SYN shows where it is. */
	if (lives && segment->flags & SYNFIN_TCP_SYN)
		sender->state = sender->certain = segment->flags & SYNFIN_TCP_ACK ? SYNFIN_SYN_RECEIVED : SYNFIN_SYN_SENT;
	else if (lives && sender->flags & SYNFIN_END_UNPROVABLE)
		step_assume(sender, segment->receiver_acked + 1);
	if (assumed == SYNFIN_CLOSED || segment->repeats)
		step_event(step, SYNFIN_EVENT_STATE_CORRECTED, segment->from, assumed);
}

/* What the peer sent that may reach the sender just after it sent this segment: assumed anew after a crossing. */
static void receive_crossing(struct step *step)
{
	const struct segment *segment = &step->segment;
	const struct synfin_endpoint *peer = segment->receiver;
	int64_t received = segment->acks ? segment->ack : 0;

	/* What ends an end in LAST_ACK is that ACK itself, and not a RST after it. */
	if ((segment->sender->flags & SYNFIN_END_FIN) && segment->sender_acked == segment->sender->next && segment->sender->state != SYNFIN_LAST_ACK)
		step_receive(step, segment->from, RX_ACKS_FIN, segment->receiver_acked + 1);
	if ((peer->flags & SYNFIN_END_SYN_ACK) && segment->sender_acked >= 1)
		step_receive(step, segment->from, RX_SYN_ACK, 1);
	else if ((peer->flags & SYNFIN_END_SYN) && received < 1)
		step_receive(step, segment->from, RX_SYN, 1);
	if ((peer->flags & SYNFIN_END_FIN) && received < peer->next && holes_contiguous(step->holes, peer) == peer->next)
		step_receive(step, segment->from, RX_FIN, peer->next);
}

/* What an ACK without SYN says of its sender. With Fast Open an end sends although its SYN is not acknowledged yet (RFC 7413). */
static enum input input_of_ack(const struct segment *segment)
{
	const struct synfin_endpoint *sender = segment->sender;
	bool waits = segment->sender_acked < 1 || segment->receiver->certain == SYNFIN_SYN_SENT || (sender->proof == SYNFIN_PROOF_ASSUMED && sender->certain == SYNFIN_SYN_RECEIVED);

	return ((segment->receiver->flags & SYNFIN_END_FAST_OPEN) && waits) || shows_nothing(segment) ? TX_FAST_OPEN : TX_SEGMENT;
}

/* H8: in mid-stream an end may be established or past the other's FIN. Proven once both ends have sent data since. */
static void transmit_mid_stream(struct step *step)
{
	struct segment *segment = &step->segment;
	struct synfin_endpoint *sender = segment->sender;

	if (sender->certain == SYNFIN_ESTABLISHED && segment->connection->flags & SYNFIN_CONN_MID_STREAM) {
		step_assume(sender, PROVEN_BY_NONE);
	}
}

/*
 * R2: what it repeated its FIN before took back that the peer's ACK of it had arrived. The ACK of the peer's FIN, which came no earlier, makes that
 * likely again.
 */
static void transmit_acks_fin(struct step *step)
{
	const struct segment *segment = &step->segment;
	bool repeated = segment->sender->state == SYNFIN_FIN_WAIT_1 && segment->sender_acked == segment->sender->next;

	step_transmit(step, TX_ACKS_FIN);
	if (repeated && (segment->sender->flags & SYNFIN_END_FIN))
		step_receive(step, segment->from, RX_ACKS_FIN, PROVEN_BY_NONE);
}

/*
 * C1: an end that is known to have received the peer's FIN, and whose own FIN, captured only now, does not acknowledge that: it left before. Then
 * both closed at once.
 */
static bool is_fin_from_before(const struct segment *segment)
{
	const struct synfin_endpoint *sender = segment->sender;

	return sender->state == SYNFIN_CLOSE_WAIT && segment->acks && !segment->acks_fin;
}

static void transmit_crossed_fin(struct step *step)
{
	struct synfin_endpoint *sender = step->segment.sender;
	bool seen = sender->proof == SYNFIN_PROOF_SEEN;

	sender->state = sender->certain = SYNFIN_ESTABLISHED;
	step_transmit(step, TX_FIN);
	step_receive(step, step->segment.from, RX_FIN, step->segment.receiver->next);
	if (seen) {
		sender->certain = sender->state;
		sender->proof = SYNFIN_PROOF_SEEN;
	}
}

static void transmit(struct step *step)
{
	const struct segment *segment = &step->segment;
	uint8_t before = segment->sender->state;
	/* A segment without SYN, RST and ACK is dropped unread (RFC 9293 s3.10.7.4), and tells nothing; scanners send such. */
	bool sender_known = before != SYNFIN_UNKNOWN || (segment->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_ACK));

	if (segment->flags & SYNFIN_TCP_SYN)
		step_transmit(step, segment->flags & SYNFIN_TCP_ACK ? TX_SYN_ACK : TX_SYN);
	else if (segment->flags & SYNFIN_TCP_ACK)
		step_transmit(step, input_of_ack(segment));
	if (before == SYNFIN_UNKNOWN && sender_known)
		transmit_mid_stream(step);
	if (segment->acks_fin)
		transmit_acks_fin(step);
	if (segment->fin && sender_known && is_fin_from_before(segment))
		transmit_crossed_fin(step);
	else if (segment->fin && sender_known)
		step_transmit(step, TX_FIN);
}

/*
 * X2, R3: whether a segment from an end that sent a RST shows that the RST was not its own. An older segment, captured late, does not:
 * it brings nothing new, and acknowledges no more than the RST did.
 */
static bool lives_on(const struct segment *segment)
{
	bool more = segment->acks && sequence_after(segment_low(segment->ack), segment->sender->proven_by);

	return segment->end > segment->sender_next || (more && !is_stale(segment));
}

void sender_take(struct step *step)
{
	const struct segment *segment = &step->segment;
	struct synfin_endpoint *sender = segment->sender;
	bool crossing = false;

	if (sender->proof == SYNFIN_PROOF_ASSUMED && proves(segment)) {
		sender->proof = SYNFIN_PROOF_SEEN;
		sender->certain = sender->state;
	} else if ((sender->proof == SYNFIN_PROOF_ASSUMED && contradicts(segment)) ||
		   (sender->proof == SYNFIN_PROOF_SEEN && sender->state == SYNFIN_CLOSED && lives_on(segment))) {
		take_back(step);
		crossing = !segment->repeats;
	}
	transmit(step);
	if (crossing)
		receive_crossing(step);
}
