/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/duplicates.h"

#include <assert.h>

/* With an IPv4 identification a copy is recognised for this long; without, by its TSval and sooner (V1). */
#define WITH_ID_NS INT64_C(5000000)
#define WITHOUT_ID_NS INT64_C(1000000)

/* All that a sender chooses of a segment. No padding: hashed as bytes. TTL and VLAN may differ between copies and are not in it. */
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
	uint32_t from;
};
static_assert(sizeof(struct fingerprint) == 40, "a fingerprint has no padding");

int duplicates_init(struct duplicates *duplicates)
{
	*duplicates = (struct duplicates){ .secret = { 0 } };
	return hash_key_random(&duplicates->secret);
}

bool duplicates_is_copy(struct duplicates *duplicates, const struct synfin_packet *packet, uint64_t connection, unsigned from)
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
		.from = from,
	};

	if (!packet->ip.id && !stamped)
		return false; /* nothing tells a copy from a segment sent twice */
	uint64_t fingerprint = hash_bytes(&duplicates->secret, &print, sizeof(print));
	unsigned slot = (unsigned)(fingerprint % DUPLICATES_SLOTS);
	int64_t limit = packet->ip.id ? WITH_ID_NS : WITHOUT_ID_NS;
	bool known = duplicates->seen[slot].fingerprint == fingerprint;
	int64_t later = packet->time_ns - duplicates->seen[slot].time_ns;
	if (known && later >= 0 && later < limit)
		return true;
	duplicates->seen[slot].fingerprint = fingerprint;
	duplicates->seen[slot].time_ns = packet->time_ns;
	return false;
}
