/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Copies of a packet that the capture made (V1): a mirrored port, two interfaces of one host, `-i any`. They are the same in all that a
 * sender chooses, and follow within milliseconds.
 *
 * A small cache, the same for all connections, remembers a keyed fingerprint of each segment and when it came; a newer segment takes
 * the place of an older one with the same low bits. What was pushed out is taken for new, which is what most are.
 */
#ifndef SYNFIN_TRACK_DUPLICATES_H
#define SYNFIN_TRACK_DUPLICATES_H

#include <stdbool.h>
#include <stdint.h>

#include <synfin/packet.h>

#include "base/hash.h"

enum { DUPLICATES_SLOTS = 4096 };

struct duplicates {
	struct hash_key secret;
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
