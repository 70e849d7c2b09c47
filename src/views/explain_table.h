/* SPDX-License-Identifier: BSD-3-Clause */
/* The texts of --explain and --glossary that stand in tables (explain_*.def), untranslated: T() is for who shows them. */
#ifndef SYNFIN_VIEWS_EXPLAIN_TABLE_H
#define SYNFIN_VIEWS_EXPLAIN_TABLE_H

#include <synfin/connection.h>
#include <synfin/event.h>
#include <synfin/packet.h>

struct explained {
	const char *name;     /* as it is shown: never translated */
	const char *section;  /* where it is written, "-" for nowhere */
	const char *text;
	unsigned kind;        /* of a flag its bit, of an option its number on the wire */
	char letter;          /* of a flag */
};

#define EXPLAINED_FLAGS 9

extern const struct explained explained_states[SYNFIN_STATES];
extern const struct explained explained_events[SYNFIN_EVENTS]; /* .name is NULL: it has two, synfin_event_name() and synfin_event_message() */
extern const struct explained explained_flags[EXPLAINED_FLAGS];
extern const struct explained explained_options[];             /* ends with a NULL name */
extern const char *const explained_layers[SYNFIN_LAYER_KINDS];
/* What the four flags that matter most mean together: the index has SYNFIN_TCP_FIN, _SYN, _RST as they are, and ACK as 8. */
#define EXPLAINED_COMBINATIONS 16
extern const char *const explained_combinations[EXPLAINED_COMBINATIONS];

enum explained_next {
#define NEXT(name, text) EXPLAINED_NEXT_##name,
#include "views/explain_next.def"
#undef NEXT
	EXPLAINED_NEXTS
};
extern const char *const explained_nexts[EXPLAINED_NEXTS];

/* Why an end, the packet's sender or its receiver, went from one state to another. Never NULL. */
const char *explained_transition(bool sender, unsigned before, unsigned after);
/* NULL for a kind that has no name. */
const struct explained *explained_option(unsigned kind);

#endif
