/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The printers of DNS, DHCP, NTP, TFTP and syslog, as print_payload() calls them: line->at is over the captured bytes of the data, line->length is how
 * many were sent, which is 0 for an empty datagram. They put whatever stands between the header's text and theirs.
 *
 * tcpdump bounds what they read by the IP packet, not by the length in the UDP header: application_widen() lets line->at end there.
 */
#ifndef SYNFIN_LINES_APPLICATION_H
#define SYNFIN_LINES_APPLICATION_H

#include "lines/print.h"

void print_domain_tcp(struct line *line);
void print_domain_udp(struct line *line);
void print_domain_multicast(struct line *line);
void print_dhcp(struct line *line);
void print_ntp(struct line *line);
void print_tftp(struct line *line);
void print_syslog(struct line *line);

/*
 * dns_name.c: the domain name at offset `at` of the layer, whose pointers count from `start`. Returns the offset behind it; 0 if it is cut or
 * makes no sense, which is for the caller to say.
 */
size_t put_domain_name(struct line *line, size_t start, size_t at);

/* application.c */

/* Let line->at begin at the data and end with the captured bytes of the IP packet. */
void application_widen(struct line *line);
/*
 * Text from the packet: n bytes from `offset` of the data, those beyond the captured ones left out. false if any were.
 */
bool put_visible_bytes(struct line *line, size_t offset, size_t n);
/* ... up to a NUL. false if there is none among n captured bytes. */
bool put_visible_string(struct line *line, size_t offset, size_t n);
/* A span of time: 1d2h3m4s. */
void put_span(struct line *line, uint32_t seconds);

#endif
