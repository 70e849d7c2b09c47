/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The messages of ICMPv6 that have files of their own. The current layer is the message; each is called after its name was put
 * (and, for those that say so, its length).
 */
#ifndef SYNFIN_LINES_ICMPV6_H
#define SYNFIN_LINES_ICMPV6_H

#include "lines/print.h"

/* neighbour.c: RFC 4861 */
void print_router_solicitation(struct line *line);
void print_router_advertisement(struct line *line);
void print_neighbour_solicitation(struct line *line);
void print_neighbour_advertisement(struct line *line);
void print_redirect(struct line *line);
/* neighbour_options.c: the options from `offset` on; with -v only. */
void print_neighbour_options(struct line *line, size_t offset);

/* mld.c: RFC 2710, RFC 3810 */
void print_mld_query(struct line *line);
void print_mld_message(struct line *line);
void print_mld2_report(struct line *line);

/* router_renumbering.c, node_information.c, mobile_icmpv6.c: RFC 2894, RFC 4620, RFC 6275 */
void print_router_renumbering(struct line *line);
void print_node_information(struct line *line);
void print_home_agents(struct line *line);
void print_mobile_prefix(struct line *line);

/* rpl.c: RFC 6550 */
void print_rpl(struct line *line);

#endif
