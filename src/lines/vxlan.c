/* SPDX-License-Identifier: BSD-3-Clause */
/* VXLAN (RFC 7348): a line of its own, then the Ethernet frame inside from column 0. */
#include "lines/tunnel.h"

void print_vxlan(struct line *line, const struct synfin_layer *layer)
{
	(void)layer;
	put_text(line, "VXLAN");
	if (line->length < 8) {
		put_invalid(line);
		line->stop = true;
		return;
	}
	unsigned flags = cursor_u8(&line->at);
	put_format(line, ", flags [%s] (0x%02x), ", flags & 0x08 ? "I" : "invalid", flags);
	cursor_skip(&line->at, 3);
	uint32_t network = cursor_u24(&line->at);
	put_format(line, "vni %u\n", network);
	cursor_skip(&line->at, 1);
	tunnel_check_ethernet(line, line->length - 8);
}
