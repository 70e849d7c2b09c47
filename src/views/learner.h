/* SPDX-License-Identifier: BSD-3-Clause */
/* Learns names of hosts from what goes by: DNS answers over UDP, and over TCP if a segment holds one; multicast DNS and LLMNR. */
#ifndef SYNFIN_VIEWS_LEARNER_H
#define SYNFIN_VIEWS_LEARNER_H

#include <stdbool.h>
#include <stdint.h>

#include <synfin/sink.h>

#include "names/hosts.h"

struct learner {
	struct hosts *hosts;
	bool packets;     /* believe them */
	bool connections; /* ask for the names of the ends of each connection when it begins, not only when they are shown */
	uint64_t newest;  /* the highest id of a connection so far */
};

/* To be added before the views that show names. The learner stays the caller's. */
struct synfin_sink learner_sink(struct learner *learner);

#endif
