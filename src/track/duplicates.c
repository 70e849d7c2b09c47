/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/duplicates.h"

#include <unistd.h>

#include <synfin/status.h>

#include "base/checksum.h"
#include "track/clock.h"

/* With an IPv4 identification a copy is recognised for this long; without, sooner (V1). */
#define WITH_ID_NS INT64_C(5000000)
#define WITHOUT_ID_NS INT64_C(1000000)

/*
 * What occupies sequence numbers is not sent again within a millisecond: a timeout takes hundreds of them, and duplicate ACKs a round
 * trip. An empty ACK without identification and time stamp, however, may well be a duplicate ACK.
 */
static bool is_sent_again_late(const struct synfin_tcp *tcp)
{
	return tcp->payload > 0 || (tcp->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_FIN));
}

/* The lower part of a fingerprint is the segment's checksum itself. */
#define CHECKSUM_MASK UINT64_C(0xffff)

/* What a host leaves in the checksum's place for its network card to go on from: the sum of the pseudo header (RFC 9293 s3.1). */
static uint16_t unfilled_checksum(const struct synfin_packet *packet)
{
	const struct synfin_ip *ip = &packet->ip;
	uint32_t length = packet->tcp.header + packet->tcp.payload;
	const uint8_t tail[8] = { 0, 0, (uint8_t)(length >> 8), (uint8_t)length, 0, 0, 0, 6 };
	size_t skip = packet->ip_version == 4 ? 12 : 0;

	uint32_t sum = checksum_add(0, ip->source.bytes + skip, sizeof(ip->source.bytes) - skip);
	sum = checksum_add(sum, (ip->routed ? ip->final : ip->destination).bytes + skip, sizeof(ip->destination.bytes) - skip);
	return checksum_fold(checksum_add(sum, tail, sizeof(tail)));
}

/* Segments alike but for their checksums have other bytes, unless one of them was caught before the checksum was filled in. */
static bool is_same(const struct synfin_packet *packet, uint64_t seen, uint64_t fingerprint)
{
	uint64_t difference = seen ^ fingerprint;
	uint16_t other = (uint16_t)(seen & CHECKSUM_MASK);

	if (difference == 0 || difference > CHECKSUM_MASK)
		return difference == 0;
	uint16_t unfilled = unfilled_checksum(packet);
	return other == 0 || packet->tcp.checksum == 0 || other == unfilled || packet->tcp.checksum == unfilled;
}

int duplicates_init(struct duplicates *duplicates)
{
	*duplicates = (struct duplicates){ .secret = { 0 } };
	return getentropy(duplicates->secret, sizeof(duplicates->secret)) == 0 ? 0 : SYNFIN_E_IO;
}

/* All that a sender chooses of a segment, and whose it is. TTL and VLAN may differ between copies and are not in it. */
static uint64_t fingerprint_of(const uint64_t *secret, const struct synfin_packet *packet, uint64_t connection, unsigned from, uint32_t heard)
{
	const struct synfin_tcp *tcp = &packet->tcp;
	bool stamped = tcp->options & SYNFIN_TCPOPT_TIMESTAMPS;
	uint32_t mss = tcp->options & SYNFIN_TCPOPT_MSS ? tcp->mss : 0;
	uint32_t scale = tcp->options & SYNFIN_TCPOPT_WINDOW_SCALE ? tcp->window_scale : 0;
	const uint32_t words[DUPLICATES_WORDS] = {
		(uint32_t)connection,
		(uint32_t)(connection >> 32) << 1 | from,
		tcp->seq,
		tcp->ack,
		tcp->payload,
		stamped ? tcp->timestamp_value : 0,
		stamped ? tcp->timestamp_echo : 0,
		(uint32_t)tcp->flags << 16 | tcp->window,
		(uint32_t)tcp->header << 16 | packet->ip.id,
		(uint32_t)tcp->options << 16 | mss,
		scale << 16 | tcp->urgent,
		heard,
	};
	uint64_t sum = *secret++;

	for (unsigned i = 0; i < DUPLICATES_WORDS; i++)
		sum += *secret++ * words[i];
	/* Duplicate ACKs of one millisecond may differ in nothing but what they SACK. */
	for (unsigned i = 0; i < tcp->sack_count; i++) {
		sum += *secret++ * tcp->sack[i].left;
		sum += *secret++ * tcp->sack[i].right;
	}
	return sum;
}

/*
 * Fingerprints of segments whose numbers are in steps are in steps, too, and with some secrets would meet in a few sets; so they are
 * mixed (the finish of SplitMix64).
 */
static size_t set_of(uint64_t fingerprint)
{
	fingerprint = (fingerprint ^ fingerprint >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	fingerprint = (fingerprint ^ fingerprint >> 27) * UINT64_C(0x94d049bb133111eb);
	return (size_t)(fingerprint >> (64 - DUPLICATES_SET_BITS));
}

/* Whether anything but its checksum tells a copy from a segment sent twice. */
static bool is_recognisable(const struct synfin_packet *packet)
{
	return packet->ip.id || (packet->tcp.options & SYNFIN_TCPOPT_TIMESTAMPS) || is_sent_again_late(&packet->tcp);
}

/* What is looked for, and where: its set, in which the newest is first. */
struct trace {
	uint64_t fingerprint;
	struct duplicates_seen *set;
};

static struct trace trace_of(struct duplicates *duplicates, const struct synfin_packet *packet, const struct duplicates_source *source)
{
	/* Without an identification an empty segment that follows one of the other end's is the answer to it: the same ACK, the same SYN-ACK. */
	uint32_t heard = packet->ip.id || packet->tcp.payload > 0 ? 0 : source->heard;
	uint64_t hash = fingerprint_of(duplicates->secret, packet, source->connection, source->from, heard);

	return (struct trace){ (hash & ~CHECKSUM_MASK) | packet->tcp.checksum, duplicates->seen[set_of(hash)] };
}

/* It is the newest of its set from here on; what stood at `place` goes. A call of memmove() would take longer. */
static void put_first(const struct trace *trace, unsigned place, int64_t time_ns)
{
	struct duplicates_seen *set = trace->set;

	for (; place > 0; place--)
		set[place] = set[place - 1];
	set[0] = (struct duplicates_seen){ trace->fingerprint, time_ns };
}

void duplicates_remember(struct duplicates *duplicates, const struct synfin_packet *packet, const struct duplicates_source *source)
{
	if (!is_recognisable(packet))
		return;
	struct trace trace = trace_of(duplicates, packet, source);
	put_first(&trace, DUPLICATES_PLACES - 1, packet->time_ns);
}

bool duplicates_is_copy(struct duplicates *duplicates, const struct synfin_packet *packet, const struct duplicates_source *source)
{
	if (!is_recognisable(packet))
		return false;
	struct trace trace = trace_of(duplicates, packet, source);
	struct duplicates_seen *set = trace.set;
	int64_t limit = packet->ip.id ? WITH_ID_NS : WITHOUT_ID_NS;
	unsigned place = 0;
	while (place < DUPLICATES_PLACES - 1 && !is_same(packet, set[place].fingerprint, trace.fingerprint))
		place++;
	/* Two interfaces' clocks are not quite the same: the copy may bear the earlier time. */
	int64_t later = clock_since(packet->time_ns, set[place].time_ns);
	if (is_same(packet, set[place].fingerprint, trace.fingerprint) && later > -limit && later < limit)
		return true;
	put_first(&trace, place, packet->time_ns);
	return false;
}
