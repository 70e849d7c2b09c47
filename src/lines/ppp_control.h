/* SPDX-License-Identifier: BSD-3-Clause */
/* The control and authentication protocols of PPP, and what they share with ppp.c. */
#ifndef SYNFIN_LINES_PPP_CONTROL_H
#define SYNFIN_LINES_PPP_CONTROL_H

#include "lines/print.h"

/* ppp.c: the name of a protocol; NULL if it has none. */
const char *ppp_protocol_name(uint16_t number);

/* Print the packet of a control protocol, whose code the cursor is at. */
void print_ppp_control(struct line *line, const struct synfin_layer *layer, const char *name);

/* ppp_authentication.c */
void print_ppp_pap(struct line *line, const struct synfin_layer *layer);
void print_ppp_chap(struct line *line, const struct synfin_layer *layer);

/*
 * ppp_options.c: `left` bytes of options from `at` on, of a packet of `longest` bytes. Nothing for a protocol that has none ...
 */
void ppp_put_options(struct line *line, uint16_t protocol, size_t at, unsigned longest, unsigned left);
/* ... the maker whose number is at `at`, behind the text `front` ... */
void ppp_put_vendor(struct line *line, const char *front, size_t at);
/* ... and bytes as tcpdump's print_unknown_data() shows them, with what it says of bytes that lie behind the packet. */
void ppp_put_unknown(struct line *line, const char *indent, size_t at, size_t n);

#endif
