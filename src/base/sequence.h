/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * TCP sequence numbers: a space of 2^32 in which "before" and "after" are signed differences (RFC 9293 s3.4; tcp-tracking.md S1),
 * and their unwrapped form, 64-bit offsets from an initial sequence number, in which a stream may pass 4 GiB.
 */
#ifndef SYNFIN_BASE_SEQUENCE_H
#define SYNFIN_BASE_SEQUENCE_H

#include <stdbool.h>
#include <stdint.h>

/* a - b as a distance: negative when a is before b. */
static inline int32_t sequence_diff(uint32_t a, uint32_t b)
{
	return (int32_t)(a - b);
}

static inline bool sequence_before(uint32_t a, uint32_t b)
{
	return sequence_diff(a, b) < 0;
}

static inline bool sequence_after(uint32_t a, uint32_t b)
{
	return sequence_diff(a, b) > 0;
}

/*
 * The offset of `seq` from `isn` that lies nearest to `near` (an offset known to be close, such as SND.NXT). May be negative:
 * a segment from before the ISN.
 */
static inline int64_t sequence_unwrap(uint32_t seq, uint32_t isn, int64_t near)
{
	return near + sequence_diff(seq - isn, (uint32_t)(uint64_t)near);
}

#endif
