/* SPDX-License-Identifier: BSD-3-Clause */
/* What a filter turned away although a reader may not have meant it: frames with VLAN tags, and fragments that have no ports. */
#ifndef SYNFIN_CAPTURE_REJECTED_H
#define SYNFIN_CAPTURE_REJECTED_H

#include <synfin/source.h>

/* Count a frame that did not match. */
void rejected_count(struct synfin_source_rejected *rejected, const struct synfin_frame *frame);
/* Add what another source turned away. */
void rejected_add(struct synfin_source_rejected *rejected, const struct synfin_source_rejected *more);

#endif
