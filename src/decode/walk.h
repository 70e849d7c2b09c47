/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The walk from a frame's first byte inwards: what decoders share.
 *
 * The loop in decode.c calls one decoder per layer. A decoder appends exactly one layer with walk_layer(), takes its header with
 * walk_take(), and returns the kind of the layer that follows (SYNFIN_LAYER_NONE to stop), having set w->type to the number that
 * names it. Only the loop checks that the layer array has room, which is why a decoder must not append two.
 *
 * Two ends are kept apart. The cursor's end is the captured end, cut to the total length of each IP header and to each 802.3 length on
 * the way (Ethernet padding is no payload); no other length field moves it. w->length is what the layers so far declare from the
 * position on, and may lie beyond the cursor's end (snapshot length) or before it (a UDP length shorter than the IP payload).
 */
#ifndef SYNFIN_DECODE_WALK_H
#define SYNFIN_DECODE_WALK_H

#include <stdbool.h>
#include <stdint.h>

#include <synfin/packet.h>

#include "base/bytes.h"

#define WALK_NO_VLAN 0xffffffffu

struct walk {
	struct synfin_packet *packet;
	struct cursor cursor; /* base is the frame's first byte */
	uint32_t length;      /* bytes declared from the position on */
	uint32_t vlan;        /* the last two tags so far, as in struct synfin_packet */
	uint32_t tunnel;      /* identity of the tunnels entered so far; 0 outside any */
	uint16_t type;        /* the number that chose the layer to come */
	uint8_t kind;         /* the layer to come (enum synfin_layer_kind) */
	bool cooked;          /* the link header is a Linux cooked one: 802.2 behind a tag has no length field before it */
	bool jumbo;           /* an IPv6 header with payload length 0 awaits its Jumbo Payload option (RFC 2675) */
};

typedef unsigned walk_decoder(struct walk *w);

walk_decoder decode_ethernet, decode_sll, decode_sll2, decode_null, decode_raw;
walk_decoder decode_ppp, decode_ppp_hdlc, decode_pppoe;
walk_decoder decode_vlan, decode_mpls, decode_llc, decode_snap;
walk_decoder decode_ipv4, decode_ipv6;
walk_decoder decode_options_header, decode_routing, decode_fragment, decode_mobility, decode_ah;
walk_decoder decode_udp, decode_tcp;
walk_decoder decode_gre, decode_vxlan, decode_geneve;
walk_decoder decode_leaf;

/* ethertype.c: the layer an ethertype names, ... */
unsigned ethertype_layer(struct walk *w, uint16_t ethertype);
/* ... and the same where VLAN tags and 802.3 lengths may stand too; `layer` is the one that the number stands in. */
unsigned ethertype_layer_tagged(struct walk *w, struct synfin_layer *layer, uint16_t ethertype);

/* protocol.c: the layer an IP protocol number names inside the current IP header; records it in packet->ip. */
unsigned protocol_layer(struct walk *w, uint8_t protocol);

/* tunnel.c: enter a tunnel. `kind` is the encapsulation, `id` what both directions of a flow have in common (VNI, key). */
void tunnel_enter(struct walk *w, unsigned kind, uint32_t id);

/* tcp_options.c: read n bytes of an option list into *tcp; false if it does not parse. `whole` says that nothing was cut off it. */
bool tcp_options_read(struct synfin_tcp *tcp, const uint8_t *bytes, size_t n, bool whole);

/* ipv4.c and tcp.c: what the fixed part of a header says. */
void ipv4_fill_packet(struct synfin_packet *packet, const uint8_t *header);
void tcp_fill_fixed(struct synfin_tcp *tcp, const uint8_t *header);

/*
 * ordinary.c: an Ethernet frame that is as most are, decoded at once; false, with nothing changed, for any other. What packet_walk() needs is set
 * in *packet already.
 */
bool decode_ordinary(struct synfin_packet *packet);

/* decode.c: decode_frame() layer by layer, whatever the frame is. */
void decode_layers(struct synfin_packet *packet, uint16_t link_type, const uint8_t *bytes, uint32_t captured, uint32_t length);

static inline void walk_fault(struct walk *w, struct synfin_layer *layer, unsigned faults)
{
	layer->fault = (uint8_t)(layer->fault | faults);
	w->packet->fault = (uint8_t)(w->packet->fault | faults);
}

/* Append the layer to come; the loop saw to it that there is room. */
static inline struct synfin_layer *walk_layer(struct walk *w)
{
	struct synfin_packet *packet = w->packet;
	struct synfin_layer *layer = &packet->layers[packet->layer_count++];
	uint32_t left = (uint32_t)cursor_left(&w->cursor);

	layer->kind = w->kind;
	layer->fault = 0;
	layer->header = 0;
	layer->type = w->type;
	layer->next = 0;
	layer->offset = (uint32_t)cursor_offset(&w->cursor);
	layer->length = w->length;
	layer->captured = left < w->length ? left : w->length;
	return layer;
}

/* Why `needed` bytes of a layer are not in hand: they were not recorded, or never declared, or both. */
static inline unsigned walk_missing(const struct synfin_layer *layer, uint32_t needed)
{
	unsigned faults = 0;
	if (needed > layer->length)
		faults |= SYNFIN_FAULT_SHORT;
	if (layer->captured < (needed < layer->length ? needed : layer->length))
		faults |= SYNFIN_FAULT_CUT;
	return faults ? faults : SYNFIN_FAULT_CUT;
}

/*
 * Take the next n bytes of a layer's header and return them. If they are not all there, or go beyond what is declared, the
 * layer gets its fault, its header becomes 0, and NULL comes back: the walk ends with this layer.
 */
static inline const uint8_t *walk_take(struct walk *w, struct synfin_layer *layer, uint32_t n)
{
	const uint8_t *bytes = n <= w->length ? cursor_take(&w->cursor, n) : NULL;
	if (bytes) {
		layer->header = (uint16_t)(layer->header + n);
		w->length -= n;
		return bytes;
	}
	walk_fault(w, layer, walk_missing(layer, layer->header + n));
	layer->header = 0;
	return NULL;
}

/* The walk ends with this layer because of a wrong number in it. */
static inline unsigned walk_refuse(struct walk *w, struct synfin_layer *layer, unsigned faults)
{
	walk_fault(w, layer, faults);
	layer->header = 0;
	return SYNFIN_LAYER_NONE;
}

/* Cut the captured end to `length` bytes after `offset` (an IP header's total length, an 802.3 length). */
static inline void walk_cut(struct walk *w, uint32_t offset, uint32_t length)
{
	uint32_t end = (uint32_t)(w->cursor.end - w->cursor.base);
	if (end - offset > length && w->cursor.pos <= w->cursor.base + offset + length)
		w->cursor.end = w->cursor.base + offset + length;
}

#endif
