/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What IGMPv3 (RFC 3376) and MLDv2 (RFC 3810) have in common, which is all but the length of an address: source lists and group
 * records. Printers inside lines/.
 */
#ifndef SYNFIN_LINES_MEMBERSHIP_H
#define SYNFIN_LINES_MEMBERSHIP_H

#include <stddef.h>
#include <stdint.h>

#include "lines/print.h"

struct membership {
	size_t address;      /* bytes of one: 4 or 16 */
	const char *version; /* of the protocol's report: "v3" or "v2" */
};

extern const struct membership membership_igmp, membership_mld;

/* The number of sources of a query, or with -vv the sources themselves; nothing if there are none. They begin at `offset`. */
void put_query_sources(struct line *line, const struct membership *membership, size_t offset, uint16_t count);
/* The group records of a report: their number, which stands at offset 6, and with -v the records from offset 8 on. */
void put_group_records(struct line *line, const struct membership *membership);

#endif
