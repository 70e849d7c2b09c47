/* SPDX-License-Identifier: BSD-3-Clause */
/* The IP header around the current layer, read from where decode found it. */
#include "lines/carrier.h"

enum {
	IPV4_HEADER = 20,
	IPV6_HEADER = 40,
	IPV4_MORE_OR_OFFSET = 0x3fff,
};

static bool is_ip(const struct synfin_layer *layer)
{
	return layer->kind == SYNFIN_LAYER_IPV4 || layer->kind == SYNFIN_LAYER_IPV6;
}

bool carrier_find(const struct line *line, struct carrier *carrier)
{
	const struct synfin_packet *packet = line->packet;
	unsigned index = line->index;

	carrier->fragment = false;
	carrier->authenticated = false;
	while (index-- > 0 && !is_ip(&packet->layers[index])) {
		carrier->fragment |= packet->layers[index].kind == SYNFIN_LAYER_FRAGMENT;
		carrier->authenticated |= packet->layers[index].kind == SYNFIN_LAYER_AH;
	}
	if (index >= line->index)
		return false;
	carrier->layer = &packet->layers[index];
	carrier->version = carrier->layer->kind == SYNFIN_LAYER_IPV4 ? 4 : 6;

	struct cursor at = cursor_over(packet->bytes, packet->captured);
	cursor_skip(&at, carrier->layer->offset);
	carrier->header = cursor_take(&at, carrier->version == 4 ? IPV4_HEADER : IPV6_HEADER);
	if (!carrier->header)
		return false;
	if (carrier->version == 4)
		carrier->fragment = (bytes_u16(carrier->header + 6) & IPV4_MORE_OR_OFFSET) != 0;
	return true;
}

static void put_host(struct line *line, const struct carrier *carrier, bool destination)
{
	if (carrier->version == 4)
		put_ipv4(line, carrier->header + (destination ? 16 : 12));
	else
		put_ipv6(line, carrier->header + (destination ? 24 : 8));
}

void put_hosts(struct line *line, const struct carrier *carrier)
{
	put_host(line, carrier, false);
	put_text(line, " > ");
	put_host(line, carrier, true);
	put_char(line, ':');
}

void put_flow(struct line *line, const struct carrier *carrier, uint8_t protocol, uint16_t source, uint16_t destination, line_port_fn *put_port)
{
	/* Otherwise the addresses stand before the first extension header already. */
	bool hosts = carrier->layer->next == protocol;

	if (hosts) {
		put_host(line, carrier, false);
		put_char(line, '.');
	}
	put_port(line, source);
	put_text(line, " > ");
	if (hosts) {
		put_host(line, carrier, true);
		put_char(line, '.');
	}
	put_port(line, destination);
	put_text(line, ": ");
}

uint16_t checksum_should_be(uint16_t found, uint16_t folded)
{
	uint32_t sum = (uint32_t)found + (folded ^ 0xffffu);
	return (uint16_t)((sum & 0xffff) + (sum >> 16));
}
