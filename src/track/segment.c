/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/segment.h"

#include "base/sequence.h"

enum {
	/* RFC 7323 s2.3: a larger shift is taken as 14. */
	MAX_WINDOW_SCALE = 14,
	/* RFC 7323 s2.2: no window is larger. */
	MAX_WINDOW = 1 << 30,
};

/* The bytes that the end's last window allows beyond what it acknowledged; the largest there is while that is not known. */
static int64_t window_of(const struct synfin_endpoint *end)
{
	return end->flags & SYNFIN_END_WINDOW ? (int64_t)end->window : MAX_WINDOW;
}

/* H8: a stream that was joined in the middle counts from the number before the first one seen. */
static void set_base(struct synfin_endpoint *end, uint32_t isn, bool is_isn)
{
	end->isn = isn;
	end->flags |= (uint16_t)(SYNFIN_END_BASE | (is_isn ? SYNFIN_END_ISN : 0));
	end->next = is_isn ? 0 : 1;
	end->acked = end->next;
}

static void set_bases(const struct segment *segment)
{
	const struct synfin_tcp *tcp = &segment->packet->tcp;
	bool syn = segment->flags & SYNFIN_TCP_SYN;

	if (!(segment->sender->flags & SYNFIN_END_BASE))
		set_base(segment->sender, syn ? tcp->seq : tcp->seq - 1, syn);
	else if (syn && tcp->seq == segment->sender->isn)
		segment->sender->flags |= SYNFIN_END_ISN;
	if ((segment->flags & SYNFIN_TCP_ACK) && !(segment->receiver->flags & SYNFIN_END_BASE)) {
		set_base(segment->receiver, tcp->ack - 1, syn);
		segment->receiver->next = 1; /* it must have sent the number that is acknowledged */
		segment->receiver->acked = 1;
	}
}

/* S2: an ACK beyond everything sent means packets that were not captured, if it is within the window; else it means nothing. */
static bool ack_makes_sense(const struct segment *segment)
{
	const struct synfin_endpoint *receiver = segment->receiver;

	if (segment->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_RST)) /* H3, X1: no more than was sent */
		return segment->ack <= receiver->next;
	return segment->ack <= receiver->next || segment->ack - receiver->acked <= window_of(segment->sender);
}

static void place_ack(struct segment *segment)
{
	const struct synfin_endpoint *receiver = segment->receiver;

	if (!(segment->flags & SYNFIN_TCP_ACK) || !(receiver->flags & SYNFIN_END_BASE))
		return;
	segment->ack = sequence_unwrap(segment->packet->tcp.ack, receiver->isn, receiver->next);
	segment->acks = ack_makes_sense(segment);
	segment->acks_syn = segment->acks && segment->ack >= 1;
	segment->acks_fin = segment->acks && (receiver->flags & SYNFIN_END_FIN) && segment->ack > receiver->fin;
}

static bool is_repeated(const struct segment *segment)
{
	const struct synfin_endpoint *sender = segment->sender;

	if (segment->flags & SYNFIN_TCP_SYN) {
		uint16_t sent = segment->flags & SYNFIN_TCP_ACK ? SYNFIN_END_SYN_ACK : SYNFIN_END_SYN;
		return (sender->flags & sent) && segment->seq == 0;
	}
	return (segment->flags & SYNFIN_TCP_FIN) && (sender->flags & SYNFIN_END_FIN) && segment->end - 1 == sender->fin;
}

void segment_place(struct segment *segment)
{
	const struct synfin_tcp *tcp = &segment->packet->tcp;

	if (!(segment->flags & SYNFIN_TCP_RST))
		set_bases(segment);
	if (segment->sender->flags & SYNFIN_END_BASE) {
		segment->seq = sequence_unwrap(tcp->seq, segment->sender->isn, segment->sender->next);
		segment->end = segment->seq + (int64_t)tcp->payload + !!(segment->flags & SYNFIN_TCP_SYN) + !!(segment->flags & SYNFIN_TCP_FIN);
		segment->in_order = segment->seq <= segment->sender->next;
		segment->repeats = is_repeated(segment);
	}
	place_ack(segment);
}

