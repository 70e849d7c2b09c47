/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/verdict.h"

#include "base/sequence.h"
#include "track/clock.h"

#define MS INT64_C(1000000)

/* V6: how much later than the data above it a reordered segment may be where the handshake's RTT is not known. */
#define REORDERING_NS (3 * MS)
/* V3: one byte sent again sooner than this is a retransmission, not a keep-alive (RFC 1122 s4.2.3.6 has hours; testers have seconds). */
#define KEEP_ALIVE_NS (900 * MS)
/* RFC 6298 s2.4 would have a second; systems in use go down to this. */
#define RTO_MIN_NS (200 * MS)

static bool has_data(const struct segment *segment)
{
	return segment->packet->tcp.payload > 0;
}

/* ---- probes */

static bool window_is_zero(const struct synfin_endpoint *end)
{
	return (end->flags & SYNFIN_END_WINDOW) && end->window == 0;
}

/* One number below what the peer expects next, or, with a byte of data, that number itself. */
static bool may_probe(const struct segment *segment)
{
	if ((segment->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_FIN)) || !(segment->receiver->flags & SYNFIN_END_SEEN))
		return false;
	uint32_t payload = segment->packet->tcp.payload;
	/* Where both ends have closed nobody asks whether the other is there. */
	if (payload > 1 || (segment->sender->flags & segment->receiver->flags & SYNFIN_END_FIN))
		return false;
	return segment->seq == segment->sender_acked - 1 || (payload == 1 && segment->seq == segment->sender_acked && window_is_zero(segment->receiver));
}

void verdict_probe(struct step *step)
{
	struct segment *segment = &step->segment;
	struct synfin_endpoint *sender = segment->sender;
	bool idle = sender->unacked == 0;

	if (!may_probe(segment) || segment->seq < 0)
		return;
	if (window_is_zero(segment->receiver)) {
		segment->probes = segment->seq >= sender->next || !has_data(segment);
		sender->flags |= SYNFIN_END_PROBED;
		sender->flags &= (uint16_t)~SYNFIN_END_KEPT_ALIVE;
		step_event(step, SYNFIN_EVENT_WINDOW_PROBE, segment->from, 0);
		segment->judged = true;
	} else if (idle && (!has_data(segment) || segment->silence_ns >= KEEP_ALIVE_NS)) {
		sender->flags |= SYNFIN_END_PROBED | SYNFIN_END_KEPT_ALIVE;
		step_event(step, SYNFIN_EVENT_KEEP_ALIVE, segment->from, 0);
		segment->judged = true;
	}
}

/* ---- data, SYN and FIN */

/* The handshake's RTT as the measure of what is late; a default while it is not known. */
static int64_t reordering_limit(const struct synfin_connection *connection)
{
	if (connection->syn_rtt_ns == UINT32_MAX || connection->ack_rtt_ns == UINT32_MAX)
		return REORDERING_NS;
	int64_t rtt = (int64_t)connection->syn_rtt_ns + connection->ack_rtt_ns;
	return rtt > 0 ? rtt : REORDERING_NS;
}

static int64_t retransmission_timeout(const struct segment *segment)
{
	int64_t rtt = (int64_t)segment->sender->rtt_mean_ns * 2;

	return rtt > RTO_MIN_NS ? rtt : RTO_MIN_NS;
}

/* V5: the first unacknowledged byte again, while the peer says by duplicate ACKs or SACK that it gets what lies above. */
static bool is_fast(const struct segment *segment)
{
	return segment->seq <= segment->sender_acked && segment->end > segment->sender_acked &&
		(segment->receiver->duplicate_acks >= 2 || (segment->sender->flags & SYNFIN_END_SACKED));
}

/* What a segment's marks say of when it was sent, beside the segment that opened the hole it fills. */
enum order { ORDER_UNKNOWN, ORDER_BEFORE, ORDER_LIKELY_BEFORE, ORDER_SAME, ORDER_LIKELY_AFTER, ORDER_AFTER };

/* Time stamps never go back, so they prove; an identification is mostly a counter, so it tells. */
static enum order order_by_marks(const struct segment *segment, const struct hole_evidence *above)
{
	const struct synfin_packet *packet = segment->packet;

	if (above->acknowledged)
		return ORDER_UNKNOWN;
	if ((packet->tcp.options & SYNFIN_TCPOPT_TIMESTAMPS) && above->timestamp_value) {
		int32_t later = sequence_diff(packet->tcp.timestamp_value, above->timestamp_value);
		return later < 0 ? ORDER_BEFORE : later > 0 ? ORDER_AFTER : ORDER_SAME;
	}
	if (packet->ip.id && above->ip_id && packet->ip.id != above->ip_id)
		return (int16_t)(uint16_t)(packet->ip.id - above->ip_id) > 0 ? ORDER_LIKELY_AFTER : ORDER_LIKELY_BEFORE;
	return ORDER_UNKNOWN;
}

