/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Colours of an annotation: the terminal's own eight (SGR 31 to 36) and its grey (SGR 90), which every theme keeps readable. Only
 * the annotation is coloured; tcpdump's text never is.
 */
#ifndef SYNFIN_VIEWS_COLOUR_H
#define SYNFIN_VIEWS_COLOUR_H

#include <stdint.h>

#include <synfin/connection.h>

#include "base/output.h"

#define COLOUR_WARNING "\033[31m"
#define COLOUR_END "\033[0m"

/* The sequence that begins the colour of a connection's end in this state; "" for one that has none. Static storage. */
const char *colour_of_state(unsigned state, uint16_t connection_flags);

#endif
