/* SPDX-License-Identifier: BSD-3-Clause */
/* Router Renumbering (RFC 2894): ICMPv6 type 138. Its header, and the prefixes that a command matches and uses. */
#include "lines/field.h"
#include "lines/icmpv6.h"

enum {
	COMMAND = 0,
	HEADER = 16,
	MATCH_SIZE = 24,
	USE_SIZE = 32,
};

static void put_header(struct line *line, uint8_t code)
{
	if (code == COMMAND)
		put_text(line, ", command");
	else if (code == 1)
		put_text(line, ", result");
	else if (code == 255)
		put_text(line, ", sequence number reset");
	else
		put_format(line, ", code-#%u", code);
	put_format(line, ", seq=%u", field_u32(line, 4));
	if (!line->options->verbose)
		return;

	uint8_t flags = field_u8(line, 9);
	uint32_t reserved = field_u32(line, 12);
	put_char(line, '[');
	for (unsigned i = 0; i < 5; i++) {
		if (flags & 0x80u >> i)
			put_char(line, "TRASP"[i]);
	}
	put_format(line, "%sseg=%u,maxdelay=%u", flags ? "," : "", field_u8(line, 8), field_u16(line, 10));
	if (reserved)
		put_format(line, "rsvd=0x%x", reserved);
	put_char(line, ']');
}

static void put_match(struct line *line, size_t offset)
{
	static const char *const names[] = { NULL, "add", "change", "setglobal" };
	uint8_t code = field_u8(line, offset);

	put_text(line, line->options->verbose > 1 ? "\n\tmatch(" : " match(");
	if (code > 0 && code < sizeof names / sizeof *names)
		put_text(line, names[code]);
	else
		put_format(line, "#%u", code);
	put_char(line, ',');
	if (line->options->verbose)
		put_format(line, "ord=%u,min=%u,max=%u,", field_u8(line, offset + 2), field_u8(line, offset + 4),
			field_u8(line, offset + 5));
	put_field_ipv6(line, offset + 8);
	put_format(line, "/%u)", field_u8(line, offset + 3));
}

static void put_lifetime(struct line *line, const char *name, uint32_t seconds)
{
	if (seconds == UINT32_MAX)
		put_format(line, "%s=infty,", name);
	else
		put_format(line, "%s=%u,", name, seconds);
}

static void put_use(struct line *line, size_t offset)
{
	uint8_t flags = field_u8(line, offset + 12);

	put_text(line, line->options->verbose > 1 ? "\n\tuse(" : " use(");
	if (flags & 0xc0)
		put_format(line, "%s%s,", flags & 0x80 ? "V" : "", flags & 0x40 ? "P" : "");
	if (line->options->verbose) {
		put_format(line, "mask=0x%x,raflags=0x%x,", field_u8(line, offset + 2), field_u8(line, offset + 3));
		put_lifetime(line, "vltime", field_u32(line, offset + 4));
		put_lifetime(line, "pltime", field_u32(line, offset + 8));
	}
	put_field_ipv6(line, offset + 16);
	put_format(line, "/%u/%u)", field_u8(line, offset), field_u8(line, offset + 1));
}

/* The text goes on after what is cut: the length is still to come. */
static void put_cut(struct line *line)
{
	put_format(line, " [|%s]", line->protocol);
}

void print_router_renumbering(struct line *line)
{
	if (!field_present(line, 0, HEADER)) {
		put_cut(line);
		return;
	}
	uint8_t code = field_u8(line, 1);
	put_header(line, code);
	if (code != COMMAND)
		return;

	if (!field_present(line, HEADER, MATCH_SIZE)) {
		put_cut(line);
		return;
	}
	put_match(line, HEADER);
	/* In units of eight bytes, of which the match itself takes three. */
	uint8_t length = field_u8(line, HEADER + 1);
	if ((length & 3) != 3) {
		put_cut(line);
		return;
	}
	unsigned uses = (length - 3u) / 4u;
	for (size_t offset = HEADER + MATCH_SIZE; uses-- > 0; offset += USE_SIZE) {
		if (!field_present(line, offset, USE_SIZE)) {
			put_cut(line);
			return;
		}
		put_use(line, offset);
	}
}
