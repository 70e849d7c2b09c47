/* SPDX-License-Identifier: BSD-3-Clause */
/* Encapsulations with a header of their own: GRE (RFC 2784, 2890, 1701), VXLAN (RFC 7348), Geneve (RFC 8926). */
#include "decode/walk.h"

enum {
	ETHERTYPE_TEB = 0x6558, /* transparent Ethernet bridging */
	ETHERTYPE_PPP = 0x880b,
	GRE_CHECKSUM = 0x8000,
	GRE_ROUTING = 0x4000,
	GRE_KEY = 0x2000,
	GRE_SEQUENCE = 0x1000,
	GRE_ACKNOWLEDGEMENT = 0x0080,
	GRE_VERSION = 0x0007,
};

/*
 * One number stands for the whole nest of tunnels, because a flow key has room for one. Kind and id of every level are mixed in
 * turn, so the same levels in the same order give the same number.
 */
void tunnel_enter(struct walk *w, unsigned kind, uint32_t id)
{
	uint32_t h = (w->tunnel + kind) * 0x9e3779b1u;

	h = (h ^ h >> 15 ^ id) * 0x85ebca6bu;
	h = (h ^ h >> 13) * 0xc2b2ae35u;
	h ^= h >> 16;
	w->tunnel = h ? h : 1;
}

/* An ethertype inside a tunnel, where no tags may stand, plus the one for a whole Ethernet frame. */
static unsigned inner_layer(struct walk *w, uint16_t ethertype)
{
	if (ethertype != ETHERTYPE_TEB)
		return ethertype_layer(w, ethertype);
	w->type = ethertype;
	return SYNFIN_LAYER_ETHERNET;
}

/* Of the ethertypes, GRE has those of networks only. */
static unsigned gre_inner_layer(struct walk *w, uint16_t ethertype)
{
	unsigned kind = inner_layer(w, ethertype);
	return kind == SYNFIN_LAYER_ARP || kind == SYNFIN_LAYER_PPP || kind == SYNFIN_LAYER_PPPOE ? SYNFIN_LAYER_UNKNOWN_ETHERTYPE : kind;
}

/* Source routes of RFC 1701: family, offset, length, until a family and length of 0. They are bounded by the bytes there are. */
static bool skip_routes(struct walk *w, struct synfin_layer *layer)
{
	for (;;) {
		const uint8_t *route = walk_take(w, layer, 4);
		if (!route)
			return false;
		if (route[3] == 0)
			return true;
		if (layer->header > INT16_MAX) {
			(void)walk_refuse(w, layer, SYNFIN_FAULT_DEPTH);
			return false;
		}
		if (!walk_take(w, layer, route[3]))
			return false;
	}
}

/*
 * Version 1 is PPTP's (RFC 2637). What has no sequence number has no payload. Its keys name one direction each, so they are no part of
 * the tunnel's identity.
 */
static unsigned pptp_inner_layer(struct walk *w, struct synfin_layer *layer, uint16_t flags)
{
	if (!(flags & GRE_SEQUENCE) || (flags & GRE_KEY && !walk_take(w, layer, 4)) || !walk_take(w, layer, 4))
		return SYNFIN_LAYER_NONE;
	if (flags & GRE_ACKNOWLEDGEMENT && !walk_take(w, layer, 4))
		return SYNFIN_LAYER_NONE;
	if (layer->next != ETHERTYPE_PPP)
		return SYNFIN_LAYER_NONE;
	tunnel_enter(w, SYNFIN_LAYER_GRE, 0);
	w->type = ETHERTYPE_PPP;
	return SYNFIN_LAYER_PPP;
}

unsigned decode_gre(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);
	const uint8_t *header = walk_take(w, layer, 4);
	uint32_t id = 0;

	if (!header)
		return SYNFIN_LAYER_NONE;
	uint16_t flags = bytes_u16(header);
	layer->next = bytes_u16(header + 2);
	if (flags & GRE_VERSION)
		return (flags & GRE_VERSION) == 1 ? pptp_inner_layer(w, layer, flags) : (unsigned)SYNFIN_LAYER_NONE;
	if (flags & (GRE_CHECKSUM | GRE_ROUTING) && !walk_take(w, layer, 4))
		return SYNFIN_LAYER_NONE;
	if (flags & GRE_KEY) {
		const uint8_t *key = walk_take(w, layer, 4);
		if (!key)
			return SYNFIN_LAYER_NONE;
		id = bytes_u32(key);
	}
	if (flags & GRE_SEQUENCE && !walk_take(w, layer, 4))
		return SYNFIN_LAYER_NONE;
	if (flags & GRE_ROUTING && !skip_routes(w, layer))
		return SYNFIN_LAYER_NONE;
	tunnel_enter(w, SYNFIN_LAYER_GRE, id);
	return gre_inner_layer(w, layer->next);
}

unsigned decode_vxlan(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);
	const uint8_t *header = walk_take(w, layer, 8);

	if (!header)
		return SYNFIN_LAYER_NONE;
	tunnel_enter(w, SYNFIN_LAYER_VXLAN, bytes_u24(header + 4));
	w->type = 0;
	return SYNFIN_LAYER_ETHERNET;
}

unsigned decode_geneve(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);
	const uint8_t *header = walk_take(w, layer, 8);

	if (!header)
		return SYNFIN_LAYER_NONE;
	layer->next = bytes_u16(header + 2);
	if (header[0] >> 6 != 0)
		return walk_refuse(w, layer, SYNFIN_FAULT_VERSION);
	uint32_t options = (header[0] & 0x3fu) * 4;
	if (options > w->length)
		return walk_refuse(w, layer, SYNFIN_FAULT_LENGTH);
	if (options && !walk_take(w, layer, options))
		return SYNFIN_LAYER_NONE;
	tunnel_enter(w, SYNFIN_LAYER_GENEVE, bytes_u24(header + 4));
	return inner_layer(w, layer->next);
}
