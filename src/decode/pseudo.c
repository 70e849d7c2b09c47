/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Checksums with a pseudo header. The destination in it is the final one: the end of an IPv4 source route, or of an IPv6 routing
 * header (RFC 8200 s8.1). As tcpdump does, the last address of a route is used however much of the route is behind.
 */
#include "base/checksum.h"
#include "decode/decode.h"
#include "decode/route.h"
#include "decode/walk.h"

static struct cursor layer_cursor(const struct synfin_packet *packet, const struct synfin_layer *layer, uint32_t skip, uint32_t size)
{
	struct cursor c = cursor_over(packet->bytes, packet->captured);
	cursor_skip(&c, (size_t)layer->offset + skip);
	return cursor_window(&c, size);
}

static const uint8_t *final_destination(const struct synfin_packet *packet, unsigned ip, unsigned layer)
{
	const struct synfin_layer *header = &packet->layers[ip];

	if (header->kind == SYNFIN_LAYER_IPV4)
		return header->header > 20 ? route_of_options(layer_cursor(packet, header, 20, header->header - 20u)).end : NULL;
	for (unsigned i = ip + 1; i < layer && packet->layers[i].kind != SYNFIN_LAYER_AH; i++) {
		if (packet->layers[i].kind == SYNFIN_LAYER_ROUTING)
			return route_of_header(layer_cursor(packet, &packet->layers[i], 0, packet->layers[i].header)).end;
	}
	return NULL;
}

/* The bytes a checksum covers: UDP says so itself, within what there is; the others fill their layer. */
static uint32_t covered(const struct synfin_packet *packet, const struct synfin_layer *layer)
{
	if (layer->kind != SYNFIN_LAYER_UDP)
		return layer->length;
	struct cursor c = layer_cursor(packet, layer, 4, 2);
	uint32_t length = cursor_u16(&c);
	return length && length < layer->length ? length : layer->length;
}

/* The sum over the pseudo header of a message of `length` bytes; false if there is no IP header to make one of. */
static bool pseudo_sum(const struct synfin_packet *packet, unsigned layer, uint32_t length, uint32_t *sum)
{
	uint8_t kind = packet->layers[layer].kind;
	uint8_t protocol = kind == SYNFIN_LAYER_TCP ? 6 : kind == SYNFIN_LAYER_UDP ? 17 : 58;
	unsigned ip = layer;
	while (ip > 0 && packet->layers[ip].kind != SYNFIN_LAYER_IPV4 && packet->layers[ip].kind != SYNFIN_LAYER_IPV6)
		ip--;
	bool four = packet->layers[ip].kind == SYNFIN_LAYER_IPV4;
	if ((!four && packet->layers[ip].kind != SYNFIN_LAYER_IPV6) || !packet->layers[ip].header)
		return false;

	struct cursor c = layer_cursor(packet, &packet->layers[ip], four ? 12 : 8, four ? 8 : 32);
	size_t size = four ? 4 : 16;
	const uint8_t *source = cursor_take(&c, size);
	const uint8_t *destination = cursor_take(&c, size);
	const uint8_t *final = final_destination(packet, ip, layer);
	if (!source || !destination)
		return false;
	const uint8_t tail[8] = { (uint8_t)(four ? 0 : length >> 24), (uint8_t)(four ? 0 : length >> 16), (uint8_t)(length >> 8),
		(uint8_t)length, 0, 0, 0, protocol };
	*sum = checksum_add(0, source, size);
	*sum = checksum_add(*sum, final ? final : destination, size);
	*sum = checksum_add(*sum, tail, sizeof tail);
	return true;
}

uint16_t decode_checksum(const struct synfin_packet *packet, unsigned layer)
{
	uint32_t sum;
	if (layer >= packet->layer_count)
		return 0;
	const struct synfin_layer *message = &packet->layers[layer];
	uint32_t length = covered(packet, message);
	if (length > message->captured || !pseudo_sum(packet, layer, length, &sum))
		return 0;
	struct cursor c = layer_cursor(packet, message, 0, length);
	const uint8_t *bytes = cursor_take(&c, length);
	return bytes ? checksum_fold(checksum_add(sum, bytes, length)) : 0;
}

bool decode_checksum_is_due(const struct synfin_packet *packet, unsigned layer)
{
	uint32_t sum;
	if (layer >= packet->layer_count || packet->layers[layer].kind != SYNFIN_LAYER_TCP || packet->layers[layer].header < 20)
		return false;
	struct cursor c = layer_cursor(packet, &packet->layers[layer], 16, 2);
	uint16_t field = cursor_u16(&c);
	return pseudo_sum(packet, layer, packet->layers[layer].length, &sum) && checksum_fold(sum) == field;
}
