/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * SSH's identification string (RFC 4253 s4.2): what stands in clear at the beginning of each direction. Nothing is shown of a
 * segment that begins otherwise, or whose first line has no end or a byte that is no text.
 */
#include "lines/field.h"
#include "lines/payload.h"

void print_ssh(struct line *line)
{
	static const uint8_t begin[4] = { 'S', 'S', 'H', '-' };
	size_t at = 0;

	for (; at < sizeof begin; at++) {
		if (field_u8(line, at) != begin[at])
			return;
	}
	for (; at < line->length; at++) {
		uint8_t byte = field_u8(line, at);
		if (byte == '\n')
			break;
		if (byte == '\r') {
			if (at + 1 >= line->length || field_u8(line, at + 1) != '\n')
				return;
			break;
		}
		if (byte < ' ' || byte > '~')
			return;
	}
	if (at >= line->length || !line_alive(line))
		return;
	put_text(line, ": SSH: ");
	output_bytes(line->out, (const char *)line->at.base, at);
}
