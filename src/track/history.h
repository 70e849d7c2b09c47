/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a record tells at its end about its course: Zeek's history letters, the SYNs, and how long the connection was half-closed.
 *
 * There is no room for it but what can be had by packing. A letter with its end is a code of five bits, so twelve of them, in the order of
 * their appearance, take 60 bits: 32 in each endpoint, the earlier letters in the first. A letter stands once for an end, as a set with an
 * order; only T comes again. The time of the half-close lies where the closer timed its segments: it sends none any more.
 */
#ifndef SYNFIN_TRACK_HISTORY_H
#define SYNFIN_TRACK_HISTORY_H

#include <stdbool.h>

#include <synfin/connection.h>

#include "track/segment.h"

/* The packet's own letter: SYN, FIN, RST, data or ACK; counts SYNs. For every packet, before segment_place(). */
void history_packet(const struct segment *segment);
/* Whether the letter is there already that a segment with data, or an ACK without, from this end would bring. */
bool history_has_packet(const struct synfin_connection *connection, unsigned end, bool data);
/* What else is remarkable: zero window, data sent again, a gap. After segment_apply() and after `retransmitted` was counted. */
void history_segment(const struct segment *segment, const struct pool *holes);
/* The steps of the packet at hand, which are in connection->steps already, begin or end a half-close; before: connection->steps without them. */
void history_steps(struct synfin_connection *connection, unsigned before, int64_t time_ns);
/* What history_steps() left in the closer: the time when it began, then how long it was; -1 if there was none. */
int64_t endpoint_half_closed(const struct synfin_endpoint *closer);

#endif
