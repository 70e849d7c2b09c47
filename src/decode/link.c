/* SPDX-License-Identifier: BSD-3-Clause */
/* Link headers: Ethernet, Linux cooked (SLL, SLL2), BSD loopback (NULL, LOOP) and raw IP. PPP has a file of its own. */
#include "decode/walk.h"

unsigned decode_ethernet(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);

	/* Only behind a UDP length that is too short for it; tcpdump calls it invalid rather than cut it. */
	if (cursor_left(&w->cursor) > w->length)
		return walk_refuse(w, layer, SYNFIN_FAULT_LENGTH);
	const uint8_t *header = walk_take(w, layer, 14);

	if (!header)
		return SYNFIN_LAYER_NONE;
	w->cooked = false;
	layer->next = bytes_u16(header + 12);
	return ethertype_layer_tagged(w, layer, layer->next);
}

/* In a cooked header small protocol numbers are Linux's ETH_P_ ones: 1 is raw 802.3 (IPX), 4 is 802.2, others are no network's. */
static unsigned cooked_layer(struct walk *w, struct synfin_layer *layer, uint16_t protocol)
{
	w->cooked = true;
	if (protocol > 1500)
		return ethertype_layer_tagged(w, layer, protocol);
	w->type = protocol;
	return protocol == 4 ? SYNFIN_LAYER_LLC : SYNFIN_LAYER_UNKNOWN_ETHERTYPE;
}

unsigned decode_sll(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);
	const uint8_t *header = walk_take(w, layer, 16);

	if (!header)
		return SYNFIN_LAYER_NONE;
	layer->next = bytes_u16(header + 14);
	return cooked_layer(w, layer, layer->next);
}

unsigned decode_sll2(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);
	const uint8_t *header = walk_take(w, layer, 20);

	if (!header)
		return SYNFIN_LAYER_NONE;
	layer->next = bytes_u16(header);
	return cooked_layer(w, layer, layer->next);
}

/*
 * The address family is in the byte order of the host that captured (LOOP: network order). Families are small, so a number with bits in
 * its upper half was read in the wrong order. IPv6 has a number per BSD: 24 NetBSD and OpenBSD, 28 FreeBSD, 30 macOS.
 */
unsigned decode_null(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);
	const uint8_t *header = walk_take(w, layer, 4);

	if (!header)
		return SYNFIN_LAYER_NONE;
	uint32_t family = (uint32_t)header[3] << 24 | (uint32_t)header[2] << 16 | (uint32_t)header[1] << 8 | header[0];
	if (family >> 16)
		family = bytes_u32(header);
	layer->next = (uint16_t)family;
	w->type = layer->next;
	switch (family) {
	case 2:
		return SYNFIN_LAYER_IPV4;
	case 24:
	case 28:
	case 30:
		return SYNFIN_LAYER_IPV6;
	default:
		return SYNFIN_LAYER_UNKNOWN_FAMILY;
	}
}

/* No header at all: the IP version tells the protocol, for the link types that promise one version too, as tcpdump does. */
unsigned decode_raw(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);
	struct cursor look = w->cursor;
	uint8_t version = cursor_u8(&look) >> 4;

	if (!cursor_ok(&look)) {
		walk_fault(w, layer, walk_missing(layer, 1));
		return SYNFIN_LAYER_NONE;
	}
	layer->next = version;
	w->type = version;
	return version == 4 ? SYNFIN_LAYER_IPV4 : version == 6 ? SYNFIN_LAYER_IPV6 : SYNFIN_LAYER_UNKNOWN_FAMILY;
}
