/* SPDX-License-Identifier: BSD-3-Clause */
/* The input of the targets that take one frame. */
#ifndef SYNFIN_FUZZ_FRAME_H
#define SYNFIN_FUZZ_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <synfin/packet.h>

struct fuzz_frame {
	uint16_t link_type;
	uint32_t captured, length;
	uint32_t cut;            /* bytes to leave out at the end, at most `captured` */
	const uint8_t *bytes;
};

enum { FUZZ_FRAME_HEADER = 3 };

/* tests/fuzz/seeds has the same list. */
static const uint16_t fuzz_frame_links[] = {
	SYNFIN_LINK_ETHERNET, SYNFIN_LINK_NULL, SYNFIN_LINK_PPP, SYNFIN_LINK_PPP_HDLC, SYNFIN_LINK_PPPOE, SYNFIN_LINK_RAW, SYNFIN_LINK_LOOP,
	SYNFIN_LINK_SLL, SYNFIN_LINK_IPV4, SYNFIN_LINK_IPV6, SYNFIN_LINK_SLL2,
};

static inline bool fuzz_frame_read(struct fuzz_frame *frame, const uint8_t *data, size_t size)
{
	if (size < FUZZ_FRAME_HEADER || size > 65535 + FUZZ_FRAME_HEADER)
		return false;
	frame->link_type = fuzz_frame_links[data[0] % (sizeof fuzz_frame_links / sizeof *fuzz_frame_links)];
	frame->bytes = data + FUZZ_FRAME_HEADER;
	frame->captured = (uint32_t)size - FUZZ_FRAME_HEADER;
	frame->cut = data[1] % (frame->captured + 1);
	/* Mostly all of it was captured; sometimes there was more, and sometimes the file lies. */
	int off = (int8_t)data[2];
	frame->length = off < 0 && frame->captured < (uint32_t)-off ? 0 : frame->captured + (uint32_t)(off * (off > 100 ? 100 : 1));
	return true;
}

#endif
