/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What happened: a flat value without pointers, so that events can be kept, queued and compared.
 */
#ifndef SYNFIN_EVENT_H
#define SYNFIN_EVENT_H

#include <stdint.h>

#include <synfin/api.h>

SYNFIN_DECLARATIONS_BEGIN

enum synfin_severity { SYNFIN_SEVERITY_INFO, SYNFIN_SEVERITY_NOTE, SYNFIN_SEVERITY_WARNING };

enum synfin_event_kind {
#define SYNFIN_EVENT(symbol, name, severity, message) SYNFIN_EVENT_##symbol,
#include <synfin/events.def>
#undef SYNFIN_EVENT
	SYNFIN_EVENTS
};

struct synfin_event {
	int64_t time_ns;     /* of the packet that showed it */
	uint64_t frame;      /* its number; 0 if no packet did (a timer) */
	uint64_t connection; /* the connection's id; 0 with SYNFIN_EVENT_UNTRACKED, whose connection is in no table */
	uint16_t kind;       /* enum synfin_event_kind */
	uint8_t from;        /* index of the end it is about; the client's where it is about the connection */
	uint8_t severity;    /* enum synfin_severity */
	int64_t number;      /* what it counts: ns for handshake_complete, the old state for state_corrected, ...; else 0 */
};

/* The JSON name ("handshake_complete"), and the words beside a line ("" for none). Never NULL; static storage. */
const char *synfin_event_name(unsigned kind);
const char *synfin_event_message(unsigned kind);
enum synfin_severity synfin_event_severity(unsigned kind);

SYNFIN_DECLARATIONS_END

#endif
