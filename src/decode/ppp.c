/* SPDX-License-Identifier: BSD-3-Clause */
/* PPP (RFC 1661), in HDLC-like framing (RFC 1662), and PPP over Ethernet (RFC 2516). */
#include "decode/walk.h"

/* The layer a PPP protocol number names. Some implementations put an ethertype there; 002f is a VJ uncompressed header: plain IPv4. */
static unsigned ppp_layer(struct walk *w, uint16_t protocol)
{
	w->type = protocol;
	switch (protocol) {
	case 0x0021:
	case 0x002f:
	case 0x0800:
		return SYNFIN_LAYER_IPV4;
	case 0x0057:
	case 0x86dd:
		return SYNFIN_LAYER_IPV6;
	case 0x0281:
	case 0x0283:
		return SYNFIN_LAYER_MPLS;
	default:
		return SYNFIN_LAYER_UNKNOWN_PPP;
	}
}

/*
 * Address and control (ff 03, or 00/01 03 where a direction replaces the address) may be left out; the protocol has one byte if its
 * first byte is odd (RFC 1661 s2, s6.5, s6.6).
 */
unsigned decode_ppp(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);
	/* tcpdump wants four bytes of a frame before it looks, two inside another. Fewer do not tell an address from a protocol. */
	uint32_t least = layer->offset == 0 ? 4 : 2;
	if (layer->captured < least)
		return walk_refuse(w, layer, walk_missing(layer, least));
	struct cursor look = w->cursor;
	uint16_t start = cursor_u16(&look);
	if ((start == 0xff03 || start == 0x0003 || start == 0x0103) && !walk_take(w, layer, 2))
		return SYNFIN_LAYER_NONE;
	look = w->cursor;
	bool compressed = cursor_u8(&look) & 1;
	/* Even a compressed protocol needs a second byte after it to be worth anything, as tcpdump sees it. */
	if (w->length < 2 || !cursor_ok(&look))
		return walk_refuse(w, layer, walk_missing(layer, layer->header + 2u));
	const uint8_t *protocol = walk_take(w, layer, compressed ? 1 : 2);
	if (!protocol)
		return SYNFIN_LAYER_NONE;
	layer->next = compressed ? protocol[0] : bytes_u16(protocol);
	return ppp_layer(w, layer->next);
}

/* What Cisco HDLC carries: of the ethertypes, those of networks. */
static unsigned cisco_layer(struct walk *w, uint16_t ethertype)
{
	unsigned kind = ethertype_layer(w, ethertype);
	return kind == SYNFIN_LAYER_IPV4 || kind == SYNFIN_LAYER_IPV6 || kind == SYNFIN_LAYER_MPLS ? kind : SYNFIN_LAYER_UNKNOWN_ETHERTYPE;
}

/*
 * LINKTYPE_PPP_HDLC: address, control, and two bytes of protocol. Address ff is PPP's, 0f and 8f are Cisco HDLC's, which has an
 * ethertype there; behind any other nothing is known.
 */
unsigned decode_ppp_hdlc(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);
	const uint8_t *header = walk_take(w, layer, 2);

	if (!header)
		return SYNFIN_LAYER_NONE;
	bool cisco = header[0] == 0x0f || header[0] == 0x8f;
	if (header[0] != 0xff && !cisco)
		return SYNFIN_LAYER_NONE;
	const uint8_t *protocol = walk_take(w, layer, 2);
	if (!protocol)
		return SYNFIN_LAYER_NONE;
	layer->next = bytes_u16(protocol);
	return cisco ? cisco_layer(w, layer->next) : ppp_layer(w, layer->next);
}

/* Code 0 is a session's data whatever the ethertype says; all other codes are discovery, whose tags are the printer's business. */
unsigned decode_pppoe(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);
	const uint8_t *header = walk_take(w, layer, 6);

	if (!header)
		return SYNFIN_LAYER_NONE;
	uint16_t length = bytes_u16(header + 4);
	if (length > w->length)
		walk_fault(w, layer, SYNFIN_FAULT_LENGTH);
	else
		w->length = length;
	if (header[1] != 0)
		return SYNFIN_LAYER_NONE;
	tunnel_enter(w, SYNFIN_LAYER_PPPOE, bytes_u16(header + 2));
	w->type = 0;
	return SYNFIN_LAYER_PPP;
}
