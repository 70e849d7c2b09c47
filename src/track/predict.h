/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Header prediction: the segment that most are, taken in one go.
 *
 * On an open connection in which nothing is missing, the next segment mostly is the one that was to be expected: data right behind what was
 * sent before, or an empty ACK of something new. Of all the steps that connection_segment() goes through such a segment needs a few sums;
 * the others find nothing to do. So it is looked first whether it is one (as Jacobson had it for receivers, 1988), by tests that are
 * stricter than need be: what fails any of them goes the long way.
 *
 * It must not be seen from outside which way a segment went: tests/unit/test_track_predict.c sends the same segments through two trackers, one
 * of which does not predict, and compares all they know after each.
 */
#ifndef SYNFIN_TRACK_PREDICT_H
#define SYNFIN_TRACK_PREDICT_H

#include <stdbool.h>
#include <stdint.h>

#include <synfin/connection.h>
#include <synfin/packet.h>

/*
 * Take a segment from the end with that index, if it is such a one: true, with all done that connection_segment() would do. Else nothing is
 * changed. What it takes is no copy (V1), since it brings new data or a new ACK, and begins nothing; nor does it come after the connection
 * was silent for more than `idle_ns`.
 */
bool predict_segment(struct synfin_connection *connection, unsigned from, const struct synfin_packet *packet, int64_t idle_ns);

#endif
