/* SPDX-License-Identifier: BSD-3-Clause */
/* A TCP header's options in words. */
#ifndef SYNFIN_LINES_TCP_OPTIONS_H
#define SYNFIN_LINES_TCP_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "lines/print.h"

struct tcp_options {
	uint32_t length;    /* bytes that the header's length leaves for them */
	uint16_t flags;     /* enum synfin_tcp_flag */
	uint32_t sack_base; /* what to take off SACK edges */
};

/* `, options [...]` from the cursor's position on. false if the line ends in them. */
bool put_tcp_options(struct line *line, const struct tcp_options *options);

#endif
