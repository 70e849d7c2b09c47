/* SPDX-License-Identifier: BSD-3-Clause */
/* What a kind of event is to a view: whether it judges a packet, and what its number counts. */
#ifndef SYNFIN_VIEWS_EVENT_TEXT_H
#define SYNFIN_VIEWS_EVENT_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include <synfin/event.h>

enum event_unit { EVENT_UNIT_NONE, EVENT_UNIT_NS, EVENT_UNIT_BYTES, EVENT_UNIT_COUNT, EVENT_UNIT_STATE };

struct event_number {
	enum event_unit unit;
	const char *key;  /* its JSON key, ends in the unit; NULL with EVENT_UNIT_NONE */
	bool zero_is_unknown;
};

/* Whether it says what one packet is in its stream, rather than what became of the connection. */
bool event_is_verdict(unsigned kind);
struct event_number event_number(unsigned kind);
/* "info", "note" or "warning"; NULL for none of them. */
const char *event_severity_name(unsigned severity);
/* Whether no packet says of which end it tells: it is the connection's own end. */
bool event_is_of_no_end(unsigned kind);

#endif
