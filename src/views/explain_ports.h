/* SPDX-License-Identifier: BSD-3-Clause */
/* Ports that a learner meets, by the names that books use; the system's services database calls 80 "http" and 8099 nothing. */
#ifndef SYNFIN_VIEWS_EXPLAIN_PORTS_H
#define SYNFIN_VIEWS_EXPLAIN_PORTS_H

#include <stdint.h>

/* NULL for all others. */
const char *explain_port_name(uint16_t port);

#endif
