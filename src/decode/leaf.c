/* SPDX-License-Identifier: BSD-3-Clause */
/* Layers that end the walk: what they contain, if anything, is read by printers. */
#include "decode/walk.h"

/* The fixed bytes every message of a kind begins with; 0 for kinds that have no header or an unknown one. */
static uint32_t leaf_header(unsigned kind)
{
	switch (kind) {
	case SYNFIN_LAYER_STP:  /* protocol, version, type: IEEE 802.1D s9.3 */
	case SYNFIN_LAYER_ICMP: /* type, code, checksum: RFC 792, RFC 4443 s2.1 */
	case SYNFIN_LAYER_ICMPV6:
		return 4;
	case SYNFIN_LAYER_ARP:  /* two types, two lengths, operation: RFC 826 */
	case SYNFIN_LAYER_IGMP: /* RFC 2236 s2 */
		return 8;
	default:
		return 0;
	}
}

unsigned decode_leaf(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);
	uint32_t header = leaf_header(layer->kind);

	if (header)
		(void)walk_take(w, layer, header);
	return SYNFIN_LAYER_NONE;
}
