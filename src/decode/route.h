/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Routes that a packet's sender laid down: IPv4 source routes (RFC 791 s3.1), IPv6 routing headers (RFC 8200 s4.4, RFC 6275 s6.4,
 * RFC 8754 s2). While a part of the route lies ahead the IP header's destination is a hop, and the other end is the route's last address.
 */
#ifndef SYNFIN_DECODE_ROUTE_H
#define SYNFIN_DECODE_ROUTE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

struct route {
	const uint8_t *end; /* the last address, of 4 or 16 bytes, in the bytes that were looked at; NULL if there is no route */
	bool ahead;         /* not all of it has been travelled */
};

/* options: what follows the 20 fixed bytes of an IPv4 header. */
struct route route_of_options(struct cursor options);
/* header: a whole routing header. Types 0 and 2 end with the last address, the list of type 4 begins with it; others are not known. */
struct route route_of_header(struct cursor header);

#endif
