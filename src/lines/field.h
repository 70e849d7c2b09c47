/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Fields of the current layer, read by their offset from its first byte.
 *
 * Formats whose printers jump (an ICMP error quotes a header that says where its ports stand) are read this way. The rule of
 * print.h stays: a read beyond the captured bytes returns 0 (NULL for bytes) and latches the cursor's fault. field_present() asks
 * without latching.
 */
#ifndef SYNFIN_LINES_FIELD_H
#define SYNFIN_LINES_FIELD_H

#include "base/checksum.h"
#include "lines/print.h"

/* Captured bytes of the layer. */
static inline size_t field_captured(const struct line *line)
{
	return (size_t)(line->at.end - line->at.base);
}

static inline bool field_present(const struct line *line, size_t offset, size_t n)
{
	size_t captured = field_captured(line);
	return offset <= captured && n <= captured - offset;
}

static inline const uint8_t *field_bytes(struct line *line, size_t offset, size_t n)
{
	if (!line_alive(line) || !field_present(line, offset, n)) {
		line->at.fault = true;
		return NULL;
	}
	return line->at.base + offset;
}

static inline uint8_t field_u8(struct line *line, size_t offset)
{
	const uint8_t *p = field_bytes(line, offset, 1);
	return p ? *p : 0;
}

static inline uint16_t field_u16(struct line *line, size_t offset)
{
	const uint8_t *p = field_bytes(line, offset, 2);
	return p ? bytes_u16(p) : 0;
}

static inline uint32_t field_u32(struct line *line, size_t offset)
{
	const uint8_t *p = field_bytes(line, offset, 4);
	return p ? bytes_u32(p) : 0;
}

static inline void put_field_ipv4(struct line *line, size_t offset)
{
	put_ipv4(line, field_bytes(line, offset, 4));
}

static inline void put_field_ipv6(struct line *line, size_t offset)
{
	put_ipv6(line, field_bytes(line, offset, 16));
}

/* field.c */

/*
 * The hexadecimal block for bytes that nobody can read more from: `indent` (which begins with the newline), the offset, eight
 * groups. Bytes that are not captured are left out without a word.
 */
void put_hex_block(struct line *line, const char *indent, size_t offset, size_t n);
/* One byte of text from a packet, with tcpdump's ^X and M-X for what is not printable ASCII. */
void put_visible(struct line *line, uint8_t byte);

#endif
