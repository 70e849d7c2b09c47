/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/segment.h"

#include "base/sequence.h"

enum {
	/* RFC 7323 s2.3: a larger shift is taken as 14. */
	MAX_WINDOW_SCALE = 14,
	/* RFC 7323 s2.2: no window is larger. */
	MAX_WINDOW = 1 << 30,
};

/* An end's unacknowledged numbers are kept in 32 bits; more than a window's worth means that its peer's ACKs are not captured. */
#define UNACKED_MAX 0x80000000u

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
	end->unacked = 0;
}

/* H3: whether a SYN-ACK acknowledges the SYN that the receiver sent, as far as that is known. */
static bool answers_syn(const struct segment *segment)
{
	const struct synfin_endpoint *receiver = segment->receiver;

	return !(receiver->flags & SYNFIN_END_ISN) || segment->packet->tcp.ack - receiver->isn - 1 < segment_low(receiver->next);
}

static void set_bases(const struct segment *segment)
{
	const struct synfin_tcp *tcp = &segment->packet->tcp;
	bool syn = segment->flags & SYNFIN_TCP_SYN;
	bool ack = segment->flags & SYNFIN_TCP_ACK;

	if (syn && ack && !answers_syn(segment))
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
	return segment->ack - segment->receiver_acked <= (receiver->flags & SYNFIN_END_SEEN ? window_of(segment->sender) : MAX_WINDOW);
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
 * A number further from what is known than any window reaches, or from before the ISN, belongs to another connection, or to an attack; so
 * does a SYN-ACK of something else than was asked (H3). Such a segment moves nothing.
 */
static bool is_stray(const struct segment *segment)
{
	const struct synfin_endpoint *sender = segment->sender;

	if ((segment->flags & SYNFIN_TCP_SYN) && (segment->flags & SYNFIN_TCP_ACK) && !answers_syn(segment))
		return true;
	if (!(sender->flags & SYNFIN_END_BASE))
		return false;
	/* Where much was not captured a stream leaps; that its ACK fits is the proof of it. */
	if (segment->seq > sender->next + MAX_WINDOW)
		return !segment->acks || segment->ack < segment->receiver_acked || segment->ack > segment->receiver_next;
	return (!(segment->flags & SYNFIN_TCP_SYN) && segment->seq < segment->sender_acked - MAX_WINDOW) || ((sender->flags & SYNFIN_END_ISN) && segment->seq < 0);
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
	segment->stray = is_stray(segment);
	segment->fin = is_fin(segment);
}

/* One SYN without the option is enough to know that nothing is scaled. */
static bool offered_none(const struct synfin_endpoint *end)
{
	return (end->flags & SYNFIN_END_SYN) && !(end->flags & SYNFIN_END_SCALE_OFFERED);
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
	holes_close(holes, sender);
	sender->next = seq;
	sender->unacked = acked < seq ? (uint32_t)(seq - acked) : 0;
}

/* S4: a SYN's own window is never scaled; later ones only if both SYNs offered it, and not knowing a SYN is not knowing the scale. */
static void apply_window(const struct segment *segment)
{
	struct synfin_endpoint *sender = segment->sender;
	uint16_t both = sender->flags & segment->receiver->flags;
	unsigned shift = 0;

	if (!(segment->flags & SYNFIN_TCP_SYN) && (both & SYNFIN_END_SYN) && (both & SYNFIN_END_SCALE_OFFERED))
		shift = sender->window_scale;
	sender->window = (uint32_t)segment->packet->tcp.window << shift;
	sender->flags |= SYNFIN_END_WINDOW;
	/* Zero is zero at any scale. */
	if (!(segment->flags & SYNFIN_TCP_SYN) && !(both & SYNFIN_END_SYN) && sender->window > 0 && !offered_none(sender) && !offered_none(segment->receiver))
		sender->flags &= (uint16_t)~SYNFIN_END_WINDOW;
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

void segment_extend(struct synfin_endpoint *end, int64_t next)
{
	uint64_t unacked = (uint64_t)end->unacked + (uint64_t)(next - end->next);

	end->next = next;
	end->unacked = unacked > UNACKED_MAX ? UNACKED_MAX : (uint32_t)unacked;
}

static struct hole_evidence evidence_of(const struct segment *segment, bool acknowledged)
{
	const struct synfin_packet *packet = segment->packet;

	return (struct hole_evidence){
		.time_ns = packet->time_ns,
		.timestamp_value = packet->tcp.options & SYNFIN_TCPOPT_TIMESTAMPS ? packet->tcp.timestamp_value : 0,
		.ip_id = packet->ip.id,
		.acknowledged = acknowledged,
	};
}

/* The sender's stream grows, or one of its holes is filled. C6: what an end sends after its FIN is not part of it. */
static void apply_data(struct segment *segment, struct pool *holes)
{
	struct synfin_endpoint *sender = segment->sender;

	/* An empty segment has SND.NXT for its number: what lies below that was sent, if its ACK is one of this connection. */
	if (segment->probes || (segment->end == segment->seq && (!segment->acks || segment->seq <= sender->next)))
		return;
	if (segment->seq < sender->next)
		segment->filling = holes_fill(holes, sender, segment->seq, segment->end);
	if (segment->end <= sender->next || (sender->flags & SYNFIN_END_FIN))
		return;
	/* O1: what an end sent before it was seen for the first time is not missing. */
	if (segment->seq > sender->next && sender->packets > 1) {
		struct hole_evidence evidence = evidence_of(segment, false);
		holes_open(holes, sender, sender->next, segment->seq, &evidence);
	}
	segment_extend(sender, segment->end);
}

static void apply_ack(const struct segment *segment, struct pool *holes)
{
	struct synfin_endpoint *receiver = segment->receiver;

	if (!segment->acks)
		return;
	if (segment->ack > receiver->next) {
		bool probe = (receiver->flags & SYNFIN_END_PROBED) && segment->ack == receiver->next + 1;
		if ((receiver->flags & SYNFIN_END_SEEN) && !probe) {
			struct hole_evidence evidence = evidence_of(segment, true);
			holes_open(holes, receiver, receiver->next, segment->ack, &evidence);
		}
		segment_extend(receiver, segment->ack);
	}
	if (segment->ack > synfin_acknowledged(receiver)) {
		receiver->unacked = (uint32_t)(receiver->next - segment->ack);
		receiver->flags &= (uint16_t)~SYNFIN_END_SACKED;
	}
}

void segment_apply(struct segment *segment, struct pool *holes)
{
	struct synfin_endpoint *sender = segment->sender;

	if (segment->flags & SYNFIN_TCP_SYN)
		apply_syn(segment);
	apply_data(segment, holes);
	if (segment->fin && segment->end == sender->next)
		sender->flags |= SYNFIN_END_FIN;
	apply_window(segment);
	apply_ack(segment, holes);
	if (segment->packet->tcp.options & SYNFIN_TCPOPT_TIMESTAMPS)
		sender->timestamp_value = segment->packet->tcp.timestamp_value;
}

enum rst_verdict segment_rst(const struct segment *segment, const struct pool *holes)
{
	const struct synfin_endpoint *sender = segment->sender;
	const struct synfin_endpoint *receiver = segment->receiver;

	/* An end that only sent its SYN believes a RST only if that acknowledges it (RFC 9293 s3.10.7.3). */
	if (receiver->state == SYNFIN_SYN_SENT)
		return segment->acks_syn ? RST_VALID : RST_IGNORED;
	if (!(sender->flags & SYNFIN_END_BASE))
		return RST_VALID; /* nothing to hold against it */
	/* RCV.NXT of the receiver lies between its last ACK and the highest contiguous byte seen. */
	if (segment->seq >= segment->sender_acked && segment->seq <= holes_contiguous(holes, sender))
		return RST_VALID;
	if (segment->seq >= segment->sender_acked && segment->seq < segment->sender_acked + window_of(receiver))
		return RST_UNVERIFIED;
	return RST_IGNORED;
}

bool segment_begins_anew(const struct segment *segment)
{
	const struct synfin_endpoint *sender = segment->sender;

	if (!(segment->flags & SYNFIN_TCP_SYN) || (segment->flags & SYNFIN_TCP_RST) || !(sender->flags & SYNFIN_END_BASE) ||
	    segment->packet->tcp.seq == sender->isn || segment->receiver->certain != SYNFIN_SYN_SENT)
		return false;
	return segment->flags & SYNFIN_TCP_ACK ? answers_syn(segment) : !(sender->flags & SYNFIN_END_SYN);
}

bool segment_is_other_syn(const struct segment *segment)
{
	const struct synfin_endpoint *sender = segment->sender;

	return (segment->flags & SYNFIN_TCP_SYN) && !(segment->flags & SYNFIN_TCP_RST) && (sender->flags & SYNFIN_END_BASE) &&
		segment->packet->tcp.seq != sender->isn && !segment_begins_anew(segment);
}

bool segment_is_later_syn(const struct segment *segment)
{
	const struct synfin_tcp *tcp = &segment->packet->tcp;
	const struct synfin_endpoint *sender = segment->sender;

	if ((tcp->options & SYNFIN_TCPOPT_TIMESTAMPS) && sender->timestamp_value && sequence_after(tcp->timestamp_value, sender->timestamp_value))
		return true;
	return sequence_after(tcp->seq, sender->isn + segment_low(sender->next));
}

bool segment_is_other_syn_ack(const struct segment *segment)
{
	const struct synfin_tcp *tcp = &segment->packet->tcp;
	const uint16_t syn_ack = SYNFIN_TCP_SYN | SYNFIN_TCP_ACK;

	return (segment->flags & (syn_ack | SYNFIN_TCP_RST)) == syn_ack && (segment->sender->flags & SYNFIN_END_BASE) &&
		(segment->receiver->flags & SYNFIN_END_BASE) && tcp->seq != segment->sender->isn && tcp->ack != segment->receiver->isn + 1;
}
