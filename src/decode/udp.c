/* SPDX-License-Identifier: BSD-3-Clause */
/* UDP (RFC 768) and which ports carry a tunnel. */
#include "decode/walk.h"

enum { HEADER = 8 };

/* Either port counts, and VXLAN comes first, as in tcpdump. */
static unsigned tunnel_layer(uint16_t source, uint16_t destination)
{
	if (source == 4789 || destination == 4789)
		return SYNFIN_LAYER_VXLAN;
	if (source == 6081 || destination == 6081)
		return SYNFIN_LAYER_GENEVE;
	return SYNFIN_LAYER_PAYLOAD;
}

unsigned decode_udp(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);
	const uint8_t *header = walk_take(w, layer, HEADER);
	struct synfin_packet *packet = w->packet;

	if (!header)
		return SYNFIN_LAYER_NONE;
	packet->has_udp = true;
	packet->udp_source_port = bytes_u16(header);
	packet->udp_destination_port = bytes_u16(header + 2);
	uint32_t length = bytes_u16(header + 4);
	if (length == 0 && layer->length > UINT16_MAX)
		length = layer->length; /* a jumbogram, RFC 2675 s4 */
	if (length < HEADER)
		return walk_refuse(w, layer, SYNFIN_FAULT_LENGTH);
	if (length > layer->length && !packet->ip.fragment)
		walk_fault(w, layer, SYNFIN_FAULT_LENGTH);
	if (w->length > length - HEADER)
		w->length = length - HEADER;
	if (w->length == 0)
		return SYNFIN_LAYER_NONE;
	unsigned kind = tunnel_layer(packet->udp_source_port, packet->udp_destination_port);
	w->type = kind == SYNFIN_LAYER_VXLAN ? 4789 : kind == SYNFIN_LAYER_GENEVE ? 6081 : 0;
	layer->next = w->type;
	return kind;
}
