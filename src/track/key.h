/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which connection a segment belongs to: both families' addresses in 16 bytes, ports, VLAN and tunnel, in an order that does not
 * depend on the direction, so that one key serves both. No padding: the key is hashed and compared as bytes.
 */
#ifndef SYNFIN_TRACK_KEY_H
#define SYNFIN_TRACK_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include <synfin/packet.h>

struct flow_key {
	struct synfin_address address[2];
	uint16_t port[2];
	uint32_t vlan;
	uint32_t tunnel;
	uint32_t ip_version;
};

/*
 * Fill *key from a packet with has_tcp and return the index, 0 or 1, under which its sender stands. Where both ends have the same address
 * and port (a socket connected to itself) that is always 0. vlan_blind leaves the VLAN out.
 */
unsigned key_from_packet(struct flow_key *key, const struct synfin_packet *packet, bool vlan_blind);

#endif
