/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What stems from where and how packets were captured, and not from the network: it looks like a fault to those who do not know of it.
 * Counted while packets come, told once at the end.
 */
#ifndef SYNFIN_VIEWS_ARTEFACTS_H
#define SYNFIN_VIEWS_ARTEFACTS_H

#include <stdbool.h>
#include <stdint.h>

#include <synfin/sink.h>

#include "base/output.h"

struct artefacts {
	bool checksums;         /* look at checksums, too: whoever sees none does not wonder */
	bool merged;            /* copies are not shown */
	bool vlan_blind;        /* tags part no connections */
	uint64_t segments;
	uint64_t cut;           /* packets that were not captured whole */
	uint64_t oversized;     /* segments larger than the receiver takes */
	uint32_t largest;       /* ... data of the largest */
	uint64_t due;           /* segments whose checksum was not computed yet */
	uint64_t tagged_sides;  /* one-sided connections with VLAN tags */
	uint64_t copies;        /* of segments; its user sets it at the end: merged ones are told to no sink */
};

/* The functions to add to an engine; *artefacts, zeroed but for the first three, stays the caller's. */
struct synfin_sink artefacts_sink(struct artefacts *artefacts);
/* Append a line, in the reader's language and without "\n", for each kind there was to the text of `lines`; each ends with a NUL. */
void artefacts_put(const struct artefacts *artefacts, struct output *lines);

#endif
