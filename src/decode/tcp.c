/* SPDX-License-Identifier: BSD-3-Clause */
/* TCP's header (RFC 9293 s3.1). Its options are in tcp_options.c. */
#include "decode/walk.h"

enum {
	HEADER = 20,
	ETHERNET_LEAST = 46, /* bytes that every Ethernet frame carries at least, padded if need be (IEEE 802.3 s3.2.8) */
};

void tcp_fill_fixed(struct synfin_tcp *tcp, const uint8_t *header)
{
	tcp->source_port = bytes_u16(header);
	tcp->destination_port = bytes_u16(header + 2);
	tcp->seq = bytes_u32(header + 4);
	tcp->ack = bytes_u32(header + 8);
	tcp->flags = bytes_u16(header + 12) & 0x1ff;
	tcp->window = bytes_u16(header + 14);
	tcp->checksum = bytes_u16(header + 16);
	tcp->urgent = bytes_u16(header + 18);
	tcp->header = (uint16_t)((header[12] >> 4) * 4);
	tcp->options = 0;
	tcp->sack_count = 0;
	tcp->declared = 0;
	tcp->payload = 0;
	tcp->payload_captured = 0;
}

/* The options that were captured; false, with the layer's fault set, if the header is not whole. */
static bool read_options(struct walk *w, struct synfin_layer *layer, struct synfin_tcp *tcp)
{
	uint32_t size = tcp->header - HEADER;

	if (size == 0)
		return true;
	/* Pointer and size rather than a cursor by value, whose copy in wider pieces than it was written in would stall every segment. */
	size_t left = cursor_left(&w->cursor);
	size_t n = left < size ? left : size;
	struct cursor look = w->cursor;
	if (!tcp_options_read(tcp, cursor_take(&look, n), n, n == size))
		walk_fault(w, layer, SYNFIN_FAULT_OPTIONS);
	return walk_take(w, layer, size) != NULL;
}

/* The bytes of data that the frame can have held (struct synfin_tcp): as many as the layers around the IP header leave room for. */
static uint32_t data_length(const struct walk *w, const struct synfin_layer *layer, const struct synfin_tcp *tcp)
{
	const struct synfin_layer *ip = layer;

	if (!(w->packet->fault & SYNFIN_FAULT_LENGTH))
		return tcp->declared;
	do
		ip--;
	while (ip->kind != SYNFIN_LAYER_IPV4 && ip->kind != SYNFIN_LAYER_IPV6);
	uint32_t end = ip->offset + ip->length;
	if (end >= tcp->payload_offset + tcp->declared)
		return tcp->declared;
	if (end > tcp->payload_offset)
		return end - tcp->payload_offset;
	uint32_t datagram = tcp->payload_offset + tcp->declared - ip->offset;
	return end == tcp->payload_offset && ip->kind == SYNFIN_LAYER_IPV4 && datagram <= ETHERNET_LEAST ? 0 : tcp->declared;
}

unsigned decode_tcp(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);
	const uint8_t *header = walk_take(w, layer, HEADER);
	struct synfin_packet *packet = w->packet;
	struct synfin_tcp *tcp = &packet->tcp;

	if (!header)
		return SYNFIN_LAYER_NONE;
	if (header[12] >> 4 < 5)
		return walk_refuse(w, layer, SYNFIN_FAULT_LENGTH);
	packet->has_tcp = true;
	packet->tcp_layer = (uint8_t)(packet->layer_count - 1);
	tcp_fill_fixed(tcp, header);
	tcp->payload_offset = layer->offset + tcp->header;
	if (tcp->header > layer->length)
		return walk_refuse(w, layer, SYNFIN_FAULT_LENGTH);
	tcp->declared = layer->length - tcp->header;
	tcp->payload = data_length(w, layer, tcp);
	if (!read_options(w, layer, tcp))
		return SYNFIN_LAYER_NONE;
	if (tcp->declared == 0)
		return SYNFIN_LAYER_NONE;
	uint32_t left = (uint32_t)cursor_left(&w->cursor);
	tcp->payload_captured = left < tcp->payload ? left : tcp->payload;
	w->type = 0;
	return SYNFIN_LAYER_PAYLOAD;
}
