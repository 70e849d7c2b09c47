/* SPDX-License-Identifier: BSD-3-Clause */
/* The options of an IPv4 header in words (-v). */
#ifndef SYNFIN_LINES_IPV4_OPTIONS_H
#define SYNFIN_LINES_IPV4_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "lines/print.h"

/* `length` bytes of options from the cursor's position on. false if an option's data was not captured whole. */
bool put_ipv4_options(struct line *line, uint32_t length);

#endif
