/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The loop that walks a frame, and what it starts with. Which decoder takes which kind of layer is one table; a kind that ends every
 * walk is a leaf.
 */
#include "decode/decode.h"

#include "decode/walk.h"

static walk_decoder *const decoders[SYNFIN_LAYER_KINDS] = {
	[SYNFIN_LAYER_NONE] = NULL,
	[SYNFIN_LAYER_ETHERNET] = decode_ethernet,
	[SYNFIN_LAYER_SLL] = decode_sll,
	[SYNFIN_LAYER_SLL2] = decode_sll2,
	[SYNFIN_LAYER_NULL] = decode_null,
	[SYNFIN_LAYER_RAW] = decode_raw,
	[SYNFIN_LAYER_PPP] = decode_ppp,
	[SYNFIN_LAYER_VLAN] = decode_vlan,
	[SYNFIN_LAYER_LLC] = decode_llc,
	[SYNFIN_LAYER_SNAP] = decode_snap,
	[SYNFIN_LAYER_STP] = decode_leaf,
	[SYNFIN_LAYER_PPPOE] = decode_pppoe,
	[SYNFIN_LAYER_MPLS] = decode_mpls,
	[SYNFIN_LAYER_ARP] = decode_leaf,
	[SYNFIN_LAYER_IPV4] = decode_ipv4,
	[SYNFIN_LAYER_IPV6] = decode_ipv6,
	[SYNFIN_LAYER_HOP_BY_HOP] = decode_options_header,
	[SYNFIN_LAYER_DESTINATION] = decode_options_header,
	[SYNFIN_LAYER_ROUTING] = decode_routing,
	[SYNFIN_LAYER_FRAGMENT] = decode_fragment,
	[SYNFIN_LAYER_MOBILITY] = decode_mobility,
	[SYNFIN_LAYER_AH] = decode_ah,
	[SYNFIN_LAYER_NO_NEXT_HEADER] = decode_leaf,
	[SYNFIN_LAYER_ICMP] = decode_leaf,
	[SYNFIN_LAYER_ICMPV6] = decode_leaf,
	[SYNFIN_LAYER_IGMP] = decode_leaf,
	[SYNFIN_LAYER_UDP] = decode_udp,
	[SYNFIN_LAYER_TCP] = decode_tcp,
	[SYNFIN_LAYER_GRE] = decode_gre,
	[SYNFIN_LAYER_VXLAN] = decode_vxlan,
	[SYNFIN_LAYER_GENEVE] = decode_geneve,
	[SYNFIN_LAYER_IP_FRAGMENT] = decode_leaf,
	[SYNFIN_LAYER_PAYLOAD] = decode_leaf,
	[SYNFIN_LAYER_UNKNOWN_ETHERTYPE] = decode_leaf,
	[SYNFIN_LAYER_UNKNOWN_PPP] = decode_leaf,
	[SYNFIN_LAYER_UNKNOWN_FAMILY] = decode_leaf,
	[SYNFIN_LAYER_UNKNOWN_IP] = decode_leaf,
	[SYNFIN_LAYER_UNKNOWN_LINK] = decode_leaf,
};

static unsigned link_layer(uint16_t link_type)
{
	switch (link_type) {
	case SYNFIN_LINK_ETHERNET:
		return SYNFIN_LAYER_ETHERNET;
	case SYNFIN_LINK_NULL:
	case SYNFIN_LINK_LOOP:
		return SYNFIN_LAYER_NULL;
	case SYNFIN_LINK_PPP:
	case SYNFIN_LINK_PPP_HDLC:
		return SYNFIN_LAYER_PPP;
	case SYNFIN_LINK_PPPOE:
		return SYNFIN_LAYER_PPPOE;
	case SYNFIN_LINK_RAW:
	case SYNFIN_LINK_IPV4:
	case SYNFIN_LINK_IPV6:
		return SYNFIN_LAYER_RAW;
	case SYNFIN_LINK_SLL:
		return SYNFIN_LAYER_SLL;
	case SYNFIN_LINK_SLL2:
		return SYNFIN_LAYER_SLL2;
	default:
		return SYNFIN_LAYER_UNKNOWN_LINK;
	}
}

bool decode_knows_link(uint16_t link_type)
{
	return link_layer(link_type) != SYNFIN_LAYER_UNKNOWN_LINK;
}

/*
 * Per packet only the members that say which others are valid are reset: clearing the whole struct would cost as much as decoding
 * an ordinary segment.
 */
static void packet_reset(struct synfin_packet *packet, uint16_t link_type, const uint8_t *bytes, uint32_t captured, uint32_t length)
{
	packet->bytes = bytes;
	packet->captured = captured;
	packet->length = length;
	packet->link_type = link_type;
	packet->ip_version = 0;
	packet->fault = 0;
	packet->has_tcp = false;
	packet->has_udp = false;
	packet->layer_count = 0;
	packet->tcp_layer = 0;
	packet->vlan = WALK_NO_VLAN;
	packet->tunnel = 0;
}

static void packet_walk(struct synfin_packet *packet, unsigned kind, walk_decoder *first)
{
	struct walk w = {
		.packet = packet,
		.cursor = cursor_over(packet->bytes, packet->captured),
		.length = packet->length < packet->captured ? packet->captured : packet->length,
		.vlan = WALK_NO_VLAN,
		.kind = (uint8_t)kind,
	};

	kind = first(&w);
	while (kind != SYNFIN_LAYER_NONE) {
		if (packet->layer_count == SYNFIN_LAYERS_MAX) {
			walk_fault(&w, &packet->layers[SYNFIN_LAYERS_MAX - 1], SYNFIN_FAULT_DEPTH);
			break;
		}
		w.kind = (uint8_t)kind;
		kind = decoders[kind](&w);
	}
	if (!packet->ip_version)
		packet->vlan = w.vlan;
}

void decode_layers(struct synfin_packet *packet, uint16_t link_type, const uint8_t *bytes, uint32_t captured, uint32_t length)
{
	unsigned kind = link_layer(link_type);

	packet_reset(packet, link_type, bytes, captured, length);
	packet_walk(packet, kind, link_type == SYNFIN_LINK_PPP_HDLC ? decode_ppp_hdlc : decoders[kind]);
}

void decode_frame(struct synfin_packet *packet, uint16_t link_type, const uint8_t *bytes, uint32_t captured, uint32_t length)
{
	packet_reset(packet, link_type, bytes, captured, length);
	if (link_type != SYNFIN_LINK_ETHERNET || !decode_ordinary(packet))
		decode_layers(packet, link_type, bytes, captured, length);
}

void decode_datagram(struct synfin_packet *packet, int version, const uint8_t *bytes, uint32_t captured, uint32_t length)
{
	unsigned kind = version == 6 ? SYNFIN_LAYER_IPV6 : SYNFIN_LAYER_IPV4;

	packet_reset(packet, SYNFIN_LINK_RAW, bytes, captured, length);
	packet_walk(packet, kind, decoders[kind]);
}
