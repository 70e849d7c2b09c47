/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * PPP over Ethernet (RFC 2516).
 *
 *     PPPoE  [ses 0x11] IP ...
 *     PPPoE PADO [ses 0x1] [Service-Name] [AC-Name "name"] [AC-Cookie 0x0102]
 */
#include <synfin/packet.h>

#include "lines/print.h"

/* As much of a tag's text as is shown. */
#define TEXT_MAX 79

/* More of discovery does not fit an Ethernet frame, as tcpdump counts it. */
#define LENGTH_MAX 1478

static const char *code_name(unsigned code)
{
	switch (code) {
	case 0x00:
		return "";
	case 0x07:
		return "PADO";
	case 0x09:
		return "PADI";
	case 0x19:
		return "PADR";
	case 0x65:
		return "PADS";
	case 0xa7:
		return "PADT";
	default:
		return NULL;
	}
}

static const char *tag_name(unsigned tag)
{
	switch (tag) {
	case 0x0000:
		return "EOL";
	case 0x0101:
		return "Service-Name";
	case 0x0102:
		return "AC-Name";
	case 0x0103:
		return "Host-Uniq";
	case 0x0104:
		return "AC-Cookie";
	case 0x0105:
		return "Vendor-Specific";
	case 0x0110:
		return "Relay-Session-ID";
	case 0x0120:
		return "PPP-Max-Payload";
	case 0x0201:
		return "Service-Name-Error";
	case 0x0202:
		return "AC-System-Error";
	case 0x0203:
		return "Generic-Error";
	default:
		return NULL;
	}
}

/* As text if most of what would be shown of it is printable, otherwise as a number. */
static void put_value(struct line *line, const uint8_t *value, unsigned length)
{
	unsigned shown = length < TEXT_MAX ? length : TEXT_MAX;
	unsigned printable = 0;
	/* cppcheck thinks of the one caller whose length may be 0. */
	/* cppcheck-suppress knownConditionTrueFalse */
	for (unsigned i = 0; i < shown; i++)
		printable += value[i] >= 0x20 && value[i] < 0x7f;
	if (printable > shown - printable) {
		put_text(line, " \"");
		/* cppcheck-suppress knownConditionTrueFalse */
		for (unsigned i = 0; i < shown; i++)
			put_char(line, value[i] >= 0x20 && value[i] < 0x7f ? (char)value[i] : '.');
		put_char(line, '"');
	} else {
		put_text(line, " 0x");
		for (unsigned i = 0; i < length; i++)
			put_format(line, "%02X", value[i]);
	}
}

static void print_tags(struct line *line, uint32_t length)
{
	size_t end = cursor_offset(&line->at) + length;
	while (cursor_offset(&line->at) < end) {
		uint16_t tag = cursor_u16(&line->at);
		uint16_t tag_length = cursor_u16(&line->at);
		const char *name = tag_name(tag);
		const uint8_t *value = cursor_take(&line->at, tag_length);
		if (!value)
			return;
		if (name)
			put_format(line, " [%s", name);
		else
			put_format(line, " [TAG-0x%x", tag);
		if (tag_length)
			put_value(line, value, tag_length);
		put_char(line, ']');
		if (tag == 0)
			return;
	}
}

void print_pppoe(struct line *line, const struct synfin_layer *layer)
{
	const uint8_t *header = cursor_take(&line->at, 6);
	if (!header)
		return;
	unsigned version = header[0] >> 4, type = header[0] & 0xf, code = header[1];
	uint16_t session = bytes_u16(header + 2);
	uint32_t length = bytes_u16(header + 4), left = layer->length - 6;
	if (line->index == 0)
		line->link_header = 6;

	if (version != 1)
		put_format(line, " [ver %u]", version);
	if (type != 1)
		put_format(line, " [type %u]", type);
	const char *name = code_name(code);
	if (name)
		put_format(line, "PPPoE %s", name);
	else
		put_format(line, "PPPoE PAD-%x", code);
	if (code != 0 && length > LENGTH_MAX)
		put_format(line, " [len %u!]", length);
	if (length > left) {
		put_format(line, " [len %u > %u!]", length, left);
		length = left;
	}
	if (session)
		put_format(line, " [ses 0x%x]", session);
	if (length == 0 && code != 0)
		return;
	if (code == 0)
		put_char(line, ' ');
	else
		print_tags(line, length);
}
