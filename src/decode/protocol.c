/* SPDX-License-Identifier: BSD-3-Clause */
/* IP protocol numbers, which IPv6 extension headers share. */
#include "decode/walk.h"

enum { PROTOCOL_NONE = 59 };

/* Numbers that only IPv6 chains (RFC 8200 s4); in IPv4 they are just protocols nobody prints. */
static unsigned extension_layer(uint8_t protocol)
{
	switch (protocol) {
	case 0:
		return SYNFIN_LAYER_HOP_BY_HOP;
	case 43:
		return SYNFIN_LAYER_ROUTING;
	case 44:
		return SYNFIN_LAYER_FRAGMENT;
	case 58:
		return SYNFIN_LAYER_ICMPV6;
	case 60:
		return SYNFIN_LAYER_DESTINATION;
	case 62: /* Mobility's number in drafts */
	case 135:
		return SYNFIN_LAYER_MOBILITY;
	case 143: /* RFC 8986 s4.9 */
		return SYNFIN_LAYER_ETHERNET;
	default:
		return SYNFIN_LAYER_UNKNOWN_IP;
	}
}

static unsigned protocol_kind(uint8_t protocol, unsigned version)
{
	switch (protocol) {
	case 6:
		return SYNFIN_LAYER_TCP;
	case 17:
		return SYNFIN_LAYER_UDP;
	case 4:
		return SYNFIN_LAYER_IPV4;
	case 41:
		return SYNFIN_LAYER_IPV6;
	case 47:
		return SYNFIN_LAYER_GRE;
	case 51:
		return SYNFIN_LAYER_AH;
	case PROTOCOL_NONE:
		return SYNFIN_LAYER_NO_NEXT_HEADER;
	case 1:
		return version == 4 ? SYNFIN_LAYER_ICMP : SYNFIN_LAYER_UNKNOWN_IP;
	case 2:
		return version == 4 ? SYNFIN_LAYER_IGMP : SYNFIN_LAYER_UNKNOWN_IP;
	default:
		return version == 6 ? extension_layer(protocol) : SYNFIN_LAYER_UNKNOWN_IP;
	}
}

/* A header of the chain is no upper-layer protocol: until the chain's end is seen there is none, which is what 59 says. */
static bool chains(unsigned kind)
{
	return kind == SYNFIN_LAYER_HOP_BY_HOP || kind == SYNFIN_LAYER_DESTINATION || kind == SYNFIN_LAYER_ROUTING
		|| kind == SYNFIN_LAYER_FRAGMENT || kind == SYNFIN_LAYER_AH;
}

unsigned protocol_layer(struct walk *w, uint8_t protocol)
{
	w->type = protocol;
	if (protocol == 6) {
		w->packet->ip.protocol = protocol;
		return SYNFIN_LAYER_TCP;
	}
	unsigned kind = protocol_kind(protocol, w->packet->ip_version);
	w->packet->ip.protocol = chains(kind) ? PROTOCOL_NONE : protocol;
	if (kind == SYNFIN_LAYER_IPV4 || kind == SYNFIN_LAYER_IPV6 || kind == SYNFIN_LAYER_ETHERNET)
		tunnel_enter(w, kind, 0);
	return kind;
}
