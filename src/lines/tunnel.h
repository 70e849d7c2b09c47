/* SPDX-License-Identifier: BSD-3-Clause */
/* What the tunnels over UDP share. */
#ifndef SYNFIN_LINES_TUNNEL_H
#define SYNFIN_LINES_TUNNEL_H

#include "lines/carrier.h"
#include "lines/print.h"

/*
 * Before an inner Ethernet frame: tcpdump refuses it if UDP's length leaves it less than what was captured behind its beginning, where
 * line->at stands.
 */
void tunnel_check_ethernet(struct line *line, uint32_t length);

#endif
