/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/explain_table.h"

#include <stddef.h>

#include "views/text.h"

const struct explained explained_states[SYNFIN_STATES] = {
#define EXPLAINED(state, section, text) [SYNFIN_##state] = { #state, section, text, 0, 0 },
#include "views/explain_states.def"
#undef EXPLAINED
};

const struct explained explained_events[SYNFIN_EVENTS] = {
#define EXPLAINED(event, section, text) [SYNFIN_EVENT_##event] = { NULL, section, text, 0, 0 },
#include "views/explain_events.def"
#undef EXPLAINED
};

const struct explained explained_flags[EXPLAINED_FLAGS] = {
#define EXPLAINED(flag, letter, section, text) { #flag, section, text, SYNFIN_TCP_##flag, letter },
#include "views/explain_flags.def"
#undef EXPLAINED
};

const struct explained explained_options[] = {
#define EXPLAINED(kind, name, section, text) { name, section, text, kind, 0 },
#include "views/explain_options.def"
#undef EXPLAINED
	{ NULL, NULL, NULL, 0, 0 },
};

const char *const explained_layers[SYNFIN_LAYER_KINDS] = {
#define EXPLAINED(kind, text) [SYNFIN_LAYER_##kind] = (text),
#include "views/explain_layers.def"
#undef EXPLAINED
};

const char *const explained_nexts[EXPLAINED_NEXTS] = {
#define NEXT(name, text) text,
#include "views/explain_next.def"
#undef NEXT
};

/* A kind that is added without a text does not compile. */
enum {
#define EXPLAINED(state, section, text) COUNTED_STATE_##state,
#include "views/explain_states.def"
#undef EXPLAINED
	COUNTED_STATES
};
enum {
#define EXPLAINED(event, section, text) COUNTED_EVENT_##event,
#include "views/explain_events.def"
#undef EXPLAINED
	COUNTED_EVENTS
};
enum {
#define EXPLAINED(kind, text) COUNTED_LAYER_##kind,
#include "views/explain_layers.def"
#undef EXPLAINED
	COUNTED_LAYERS
};
_Static_assert((int)COUNTED_STATES == (int)SYNFIN_STATES, "every state is explained");
_Static_assert((int)COUNTED_EVENTS == (int)SYNFIN_EVENTS, "every event is explained");
_Static_assert((int)COUNTED_LAYERS == (int)SYNFIN_LAYER_KINDS, "every kind of layer is explained");

#define CONTRADICTION N_("flags that contradict each other: no honest end sends this. Scanners do, and forged or damaged packets look so")

const char *const explained_combinations[EXPLAINED_COMBINATIONS] = {
	[0] = N_("no flag that says what the packet is for: no packet of a connection looks so. Scanners send this (null scan)"),
	[1] = N_("asks to close, but without ACK: inside a connection every packet has ACK. Scanners send this (FIN scan)"),
	[2] = N_("asks to open a connection. There is no ACK: nothing came from the other end yet"),
	[3] = CONTRADICTION,
	[4] = N_("resets, without ACK: so answers an end that has no such connection when the packet it answers had ACK"),
	[5] = CONTRADICTION,
	[6] = CONTRADICTION,
	[7] = CONTRADICTION,
	[8] = N_("acknowledges what came. All packets but the first SYN and some RSTs carry ACK"),
	[9] = N_("asks to close its direction, and acknowledges what came"),
	[10] = N_("agrees to open, tells its own initial sequence number, and acknowledges the other's SYN"),
	[11] = CONTRADICTION,
	[12] = N_("resets the connection, and acknowledges what came"),
	[13] = CONTRADICTION,
	[14] = CONTRADICTION,
	[15] = CONTRADICTION,
};

enum { WHO_SENDER = 1, WHO_RECEIVER = 0, SYNFIN_ANY = SYNFIN_STATES };

static const struct transition_text {
	uint8_t sender;
	uint8_t before, after;
	const char *text;
} transitions[] = {
#define TRANSITION(who, before, after, text) { WHO_##who, (uint8_t)SYNFIN_##before, (uint8_t)SYNFIN_##after, text },
#include "views/explain_transitions.def"
#undef TRANSITION
};

const char *explained_transition(bool sender, unsigned before, unsigned after)
{
	for (size_t i = 0; i < sizeof transitions / sizeof *transitions; i++) {
		const struct transition_text *row = &transitions[i];
		if (row->sender == sender && row->after == after && (row->before == before || row->before == SYNFIN_ANY))
			return row->text;
	}
	return "";
}

const struct explained *explained_option(unsigned kind)
{
	for (const struct explained *option = explained_options; option->name; option++)
		if (option->kind == kind)
			return option;
	return NULL;
}
