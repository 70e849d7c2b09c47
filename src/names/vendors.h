/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The makers of network interfaces: the handful that tcpdump names, and the register of the IEEE if this system has it installed.
 *
 * Of the register only the blocks of three bytes are known (MA-L); those who bought smaller ones are under the name of the register itself.
 */
#ifndef SYNFIN_NAMES_VENDORS_H
#define SYNFIN_NAMES_VENDORS_H

#include <stdint.h>

struct vendors;

/* The first three bytes of a MAC address that tcpdump has a name for; NULL if it has none. Static storage. */
const char *vendor_name(uint32_t oui);

/*
 * Open the register, in the format of the IEEE's oui.txt: at `path`, or, if that is NULL, where systems keep it. NULL if there is none, which is no
 * error. It is read when a name is asked for the first time.
 */
struct vendors *vendors_open(const char *path);
void vendors_close(struct vendors *vendors);
/* What the register says, in bytes that are to be escaped; NULL if it has no name, or there is no memory for it. Valid until it is closed. */
const char *vendors_name(struct vendors *vendors, uint32_t oui);

#endif
