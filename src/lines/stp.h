/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of the spanning tree share. */
#ifndef SYNFIN_LINES_STP_H
#define SYNFIN_LINES_STP_H

#include "lines/print.h"

/* stp.c: the names of flags, behind the text `front` and before "]" ... */
void stp_put_flags(struct line *line, const char *front, unsigned flags);
/* ... and of a port's role, 0 to 3. */
const char *stp_role_name(unsigned role);

/* stp_multiple.c: a BPDU of 802.1s or 802.1aq, from its flags on. */
void stp_put_multiple(struct line *line, unsigned version);

#endif
