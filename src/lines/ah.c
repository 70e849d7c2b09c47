/* SPDX-License-Identifier: BSD-3-Clause */
/* The authentication header (RFC 4302), in front of what it authenticates. */
#include "lines/print.h"

void print_ah(struct line *line, const struct synfin_layer *layer)
{
	if (layer->captured == 0) {
		line_truncated(line);
		return;
	}
	cursor_skip(&line->at, 1);
	put_text(line, "AH");
	unsigned length = cursor_u8(&line->at);
	put_char(line, '(');
	if (line->options->verbose)
		put_format(line, "length=%u(%u-bytes),", length, (length + 2) * 4);
	unsigned reserved = cursor_u16(&line->at);
	if (reserved)
		put_format(line, "reserved=0x%x[MustBeZero],", reserved);
	uint32_t index = cursor_u32(&line->at);
	put_format(line, "spi=0x%08x,", index);
	uint32_t sequence = cursor_u32(&line->at);
	put_format(line, "seq=0x%x,", sequence);
	put_text(line, "icv=0x");
	for (unsigned i = length ? (length - 1) * 4 : 0; i > 0 && line_alive(line); i--)
		put_hex(line, cursor_u8(&line->at), 2);
	put_text(line, "): ");
}