/* A hole is filled for the first time (V6), unless what fills it was sent again after a loss before the capture point (V7). */
static unsigned filling_verdict(const struct segment *segment)
{
	const struct hole_evidence *above = &segment->filling.evidence;
	int64_t late = clock_since(segment->packet->time_ns, above->time_ns);
	bool soon = late >= 0 && late < reordering_limit(segment->connection);
	bool timed_out = late >= retransmission_timeout(segment);
	unsigned again = is_fast(segment) ? SYNFIN_EVENT_FAST_RETRANSMISSION : SYNFIN_EVENT_RETRANSMISSION;

	switch (order_by_marks(segment, above)) {
	case ORDER_BEFORE:
		return SYNFIN_EVENT_OUT_OF_ORDER;
	case ORDER_LIKELY_BEFORE:
		return timed_out ? SYNFIN_EVENT_AMBIGUOUS_ORDER : SYNFIN_EVENT_OUT_OF_ORDER;
	case ORDER_SAME: /* V6 takes it for older; within one tick of the sender's clock a loss is repaired only over a short path */
		return !soon && is_fast(segment) ? again : SYNFIN_EVENT_OUT_OF_ORDER;
	case ORDER_LIKELY_AFTER:
		return soon && !is_fast(segment) ? SYNFIN_EVENT_AMBIGUOUS_ORDER : again;
	case ORDER_AFTER:
		return again;
	case ORDER_UNKNOWN:
		break;
	}
	if (soon)
		return SYNFIN_EVENT_OUT_OF_ORDER;
	return is_fast(segment) || timed_out ? again : SYNFIN_EVENT_AMBIGUOUS_ORDER;
}

/* V4. H8: in mid-stream nothing is known to be acknowledged before the other end is seen. */
static bool is_acknowledged(const struct segment *segment)
{
	bool known = (segment->sender->flags & SYNFIN_END_ISN) || (segment->receiver->flags & SYNFIN_END_SEEN);

	return known && segment->end <= segment->sender_acked;
}

/* The kind of event for a segment that begins below SND.NXT; NO_EVENT if there is nothing to say. */
static unsigned old_data_verdict(const struct segment *segment)
{
	if (segment->filling.filled > 0) {
		unsigned kind = filling_verdict(segment);
		if (kind == SYNFIN_EVENT_OUT_OF_ORDER || !is_acknowledged(segment))
			return kind;
	}
	if (is_acknowledged(segment))
		return SYNFIN_EVENT_SPURIOUS_RETRANSMISSION;
	return is_fast(segment) ? SYNFIN_EVENT_FAST_RETRANSMISSION : SYNFIN_EVENT_RETRANSMISSION;
}

bool verdict_data(struct step *step)
{
	struct segment *segment = &step->segment;
	bool fin_before = (segment->sender->flags & SYNFIN_END_FIN) && segment->sender_next == segment->sender->next;

	/* The SYN-ACK of a simultaneous open repeats no SYN-ACK, and a SYN captured late (H5) no SYN. */
	if (segment->judged || (segment->end == segment->seq && segment->sender->next == segment->sender_next) || ((segment->flags & SYNFIN_TCP_SYN) && !segment->repeats))
		return false;
	if (has_data(segment) && fin_before && segment->end > segment->sender_next) {
		step_event(step, SYNFIN_EVENT_DATA_AFTER_FIN, segment->from, segment->packet->tcp.payload);
		return false;
	}
	if (segment->seq > segment->sender_next && segment->sender->packets > 1)
		step_event(step, SYNFIN_EVENT_LOST_SEGMENT, segment->from, segment->seq - segment->sender_next);
	if (segment->seq >= segment->sender_next)
		return false;
	unsigned kind = old_data_verdict(segment);
	step_event(step, kind, segment->from, segment->silence_ns >= retransmission_timeout(segment) ? segment->silence_ns : 0);
	return kind != SYNFIN_EVENT_OUT_OF_ORDER && kind != SYNFIN_EVENT_AMBIGUOUS_ORDER;
}

/* ---- ACKs and windows */

/* RFC 2883 s4: the first block reports a duplicate if it lies below the ACK, or inside the second block. Otherwise SACKs are news of what lies above. */
static void sack_verdict(struct step *step)
{
	const struct segment *segment = &step->segment;
	const struct synfin_tcp *tcp = &segment->packet->tcp;

	if (tcp->sack_count == 0)
		return;
	const struct synfin_sack_block *first = &tcp->sack[0];
	bool duplicate = !sequence_after(first->right, tcp->ack) ||
		(tcp->sack_count > 1 && !sequence_before(first->left, tcp->sack[1].left) && !sequence_after(first->right, tcp->sack[1].right));
	step_event(step, duplicate ? SYNFIN_EVENT_DSACK : SYNFIN_EVENT_SACK, segment->from, tcp->sack_count);
	if (!duplicate || tcp->sack_count > 1)
		segment->receiver->flags |= SYNFIN_END_SACKED;
}