/* S4: a SYN's own window is never scaled; later ones only if both SYNs offered it, and not knowing a SYN is not knowing the scale. */
static void apply_window(const struct segment *segment)
{
	struct synfin_endpoint *sender = segment->sender;
	uint16_t both = sender->flags & segment->receiver->flags;
	unsigned shift = 0;

	if (!(segment->flags & SYNFIN_TCP_SYN)) {
		if (!(both & SYNFIN_END_SYN))
			return;
		shift = both & SYNFIN_END_SCALE_OFFERED ? sender->window_scale : 0;
	}
	sender->window = (uint32_t)segment->packet->tcp.window << shift;
	sender->flags |= SYNFIN_END_WINDOW;
}

static void apply_syn(const struct segment *segment)
{
	const struct synfin_tcp *tcp = &segment->packet->tcp;
	struct synfin_endpoint *sender = segment->sender;

	sender->flags |= segment->flags & SYNFIN_TCP_ACK ? SYNFIN_END_SYN | SYNFIN_END_SYN_ACK : SYNFIN_END_SYN;
	if (tcp->payload > 0 || (tcp->options & SYNFIN_TCPOPT_FAST_OPEN))
		sender->flags |= SYNFIN_END_FAST_OPEN;
	if (tcp->options & SYNFIN_TCPOPT_MSS)
		sender->mss = tcp->mss;
	if (tcp->options & SYNFIN_TCPOPT_WINDOW_SCALE) {
		sender->flags |= SYNFIN_END_SCALE_OFFERED;
		sender->window_scale = tcp->window_scale < MAX_WINDOW_SCALE ? tcp->window_scale : MAX_WINDOW_SCALE;
	}
}

void segment_apply(const struct segment *segment)
{
	struct synfin_endpoint *sender = segment->sender;
	struct synfin_endpoint *receiver = segment->receiver;

	if (segment->flags & SYNFIN_TCP_SYN)
		apply_syn(segment);
	if ((segment->flags & SYNFIN_TCP_FIN) && !(sender->flags & SYNFIN_END_FIN)) {
		sender->flags |= SYNFIN_END_FIN;
		sender->fin = segment->end - 1;
	}
	/* C6: what an end sends after its FIN is not part of its stream. */
	if (segment->end > sender->next && (!(sender->flags & SYNFIN_END_FIN) || segment->end <= sender->fin + 1))
		sender->next = segment->end;
	apply_window(segment);
	if (segment->acks) {
		if (segment->ack > receiver->next)
			receiver->next = segment->ack;
		if (segment->ack > receiver->acked)
			receiver->acked = segment->ack;
	}
}

enum rst_verdict segment_rst(const struct segment *segment)
{
	const struct synfin_endpoint *sender = segment->sender;
	const struct synfin_endpoint *receiver = segment->receiver;

	/* An end that only sent its SYN believes a RST only if that acknowledges it (RFC 9293 s3.10.7.3). */
	if (receiver->state == SYNFIN_SYN_SENT)
		return segment->acks_syn ? RST_VALID : RST_IGNORED;
	if (!(sender->flags & SYNFIN_END_BASE))
		return RST_VALID; /* nothing to hold against it */
	/* RCV.NXT of the receiver lies between its last ACK and the highest number that it can have received. */
	if (segment->seq >= sender->acked && segment->seq <= sender->next)
		return RST_VALID;
	if (segment->seq > sender->next && segment->seq < sender->acked + window_of(receiver))
		return RST_UNVERIFIED;
	return RST_IGNORED;
}

bool segment_is_other_syn(const struct segment *segment)
{
	const struct synfin_endpoint *sender = segment->sender;

	return (segment->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_ACK | SYNFIN_TCP_RST)) == SYNFIN_TCP_SYN &&
		(sender->flags & SYNFIN_END_BASE) && segment->packet->tcp.seq != sender->isn;
}
