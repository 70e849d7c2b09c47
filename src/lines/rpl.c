/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RPL (RFC 6550 s6): ICMPv6 type 155. The message's name, with -v its base object, with -vv the names and lengths of its options, with -vvv their bytes.
 * What is secured is not read.
 */
#include "lines/carrier.h"
#include "lines/field.h"
#include "lines/icmpv6.h"

enum {
	SOLICITATION = 0,
	INFORMATION = 1,
	ADVERTISEMENT = 2,
	ACKNOWLEDGMENT = 3,
	SECURE = 0x80,
	BASE = 4,             /* where the base object begins */
	INFORMATION_SIZE = 24,
	ADVERTISEMENT_SIZE = 4,
	IDENTITY_SIZE = 16,
};

static void put_options(struct line *line, size_t offset)
{
	static const char *const names[] = {
		NULL, "padN", "metrics", "routinginfo", "config", "rpltarget", "transitinfo", NULL, "destprefix", "rpltargetdesc"
	};

	while (offset < line->length && line_alive(line)) {
		uint8_t type = field_u8(line, offset);
		if (type == 0) {
			put_text(line, " opt:pad1");
			offset++;
			continue;
		}
		if (!field_present(line, offset, 2)) {
			line_truncated(line);
			return;
		}
		size_t size = field_u8(line, offset + 1) + 2u;
		if (type < sizeof names / sizeof *names && names[type])
			put_format(line, " opt:%s len:%zu ", names[type], size);
		else
			put_format(line, " opt:subopt:%u len:%zu ", type, size);
		if (!field_present(line, offset, size)) {
			line_truncated(line);
			return;
		}
		if (line->options->verbose > 2)
			put_hex_block(line, " ", offset + 2, size - 2);
		offset += size;
	}
}

static void put_information(struct line *line)
{
	static const char *const modes[] = {
		"nonstoring", "storing", "nonstoring-multicast", "storing-multicast", "mop4", "mop5", "mop6", "mop7"
	};

	if (line->length < BASE + INFORMATION_SIZE) {
		put_format(line, " [length %u < %u]", line->length - BASE, (unsigned)INFORMATION_SIZE);
		put_invalid(line);
		return;
	}
	(void)field_bytes(line, BASE, INFORMATION_SIZE);
	uint8_t mode = field_u8(line, BASE + 4);
	put_text(line, " [dagid:");
	put_field_ipv6(line, BASE + 8);
	put_format(line, ",seq:%u,instance:%u,rank:%u,", field_u8(line, BASE + 5), field_u8(line, BASE), field_u16(line, BASE + 2));
	put_format(line, "%smop:%s,prf:%u]", mode & 0x80 ? "grounded," : "", modes[mode >> 3 & 7], mode & 7u);
	if (line->options->verbose > 1)
		put_options(line, BASE + INFORMATION_SIZE);
}

/* An advertisement and its acknowledgment, in which a flag says whether the identity of the graph follows. */
static void put_advertisement(struct line *line, bool acknowledgment)
{
	uint8_t identity_flag = acknowledgment ? 0x80 : 0x40;

	/* tcpdump wants room for the identity in an advertisement even if there is none. */
	if (!field_present(line, BASE, acknowledgment ? ADVERTISEMENT_SIZE : ADVERTISEMENT_SIZE + IDENTITY_SIZE)) {
		line_truncated(line);
		return;
	}
	uint8_t flags = field_u8(line, BASE + 1);
	bool has_identity = flags & identity_flag;
	size_t end = BASE + ADVERTISEMENT_SIZE + (has_identity ? IDENTITY_SIZE : 0);
	if (!field_present(line, BASE, end - BASE)) {
		line_truncated(line);
		return;
	}
	put_text(line, " [dagid:");
	if (has_identity)
		put_field_ipv6(line, BASE + ADVERTISEMENT_SIZE);
	else
		put_text(line, "<elided>");
	if (acknowledgment)
		put_format(line, ",seq:%u,instance:%u,status:%u]", field_u8(line, BASE + 2), field_u8(line, BASE),
			field_u8(line, BASE + 3));
	else
		put_format(line, ",seq:%u,instance:%u%s%s,%02x]", field_u8(line, BASE + 3), field_u8(line, BASE),
			flags & 0x80 ? ",acK" : "", has_identity ? ",Dagid" : "", flags);
	if (line->options->verbose > 1)
		put_options(line, end);
}

void print_rpl(struct line *line)
{
	static const char *const names[] = {
		"DODAG Information Solicitation", "DODAG Information Object", "Destination Advertisement Object",
		"Destination Advertisement Object Ack"
	};
	uint8_t code = field_u8(line, 1);

	if (code & SECURE) {
		put_text(line, ", (SEC) [worktodo]");
		return;
	}
	if (code < sizeof names / sizeof *names)
		put_format(line, ", (CLR)%s", names[code]);
	else
		put_format(line, ", (CLR)RPL message, unknown code %u", code);
	if (!line->options->verbose)
		return;
	if (code == INFORMATION)
		put_information(line);
	else if (code == ADVERTISEMENT || code == ACKNOWLEDGMENT)
		put_advertisement(line, code == ACKNOWLEDGMENT);
}
