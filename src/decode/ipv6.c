/* SPDX-License-Identifier: BSD-3-Clause */
/* IPv6 (RFC 8200); its extension headers are in extension.c. */
#include <string.h>

#include "decode/walk.h"

enum { HEADER = 40, HOP_BY_HOP = 0 };

static void fill_packet(struct walk *w, const uint8_t *header)
{
	struct synfin_packet *packet = w->packet;
	struct synfin_ip *ip = &packet->ip;

	packet->ip_version = 6;
	packet->has_udp = false;
	packet->vlan = w->vlan;
	packet->tunnel = w->tunnel;
	memcpy(ip->source.bytes, header + 8, 16);
	memcpy(ip->destination.bytes, header + 24, 16);
	ip->id = 0;
	ip->ttl = header[7];
	ip->traffic_class = (uint8_t)(bytes_u16(header) >> 4);
	ip->fragment = false;
	ip->first_fragment = false;
	ip->routed = false;
}

/*
 * Payload length 0 has three meanings: nothing follows; the length is in a Jumbo Payload option (RFC 2675), which the hop-by-hop header
 * that must then follow settles; or a host's own capture shows a datagram that its network card will segment (Linux BIG TCP), which is
 * believed only of what no payload length could express.
 */
static void settle_length(struct walk *w, struct synfin_layer *layer, const uint8_t *header)
{
	uint32_t payload = bytes_u16(header + 4);

	w->jumbo = false;
	if (payload == 0 && header[6] == HOP_BY_HOP) {
		w->jumbo = true;
		return;
	}
	if (payload > w->length)
		walk_fault(w, layer, SYNFIN_FAULT_LENGTH);
	if (payload == 0 && w->length > UINT16_MAX) {
		walk_fault(w, layer, SYNFIN_FAULT_LENGTH);
		return;
	}
	walk_cut(w, layer->offset, HEADER + payload);
	w->length = payload;
}

unsigned decode_ipv6(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);
	const uint8_t *header = walk_take(w, layer, HEADER);

	if (!header)
		return SYNFIN_LAYER_NONE;
	if (header[0] >> 4 != 6)
		return walk_refuse(w, layer, SYNFIN_FAULT_VERSION);
	settle_length(w, layer, header);
	fill_packet(w, header);
	layer->next = header[6];
	return protocol_layer(w, header[6]);
}
