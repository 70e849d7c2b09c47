/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where a segment's numbers lie in the streams of both ends, and whether they are this connection's at all.
 */
#include "base/sequence.h"
#include "track/segment.h"

/*
 * The highest number that `end` may send next: its peer's last ACK and window allow no more. An end that went beyond that already had
 * ACKs that were not captured, and then only the largest window there is bounds it.
 */
static int64_t right_edge(const struct synfin_endpoint *end, const struct synfin_endpoint *peer)
{
	int64_t edge = synfin_acknowledged(end) + segment_window(peer);

	return (peer->flags & SYNFIN_END_WINDOW) && end->next <= edge ? edge : end->next + MAX_WINDOW;
}

/* H8: a stream that was joined in the middle counts from the number before the first one seen. */
static void set_base(struct synfin_endpoint *end, uint32_t isn, bool is_isn)
{
	end->isn = isn;
	end->flags |= (uint16_t)(SYNFIN_END_BASE | (is_isn ? SYNFIN_END_ISN : 0));
	end->next = is_isn ? 0 : 1;
	end->unacked = 0;
}

bool segment_answers_syn(const struct segment *segment)
{
	const struct synfin_endpoint *receiver = segment->receiver;

	return !(receiver->flags & SYNFIN_END_ISN) || segment->packet->tcp.ack - receiver->isn - 1 < segment_low(receiver->next);
}

/* An end that answers an old SYN acknowledges numbers from before the new one's (RFC 9293 s3.5, figure 9). */
static bool acks_before_isn(const struct segment *segment)
{
	const struct synfin_endpoint *receiver = segment->receiver;

	return (segment->flags & SYNFIN_TCP_ACK) && (receiver->flags & SYNFIN_END_ISN) &&
		sequence_unwrap(segment->packet->tcp.ack, receiver->isn, receiver->next) < 1;
}

/* Whether it answers something else than the receiver's SYN of this connection: a SYN-ACK of another number (H3), or an older SYN. */
static bool answers_other_syn(const struct segment *segment)
{
	const uint16_t syn_ack = SYNFIN_TCP_SYN | SYNFIN_TCP_ACK;

	return ((segment->flags & syn_ack) == syn_ack && !segment_answers_syn(segment)) || acks_before_isn(segment);
}

static void set_bases(const struct segment *segment)
{
	const struct synfin_tcp *tcp = &segment->packet->tcp;
	bool syn = segment->flags & SYNFIN_TCP_SYN;
	bool ack = segment->flags & SYNFIN_TCP_ACK;

	if (answers_other_syn(segment))
		return;
	if (!(segment->sender->flags & SYNFIN_END_BASE))
		set_base(segment->sender, syn ? tcp->seq : tcp->seq - 1, syn);
	else if (syn && tcp->seq == segment->sender->isn)
		segment->sender->flags |= SYNFIN_END_ISN; /* H5: what was inferred was right */
	if (ack && !(segment->receiver->flags & SYNFIN_END_BASE)) {
		set_base(segment->receiver, tcp->ack - 1, syn);
		segment->receiver->next = 1; /* it must have sent the number that is acknowledged */
	}
}

/* S2: an ACK beyond everything sent means packets that were not captured, if it is within the window; else it means nothing. */
static bool ack_makes_sense(const struct segment *segment)
{
	const struct synfin_endpoint *receiver = segment->receiver;

	if (segment->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_RST)) /* H3, X1: no more than was sent */
		return segment->ack <= receiver->next;
	if (segment->ack <= receiver->next)
		return segment->ack >= segment->receiver_acked - MAX_WINDOW;
	if (receiver->flags & SYNFIN_END_FIN) /* there is nothing beyond its FIN */
		return false;
	if ((receiver->flags & SYNFIN_END_PROBED) && segment->ack == receiver->next + 1) /* V2: the byte of a probe was taken */
		return true;
	return segment->ack <= (receiver->flags & SYNFIN_END_SEEN ? right_edge(receiver, segment->sender) : receiver->next + MAX_WINDOW);
}

static void place_ack(struct segment *segment)
{
	const struct synfin_endpoint *receiver = segment->receiver;

	if (!(segment->flags & SYNFIN_TCP_ACK) || !(receiver->flags & SYNFIN_END_BASE))
		return;
	segment->ack = sequence_unwrap(segment->packet->tcp.ack, receiver->isn, receiver->next);
	segment->acks = ack_makes_sense(segment);
	segment->acks_syn = segment->acks && segment->ack >= 1;
	segment->acks_fin = segment->acks && (receiver->flags & SYNFIN_END_FIN) && segment->ack >= receiver->next;
}

static bool is_repeated(const struct segment *segment)
{
	const struct synfin_endpoint *sender = segment->sender;

	if (segment->flags & SYNFIN_TCP_SYN) {
		uint16_t sent = segment->flags & SYNFIN_TCP_ACK ? SYNFIN_END_SYN_ACK : SYNFIN_END_SYN;
		return (sender->flags & sent) && segment->seq == 0;
	}
	return (segment->flags & SYNFIN_TCP_FIN) && (sender->flags & SYNFIN_END_FIN) && segment->end == sender->next;
}

/*
 * Numbers beyond what the other end's window allows, in the stream of either end. One such segment is another connection's, or an
 * attack, and is dropped by the end that it is for, which says so with an ACK. A capture that missed more than a window shows them
 * too, but one after the other, and nothing that fits the old numbers in between.
 */
