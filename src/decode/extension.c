/* SPDX-License-Identifier: BSD-3-Clause */
/* IPv6 extension headers (RFC 8200 s4, RFC 6275 s6.1) and AH, which both families carry (RFC 4302). */
#include <string.h>

#include "decode/route.h"
#include "decode/walk.h"

enum {
	OPTION_PAD1 = 0,
	OPTION_JUMBO = 0xc2,
};

/* A header that begins with its next header and its length in 8-byte units after the first 8 bytes; NULL if it is not whole. */
static const uint8_t *take_chained(struct walk *w, struct synfin_layer *layer)
{
	const uint8_t *header = walk_take(w, layer, 2);

	if (!header)
		return NULL;
	layer->next = header[0];
	return walk_take(w, layer, ((uint32_t)header[1] + 1) * 8 - 2) ? header : NULL;
}

/* The Jumbo Payload option (RFC 2675 s2) of a hop-by-hop header, 0 without. */
static uint32_t jumbo_length(struct cursor options)
{
	while (cursor_left(&options) >= 2) {
		uint8_t type = cursor_u8(&options);
		if (type == OPTION_PAD1)
			continue;
		uint8_t length = cursor_u8(&options);
		if (type == OPTION_JUMBO && length == 4)
			return cursor_u32(&options);
		cursor_skip(&options, length);
	}
	return 0;
}

/*
 * An IPv6 header with payload length 0 is followed by this hop-by-hop header: without a jumbo payload (above 65535, RFC 2675 s3) nothing
 * can follow it.
 */
static bool settle_jumbo(struct walk *w, struct synfin_layer *layer, const uint8_t *header)
{
	uint32_t payload = jumbo_length(cursor_over(header + 2, layer->header - 2u));

	w->jumbo = false;
	if (payload <= UINT16_MAX) {
		walk_fault(w, layer, SYNFIN_FAULT_LENGTH);
		return false;
	}
	if (payload > layer->length)
		walk_fault(w, layer, SYNFIN_FAULT_LENGTH);
	walk_cut(w, layer->offset, payload);
	w->length = payload - layer->header;
	return true;
}

unsigned decode_options_header(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);

	/* Hosts drop what has a hop-by-hop header elsewhere than behind the IPv6 header (RFC 8200 s4.1). */
	if (layer->kind == SYNFIN_LAYER_HOP_BY_HOP && layer[-1].kind != SYNFIN_LAYER_IPV6)
		return walk_refuse(w, layer, SYNFIN_FAULT_ORDER);
	const uint8_t *header = take_chained(w, layer);
	if (!header)
		return SYNFIN_LAYER_NONE;
	if (w->jumbo && !settle_jumbo(w, layer, header))
		return SYNFIN_LAYER_NONE;
	return protocol_layer(w, header[0]);
}

unsigned decode_routing(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);
	const uint8_t *header = take_chained(w, layer);
	struct synfin_ip *ip = &w->packet->ip;

	if (!header)
		return SYNFIN_LAYER_NONE;
	struct route route = route_of_header(cursor_over(header, layer->header));
	/* What AH covers is end-to-end: behind it no router looks for a route. */
	if (route.ahead && !ip->routed && layer[-1].kind != SYNFIN_LAYER_AH) {
		ip->routed = true;
		memcpy(ip->final.bytes, route.end, 16);
	}
	return protocol_layer(w, header[0]);
}

/* An atomic fragment, offset 0 and no more to come, is a whole datagram (RFC 6946). */
unsigned decode_fragment(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);
	const uint8_t *header = walk_take(w, layer, 8);
	struct synfin_ip *ip = &w->packet->ip;

	if (!header)
		return SYNFIN_LAYER_NONE;
	layer->next = header[0];
	uint16_t fragment = bytes_u16(header + 2);
	bool later = (fragment & 0xfff8) != 0;
	ip->fragment = later || (fragment & 1);
	ip->first_fragment = !later && (fragment & 1);
	if (!later)
		return protocol_layer(w, header[0]);
	ip->protocol = header[0];
	w->type = header[0];
	return SYNFIN_LAYER_IP_FRAGMENT;
}

/* Nothing follows a mobility header (RFC 6275 s6.1.1: its next header is 59), so it counts as the upper layer. */
unsigned decode_mobility(struct walk *w)
{
	(void)take_chained(w, walk_layer(w));
	return SYNFIN_LAYER_NONE;
}

/* The length of AH counts 4-byte units after the first 8 bytes, even in IPv6. Below 1 it has no room for its sequence number. */
unsigned decode_ah(struct walk *w)
{
	struct synfin_layer *layer = walk_layer(w);
	const uint8_t *header = walk_take(w, layer, 2);

	if (!header)
		return SYNFIN_LAYER_NONE;
	layer->next = header[0];
	if (header[1] == 0)
		walk_fault(w, layer, SYNFIN_FAULT_LENGTH);
	if (!walk_take(w, layer, ((uint32_t)header[1] + 2) * 4 - 2))
		return SYNFIN_LAYER_NONE;
	return protocol_layer(w, header[0]);
}
