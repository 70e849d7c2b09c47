/* SPDX-License-Identifier: BSD-3-Clause */
/* States by phase: opening yellow, open green, closing cyan, closed grey, closed by a reset red. */
#include "views/colour.h"

#define OPENING "\033[33m"
#define OPEN    "\033[32m"
#define CLOSING "\033[36m"
#define CLOSED  "\033[90m"

static const char *const colours[] = {
	[SYNFIN_CLOSED] = CLOSED,
	[SYNFIN_LISTEN] = OPENING,
	[SYNFIN_SYN_SENT] = OPENING,
	[SYNFIN_SYN_RECEIVED] = OPENING,
	[SYNFIN_ESTABLISHED] = OPEN,
	[SYNFIN_FIN_WAIT_1] = CLOSING,
	[SYNFIN_FIN_WAIT_2] = CLOSING,
	[SYNFIN_CLOSE_WAIT] = CLOSING,
	[SYNFIN_CLOSING] = CLOSING,
	[SYNFIN_LAST_ACK] = CLOSING,
	[SYNFIN_TIME_WAIT] = CLOSING,
	[SYNFIN_UNKNOWN] = "",
};
_Static_assert(sizeof colours / sizeof *colours == SYNFIN_STATES, "a colour for each state");

const char *colour_of_state(unsigned state, uint16_t connection_flags)
{
	if (state == SYNFIN_CLOSED && (connection_flags & SYNFIN_CONN_RESET))
		return COLOUR_WARNING;
	return state < SYNFIN_STATES ? colours[state] : "";
}
