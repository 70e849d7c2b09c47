/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a segment is in its stream: new, sent again, late, a probe ... (V2 to V8, C6).
 */
#ifndef SYNFIN_TRACK_VERDICT_H
#define SYNFIN_TRACK_VERDICT_H

#include <stdbool.h>

#include "track/connection.h"

/* Before segment_apply(): whether the segment is a window probe or a keep-alive (V2, V3), which moves no sequence numbers. Notes the event. */
void verdict_probe(struct step *step);
/* After segment_apply(): the verdict on its data, SYN or FIN (V4 to V7, C6). true if it is a retransmission of any kind. */
bool verdict_data(struct step *step);
/* After segment_apply(): the verdicts on its ACK and window (V8). */
void verdict_ack(struct step *step, uint32_t window_before, bool window_known);

#endif
