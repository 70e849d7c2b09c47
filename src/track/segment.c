/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/segment.h"

#include "base/sequence.h"

enum {
	/* RFC 7323 s2.3: a larger shift is taken as 14. */
	MAX_WINDOW_SCALE = 14,
};

/* An end's unacknowledged numbers are kept in 32 bits; more than a window's worth means that its peer's ACKs are not captured. */
#define UNACKED_MAX 0x80000000u

int64_t segment_window(const struct synfin_endpoint *end)
{
	return end->flags & SYNFIN_END_WINDOW ? (int64_t)end->window : MAX_WINDOW;
}

/* One SYN without the option is enough to know that nothing is scaled. */
static bool offered_none(const struct synfin_endpoint *end)
{
	return (end->flags & SYNFIN_END_SYN) && !(end->flags & SYNFIN_END_SCALE_OFFERED);
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
	sender->sack_permitted = !!(tcp->options & SYNFIN_TCPOPT_SACK_PERMITTED);
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

/*
 * H8, V6: what lies below the first number of a stream that was joined in the middle had not been captured before either; the evidence is
 * when the capture came to it, and the last time stamp. It is no part of the stream that is known, so it is neither missed nor counted.
 */
static void fill_before_the_first(struct segment *segment)
{
	const struct synfin_endpoint *sender = segment->sender;

	if ((sender->flags & SYNFIN_END_ISN) || segment->seq >= 1 || segment->end == segment->seq)
		return;
	segment->filling.filled = (uint32_t)((segment->end < 1 ? segment->end : 1) - segment->seq);
	segment->filling.evidence = (struct hole_evidence){
		.time_ns = segment->connection->first_ns,
		.timestamp_value = sender->timestamp_value,
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
	if (segment->filling.filled == 0)
		fill_before_the_first(segment);
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
	/* H8: the first ACK tells how much of a stream that was joined in the middle was acknowledged. */
	bool lower = !(receiver->flags & SYNFIN_END_ISN) && segment->sender->packets == 1 && segment->ack < segment->receiver_acked;
	if (segment->ack > synfin_acknowledged(receiver) || lower) {
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
	/* T1: what answers a SYN without time stamp echoes an older one's. */
	if (segment->packet->tcp.options & SYNFIN_TCPOPT_TIMESTAMPS)
		sender->timestamp_value = segment->packet->tcp.timestamp_value;
	else if (segment->flags & SYNFIN_TCP_SYN)
		sender->timestamp_value = 0;
}

/*
 * RCV.NXT of the receiver, to which a RST must be exact, lies between its last ACK and the highest contiguous byte seen. Two numbers more are
 * exact (measured on Linux): that above all that it SACKs, so that a loss does not keep an abort away; and, once it got the FIN, the FIN's own,
 * which answers what crossed the FIN: its sender has gone altogether, and knows only which number that asked for.
 */
static bool is_exact(const struct segment *segment, const struct pool *holes)
{
	const struct synfin_endpoint *sender = segment->sender;
	uint8_t state = segment->receiver->state;

	if (segment->seq >= segment->sender_acked && segment->seq <= holes_contiguous(holes, sender))
		return true;
	if (segment->seq == sender->next && sender->sack_permitted && segment->receiver->sack_permitted)
		return true;
	return (sender->flags & SYNFIN_END_FIN) && segment->seq == sender->next - 1 &&
		(state == SYNFIN_CLOSE_WAIT || state == SYNFIN_CLOSING || state == SYNFIN_LAST_ACK);
}

static bool is_answer_to_syn(const struct segment *segment)
{
	const struct synfin_endpoint *receiver = segment->receiver;

	return receiver->state == SYNFIN_ESTABLISHED && receiver->certain == SYNFIN_SYN_SENT && segment->packet->tcp.seq == 0 && segment->acks_syn &&
		!(segment->connection->flags & SYNFIN_CONN_SIMULTANEOUS_OPEN);
}

enum rst_verdict segment_rst(const struct segment *segment, const struct pool *holes)
{
	const struct synfin_endpoint *sender = segment->sender;
	const struct synfin_endpoint *receiver = segment->receiver;

	/* An end that only sent its SYN believes a RST only if that acknowledges it (RFC 9293 s3.10.7.3). */
	if (receiver->state == SYNFIN_SYN_SENT)
		return segment->acks_syn ? RST_VALID : RST_IGNORED;
	/* The answer to another SYN from an end without the connection: the SYN-ACK before it has not arrived. */
	if (is_answer_to_syn(segment))
		return RST_VALID;
	/* H3: the answer to a SYN-ACK of an old SYN has the number that this acknowledged. */
	if (receiver->certain == SYNFIN_SYN_RECEIVED && (receiver->flags & (SYNFIN_END_SYN | SYNFIN_END_BASE)) == SYNFIN_END_SYN)
		return segment->packet->tcp.seq == receiver->isn ? RST_VALID : RST_IGNORED;
	if (!(sender->flags & SYNFIN_END_BASE))
		return RST_VALID; /* nothing to hold against it */
	if (is_exact(segment, holes))
		return RST_VALID;
	if (segment->seq >= segment->sender_acked && segment->seq < segment->sender_acked + segment_window(receiver))
		return RST_UNVERIFIED;
	return RST_IGNORED;
}

bool segment_begins_anew(const struct segment *segment)
{
	const struct synfin_endpoint *sender = segment->sender;

	/* The first answer counts: the client takes no second one, and the server that gives another has got its SYN again. */
	if (!(segment->flags & SYNFIN_TCP_SYN) || (segment->flags & SYNFIN_TCP_RST) || !(sender->flags & SYNFIN_END_BASE) ||
	    segment->packet->tcp.seq == sender->isn || segment->receiver->state != SYNFIN_SYN_SENT)
		return false;
	return segment->flags & SYNFIN_TCP_ACK ? segment_answers_syn(segment) : !(sender->flags & SYNFIN_END_SYN);
}

bool segment_recalls(const struct segment *segment)
{
	const struct synfin_endpoint *server = segment->receiver;
	const uint16_t flags = SYNFIN_TCP_SYN | SYNFIN_TCP_ACK | SYNFIN_TCP_RST;
	uint32_t isn = segment->packet->tcp.ack - 1;

	return (segment->flags & flags) == SYNFIN_TCP_ACK && segment->sender->certain == SYNFIN_SYN_SENT && (server->flags & SYNFIN_END_SYN_ACK) &&
		server->state == SYNFIN_SYN_RECEIVED && server->proof == SYNFIN_PROOF_SEEN && isn == server->proven_by && isn != server->isn;
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

bool segment_begins_after_close(const struct segment *segment)
{
	const struct synfin_endpoint *sender = segment->sender;
	const uint16_t syn_ack = SYNFIN_TCP_SYN | SYNFIN_TCP_ACK;
	/* What its SYN, seen again, makes it is assumed. */
	bool listens = (segment->connection->flags & SYNFIN_CONN_RESET) && sender->state == SYNFIN_SYN_RECEIVED && sender->proof == SYNFIN_PROOF_ASSUMED;

	return (segment->flags & (syn_ack | SYNFIN_TCP_RST)) == syn_ack && (sender->state == SYNFIN_CLOSED || listens) &&
		(sender->flags & SYNFIN_END_ISN) && segment->packet->tcp.seq != sender->isn;
}
