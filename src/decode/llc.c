/* SPDX-License-Identifier: BSD-3-Clause */
/* IEEE 802.2 LLC and SNAP (RFC 1042). */
#include "decode/walk.h"

enum {
	SAP_IP = 0x06,
	SAP_BRIDGE = 0x42,
	SAP_SNAP = 0xaa,
	CONTROL_UI = 0x03,
};

/* A U frame has one byte of control, I and S frames two. */
unsigned decode_llc(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);
	const uint8_t *header = walk_take(w, layer, 3);

	if (!header)
		return SYNFIN_LAYER_NONE;
	layer->next = bytes_u16(header);
	uint8_t control = header[2];
	if ((control & 3) != 3 && !walk_take(w, layer, 1))
		return SYNFIN_LAYER_NONE;
	w->type = layer->next;
	/* The lowest bit of an address says whether it is a group's, or the frame a response (IEEE 802.2 s3.3.1.2). */
	if (control != CONTROL_UI || (header[0] | 1) != (header[1] | 1))
		return SYNFIN_LAYER_NONE;
	switch (header[0] & ~1) {
	case SAP_SNAP:
		return SYNFIN_LAYER_SNAP;
	case SAP_BRIDGE:
		return SYNFIN_LAYER_STP;
	case SAP_IP:
		return SYNFIN_LAYER_IPV4;
	default:
		return SYNFIN_LAYER_NONE;
	}
}

/* Organisations 000000 and 0000f8 (Cisco) put an ethertype behind theirs; Cisco's 00000c:010b is its per-VLAN spanning tree. */
unsigned decode_snap(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);
	const uint8_t *header = walk_take(w, layer, 5);

	if (!header)
		return SYNFIN_LAYER_NONE;
	layer->next = bytes_u16(header + 3);
	uint32_t organisation = bytes_u24(header);
	if (organisation == 0 || organisation == 0xf8)
		return ethertype_layer(w, layer->next);
	w->type = layer->next;
	return organisation == 0x0c && layer->next == 0x010b ? SYNFIN_LAYER_STP : SYNFIN_LAYER_NONE;
}
