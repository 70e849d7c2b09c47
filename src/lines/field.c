/* SPDX-License-Identifier: BSD-3-Clause */
/* Blocks and bytes of a layer that are shown as they are. */
#include "lines/field.h"

enum { PER_LINE = 16 };

void put_hex_block(struct line *line, const char *indent, size_t offset, size_t n)
{
	size_t captured = field_captured(line);
	if (!line_alive(line) || offset >= captured)
		return;
	if (n > captured - offset)
		n = captured - offset;

	const uint8_t *bytes = line->at.base + offset;
	for (size_t i = 0; i < n; i++) {
		if (i % PER_LINE == 0) {
			output_text(line->out, indent);
			output_text(line->out, "0x");
			output_hex(line->out, i, 4);
			output_text(line->out, ": ");
		}
		if (i % 2 == 0)
			output_char(line->out, ' ');
		output_hex(line->out, bytes[i], 2);
	}
}

void put_visible(struct line *line, uint8_t byte)
{
	if (byte & 0x80) {
		put_text(line, "M-");
		byte &= 0x7f;
	}
	if (byte < ' ' || byte == 0x7f) {
		put_char(line, '^');
		byte ^= 0x40;
	}
	put_char(line, (char)byte);
}
