/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/duplicates.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "track/clock.h"

/* With an IPv4 identification a copy is recognised for this long; without, sooner (V1). */
#define WITH_ID_NS INT64_C(5000000)
#define WITHOUT_ID_NS INT64_C(1000000)

/*
 * All that a sender chooses of a segment. No padding: hashed as bytes, up to the last SACK block that there is. TTL and VLAN may differ
 * between copies and are not in it.
 */
struct fingerprint {
	uint64_t connection;
	uint32_t seq;
	uint32_t ack;
	uint32_t payload;
	uint32_t timestamp_value;
	uint32_t timestamp_echo;
	uint16_t flags;
	uint16_t window;
	uint16_t header;
	uint16_t ip_id;
	uint16_t options;
	uint16_t mss;
	uint16_t window_scale;
	uint16_t urgent;
	uint32_t from;
	uint32_t heard;
	uint32_t reserved;
	struct synfin_sack_block sack[SYNFIN_SACK_MAX];
};
static_assert(sizeof(struct fingerprint) == 88, "a fingerprint has no padding");

/*
 * What occupies sequence numbers is not sent again within a millisecond: a timeout takes hundreds of them, and duplicate ACKs a round
 * trip. An empty ACK without identification and time stamp, however, may well be a duplicate ACK.
 */
static bool is_sent_again_late(const struct synfin_tcp *tcp)
{
	return tcp->payload > 0 || (tcp->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_FIN));
}

int duplicates_init(struct duplicates *duplicates)
{
	*duplicates = (struct duplicates){ .secret = { 0 } };
	return hash_key_random(&duplicates->secret);
}

bool duplicates_is_copy(struct duplicates *duplicates, const struct synfin_packet *packet, uint64_t connection, unsigned from, uint32_t heard)
{
	const struct synfin_tcp *tcp = &packet->tcp;
	bool stamped = tcp->options & SYNFIN_TCPOPT_TIMESTAMPS;
	struct fingerprint print = {
		.connection = connection,
		.seq = tcp->seq,
		.ack = tcp->ack,
		.payload = tcp->payload,
		.timestamp_value = stamped ? tcp->timestamp_value : 0,
		.timestamp_echo = stamped ? tcp->timestamp_echo : 0,
		.flags = tcp->flags,
		.window = tcp->window,
		.header = tcp->header,
		.ip_id = packet->ip.id,
		.options = tcp->options,
		.mss = tcp->options & SYNFIN_TCPOPT_MSS ? tcp->mss : 0,
		.window_scale = tcp->options & SYNFIN_TCPOPT_WINDOW_SCALE ? tcp->window_scale : 0,
		.urgent = tcp->urgent,
		.from = from,
		/* Without an identification an empty segment that follows one of the other end's is the answer to it: the same ACK, the same SYN-ACK. */
		.heard = packet->ip.id == 0 && tcp->payload == 0 ? heard : 0,
	};

	if (!packet->ip.id && !stamped && !is_sent_again_late(tcp))
		return false; /* nothing tells a copy from a segment sent twice */
	/* Duplicate ACKs of one millisecond may differ in nothing but what they SACK. */
	size_t sack = tcp->sack_count * sizeof(tcp->sack[0]);
	memcpy(print.sack, tcp->sack, sack);
	uint64_t fingerprint = hash_bytes(&duplicates->secret, &print, offsetof(struct fingerprint, sack) + sack);
	unsigned slot = (unsigned)(fingerprint % DUPLICATES_SLOTS);
	int64_t limit = packet->ip.id ? WITH_ID_NS : WITHOUT_ID_NS;
	bool known = duplicates->seen[slot].fingerprint == fingerprint;
	/* Two interfaces' clocks are not quite the same: the copy may bear the earlier time. */
	int64_t later = clock_since(packet->time_ns, duplicates->seen[slot].time_ns);
	if (known && later > -limit && later < limit)
		return true;
	duplicates->seen[slot].fingerprint = fingerprint;
	duplicates->seen[slot].time_ns = packet->time_ns;
	return false;
}
