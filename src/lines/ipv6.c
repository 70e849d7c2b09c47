/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * IPv6.
 *
 *     IP6 (class 0xb8, flowlabel 0x12345, hlim 64, next-header TCP (6) payload length: 20) 2001:db8::1.1000 > 2001:db8::2.2000: ...
 *
 * The parentheses come with -v, "IP6 " without -e. The addresses are printed here unless the next header is one of the protocols that
 * print them with their ports.
 */
#include "lines/carrier.h"
#include "lines/print.h"

enum {
	HEADER = 40,
	PROTOCOL_TCP = 6,
	PROTOCOL_UDP = 17,
	PROTOCOL_DCCP = 33,
	PROTOCOL_SCTP = 132,
};

static void put_details(struct line *line, const uint8_t *header)
{
	uint32_t word = bytes_u32(header);
	uint32_t traffic_class = word >> 20 & 0xff;
	uint32_t flow_label = word & 0xfffff;

	put_char(line, '(');
	if (traffic_class)
		put_format(line, "class 0x%02x, ", traffic_class);
	if (flow_label)
		put_format(line, "flowlabel 0x%05x, ", flow_label);
	put_format(line, "hlim %u, next-header %s (%u) payload length: %u) ", header[7], ip_protocol_title(header[6]), header[6],
		bytes_u16(header + 4));
}

/*
 * decode believes a payload length of 0 that stands on more than 65535 bytes (Linux BIG TCP); tcpdump does not, and calls the next
 * printer with nothing.
 */
static void put_empty(struct line *line)
{
	const struct synfin_layer *next = &line->packet->layers[line->index + 1];
	struct synfin_layer empty = *next;

	if (line->index + 1u >= line->packet->layer_count || next->length == 0)
		return;
	if (next->kind != SYNFIN_LAYER_TCP && next->kind != SYNFIN_LAYER_UDP && next->kind != SYNFIN_LAYER_UNKNOWN_IP)
		return;
	empty.length = empty.captured = 0;
	line->at = cursor_over(NULL, 0);
	line->length = 0;
	line->index++;
	if (next->kind == SYNFIN_LAYER_UNKNOWN_IP) {
		print_unknown_ip(line, &empty);
	} else {
		bool tcp = next->kind == SYNFIN_LAYER_TCP;
		line_protocol(line, tcp ? "tcp" : "udp");
		(tcp ? print_tcp : print_udp)(line, &empty);
	}
	line->stop = true;
}

void print_ipv6(struct line *line, const struct synfin_layer *layer)
{
	struct cursor at = line->at;
	const uint8_t *header = cursor_take(&at, HEADER);

	if (!header) {
		line_truncated(line);
		return;
	}
	if (!line->options->link_header)
		put_text(line, "IP6 ");
	if (header[0] >> 4 != 6) {
		put_format(line, "version error: %u != 6", header[0] >> 4);
		line->stop = true;
		return;
	}
	uint32_t total = HEADER + bytes_u16(header + 4);
	if (total > line->length)
		put_format(line, "truncated-ip6 - %u bytes missing!", total - line->length);
	if (line->options->verbose)
		put_details(line, header);
	if (layer->next != PROTOCOL_TCP && layer->next != PROTOCOL_UDP && layer->next != PROTOCOL_DCCP && layer->next != PROTOCOL_SCTP) {
		put_ipv6(line, header + 8);
		put_text(line, " > ");
		put_ipv6(line, header + 24);
		put_text(line, ": ");
	}
	if (total == HEADER && layer->next != 0)
		put_empty(line);
}
