/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * PPP (RFC 1661), plain and in HDLC-like framing (RFC 1662).
 *
 *     IP (0x0021), length 62:                 -e
 *     IP:  or  ff 03 62 IP:                   LINKTYPE_PPP_HDLC without and with -e
 *     LCP, Conf-Request (0x01), id 1, length 18
 *
 * Multilink and Cisco HDLC are not read; ppp_control.c has the control protocols, ppp_authentication.c PAP and CHAP.
 */
#include <synfin/packet.h>

#include "lines/ppp_control.h"
#include "lines/print.h"

static const struct {
	uint16_t number;
	bool control; /* printed by ppp_control.c */
	const char *name;
} protocols[] = {
	{ 0x0021, false, "IP" }, { 0x0023, false, "OSI" }, { 0x0025, false, "NS" }, { 0x0027, false, "DECNET" },
	{ 0x0029, false, "APPLE" }, { 0x002b, false, "IPX" }, { 0x002d, false, "VJC IP" }, { 0x002f, false, "VJNC IP" },
	{ 0x0031, false, "BRPDU" }, { 0x0033, false, "STII" }, { 0x0035, false, "VINES" }, { 0x003d, false, "MLPPP" },
	{ 0x0057, false, "IP6" }, { 0x00fd, false, "Compressed" }, { 0x0201, false, "HELLO" }, { 0x0231, false, "LUXCOM" },
	{ 0x0233, false, "SNS" }, { 0x0281, false, "MPLS" }, { 0x0283, false, "MPLS" }, { 0x8021, true, "IPCP" },
	{ 0x8023, true, "OSICP" }, { 0x8025, false, "NSCP" }, { 0x8027, false, "DECNETCP" }, { 0x8029, false, "APPLECP" },
	{ 0x802b, false, "IPXCP" }, { 0x8033, false, "STIICP" }, { 0x8035, false, "VINESCP" }, { 0x8057, true, "IP6CP" },
	{ 0x80fd, true, "CCP" }, { 0x8281, true, "MPLSCP" }, { 0xc021, true, "LCP" }, { 0xc023, false, "PAP" },
	{ 0xc025, false, "LQM" }, { 0xc027, false, "SPAP" }, { 0xc02b, true, "BACP" }, { 0xc02d, false, "BAP" },
	{ 0xc03d, false, "MLPPP-CP" }, { 0xc223, false, "CHAP" }, { 0xc227, false, "EAP" },
};

#define PROTOCOLS (sizeof protocols / sizeof *protocols)

static size_t find_protocol(uint16_t number)
{
	size_t i = 0;
	while (i < PROTOCOLS && protocols[i].number != number)
		i++;
	return i;
}

const char *ppp_protocol_name(uint16_t number)
{
	size_t i = find_protocol(number);
	return i < PROTOCOLS ? protocols[i].name : NULL;
}

static void put_protocol(struct line *line, uint16_t number)
{
	size_t i = find_protocol(number);
	if (i < PROTOCOLS)
		put_text(line, protocols[i].name);
	else
		put_format(line, "unknown PPP protocol (0x%04x)", number);
}

/* Four bytes of header, always; what begins with something else than ff has an unknown address, or is Cisco's. */
static void print_hdlc(struct line *line, const struct synfin_layer *layer)
{
	line_protocol(line, "ppp_hdlc");
	const uint8_t *bytes = cursor_left(&line->at) >= 4 ? cursor_take(&line->at, 4) : NULL;
	if (!bytes) {
		line->link_header = line->packet->captured;
		line_truncated(line);
		return;
	}
	if (line->options->link_header)
		put_format(line, "%02x %02x %u ", bytes[0], bytes[1], layer->length);
	if (bytes[0] == 0xff) {
		line->link_header = 4;
		put_protocol(line, bytes_u16(bytes + 2));
		put_text(line, ": ");
	} else {
		line->link_header = 2;
		put_format(line, "unknown addr %02x; ctrl %02x", bytes[2], bytes[3]);
		line->stop = true;
	}
}

/* With -e a protocol without a name ends the line. */
static void put_header(struct line *line, uint16_t direction, uint16_t number, uint32_t length)
{
	size_t i = find_protocol(number);
	if (direction == 0x0003)
		put_text(line, "In  ");
	else if (direction == 0x0103)
		put_text(line, "Out ");
	put_format(line, "%s (0x%04x), length %u", i < PROTOCOLS ? protocols[i].name : "unknown", number, length);
	if (i < PROTOCOLS)
		put_text(line, ": ");
	else
		line->stop = true;
}

/* NONE for a link, PPPoE, GRE, or Ethernet for whatever else names PPP by its ethertype. */
static unsigned carrier_of(const struct line *line)
{
	if (line->index == 0)
		return SYNFIN_LAYER_NONE;
	unsigned kind = line->packet->layers[line->index - 1].kind;
	return kind == SYNFIN_LAYER_PPPOE || kind == SYNFIN_LAYER_GRE ? kind : SYNFIN_LAYER_ETHERNET;
}

void print_ppp(struct line *line, const struct synfin_layer *layer)
{
	unsigned carrier = carrier_of(line);
	bool link = carrier == SYNFIN_LAYER_NONE;
	bool ethernet = carrier == SYNFIN_LAYER_ETHERNET;
	if (link && line->packet->link_type == SYNFIN_LINK_PPP_HDLC) {
		print_hdlc(line, layer);
		return;
	}
	if (link)
		line->link_header = 4;
	else if (ethernet && layer->length > 0)
		put_text(line, ": ");

	if (layer->header == 0) {
		/* The decoder could not read it, because of what was captured (hard, but for a link header) or of what is declared. */
		if (!link && !(layer->fault & SYNFIN_FAULT_SHORT))
			line->at.fault = true;
		else if (layer->length > 0 || !ethernet)
			line_truncated(line);
		line->stop = true;
		return;
	}
	const uint8_t *bytes = cursor_take(&line->at, layer->header);
	if (bytes && line->options->link_header)
		put_header(line, layer->header > 2 ? bytes_u16(bytes) : 0, layer->next, layer->length);
	if (line->index == 1 && carrier == SYNFIN_LAYER_PPPOE)
		line->link_header += layer->header;
}

/* "\n\t0x0000:  6162" of what is left; tcpdump does not look at -q, -x and -X here. */
static void put_bytes(struct line *line)
{
	if (line_alive(line))
		dump_hex(line->out, line->at.pos, cursor_left(&line->at));
}

void print_unknown_ppp(struct line *line, const struct synfin_layer *layer)
{
	size_t i = find_protocol(layer->type);
	if (i < PROTOCOLS && protocols[i].control) {
		print_ppp_control(line, layer, protocols[i].name);
	} else if (layer->type == 0xc023) {
		print_ppp_pap(line, layer);
	} else if (layer->type == 0xc223) {
		print_ppp_chap(line, layer);
	} else if (layer->type == 0x00fd) {
		put_text(line, "compressed PPP data");
	} else if (layer->type == 0xc02d) {
		/* Bandwidth allocation (RFC 2125) goes without a word. */
	} else {
		put_protocol(line, layer->type);
		put_char(line, ' ');
		put_bytes(line);
	}
}
