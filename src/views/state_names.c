/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/state_names.h"

#include <ctype.h>

static const char *const words[STATE_NAMES] = { "rfc", "netstat", "ss", "windows" };

/* What a set calls otherwise than synfin_state_name() does, which has RFC 9293's names. */
static const char *const others[STATE_NAMES][SYNFIN_STATES] = {
	[STATE_NAMES_NETSTAT] = {
		[SYNFIN_CLOSED] = "CLOSE",
		[SYNFIN_SYN_RECEIVED] = "SYN_RECV",
		[SYNFIN_FIN_WAIT_1] = "FIN_WAIT1",
		[SYNFIN_FIN_WAIT_2] = "FIN_WAIT2",
	},
	[STATE_NAMES_SS] = {
		[SYNFIN_CLOSED] = "UNCONN",
		[SYNFIN_SYN_SENT] = "SYN-SENT",
		[SYNFIN_SYN_RECEIVED] = "SYN-RECV",
		[SYNFIN_ESTABLISHED] = "ESTAB",
		[SYNFIN_FIN_WAIT_1] = "FIN-WAIT-1",
		[SYNFIN_FIN_WAIT_2] = "FIN-WAIT-2",
		[SYNFIN_CLOSE_WAIT] = "CLOSE-WAIT",
		[SYNFIN_LAST_ACK] = "LAST-ACK",
		[SYNFIN_TIME_WAIT] = "TIME-WAIT",
	},
	[STATE_NAMES_WINDOWS] = {
		[SYNFIN_LISTEN] = "LISTENING",
	},
};

const char *state_name(enum state_names names, unsigned state)
{
	if (names >= STATE_NAMES || state >= SYNFIN_STATES)
		return "?";
	const char *other = others[names][state];
	return other ? other : synfin_state_name(state);
}

const char *state_names_word(unsigned names)
{
	return names < STATE_NAMES ? words[names] : NULL;
}

static bool same_name(const char *name, const char *text, size_t n)
{
	if (strlen(name) != n)
		return false;
	for (size_t i = 0; i < n; i++) {
		char given = text[i] == '-' ? '_' : (char)toupper((unsigned char)text[i]);
		if (given != (name[i] == '-' ? '_' : name[i]))
			return false;
	}
	return true;
}

unsigned state_by_name(const char *text, size_t n)
{
	if (same_name("UNKNOWN", text, n))
		return SYNFIN_UNKNOWN;
	for (unsigned names = 0; names < STATE_NAMES; names++)
		for (unsigned state = 0; state < SYNFIN_STATES; state++)
			if (same_name(state_name(names, state), text, n))
				return state;
	return SYNFIN_STATES;
}

char state_mark(unsigned state, unsigned proof)
{
	if (state == SYNFIN_UNKNOWN || proof == SYNFIN_PROOF_SEEN)
		return 0;
	return proof == SYNFIN_PROOF_ASSUMED ? '~' : '?';
}

void state_put(struct output *out, enum state_names names, unsigned state, unsigned proof)
{
	char mark = state_mark(state, proof);

	output_text(out, state_name(names, state));
	if (mark)
		output_char(out, mark);
}