static bool is_beyond(const struct segment *segment)
{
	const struct synfin_endpoint *sender = segment->sender;
	const uint16_t others = SYNFIN_TCP_SYN | SYNFIN_TCP_RST;

	if ((segment->flags & others) || !(sender->flags & SYNFIN_END_BASE))
		return false;
	if (segment->seq > right_edge(sender, segment->receiver))
		return true;
	return (segment->flags & SYNFIN_TCP_ACK) && !segment->acks && segment->ack > segment->receiver_next && !(segment->receiver->flags & SYNFIN_END_FIN);
}

/*
 * It is what is known that is wrong when the other end's next segment is beyond it too, or two more of the same end's, all of them near to
 * one another. This counts them: in the lower bits who sent the first, or that it sent two; above, where both streams are, in 64 MiB, so
 * that segments of either end compare.
 */
enum { BEYOND_ONCE = 1, BEYOND_TWICE = 3, BEYOND_MASK = 3, BEYOND_SHIFT = 26 };

static bool is_known_wrong(const struct segment *segment)
{
	const struct synfin_tcp *tcp = &segment->packet->tcp;
	uint8_t *beyond = &segment->connection->beyond;
	uint8_t place = (uint8_t)((tcp->seq + tcp->ack) >> BEYOND_SHIFT << 2);
	uint8_t once = (uint8_t)(BEYOND_ONCE + segment->from);
	uint8_t before = *beyond & BEYOND_MASK;

	if (!(segment->flags & SYNFIN_TCP_ACK))
		return false;
	if (before != 0 && (*beyond & ~BEYOND_MASK) == place) {
		if (before != once)
			return true;
		once = BEYOND_TWICE;
	}
	*beyond = place | once;
	return false;
}

/* The capture missed more than a window of either stream: from here on these are its numbers. */
static void catch_up(struct segment *segment)
{
	segment->connection->beyond = 0;
	segment->acks = segment->ack >= segment->receiver_acked;
	segment->acks_syn = segment->acks;
}

/* A number from before the ISN of either end, or further back than any window reaches, or a SYN-ACK of something else than was asked (H3). */
static bool is_foreign(const struct segment *segment)
{
	const struct synfin_endpoint *sender = segment->sender;

	if (answers_other_syn(segment))
		return true;
	if (!(sender->flags & SYNFIN_END_BASE))
		return false;
	return (!(segment->flags & SYNFIN_TCP_SYN) && segment->seq < segment->sender_acked - MAX_WINDOW) || ((sender->flags & SYNFIN_END_ISN) && segment->seq < 0);
}

/* Such a segment moves nothing. */
static void judge_stray(struct segment *segment)
{
	segment->answers_old = acks_before_isn(segment);
	segment->stray = is_foreign(segment);
	if (segment->stray)
		return;
	if (!is_beyond(segment))
		segment->connection->beyond = 0;
	else if (is_known_wrong(segment))
		catch_up(segment);
	else
		segment->stray = true;
}

/* The number of a FIN comes after the SYN's and after everything that was sent; a second one elsewhere ends nothing (C6). */
static bool is_fin(const struct segment *segment)
{
	const struct synfin_endpoint *sender = segment->sender;

	if (!(segment->flags & SYNFIN_TCP_FIN) || segment->stray || segment->end < 2)
		return false;
	return segment->repeats || (!(sender->flags & SYNFIN_END_FIN) && segment->end >= sender->next);
}

void segment_place(struct segment *segment)
{
	const struct synfin_tcp *tcp = &segment->packet->tcp;

	if (!(segment->flags & SYNFIN_TCP_RST))
		set_bases(segment);
	segment->sender_next = segment->sender->next;
	segment->sender_acked = synfin_acknowledged(segment->sender);
	segment->receiver_acked = synfin_acknowledged(segment->receiver);
	segment->receiver_next = segment->receiver->next;
	if (segment->sender->flags & SYNFIN_END_BASE) {
		/* A SYN has the ISN, however far the stream has come. */
		bool syn = (segment->flags & SYNFIN_TCP_SYN) && tcp->seq == segment->sender->isn;
		segment->seq = syn ? 0 : sequence_unwrap(tcp->seq, segment->sender->isn, segment->sender->next);
		segment->end = segment->seq + (int64_t)tcp->payload + !!(segment->flags & SYNFIN_TCP_SYN) + !!(segment->flags & SYNFIN_TCP_FIN);
		segment->repeats = is_repeated(segment);
	}
	place_ack(segment);
	judge_stray(segment);
	segment->fin = is_fin(segment);
}

void segment_withdraw(const struct segment *segment, struct pool *holes)
{
	const struct synfin_tcp *tcp = &segment->packet->tcp;
	struct synfin_endpoint *sender = segment->sender;
	const uint16_t ends = SYNFIN_TCP_FIN | SYNFIN_TCP_SYN | SYNFIN_TCP_RST;

	if ((segment->flags & ends) != SYNFIN_TCP_FIN || !(sender->flags & SYNFIN_END_BASE) || (sender->flags & SYNFIN_END_FIN))
		return;
	int64_t seq = sequence_unwrap(tcp->seq, sender->isn, sender->next);
	if (seq + (int64_t)tcp->payload + 1 >= sender->next || seq != holes_unseen(holes, sender))
		return;
	int64_t acked = synfin_acknowledged(sender);
	/* Only a segment that is none of the strays of judge_stray() shows anything. */
	bool acks = (segment->flags & SYNFIN_TCP_ACK) && (segment->receiver->flags & SYNFIN_END_BASE);
	if (seq < acked - MAX_WINDOW || acks_before_isn(segment) || (acks && sequence_unwrap(tcp->ack, segment->receiver->isn, segment->receiver->next) > segment->receiver->next))
		return;
	holes_close(holes, sender);
	sender->next = seq;
	sender->unacked = acked < seq ? (uint32_t)(seq - acked) : 0;
}
