/* SPDX-License-Identifier: BSD-3-Clause */
/* Ethertypes, and the VLAN tags that carry one. */
#include "decode/walk.h"

unsigned ethertype_layer(struct walk *w, uint16_t ethertype)
{
	w->type = ethertype;
	switch (ethertype) {
	case 0x0800:
		return SYNFIN_LAYER_IPV4;
	case 0x86dd:
		return SYNFIN_LAYER_IPV6;
	case 0x0806:
	case 0x8035:
		return SYNFIN_LAYER_ARP;
	case 0x8847:
	case 0x8848:
		return SYNFIN_LAYER_MPLS;
	case 0x8863:
	case 0x8864:
	case 0x3c12: /* the numbers of 3Com's pre-standard PPPoE */
	case 0x3c13:
		return SYNFIN_LAYER_PPPOE;
	case 0x880b:
		return SYNFIN_LAYER_PPP;
	default:
		return SYNFIN_LAYER_UNKNOWN_ETHERTYPE;
	}
}

/* Up to 1500 the field is a length and 802.2 follows (IEEE 802.3 s3.2.6): what is behind that length is padding. */
static unsigned length_layer(struct walk *w, struct synfin_layer *layer, uint16_t length)
{
	if (w->cooked) {
		return SYNFIN_LAYER_LLC;
	} else if (length > w->length) {
		walk_fault(w, layer, SYNFIN_FAULT_LENGTH);
	} else {
		w->length = length;
		walk_cut(w, (uint32_t)cursor_offset(&w->cursor), length);
	}
	return SYNFIN_LAYER_LLC;
}

unsigned ethertype_layer_tagged(struct walk *w, struct synfin_layer *layer, uint16_t ethertype)
{
	w->type = ethertype;
	if (ethertype == 0x0800)
		return SYNFIN_LAYER_IPV4;
	if (ethertype <= 1500)
		return length_layer(w, layer, ethertype);
	switch (ethertype) {
	case 0x8870: /* 802.2 in a jumbo frame, whose length no length field could hold */
		return w->cooked ? SYNFIN_LAYER_UNKNOWN_ETHERTYPE : SYNFIN_LAYER_LLC;
	case 0x8100:
	case 0x88a8:
	case 0x9100:
	case 0x9200:
		return SYNFIN_LAYER_VLAN;
	default:
		return ethertype_layer(w, ethertype);
	}
}

unsigned decode_vlan(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);
	const uint8_t *header = walk_take(w, layer, 4);

	if (!header)
		return SYNFIN_LAYER_NONE;
	w->vlan = w->vlan << 16 | (bytes_u16(header) & 0xfffu);
	layer->next = bytes_u16(header + 2);
	return ethertype_layer_tagged(w, layer, layer->next);
}
