/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * MPLS label stacks (RFC 3032). Nothing in them says what follows: the reserved labels do (0 and 3 IPv4, 2 IPv6), and behind any other
 * bottom label the first byte is taken for that of an IP header, if it looks like one.
 */
#include "decode/walk.h"

/* Labels that are not worth following; a header's length is a 16-bit number. */
#define LABELS_MAX 1024

static unsigned payload_layer(struct walk *w, struct synfin_layer *layer, uint32_t label)
{
	struct cursor look = w->cursor;
	uint8_t first = cursor_u8(&look);

	if (label == 0 || label == 3) {
		layer->next = 0x0800;
	} else if (label == 2) {
		layer->next = 0x86dd;
	} else if (!cursor_ok(&look) || w->length == 0) {
		if (w->length)
			walk_fault(w, layer, SYNFIN_FAULT_CUT);
		return SYNFIN_LAYER_NONE;
	} else if (first >= 0x45 && first <= 0x4f) {
		layer->next = 0x0800;
	} else if (first >> 4 == 6) {
		layer->next = 0x86dd;
	} else {
		return SYNFIN_LAYER_NONE;
	}
	return ethertype_layer(w, layer->next);
}

unsigned decode_mpls(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);
	uint32_t entry = 0;

	for (unsigned labels = 0; !(entry & 0x100); labels++) {
		if (labels == LABELS_MAX)
			return walk_refuse(w, layer, SYNFIN_FAULT_DEPTH);
		const uint8_t *bytes = walk_take(w, layer, 4);
		if (!bytes)
			return SYNFIN_LAYER_NONE;
		entry = bytes_u32(bytes);
	}
	return payload_layer(w, layer, entry >> 12);
}
