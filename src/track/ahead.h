/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A look at packets that are about to come, so that what the table has of their connections is in the cache when they do.
 *
 * With many connections nearly every packet's slot and record are in memory only, and the record is found through the slot: two waits, one
 * after the other. For a batch of packets they are asked for together: first all slots, then all records.
 *
 * Nothing is decided here. What a packet finds when its turn comes may be another record, or none, after what the packets before it did.
 */
#ifndef SYNFIN_TRACK_AHEAD_H
#define SYNFIN_TRACK_AHEAD_H

#include <stdbool.h>

#include <synfin/packet.h>

#include "track/key.h"
#include "track/table.h"

/* The most packets that are looked at. */
enum { AHEAD_MAX = 32 };

/* Where a packet belongs. */
struct aim {
	struct flow_key key;
	uint32_t hash; /* table_hash() of it */
	unsigned from; /* as of key_from_packet() */
	bool hashed;   /* ... which is worked out only if it is needed */
};

struct ahead {
	unsigned count;
	unsigned next;
	struct {
		const struct synfin_packet *packet;
		struct aim aim;
	} of[AHEAD_MAX];
};

/* Look at packets, one after the other in memory; those without a TCP header are passed over. false, with nothing done, if it would not pay. */
bool ahead_look(struct ahead *ahead, const struct table *table, const struct synfin_packet *packets, unsigned count, bool vlan_blind);
/* Where a packet with has_tcp belongs: as it was found by the last ahead_look(), if it is the next of those, or else found now, in *room. */
struct aim *ahead_take(struct ahead *ahead, const struct synfin_packet *packet, bool vlan_blind, struct aim *room);
/* aim->hash, worked out now if it was not yet. */
uint32_t ahead_hash(struct aim *aim, const struct table *table);
/* The connection that an aim leads to, or NULL. */
struct connection *ahead_find(struct aim *aim, struct table *table);

#endif
