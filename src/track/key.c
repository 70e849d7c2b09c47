/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/key.h"

#include <assert.h>
#include <string.h>

static_assert(sizeof(struct flow_key) == 48, "a key is hashed as bytes and must have no padding");

/* The second half of an address, as a number that orders as its bytes do. */
static uint64_t second_half(const struct synfin_address *address)
{
	uint64_t half;

	memcpy(&half, address->bytes + 8, sizeof(half));
#if __BYTE_ORDER__ != __ORDER_BIG_ENDIAN__
	half = __builtin_bswap64(half);
#endif
	return half;
}

static void put_second_half(struct synfin_address *address, uint64_t half)
{
	memset(address->bytes, 0, 8);
#if __BYTE_ORDER__ != __ORDER_BIG_ENDIAN__
	half = __builtin_bswap64(half);
#endif
	memcpy(address->bytes + 8, &half, sizeof(half));
}

/* The other end: the destination, unless that is a hop on a route. */
static const struct synfin_address *destination_of(const struct synfin_ip *ip)
{
	return ip->routed ? &ip->final : &ip->destination;
}

/* IPv4 addresses differ in their second halves only (::ffff:a.b.c.d), and go through registers. */
static unsigned put_addresses4(struct flow_key *key, const struct synfin_ip *ip, bool ports_in_order)
{
	uint64_t source = second_half(&ip->source), destination = second_half(destination_of(ip));
	unsigned from = source > destination || (source == destination && !ports_in_order);

	put_second_half(&key->address[0], from ? destination : source);
	put_second_half(&key->address[1], from ? source : destination);
	return from;
}

static unsigned put_addresses6(struct flow_key *key, const struct synfin_ip *ip, bool ports_in_order)
{
	const struct synfin_address *destination = destination_of(ip);
	int order = memcmp(&ip->source, destination, sizeof(ip->source));
	unsigned from = order > 0 || (order == 0 && !ports_in_order);

	key->address[from] = ip->source;
	key->address[!from] = *destination;
	return from;
}

unsigned key_from_packet(struct flow_key *key, const struct synfin_packet *packet, bool vlan_blind)
{
	const struct synfin_tcp *tcp = &packet->tcp;
	bool ports_in_order = tcp->source_port <= tcp->destination_port;
	unsigned from = packet->ip_version == 4 ? put_addresses4(key, &packet->ip, ports_in_order) : put_addresses6(key, &packet->ip, ports_in_order);

	key->port[from] = tcp->source_port;
	key->port[!from] = tcp->destination_port;
	key->vlan = vlan_blind ? UINT32_MAX : packet->vlan;
	key->tunnel = packet->tunnel;
	key->ip_version = packet->ip_version;
	return from;
}
