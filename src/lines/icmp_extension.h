/* SPDX-License-Identifier: BSD-3-Clause */
/* What follows the datagram that an ICMP error quotes: RFC 4884. */
#ifndef SYNFIN_LINES_ICMP_EXTENSION_H
#define SYNFIN_LINES_ICMP_EXTENSION_H

#include "lines/print.h"

/* With -v, after the quoted datagram. The current layer is the ICMP message. */
void print_icmp_extension(struct line *line);

#endif
