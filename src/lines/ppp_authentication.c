/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * PAP (RFC 1334) and CHAP (RFC 1994).
 *
 *     PAP, Auth-Req (0x01), id 1, Peer user, Name pass
 *     CHAP, Challenge (0x01), id 1, Value 000102, Name name
 */
#include "lines/field.h"
#include "lines/ppp_control.h"

enum { CHALLENGE = 1, RESPONSE, SUCCESS, FAILURE };
enum { REQUEST = 1, ACKNOWLEDGED, REFUSED };
enum { AT_LENGTH = 2, HEADER = 4 };

/* false, and that is said, if what is declared has no room for a header. */
static bool put_head(struct line *line, const struct synfin_layer *layer, const char *name, const char *cut, const char *const *codes, unsigned count)
{
	line_protocol(line, "ppp");
	if (layer->length < 1) {
		put_format(line, "[|%s]", cut);
		return false;
	}
	unsigned code = field_u8(line, 0);
	if (layer->length < HEADER) {
		put_format(line, "[|%s 0x%02x]", cut, code);
		return false;
	}
	put_format(line, "%s, %s (0x%02x)", name, code < count && codes[code] ? codes[code] : "unknown", code);
	unsigned id = field_u8(line, 1);
	put_format(line, ", id %u", id);
	return true;
}

/* Text of `n` bytes. */
static void put_string(struct line *line, size_t at, uint32_t n)
{
	for (uint32_t i = 0; i < n && line_alive(line); i++) {
		uint8_t byte = field_u8(line, at + i);
		if (line_alive(line))
			put_visible(line, byte);
	}
}

/* What is left of the packet's own length is text; if that is too short already, everything is. */
void print_ppp_chap(struct line *line, const struct synfin_layer *layer)
{
	static const char *const codes[] = { NULL, "Challenge", "Response", "Success", "Fail" };
	size_t at = HEADER;

	if (!put_head(line, layer, "CHAP", "chap", codes, sizeof codes / sizeof *codes))
		return;
	unsigned code = field_u8(line, 0);
	uint32_t length = field_u16(line, AT_LENGTH);
	if (code == SUCCESS || code == FAILURE) {
		put_text(line, ", Msg ");
		put_string(line, at, length - (uint32_t)at);
		return;
	}
	if ((code != CHALLENGE && code != RESPONSE) || layer->length <= at)
		return;
	unsigned size = field_u8(line, at++);
	if (layer->length - at < size)
		return;
	put_text(line, ", Value ");
	for (unsigned i = 0; i < size && line_alive(line); i++) {
		uint8_t byte = field_u8(line, at++);
		put_hex(line, byte, 2);
	}
	put_text(line, ", Name ");
	put_string(line, at, length - (uint32_t)at);
}

/* ", Peer user": a string behind its length. Returns where it ends; 0 if it is not all there. */
static size_t put_field(struct line *line, const char *title, size_t at, unsigned length)
{
	unsigned size = field_u8(line, at++);

	if (length - at < size)
		return 0;
	put_text(line, title);
	put_string(line, at, size);
	return at + size;
}

void print_ppp_pap(struct line *line, const struct synfin_layer *layer)
{
	static const char *const codes[] = { NULL, "Auth-Req", "Auth-ACK", "Auth-NACK" };

	if (!put_head(line, layer, "PAP", "pap", codes, sizeof codes / sizeof *codes))
		return;
	unsigned code = field_u8(line, 0);
	unsigned length = field_u16(line, AT_LENGTH);
	if (length < HEADER) {
		put_format(line, ", length %u < PAP header length", length);
		return;
	}
	if (length > layer->length) {
		put_format(line, ", length %u > packet size", length);
		return;
	}
	if (code != REQUEST && code != ACKNOWLEDGED && code != REFUSED)
		return;
	if (length < HEADER + (code == REQUEST ? 2u : 1u)) {
		put_text(line, "[|pap]");
		return;
	}
	size_t end = put_field(line, code == REQUEST ? ", Peer " : ", Msg ", HEADER, length);
	if (code == REQUEST && end > 0 && end < length)
		(void)put_field(line, ", Name ", end, length);
}
