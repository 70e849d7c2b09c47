/* SPDX-License-Identifier: BSD-3-Clause */
/* Multicast routing protocols that run inside IGMP. The current layer is the IGMP message; each continues the text. */
#ifndef SYNFIN_LINES_IGMP_H
#define SYNFIN_LINES_IGMP_H

#include "lines/print.h"

/* dvmrp.c: IGMP type 0x13, of at least eight bytes */
void print_dvmrp(struct line *line);
/* pimv1.c: IGMP type 0x14 */
void print_pimv1(struct line *line);

#endif
