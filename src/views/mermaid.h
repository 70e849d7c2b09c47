/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Connections as one Mermaid sequence diagram, which browsers, wikis and editors draw:
 *
 *     sequenceDiagram
 *         participant c1a as c1 client 10.0.0.2:52044
 *         participant c1b as c1 server 192.0.2.80:80
 *         c1a->>c1b: (1) SYN seq 0
 *         Note over c1a,c1b: SYN_SENT / SYN_RECEIVED~
 *
 * Participants are ends, not hosts: both may be on one. An arrow is solid, dotted for a mere acknowledgment, and ends in a cross for a RST.
 * Of long runs of data only the first packets have arrows, the others one note together, unless all are asked for: a diagram of thousands
 * of arrows is refused by those who draw it. It is never translated.
 */
#ifndef SYNFIN_VIEWS_MERMAID_H
#define SYNFIN_VIEWS_MERMAID_H

#include <stdbool.h>

#include <synfin/sink.h>

#include "base/output.h"
#include "names/hosts.h"
#include "views/selection.h"
#include "views/state_names.h"

/* What was drawn of a connection. More connections at once than these may be introduced again, which does no harm. */
struct mermaid_drawn {
	uint64_t id;
	uint8_t state[2], proof[2];  /* the client's, the server's */
};
enum { MERMAID_CONNECTIONS = 1024, MERMAID_REMARKS = 8 };

struct mermaid {
	struct output *out;
	struct selection selection;
	enum state_names names;
	struct hosts *hosts;         /* NULL: numbers */
	bool all_packets;
	bool flush;                  /* drain after each packet */
	uint64_t events;             /* bit N: an event of kind N came with the packet at hand */
	unsigned remark_count;
	const char *remarks[MERMAID_REMARKS];
	uint64_t run_id;             /* the connection that has been sending data or acknowledgments, and how many packets so far */
	uint64_t run_packets;
	uint64_t run_bytes;          /* of those without arrows */
	struct mermaid_drawn drawn[MERMAID_CONNECTIONS];
};

/* The functions to add to an engine; the view, zeroed but for what its user sets above `events`, stays the caller's. */
struct synfin_sink mermaid_sink(struct mermaid *view);

#endif
