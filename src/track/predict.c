/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/predict.h"

#include "track/clock.h"
#include "track/history.h"
#include "track/holes.h"
#include "track/rtt.h"
#include "track/segment.h"

/* An end that is established beyond doubt, of whose stream all that was sent was seen, and that may send more. */
static bool is_open(const struct synfin_endpoint *end)
{
	const uint16_t known = SYNFIN_END_SEEN | SYNFIN_END_BASE | SYNFIN_END_SYN;

	return end->state == SYNFIN_ESTABLISHED && end->proof == SYNFIN_PROOF_SEEN && (end->flags & (known | SYNFIN_END_FIN)) == known &&
		end->holes == HOLES_NONE && end->next > end->unacked;
}

/* Nothing about the connection is waiting to be cleared up. */
static bool is_settled(const struct synfin_connection *connection)
{
	const uint16_t doubts = SYNFIN_CONN_MID_STREAM | SYNFIN_CONN_ONE_SIDED | SYNFIN_CONN_RST_PENDING | SYNFIN_CONN_CHALLENGE_DUE | SYNFIN_CONN_CLOCK_BEHIND;

	return (connection->steps & SYNFIN_STEP_HANDSHAKE_3) && !(connection->flags & doubts) && connection->beyond == 0;
}

/* What of the receiver's stream is not acknowledged after this segment; UINT32_MAX if its ACK is beyond or below what was to be expected. */
static uint32_t left_unacked(const struct synfin_endpoint *receiver, const struct synfin_tcp *tcp)
{
	uint32_t left = receiver->isn + segment_low(receiver->next) - tcp->ack;

	return left <= receiver->unacked ? left : UINT32_MAX;
}

/* Neither window is zero, and data do not fill the receiver's exactly (V2, V8: those have their events). */
static bool windows_are_open(const struct synfin_endpoint *sender, const struct synfin_endpoint *receiver, const struct synfin_tcp *tcp)
{
	if (tcp->window == 0)
		return false;
	return !(receiver->flags & SYNFIN_END_WINDOW) || (receiver->window != 0 && (uint64_t)sender->unacked + tcp->payload != receiver->window);
}

static bool is_expected(const struct synfin_endpoint *sender, const struct synfin_endpoint *receiver, const struct synfin_tcp *tcp, uint32_t left)
{
	const uint16_t others = SYNFIN_TCP_SYN | SYNFIN_TCP_FIN | SYNFIN_TCP_RST;

	return (tcp->flags & (others | SYNFIN_TCP_ACK)) == SYNFIN_TCP_ACK && tcp->sack_count == 0 && tcp->seq == sender->isn + segment_low(sender->next) &&
		left != UINT32_MAX && (tcp->payload > 0 || left < receiver->unacked);
}

static void move(struct synfin_endpoint *sender, struct synfin_endpoint *receiver, const struct synfin_tcp *tcp, uint32_t left)
{
	bool scaled = sender->flags & receiver->flags & SYNFIN_END_SCALE_OFFERED;

	sender->packets += sender->packets < UINT32_MAX;
	if (tcp->payload > 0)
		segment_extend(sender, sender->next + tcp->payload);
	sender->window = (uint32_t)tcp->window << (scaled ? sender->window_scale : 0);
	sender->flags |= SYNFIN_END_WINDOW;
	if (tcp->options & SYNFIN_TCPOPT_TIMESTAMPS)
		sender->timestamp_value = tcp->timestamp_value;
	if (left < receiver->unacked) {
		receiver->unacked = left;
		receiver->flags &= (uint16_t)~(SYNFIN_END_SACKED | SYNFIN_END_PROBED | SYNFIN_END_KEPT_ALIVE);
		sender->duplicate_acks = 0;
	}
}

bool predict_segment(struct synfin_connection *connection, unsigned from, const struct synfin_packet *packet, int64_t idle_ns)
{
	struct synfin_endpoint *sender = &connection->end[from];
	struct synfin_endpoint *receiver = &connection->end[!from];
	const struct synfin_tcp *tcp = &packet->tcp;
	int64_t silence_ns = clock_since(packet->time_ns, connection->last_ns);
	uint32_t left = left_unacked(receiver, tcp);

	if (!is_settled(connection) || !is_open(sender) || !is_open(receiver) || silence_ns < 0 || silence_ns > idle_ns ||
	    !is_expected(sender, receiver, tcp, left) || !windows_are_open(sender, receiver, tcp) || !history_has_packet(connection, from, tcp->payload > 0))
		return false;
	connection->last_ns = packet->time_ns;
	if (tcp->payload > 0 || ((sender->flags | receiver->flags) & SYNFIN_END_TIMING))
		rtt_predicted(sender, receiver, packet, silence_ns);
	move(sender, receiver, tcp, left);
	return true;
}
