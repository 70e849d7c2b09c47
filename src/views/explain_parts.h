/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside --explain: what its files share. */
#ifndef SYNFIN_VIEWS_EXPLAIN_PARTS_H
#define SYNFIN_VIEWS_EXPLAIN_PARTS_H

#include <synfin/connection.h>
#include <synfin/event.h>
#include <synfin/packet.h>

#include "views/explain.h"
#include "views/explain_line.h"
#include "views/explain_say.h"

/* More than one packet can have. */
#define EXPLAIN_EVENTS_MAX 16

/* What an end was before the packet. */
struct explain_before {
	uint64_t connection; /* id; 0: not known */
	uint8_t state[2];
	uint8_t proof[2];
};

/* The {names} of the texts. */
enum explain_name { NAME_SENDER, NAME_RECEIVER, NAME_AFTER, NAME_RELATIVE, NAME_CLOSING, NAME_WAITING, NAME_N, NAME_M, EXPLAIN_NAMES };

/* One packet and all that is known when it is explained. */
struct explain {
	struct say say;
	struct explain_options options;
	struct explain_line line;
	const struct synfin_packet *packet;
	const struct synfin_observation *observation;
	const struct synfin_connection *connection; /* NULL: none is tracked */
	const struct synfin_endpoint *sender;       /* ... nor its ends */
	const struct synfin_endpoint *receiver;
	struct explain_before before;
	unsigned event_count;
	struct synfin_event events[EXPLAIN_EVENTS_MAX];
	struct say_value values[EXPLAIN_NAMES + 1];
	char after[16], number[32], second[32];
};

/* The words of `text`, translated by the caller, with the packet's values in it. */
static inline void explain_say(struct explain *explain, const char *text)
{
	say(&explain->say, text, explain->values);
}

/* {n} or {m} in texts that come next. */
void explain_number(struct explain *explain, enum explain_name name, uint64_t number);
void explain_milliseconds(struct explain *explain, enum explain_name name, int64_t ns);
/* "the client" or "the server", for an end's index. */
const char *explain_role(const struct synfin_connection *connection, unsigned end);
bool explain_has(const struct explain *explain, unsigned kind);
/* H3: a SYN+ACK to another SYN than that of its receiver, which goes on waiting. */
bool explain_is_unfit_syn_ack(const struct explain *explain);

/* Rows of a packet that is TCP: explain_fields.c, explain_option.c. */
void explain_time(struct explain *explain);
void explain_ends(struct explain *explain);
void explain_tcp(struct explain *explain);
void explain_tcp_options(struct explain *explain);
/* What it does: explain_effect.c, explain_next.c. */
void explain_effect(struct explain *explain);
/* The notes on the packet's events: a part of the former, and all that there is to say of a packet that is not tracked. */
void explain_events(struct explain *explain);
void explain_next(struct explain *explain);
/* What an event counts, as a sentence behind its text; nothing for most. */
void explain_event_number(struct explain *explain, const struct synfin_event *event);
/* Rows of another packet: explain_other.c. */
void explain_other(struct explain *explain);

#endif
