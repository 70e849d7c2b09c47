/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Names of a connection that other programs can use too.
 *
 * The Community ID (version 1, seed 0) is what Zeek, Suricata and others compute from the addresses, ports and protocol alone, so one pair
 * of sockets has the same in all of them, and in each incarnation. The uid is ours: one for each connection, the same in every run over
 * the same packets. It looks like Zeek's: C and 17 letters and digits.
 */
#ifndef SYNFIN_VIEWS_COMMUNITY_ID_H
#define SYNFIN_VIEWS_COMMUNITY_ID_H

#include <stdint.h>

#include <synfin/connection.h>

/* With the NUL. */
#define COMMUNITY_ID_SIZE 31
#define UID_SIZE 19

/* Of TCP between two addresses of one family (ip_version 4 or 6) and ports, in either order. */
void community_id(char text[COMMUNITY_ID_SIZE], const struct synfin_address address[2], const uint16_t port[2], unsigned ip_version);
/* A record's first packet has it already: made of the addresses, ports, VLAN, tunnel, the first time and the incarnation. */
void connection_uid(char text[UID_SIZE], const struct synfin_connection *connection);

#endif
