/* SPDX-License-Identifier: BSD-3-Clause */
/* Names of this machine's network interfaces, also once nothing can be opened any more. */
#ifndef SYNFIN_NAMES_INTERFACES_H
#define SYNFIN_NAMES_INTERFACES_H

#include <net/if.h>
#include <stdint.h>

/* What asks the system. */
struct interfaces {
	int descriptor; /* of a socket that is only asked; -1: none */
};

/* Open what is needed to ask; without it no interface has a name, which is no error. */
void interfaces_open(struct interfaces *interfaces);
void interfaces_close(struct interfaces *interfaces);
/* The name of the interface of that number as it is called now, in `room`; NULL if there is none. */
const char *interfaces_name(const struct interfaces *interfaces, uint32_t number, char room[IF_NAMESIZE]);

#endif
