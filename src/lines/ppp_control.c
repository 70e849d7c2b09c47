/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the ends of a PPP link say to each other before there is a network (RFC 1661 s5).
 *
 *     LCP, Conf-Request (0x01), id 1, length 18
 *     	encoded length 16 (=Option(s) length 12)
 *     	  MRU Option (0x01), length 4: 1492
 *
 * The first line says all there is without -v. ppp_options.c has the options.
 */
#include "lines/ppp_control.h"

#include "lines/field.h"

enum code { VENDOR = 0, CONFIGURE_LAST = 4, PROTOCOL_REJECT = 8, ECHO_REQUEST, ECHO_REPLY, DISCARD, IDENTIFICATION, TIME_REMAINING };
/* Of a packet. */
enum { AT_LENGTH = 2, AT_DATA = 4, HEADER = 4 };

static const char *const codes[] = {
	"Vendor-Extension", "Conf-Request", "Conf-Ack", "Conf-Nack", "Conf-Reject", "Term-Request", "Term-Ack", "Code-Reject",
	"Prot-Reject", "Echo-Request", "Echo-Reply", "Disc-Req", "Ident", "Time-Rem", "Reset-Req", "Reset-Ack",
};

static void put_magic(struct line *line)
{
	uint32_t magic = field_u32(line, AT_DATA);
	put_format(line, "\n\t  Magic-Num 0x%08x", magic);
}

static void put_rejected(struct line *line, unsigned length)
{
	if (length < 6)
		return;
	uint16_t protocol = field_u16(line, AT_DATA);
	const char *name = ppp_protocol_name(protocol);
	put_format(line, "\n\t  Rejected %s Protocol (0x%04x)", name ? name : "unknown", protocol);
	if (length == 6)
		return;
	put_text(line, "\n\t  Rejected Packet");
	ppp_put_unknown(line, "\n\t    ", AT_DATA + 2, length - 6);
}

/* tcpdump reads as many bytes of the message as the whole packet has. */
static void put_identification(struct line *line, unsigned length, const char *name)
{
	put_magic(line);
	if (length == 8)
		return;
	put_text(line, "\n\t  Message\n\t    ");
	size_t at = AT_DATA + 4;
	for (unsigned i = 0; i < length - 4 && line_alive(line); i++, at++) {
		if (!field_present(line, at, 1)) {
			put_format(line, "[|%s]", name);
			return;
		}
		put_visible(line, field_u8(line, at));
	}
}

static void put_body(struct line *line, unsigned code, unsigned length, uint16_t protocol, const char *name)
{
	if (code >= 1 && code <= CONFIGURE_LAST) {
		ppp_put_options(line, protocol, AT_DATA, length, length - HEADER);
		return;
	}
	switch (code) {
	case VENDOR:
		if (length < 11)
			return;
		put_magic(line);
		ppp_put_vendor(line, " ", AT_DATA + 4);
		return;
	case PROTOCOL_REJECT:
		put_rejected(line, length);
		return;
	case ECHO_REQUEST:
	case ECHO_REPLY:
	case DISCARD:
		if (length < 8)
			return;
		put_magic(line);
		if (length > 8) {
			put_text(line, "\n\t  -----trailing data-----");
			if (field_present(line, AT_DATA + 4, length - 8))
				put_hex_block(line, "\n\t  ", AT_DATA + 4, length - 8);
			else
				put_format(line, "[|%s]", name);
		}
		return;
	case IDENTIFICATION:
		if (length >= 8)
			put_identification(line, length, name);
		return;
	case TIME_REMAINING:
		if (length >= 12) {
			put_magic(line);
			uint32_t seconds = field_u32(line, AT_DATA + 4);
			put_format(line, ", Seconds-Remaining %us", seconds);
		}
		return;
	default:
		return;
	}
}

/* The first `n` bytes of the packet, counted from the protocol's number before it. */
static void put_whole(struct line *line, const struct synfin_layer *layer, const char *indent, size_t n)
{
	struct cursor at = line->at;

	if (!line_alive(line) || layer->offset < 2)
		return;
	line->at = cursor_over(line->packet->bytes + layer->offset - 2, (size_t)layer->captured + 2);
	put_hex_block(line, indent, 0, n);
	line->at = at;
}

static bool is_known(unsigned code)
{
	return code <= TIME_REMAINING;
}

void print_ppp_control(struct line *line, const struct synfin_layer *layer, const char *name)
{
	line_protocol(line, "ppp");
	put_text(line, name);
	put_char(line, ',');
	if (field_captured(line) < 2 || layer->length < HEADER) {
		put_format(line, " [|%s]", name);
		line->stop = true;
		return;
	}
	unsigned code = field_u8(line, 0);
	put_format(line, " %s (0x%02x), id %u, length %u", code < sizeof codes / sizeof *codes ? codes[code] : "Unknown Opcode", code,
		field_u8(line, 1), layer->length + 2);
	if (!line->options->verbose)
		return;
	unsigned length = field_u16(line, AT_LENGTH);
	put_format(line, "\n\tencoded length %u ", length);
	if (length < HEADER) {
		put_format(line, "(< %u))", (unsigned)HEADER);
		return;
	}
	if (length > layer->length) {
		put_format(line, "(> packet length %u))", layer->length);
		return;
	}
	put_format(line, "(=Option(s) length %u)", length - HEADER);
	if (length == HEADER)
		return;
	if (line->options->verbose > 1)
		put_whole(line, layer, "\n\t", 6);
	if (is_known(code))
		put_body(line, code, length, layer->type, name);
	else if (line->options->verbose <= 1)
		put_whole(line, layer, "\n\t  ", length + 2);
}
