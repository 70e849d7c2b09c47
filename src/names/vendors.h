/* SPDX-License-Identifier: BSD-3-Clause */
/* The makers of network interfaces that tcpdump names: a handful, not the register of organisations. */
#ifndef SYNFIN_NAMES_VENDORS_H
#define SYNFIN_NAMES_VENDORS_H

#include <stdint.h>

/* The maker that the first three bytes of a MAC address stand for; NULL if it has no name here. Static storage. */
const char *vendor_name(uint32_t oui);

#endif
