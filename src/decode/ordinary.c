/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The frame that most are: Ethernet, IPv4 without options and not a fragment, TCP with no options or only the time stamps that nearly every
 * segment has (RFC 7323 appendix A), captured whole and with lengths that agree. What every layer would say is known, so they are written
 * down at once. Anything else is walked; tests/unit/test_decode_ordinary.c holds the one against the other.
 */
#include <string.h>

#include "base/bytes.h"
#include "decode/walk.h"

enum { ETHERNET = 14, IPV4 = 20, TCP = 20, TIMESTAMPS = 12, HEADERS = ETHERNET + IPV4 + TCP };

static bool is_ordinary(const uint8_t *headers, uint32_t captured, uint32_t total, uint32_t header)
{
	const uint8_t *ip = headers + ETHERNET;

	return bytes_u16(headers + 12) == 0x0800 && ip[0] == 0x45 && ip[9] == 6 && !(bytes_u16(ip + 6) & 0x3fff) &&
		total <= captured - ETHERNET && total >= IPV4 + header && (header == TCP || header == TCP + TIMESTAMPS);
}

static void put_layer(struct synfin_layer *layer, unsigned kind, uint16_t type, uint32_t offset, uint32_t length, uint32_t captured)
{
	*layer = (struct synfin_layer){ .kind = (uint8_t)kind, .type = type, .offset = offset, .length = length, .captured = captured };
}

static void put_layers(struct synfin_packet *packet, uint32_t total, uint32_t header)
{
	struct synfin_layer *layers = packet->layers;
	uint32_t payload = total - IPV4 - header;

	put_layer(&layers[0], SYNFIN_LAYER_ETHERNET, 0, 0, packet->length, packet->captured);
	layers[0].header = ETHERNET;
	layers[0].next = 0x0800;
	put_layer(&layers[1], SYNFIN_LAYER_IPV4, 0x0800, ETHERNET, packet->length - ETHERNET, packet->captured - ETHERNET);
	layers[1].header = IPV4;
	layers[1].next = 6;
	put_layer(&layers[2], SYNFIN_LAYER_TCP, 6, ETHERNET + IPV4, total - IPV4, total - IPV4);
	layers[2].header = (uint16_t)header;
	packet->layer_count = 3;
	if (payload > 0)
		put_layer(&layers[packet->layer_count++], SYNFIN_LAYER_PAYLOAD, 0, ETHERNET + IPV4 + header, payload, payload);
}

static void put_tcp(struct synfin_tcp *tcp, const uint8_t *header, uint32_t size, uint32_t payload)
{
	tcp_fill_fixed(tcp, header);
	tcp->declared = tcp->payload = tcp->payload_captured = payload;
	tcp->payload_offset = ETHERNET + IPV4 + size;
}

bool decode_ordinary(struct synfin_packet *packet)
{
	struct cursor c = cursor_over(packet->bytes, packet->captured);
	const uint8_t *headers = cursor_take(&c, HEADERS);

	if (!headers || packet->length < packet->captured)
		return false;
	uint32_t total = bytes_u16(headers + ETHERNET + 2);
	uint32_t header = (uint32_t)(headers[ETHERNET + IPV4 + 12] >> 4) * 4;
	if (!is_ordinary(headers, packet->captured, total, header))
		return false;
	/* As long as the header, so the options are there. */
	const uint8_t *options = header > TCP ? cursor_take(&c, TIMESTAMPS) : NULL;
	if (header > TCP && (!options || bytes_u32(options) != 0x0101080a))
		return false;
	put_layers(packet, total, header);
	ipv4_fill_packet(packet, headers + ETHERNET);
	packet->has_tcp = true;
	packet->tcp_layer = 2;
	put_tcp(&packet->tcp, headers + ETHERNET + IPV4, header, total - IPV4 - header);
	if (options) {
		packet->tcp.timestamp_value = bytes_u32(options + 4);
		packet->tcp.timestamp_echo = bytes_u32(options + 8);
		packet->tcp.options = SYNFIN_TCPOPT_TIMESTAMPS;
	}
	return true;
}
