/* SPDX-License-Identifier: BSD-3-Clause */
/* What the printers above IP need of the IP header that carries the current layer. */
#ifndef SYNFIN_LINES_CARRIER_H
#define SYNFIN_LINES_CARRIER_H

#include <stdbool.h>
#include <stdint.h>

#include "lines/print.h"

struct carrier {
	const struct synfin_layer *layer; /* the nearest IP header outside the current layer */
	const uint8_t *header;            /* its first byte */
	uint8_t version;
	bool fragment;                    /* fragmented, so that no checksum can be verified (an atomic fragment counts as well) */
	bool authenticated;               /* an AH stands between it and the current layer */
};

/* false if no whole IP header is around the current layer, which no caller should see. */
bool carrier_find(const struct line *line, struct carrier *carrier);

/* `A > B:` */
void put_hosts(struct line *line, const struct carrier *carrier);
/* Puts one port. */
typedef void line_port_fn(struct line *line, uint16_t port);
/* `A.1 > B.2: `, or `1 > 2: ` behind an extension header or AH, which have put the addresses already. */
void put_flow(struct line *line, const struct carrier *carrier, uint8_t protocol, uint16_t source, uint16_t destination, line_port_fn *put_port);

/*
 * The checksum that should have stood where `found` does, from the folded sum over everything (0xffff if it is right); of the two
 * forms of zero that ones' complement has, the one that tcpdump prints.
 */
uint16_t checksum_should_be(uint16_t found, uint16_t folded);

/* Why something cannot be printed: " (invalid)". */
static inline void put_invalid(struct line *line)
{
	put_text(line, " (invalid)");
}

/* The printer checks every read itself: what was cut in it is cut softly. */
static inline void line_soften(struct line *line)
{
	if (!line_alive(line)) {
		line->at.fault = false;
		line_truncated(line);
	}
}

/* unknown_ip.c: the name of an IP protocol in the parentheses of -v. */
const char *ip_protocol_title(uint8_t protocol);
/* What is said of an IP protocol without a printer: ` ip-proto-253 20`. */
void put_unknown_protocol(struct line *line, uint8_t protocol, uint32_t length);

#endif
