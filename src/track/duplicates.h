/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Copies of a packet that the capture made (V1): a mirrored port, two interfaces of one host, `-i any`. They are the same in all that a
 * sender chooses, and follow within milliseconds.
 *
 * A small cache, the same for all connections, remembers a keyed fingerprint of each segment and when it came; a newer segment takes
 * the place of an older one in the same slot. What was pushed out is taken for new, which is what most are.
 *
 * The fingerprint is a sum of products, the segment's 32-bit words each times a secret 64-bit number, modulo 2^64 (multilinear hashing,
 * Carter and Wegman): for any two segments that differ, at most one in 2^33 choices of the secrets gives both the same one, so nobody who
 * does not know them can make a segment pass for another's copy. The upper bits, which depend on all of every word, choose the slot.
 */
#ifndef SYNFIN_TRACK_DUPLICATES_H
#define SYNFIN_TRACK_DUPLICATES_H

#include <stdbool.h>
#include <stdint.h>

#include <synfin/packet.h>

enum { DUPLICATES_SLOT_BITS = 12, DUPLICATES_SLOTS = 1 << DUPLICATES_SLOT_BITS };

/* The words of a segment that every one has, and those of its SACK blocks. */
enum { DUPLICATES_WORDS = 12, DUPLICATES_SACK_WORDS = 2 * SYNFIN_SACK_MAX };

struct duplicates {
	uint64_t secret[1 + DUPLICATES_WORDS + DUPLICATES_SACK_WORDS];
	struct {
		uint64_t fingerprint;
		int64_t time_ns;
	} seen[DUPLICATES_SLOTS];
};

/* SYNFIN_E_IO (no random key). *duplicates is zeroed. */
int duplicates_init(struct duplicates *duplicates);
/*
 * Whether a packet with has_tcp is a copy of one seen just before; remembers it if not. connection: which connection it belongs to, and from
 * which end; heard: how many packets the other end has sent so far.
 */
bool duplicates_is_copy(struct duplicates *duplicates, const struct synfin_packet *packet, uint64_t connection, unsigned from, uint32_t heard);

#endif
