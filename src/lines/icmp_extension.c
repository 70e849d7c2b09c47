/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ICMP's multi-part extension (RFC 4884) and the label stack in it (RFC 4950).
 *
 * It is looked for after 128 bytes of quoted datagram, whatever the length field says. Routers older than RFC 4884 leave that field
 * zero; then bytes that stand there are believed to be an extension only if their checksum is right.
 */
#include "lines/icmp_extension.h"

#include "lines/field.h"

enum {
	LENGTH_FIELD = 5,
	EXTENSION = 8 + 128, /* ICMP header, quoted datagram with its padding */
	EXTENSION_HEADER = 4,
	OBJECT_HEADER = 4,
	VERSION = 2,
	CLASS_LABELS = 1,
	CLASS_INTERFACE = 2,
};

static void put_object_header(struct line *line, uint8_t class, uint8_t type, uint16_t length)
{
	const char *name = "unknown";
	if (class == CLASS_LABELS)
		name = "MPLS Stack Entry";
	else if (class == CLASS_INTERFACE)
		name = "Interface Identification";
	put_format(line, "\n\t  %s Object (%u), Class-Type: %u, length %u", name, class, type, length);
}

/* The first label of a stack; tcpdump leaves it at that. */
static void put_label(struct line *line, size_t offset)
{
	uint32_t entry = field_u32(line, offset);
	put_format(line, "\n\t    label %u, tc %u", entry >> 12, entry >> 9 & 7);
	if (entry & 0x100)
		put_text(line, ", [S]");
	put_format(line, ", ttl %u", entry & 0xff);
}

static void put_objects(struct line *line, size_t offset, uint32_t left)
{
	while (left > OBJECT_HEADER && line_alive(line) && !line->stop) {
		if (!field_present(line, offset, OBJECT_HEADER)) {
			line_truncated(line);
			return;
		}
		uint32_t length = field_u16(line, offset);
		uint8_t class = field_u8(line, offset + 2), type = field_u8(line, offset + 3);
		put_object_header(line, class, type, (uint16_t)length);
		offset += OBJECT_HEADER;
		left -= OBJECT_HEADER;
		if (class == 0 || length < OBJECT_HEADER)
			return;
		length -= OBJECT_HEADER;
		if (class == CLASS_LABELS && type == 1)
			put_label(line, offset);
		else
			put_hex_block(line, "\n\t    ", offset, length);
		if (left < length)
			return;
		left -= length;
		offset += length;
	}
}

void print_icmp_extension(struct line *line)
{
	if (line->length <= EXTENSION)
		return;
	if (!field_present(line, EXTENSION, EXTENSION_HEADER + 1)) {
		line_truncated(line);
		return;
	}
	uint32_t length = line->length - EXTENSION;
	bool whole = field_present(line, EXTENSION, length);
	bool right = whole && checksum_fold(checksum_add(0, line->at.base + EXTENSION, length)) == 0xffff;
	if (field_u8(line, LENGTH_FIELD) == 0 && whole && !right)
		return;

	unsigned version = field_u8(line, EXTENSION) >> 4;
	put_format(line, "\n\tICMP Multi-Part extension v%u", version);
	if (version != VERSION) {
		put_text(line, " packet not supported");
		return;
	}
	if (whole)
		put_format(line, ", checksum 0x%04x (%scorrect), length %u", field_u16(line, EXTENSION + 2), right ? "" : "in",
			length);
	put_objects(line, EXTENSION + EXTENSION_HEADER, length - EXTENSION_HEADER);
}
