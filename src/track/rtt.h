/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Round-trip times, as seen where the capture was taken: from a segment of one end to the ACK of the other (T1, T2).
 *
 * One segment of each end is timed at a time, as RFC 6298 s3 allows. A retransmission makes it ambiguous which copy an ACK answers (Karn),
 * so it ends the measurement; of a repeated SYN the latest copy is timed, and counts if the ACK echoes its own TSval.
 */
#ifndef SYNFIN_TRACK_RTT_H
#define SYNFIN_TRACK_RTT_H

#include "track/segment.h"

/* Take the sample that the segment's ACK completes, then begin to time the segment, or give up timing. After segment_place(), before segment_apply(). */
void rtt_segment(const struct segment *segment, bool retransmission);

/* The same for a segment that was predicted (predict.h): one with new data, or nothing but an ACK, on an open connection. */
void rtt_predicted(struct synfin_endpoint *sender, struct synfin_endpoint *receiver, const struct synfin_packet *packet, int64_t silence_ns);

#endif
