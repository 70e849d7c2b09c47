/* SPDX-License-Identifier: BSD-3-Clause */
/* What the states are called: by RFC 9293, and by the programs in which people meet them. */
#ifndef SYNFIN_VIEWS_STATE_NAMES_H
#define SYNFIN_VIEWS_STATE_NAMES_H

#include <stdbool.h>

#include <synfin/connection.h>

#include "base/output.h"

enum state_names {
	STATE_NAMES_RFC,     /* SYN_RECEIVED, with underscores */
	STATE_NAMES_NETSTAT, /* SYN_RECV: netstat(8) of Linux */
	STATE_NAMES_SS,      /* SYN-RECV: ss(8) */
	STATE_NAMES_WINDOWS, /* SYN_RECEIVED and LISTENING: netstat of Windows */
	STATE_NAMES,
};

/* No name is longer. */
#define STATE_NAME_MAX 12

/* "?" for SYNFIN_UNKNOWN and for what is no state. Never NULL. */
const char *state_name(enum state_names names, unsigned state);
/* "rfc", "netstat", "ss", "windows". NULL for what is none. */
const char *state_names_word(unsigned names);
/* The state of which this is a name in any of the sets, with any case and '-' or '_'; SYNFIN_STATES if of none. "?" and UNKNOWN: SYNFIN_UNKNOWN. */
unsigned state_by_name(const char *text, size_t n);
/* '~' for a state that is assumed, '?' for one that is guessed, 0 for one that is seen and for SYNFIN_UNKNOWN, which is a '?' already. */
char state_mark(unsigned state, unsigned proof);
/* Append "SYN_RECEIVED~": the name with the mark of its proof. */
void state_put(struct output *out, enum state_names names, unsigned state, unsigned proof);

#endif
