/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Copies of a packet that the capture made (V1): a mirrored port, two interfaces of one host, `-i any`. They are the same in all that a
 * sender chooses, and follow within milliseconds.
 *
 * A small cache, the same for all connections, remembers a keyed fingerprint of each segment and when it came. It is made of sets
 * of a few places, in which the newest pushes out the oldest: with one place a set, of a thousand copies that come ten segments later two or
 * three would find their originals pushed out. What was pushed out is taken for new, which is what most are.
 *
 * The fingerprint is a sum of products, the segment's 32-bit words each times a secret 64-bit number, modulo 2^64 (multilinear hashing,
 * Carter and Wegman): for any two segments that differ, at most one in 2^33 choices of the secrets gives both the same one, so nobody who
 * does not know them can make a segment pass for another's copy. Mixed once more it chooses the set.
 */
#ifndef SYNFIN_TRACK_DUPLICATES_H
#define SYNFIN_TRACK_DUPLICATES_H

#include <stdbool.h>
#include <stdint.h>

#include <synfin/packet.h>

/* A set is 64 bytes. */
enum { DUPLICATES_SET_BITS = 10, DUPLICATES_SETS = 1 << DUPLICATES_SET_BITS, DUPLICATES_PLACES = 4 };

/* The words of a segment that every one has, and those of its SACK blocks. */
enum { DUPLICATES_WORDS = 12, DUPLICATES_SACK_WORDS = 2 * SYNFIN_SACK_MAX };

struct duplicates {
	uint64_t secret[1 + DUPLICATES_WORDS + DUPLICATES_SACK_WORDS];
	struct duplicates_seen {
		uint64_t fingerprint;
		int64_t time_ns;
	} seen[DUPLICATES_SETS][DUPLICATES_PLACES]; /* of a set, the newest first */
};

/* SYNFIN_E_IO (no random key). *duplicates is zeroed. */
int duplicates_init(struct duplicates *duplicates);
/* Where a packet comes from: its connection and end, and how many packets the other end has sent so far. */
struct duplicates_source {
	uint64_t connection;
	unsigned from;
	uint32_t heard;
};

/* Whether a packet with has_tcp is a copy of one seen just before; remembers it if not. */
bool duplicates_is_copy(struct duplicates *duplicates, const struct synfin_packet *packet, const struct duplicates_source *source);
/* Remembers one that cannot be a copy. */
void duplicates_remember(struct duplicates *duplicates, const struct synfin_packet *packet, const struct duplicates_source *source);

#endif
