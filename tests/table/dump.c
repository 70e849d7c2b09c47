/* SPDX-License-Identifier: BSD-3-Clause */
/* Prints the state table as the library has it, a line for each cell: state, input, next state, event or "-", section. Parted by tabs. */
#include <stdio.h>

#include "track/state.h"

/* Not synfin_state_name(): that of an end of which the capture cannot tell is "?", which is no word for a table. */
static const char *name_of(unsigned state)
{
	return state == SYNFIN_UNKNOWN ? "UNKNOWN" : synfin_state_name(state);
}

int main(void)
{
	for (unsigned state = 0; state < SYNFIN_STATES; state++)
		for (unsigned input = 0; input < INPUTS; input++) {
			const struct transition *cell = state_transition(state, input);
			printf("%s\t%s\t%s\t%s\t%s\n", name_of(state), state_input_name(input), name_of(cell->next),
				cell->event == NO_EVENT ? "-" : synfin_event_name(cell->event), cell->section);
		}
	return ferror(stdout) || fflush(stdout) != 0;
}
