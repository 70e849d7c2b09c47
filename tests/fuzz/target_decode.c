/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One frame through the decoder: whole, and with fewer bytes of it captured. The input is the link type's place in the list, how much is cut
 * and by how much the length on the wire is off, one byte each, then the frame.
 */
#include <string.h>

#include "../unit/test_decode_invariants.h"
#include "frame.h"
#include "fuzz.h"

static void check_offsets(const struct synfin_packet *packet, const struct fuzz_frame *frame)
{
	FUZZ_CHECK(packet->bytes == frame->bytes || frame->captured == 0);
	FUZZ_CHECK(packet->captured == frame->captured && packet->length == frame->length);
	FUZZ_CHECK(packet->link_type == frame->link_type);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct synfin_packet whole, cut;
	struct fuzz_frame frame;

	if (!fuzz_frame_read(&frame, data, size))
		return 0;
	memset(&whole, 0xa5, sizeof whole);
	decode_frame(&whole, frame.link_type, frame.bytes, frame.captured, frame.length);
	FUZZ_KEEP(broken_packet(&whole));
	check_offsets(&whole, &frame);
	sum_everything(&whole);

	/* A copy, so that a read beyond what is left is one beyond the block. */
	uint32_t left = frame.captured - frame.cut;
	uint8_t *bytes = malloc(left ? left : 1);
	FUZZ_CHECK(bytes);
	memcpy(bytes, frame.bytes, left);
	decode_frame(&cut, frame.link_type, bytes, left, frame.length < frame.captured ? frame.captured : frame.length);
	FUZZ_KEEP(broken_packet(&cut));
	if (frame.length >= frame.captured)
		FUZZ_KEEP(broken_cut(&whole, &cut));
	sum_everything(&cut);
	free(bytes);
	return 0;
}