/* The answer to the receiver's probe: the same ACK again. */
static bool answers_probe(struct step *step)
{
	const struct segment *segment = &step->segment;
	struct synfin_endpoint *prober = segment->receiver;

	if (!(prober->flags & SYNFIN_END_PROBED))
		return false;
	bool kept_alive = prober->flags & SYNFIN_END_KEPT_ALIVE;
	prober->flags &= (uint16_t)~(SYNFIN_END_PROBED | SYNFIN_END_KEPT_ALIVE);
	if (kept_alive)
		step_event(step, SYNFIN_EVENT_KEEP_ALIVE_ACK, segment->from, 0);
	else if (window_is_zero(segment->sender))
		step_event(step, SYNFIN_EVENT_WINDOW_PROBE_ACK, segment->from, 0);
	return kept_alive || window_is_zero(segment->sender);
}

/* An empty segment that acknowledges nothing new (RFC 5681 s2). A SACK makes it a duplicate whatever its window (RFC 6675 s2). */
static void repeated_ack_verdict(struct step *step, bool window_changed)
{
	const struct segment *segment = &step->segment;
	struct synfin_endpoint *sender = segment->sender;
	/* During loss recovery the window may grow with every duplicate ACK. */
	bool recovers = segment->packet->tcp.sack_count > 0 || holes_contiguous(step->holes, segment->receiver) < segment->receiver->next;

	if (answers_probe(step))
		return;
	if (segment->receiver->unacked > 0 && (recovers || !window_changed)) {
		if (sender->duplicate_acks < UINT8_MAX)
			sender->duplicate_acks++;
		step_event(step, SYNFIN_EVENT_DUPLICATE_ACK, segment->from, sender->duplicate_acks);
	} else if (window_changed && !window_is_zero(sender)) {
		step_event(step, SYNFIN_EVENT_WINDOW_UPDATE, segment->from, sender->flags & SYNFIN_END_WINDOW ? sender->window : 0);
	}
}

static void unseen_verdict(struct step *step, int64_t receiver_next)
{
	const struct segment *segment = &step->segment;
	struct synfin_connection *connection = segment->connection;

	bool seen = segment->receiver->flags & SYNFIN_END_SEEN;
	/* V2: the byte of a probe counts only once it is acknowledged. */
	bool probe = (segment->receiver->flags & SYNFIN_END_PROBED) && segment->ack == receiver_next + 1;

	/* O1: an end of which nothing was ever seen is not missing something. That a SYN was answered shows that it is there. */
	if (seen && segment->ack > receiver_next && !probe) {
		step_event(step, SYNFIN_EVENT_ACK_UNSEEN, segment->from, segment->ack - receiver_next);
	} else if (!seen && (segment->ack > receiver_next || (segment->sender->flags & SYNFIN_END_SYN)) && !(connection->flags & SYNFIN_CONN_ONE_SIDED)) {
		connection->flags |= SYNFIN_CONN_ONE_SIDED;
		step_event(step, SYNFIN_EVENT_ONE_SIDED, !segment->from, 0);
	}
}

static void window_verdict(struct step *step)
{
	const struct segment *segment = &step->segment;
	const struct synfin_endpoint *receiver = segment->receiver;

	if (window_is_zero(segment->sender) && !(segment->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_FIN)))
		step_event(step, SYNFIN_EVENT_ZERO_WINDOW, segment->from, 0);
	/* A window that was full stays full while it is zero; only data that fills it is worth saying. */
	if (has_data(segment) && (receiver->flags & SYNFIN_END_WINDOW) && receiver->window > 0 && segment->end > segment->sender_next &&
	    segment->end == segment->sender_acked + (int64_t)receiver->window)
		step_event(step, SYNFIN_EVENT_WINDOW_FULL, segment->from, receiver->window);
}

/* S4: windows are compared in bytes, or as they stand while the scale is not known; a SYN's with later ones only as finely as those are told. */
static bool window_changed(const struct segment *segment, uint32_t before, bool known_before)
{
	const struct synfin_endpoint *sender = segment->sender;
	bool known = sender->flags & SYNFIN_END_WINDOW;
	bool scaled = sender->flags & segment->receiver->flags & SYNFIN_END_SCALE_OFFERED;
	uint32_t difference = sender->window > before ? sender->window - before : before - sender->window;

	if (sender->packets <= 1 || (known_before && !known && before > 0))
		return false;
	return difference >= (known && known_before && scaled ? 1u << sender->window_scale : 1);
}

void verdict_ack(struct step *step, uint32_t window_before, bool window_known)
{
	const struct segment *segment = &step->segment;
	struct synfin_endpoint *sender = segment->sender;
	bool empty = segment->end == segment->seq;

	window_verdict(step);
	if (!segment->acks || (segment->flags & SYNFIN_TCP_SYN))
		return;
	sack_verdict(step);
	unseen_verdict(step, segment->receiver_next);
	if (segment->ack > segment->receiver_acked) {
		sender->duplicate_acks = 0;
		segment->receiver->flags &= (uint16_t)~(SYNFIN_END_PROBED | SYNFIN_END_KEPT_ALIVE);
	} else if (empty && !segment->judged && segment->ack == segment->receiver_acked && segment->seq == segment->sender_next &&
		   (segment->connection->steps & SYNFIN_STEP_HANDSHAKE_3 || segment->connection->flags & SYNFIN_CONN_MID_STREAM)) {
		repeated_ack_verdict(step, window_changed(segment, window_before, window_known));
	}
}
