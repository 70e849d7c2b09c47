/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/rtt.h"

#include <string.h>

#include "base/sequence.h"

/* 40 bits of nanoseconds: 18 minutes. An ACK that comes after half of that is no measurement of the path. */
#define CLOCK_MASK ((UINT64_C(1) << 40) - 1)
#define LATE_NS ((int64_t)(CLOCK_MASK / 2))

static void start(struct synfin_endpoint *end, int64_t end_offset, int64_t time_ns)
{
	uint64_t clock = (uint64_t)time_ns & CLOCK_MASK;

	/* It sends nothing new any more, and the room is history_steps()'s. */
	if (end->flags & SYNFIN_END_FIN)
		return;
	end->timed_end = segment_low(end_offset);
	end->timed_at = (uint32_t)clock;
	end->timed_at_high = (uint8_t)(clock >> 32);
	end->flags |= SYNFIN_END_TIMING;
}

static void stop(struct synfin_endpoint *end)
{
	end->flags &= (uint16_t)~SYNFIN_END_TIMING;
}

static int64_t elapsed(const struct synfin_endpoint *end, int64_t time_ns)
{
	uint64_t began = (uint64_t)end->timed_at_high << 32 | end->timed_at;

	return (int64_t)(((uint64_t)time_ns - began) & CLOCK_MASK);
}

/*
 * The p90 is kept in 16 bits: of a float the exponent from 2^0 on in the upper six, the first ten bits of the mantissa below. It is an
 * estimate, and this is finer than its steps.
 */
enum { P90_MANTISSA = 10, FLOAT_MANTISSA = 23, FLOAT_ONE = 127 };

static uint16_t pack(float value)
{
	uint32_t bits;

	memcpy(&bits, &value, sizeof(bits));
	uint32_t packed = (bits + (1u << (FLOAT_MANTISSA - P90_MANTISSA - 1))) >> (FLOAT_MANTISSA - P90_MANTISSA);
	/* Below 2 ns is 1 ns: 0 stands for nothing. */
	return value < 2 ? 1 : (uint16_t)(packed - ((uint32_t)FLOAT_ONE << P90_MANTISSA));
}

float synfin_rtt_p90_ns(const struct synfin_endpoint *end)
{
	uint32_t bits = ((uint32_t)end->rtt_p90 + ((uint32_t)FLOAT_ONE << P90_MANTISSA)) << (FLOAT_MANTISSA - P90_MANTISSA);
	float value;

	memcpy(&value, &bits, sizeof(value));
	return end->rtt_p90 ? value : 0;
}

/* A frugal estimate of the 90 % quantile: a step up for a sample above it is nine times a step down for one below. */
static void estimate_p90(struct synfin_endpoint *end, float sample)
{
	float p90 = synfin_rtt_p90_ns(end);
	const float step = p90 * 0.02f;

	if (end->rtt_count == 1 || (end->rtt_count < 10 && sample > p90))
		p90 = sample;
	else if (sample > p90)
		p90 += 9 * step < sample - p90 ? 9 * step : sample - p90;
	else if (sample < p90)
		p90 -= step < p90 - sample ? step : p90 - sample;
	end->rtt_p90 = pack(p90);
}

static void add_sample(struct synfin_endpoint *end, int64_t sample_ns)
{
	float sample = (float)sample_ns;

	if (end->rtt_count < UINT16_MAX)
		end->rtt_count++;
	if (end->rtt_count == 1 || sample < end->rtt_min_ns)
		end->rtt_min_ns = sample;
	if (sample > end->rtt_max_ns)
		end->rtt_max_ns = sample;
	end->rtt_mean_ns += (sample - end->rtt_mean_ns) / (float)end->rtt_count;
	estimate_p90(end, sample);
}

/* T1: the handshake's two halves stand apart from the data's. */
static bool is_handshake(const struct segment *segment)
{
	return segment->receiver_acked < 1 && (segment->receiver->flags & SYNFIN_END_SYN);
}

static void add_handshake(const struct segment *segment, int64_t sample_ns)
{
	struct synfin_connection *connection = segment->connection;
	uint32_t sample = sample_ns < UINT32_MAX ? (uint32_t)sample_ns : UINT32_MAX;

	/* The third step of a simultaneous open is a SYN-ACK too. */
	if (segment->from != connection->client) {
		if (segment->flags & SYNFIN_TCP_SYN)
			connection->syn_rtt_ns = sample;
	} else if ((segment->receiver->flags & SYNFIN_END_SYN_ACK) && connection->ack_rtt_ns == UINT32_MAX) {
		connection->ack_rtt_ns = sample;
	}
}

/* Which copy of a repeated SYN or SYN-ACK the ACK answers, its echo tells; without timestamps such a one is not timed at all. */
static bool answers_timed(const struct segment *segment)
{
	const struct synfin_tcp *tcp = &segment->packet->tcp;

	return !segment->receiver->retransmitted || ((tcp->options & SYNFIN_TCPOPT_TIMESTAMPS) && tcp->timestamp_echo == segment->receiver->timestamp_value);
}

static void take_sample(const struct segment *segment)
{
	struct synfin_endpoint *end = segment->receiver;

	if (!segment->acks || !(end->flags & SYNFIN_END_TIMING) || sequence_before(segment_low(segment->ack), end->timed_end))
		return;
	int64_t sample = elapsed(end, segment->packet->time_ns);
	stop(end);
	if (!is_handshake(segment))
		add_sample(end, sample);
	else if (answers_timed(segment))
		add_handshake(segment, sample);
}

/* T3: across a step back of the clock nothing can be measured; nor what takes so long that the clock's 40 bits may come round. */
static void stop_late(struct synfin_endpoint *end, int64_t time_ns, int64_t silence_ns)
{
	if (silence_ns < 0 || silence_ns > LATE_NS || ((end->flags & SYNFIN_END_TIMING) && elapsed(end, time_ns) > LATE_NS))
		stop(end);
}

void rtt_predicted(struct synfin_endpoint *sender, struct synfin_endpoint *receiver, const struct synfin_packet *packet, int64_t silence_ns)
{
	int64_t now = packet->time_ns;

	stop_late(sender, now, silence_ns);
	stop_late(receiver, now, silence_ns);
	if ((receiver->flags & SYNFIN_END_TIMING) && !sequence_before(packet->tcp.ack - receiver->isn, receiver->timed_end)) {
		stop(receiver);
		add_sample(receiver, elapsed(receiver, now));
	}
	if (packet->tcp.payload > 0 && !(sender->flags & SYNFIN_END_TIMING))
		start(sender, sender->next + packet->tcp.payload, now);
}

void rtt_segment(const struct segment *segment, bool retransmission)
{
	struct synfin_endpoint *sender = segment->sender;
	/* What Fast Open sends with the SYN need not be acknowledged with it (RFC 7413 s4.2.2). */
	int64_t timed_end = segment->flags & SYNFIN_TCP_SYN ? segment->seq + 1 : segment->end;

	stop_late(sender, segment->packet->time_ns, segment->silence_ns);
	stop_late(segment->receiver, segment->packet->time_ns, segment->silence_ns);
	take_sample(segment);
	if (retransmission) {
		stop(sender);
		/* The SYN-ACK of a simultaneous open is no copy of the SYN. */
		if ((segment->flags & SYNFIN_TCP_SYN) && segment->repeats)
			start(sender, timed_end, segment->packet->time_ns);
	} else if (segment->end > segment->seq && segment->seq >= sender->next && !segment->probes && !(sender->flags & SYNFIN_END_TIMING)) {
		start(sender, timed_end, segment->packet->time_ns);
	}
}
