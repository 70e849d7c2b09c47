/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/key.h"

#include <assert.h>
#include <string.h>

static_assert(sizeof(struct flow_key) == 48, "a key is hashed as bytes and must have no padding");

unsigned key_from_packet(struct flow_key *key, const struct synfin_packet *packet, bool vlan_blind)
{
	const struct synfin_ip *ip = &packet->ip;
	const struct synfin_tcp *tcp = &packet->tcp;
	int order = memcmp(&ip->source, &ip->destination, sizeof(ip->source));
	unsigned from = order > 0 || (order == 0 && tcp->source_port > tcp->destination_port);

	key->address[from] = ip->source;
	key->address[!from] = ip->destination;
	key->port[from] = tcp->source_port;
	key->port[!from] = tcp->destination_port;
	key->vlan = vlan_blind ? UINT32_MAX : packet->vlan;
	key->tunnel = packet->tunnel;
	key->ip_version = packet->ip_version;
	return from;
}
