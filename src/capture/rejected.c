/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/rejected.h"

#include <synfin/packet.h>

#include "base/bytes.h"

enum { TYPE_IPV4 = 0x0800, TYPE_VLAN = 0x8100, TYPE_PROVIDER = 0x88a8, TYPE_OLD_PROVIDER = 0x9100 };

/* Where the ethertype stands, and where what it is about begins; false for links without one. */
static bool find_type(uint16_t link_type, size_t *type, size_t *next)
{
	switch (link_type) {
	case SYNFIN_LINK_ETHERNET:
		*type = 12;
		*next = 14;
		return true;
	case SYNFIN_LINK_SLL:
		*type = 14;
		*next = 16;
		return true;
	case SYNFIN_LINK_SLL2:
		*type = 0;
		*next = 20;
		return true;
	default:
		return false;
	}
}

void rejected_count(struct synfin_source_rejected *rejected, const struct synfin_frame *frame)
{
	size_t at, next;
	struct cursor c = cursor_over(frame->bytes, frame->captured);
	rejected->frames++;
	if (!find_type(frame->link_type, &at, &next))
		return;
	cursor_skip(&c, at);
	uint16_t type = cursor_u16(&c);
	rejected->tagged += type == TYPE_VLAN || type == TYPE_PROVIDER || type == TYPE_OLD_PROVIDER;
	if (type != TYPE_IPV4)
		return;
	/* RFC 791 s3.1: the fragment's offset; 0 is the first one, or a whole datagram. */
	c = cursor_over(frame->bytes, frame->captured);
	cursor_skip(&c, next + 6);
	rejected->fragments += (cursor_u16(&c) & 0x1fff) != 0;
}

void rejected_add(struct synfin_source_rejected *rejected, const struct synfin_source_rejected *more)
{
	rejected->frames += more->frames;
	rejected->tagged += more->tagged;
	rejected->fragments += more->fragments;
}
