/* SPDX-License-Identifier: BSD-3-Clause */
/* Names of ports, from the system's services database. */
#ifndef SYNFIN_NAMES_SERVICES_H
#define SYNFIN_NAMES_SERVICES_H

#include <stdint.h>

#include <synfin/status.h>

struct services;

enum services_protocol { SERVICES_TCP, SERVICES_UDP };

/* Reads the whole database once. SYNFIN_E_MEMORY; a system without a database has no names, which is no error. */
int services_create(struct services **services, struct synfin_error *error);
void services_destroy(struct services *services);
/* NULL if the port has no name with that protocol: a name of the other protocol's is not its name. */
const char *services_name(const struct services *services, enum services_protocol protocol, uint16_t port);

#endif
