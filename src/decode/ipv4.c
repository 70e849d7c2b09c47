/* SPDX-License-Identifier: BSD-3-Clause */
/* IPv4 (RFC 791). The order of the checks is tcpdump's, because it decides what a printer says of a bad header. */
#include <string.h>

#include "decode/route.h"
#include "decode/walk.h"

/* ::ffff:a.b.c.d, in the two words that a key is made of: a load of what was just stored in smaller pieces would wait for them. */
static void map_address(struct synfin_address *address, const uint8_t *four)
{
	static const uint8_t mapped[4] = { 0, 0, 0xff, 0xff };
	uint32_t halves[2];
	uint64_t zero = 0, low;

	memcpy(&halves[0], mapped, 4);
	memcpy(&halves[1], four, 4);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	low = (uint64_t)halves[0] << 32 | halves[1];
#else
	low = (uint64_t)halves[1] << 32 | halves[0];
#endif
	memcpy(address->bytes, &zero, 8);
	memcpy(address->bytes + 8, &low, 8);
}

void ipv4_fill_packet(struct synfin_packet *packet, const uint8_t *header)
{
	struct synfin_ip *ip = &packet->ip;
	uint16_t fragment = bytes_u16(header + 6);

	packet->ip_version = 4;
	map_address(&ip->source, header + 12);
	map_address(&ip->destination, header + 16);
	ip->id = bytes_u16(header + 4);
	ip->ttl = header[8];
	ip->traffic_class = header[1];
	ip->protocol = header[9];
	ip->fragment = (fragment & 0x3fff) != 0;
	ip->first_fragment = (fragment & 0x3fff) == 0x2000;
	ip->routed = false;
}

/*
 * What follows the 20 fixed bytes is `total` - 20 long. Total length 0 is what a host's own capture shows of a datagram that its network
 * card will segment (TSO): all the frame has is the datagram. Any other total below the header's own length means nothing.
 */
static bool settle_length(struct walk *w, struct synfin_layer *layer, uint32_t header, uint32_t total)
{
	if (total > layer->length)
		walk_fault(w, layer, SYNFIN_FAULT_LENGTH);
	if (total < header) {
		walk_fault(w, layer, SYNFIN_FAULT_LENGTH);
		if (total != 0 || layer->length <= header)
			return false;
		total = layer->length;
	}
	walk_cut(w, layer->offset, total);
	w->length = total - 20;
	return true;
}

/* While the source route is not travelled the destination is its next hop. */
static void settle_route(struct synfin_ip *ip, struct cursor options)
{
	struct route route = route_of_options(options);

	if (!route.ahead)
		return;
	ip->routed = true;
	memcpy(ip->final.bytes, ip->destination.bytes, 12);
	memcpy(ip->final.bytes + 12, route.end, 4);
}

unsigned decode_ipv4(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);
	struct cursor look = w->cursor;
	uint8_t first = cursor_u8(&look);

	if (cursor_ok(&look) && first >> 4 != 4)
		return walk_refuse(w, layer, SYNFIN_FAULT_VERSION);
	const uint8_t *header = walk_take(w, layer, 20);
	if (!header)
		return SYNFIN_LAYER_NONE;
	uint32_t size = (uint32_t)(first & 0xf) * 4;
	if (size < 20)
		return walk_refuse(w, layer, SYNFIN_FAULT_LENGTH);
	if (!settle_length(w, layer, size, bytes_u16(header + 2)))
		return walk_refuse(w, layer, SYNFIN_FAULT_LENGTH);
	w->packet->has_udp = false;
	w->packet->vlan = w->vlan;
	w->packet->tunnel = w->tunnel;
	ipv4_fill_packet(w->packet, header);
	layer->next = header[9];
	/* The total length allows the whole header, so what is missing of it was not recorded, whatever the carrier declares ... */
	if (size > 20) {
		const uint8_t *options = walk_take(w, layer, size - 20);
		if (!options)
			return walk_refuse(w, layer, SYNFIN_FAULT_CUT);
		settle_route(&w->packet->ip, cursor_over(options, size - 20));
	}
	/* ... and what is there is in hand, also where the carrier declares less. */
	if (layer->captured < size)
		layer->captured = size;
	if (bytes_u16(header + 6) & 0x1fff) {
		w->type = header[9];
		return SYNFIN_LAYER_IP_FRAGMENT;
	}
	return protocol_layer(w, header[9]);
}
