/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * UDP.
 *
 *     10.0.0.1.1000 > 10.0.0.2.2000: [udp sum ok] UDP, length 3
 *
 * The verdict on the checksum stands there with -vv, over IPv6 with -v. "UDP, length" is what is said of a datagram that has no printer
 * of its own (payload.h).
 */
#include "decode/decode.h"
#include "lines/carrier.h"
#include "lines/payload.h"
#include "lines/print.h"

enum {
	HEADER = 8,
	PORT_VXLAN = 4789,
	PORT_GENEVE = 6081,
};

struct datagram {
	uint16_t source;
	uint16_t destination;
	uint16_t checksum;
	uint32_t declared; /* bytes of data that the header declares ... */
	uint32_t length;   /* ... and those of them that the IP length leaves room for */
};

static void put_checksum(struct line *line, const struct carrier *carrier, const struct datagram *datagram)
{
	if (line->options->no_checksums || carrier->fragment || line->options->verbose < (carrier->version == 4 ? 2 : 1))
		return;
	/* IPv6 has no datagrams without a checksum. */
	if (datagram->checksum == 0 && carrier->version == 4) {
		put_text(line, "[no cksum] ");
		return;
	}
	if (cursor_left(&line->at) < datagram->length)
		return;
	uint16_t folded = decode_checksum(line->packet, line->index);
	if (folded == 0xffff)
		put_text(line, "[udp sum ok] ");
	else
		put_format(line, "[bad udp cksum 0x%04x -> 0x%04x!] ", datagram->checksum,
			checksum_should_be(datagram->checksum, folded));
}

static void put_length(struct line *line, const struct carrier *carrier, const struct datagram *datagram)
{
	if (datagram->declared > datagram->length && !carrier->fragment) {
		put_format(line, "UDP, bad length %u > %u", datagram->declared, datagram->length);
	} else {
		put_text(line, "UDP, length ");
		put_decimal(line, datagram->declared);
	}
	line->stop = true;
}

/* tcpdump asks a datagram's printer even if there is nothing to print; there is no layer for that. */
static void put_empty(struct line *line, const struct datagram *datagram)
{
	if (datagram->source == PORT_VXLAN || datagram->destination == PORT_VXLAN) {
		put_text(line, "VXLAN");
		put_invalid(line);
	} else if (datagram->source == PORT_GENEVE || datagram->destination == PORT_GENEVE) {
		put_text(line, "Geneve [length 0 < 8]");
		put_invalid(line);
	} else {
		payload_print_empty_udp(line, datagram->source, datagram->destination);
	}
}

static void put_data(struct line *line, const struct carrier *carrier, const struct datagram *datagram)
{
	if (line->options->quick || !payload_has_udp_printer(line, datagram->source, datagram->destination))
		put_length(line, carrier, datagram);
	else if (line->index + 1u == line->packet->layer_count)
		put_empty(line, datagram);
}

/* The length in the header, made the length of the data. false if the header leaves none. */
static bool settle_length(struct line *line, struct datagram *datagram, uint32_t declared)
{
	if (declared == 0 && line->length > UINT16_MAX)
		declared = line->length;
	if (declared < HEADER) {
		put_format(line, "truncated-udplength %u", declared);
		line->stop = true;
		return false;
	}
	datagram->declared = declared - HEADER;
	datagram->length = line->length - HEADER;
	if (datagram->length > datagram->declared)
		datagram->length = datagram->declared;
	return true;
}

void print_udp(struct line *line, const struct synfin_layer *layer)
{
	struct carrier carrier;
	struct datagram datagram;

	if (!carrier_find(line, &carrier))
		return;
	if (layer->captured < 4) {
		if (carrier.layer->next == 17) {
			put_hosts(line, &carrier);
			put_char(line, ' ');
		}
		line_truncated(line);
		return;
	}
	datagram.source = cursor_u16(&line->at);
	datagram.destination = cursor_u16(&line->at);
	put_flow(line, &carrier, 17, datagram.source, datagram.destination, put_udp_port);
	if (line->length < HEADER) {
		put_format(line, "truncated-udp %u", line->length);
		line->stop = true;
		return;
	}
	if (layer->captured < 6) {
		line_truncated(line);
		return;
	}
	if (!settle_length(line, &datagram, cursor_u16(&line->at)))
		return;
	if (layer->captured < HEADER) {
		line_truncated(line);
		return;
	}
	datagram.checksum = cursor_u16(&line->at);
	put_checksum(line, &carrier, &datagram);
	put_data(line, &carrier, &datagram);
}
