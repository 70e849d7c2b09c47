/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * conn_state of Zeek's conn.log, by Zeek's definitions.
 *
 * Zeek keeps a state for each end (inactive, SYN sent, partial, established, closed, reset) and names the pair when the connection ends.
 * These states depend on nothing but the order in which each kind of packet came first from each end, and that order is what the
 * history tells: so the letters are replayed.
 */
#ifndef SYNFIN_VIEWS_ZEEK_STATE_H
#define SYNFIN_VIEWS_ZEEK_STATE_H

#include <stdbool.h>

/* history: synfin_history(), all of it; empty: neither end sent data. "S0", "SF", "RSTO" ...; static storage. */
const char *zeek_state(const char *history, bool empty);

#endif
