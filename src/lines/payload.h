/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Application text.
 *
 * print_payload() (print.h) finds the printer that claims a segment's or datagram's ports and lets it print the layer
 * SYNFIN_LAYER_PAYLOAD. For TCP it is called after ", length N" and puts the separator itself. For UDP the header's printer must
 * know before: what nobody claims is "UDP, length N". A datagram without bytes has no payload layer, but the printer that claims it has its say.
 */
#ifndef SYNFIN_LINES_PAYLOAD_H
#define SYNFIN_LINES_PAYLOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "lines/print.h"

/* Prints application bytes: line->at is over those captured, line->length is how many were sent, line->protocol is set. */
typedef void payload_fn(struct line *line);

/* Whether a printer claims a datagram with these ports. */
bool payload_has_udp_printer(const struct line *line, uint16_t source, uint16_t destination);
/* What that printer says of a datagram without bytes. */
void payload_print_empty_udp(struct line *line, uint16_t source, uint16_t destination);

/* The printers, each in the file of its name; text.c has those that share the form of lines. */
payload_fn print_telnet, print_resp, print_ssh;
payload_fn print_smtp, print_whois, print_ftp, print_http, print_rtsp, print_sip;

#endif
