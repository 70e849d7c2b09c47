/* SPDX-License-Identifier: BSD-3-Clause */
/* Pieces of text that several views have. */
#ifndef SYNFIN_VIEWS_TEXT_PARTS_H
#define SYNFIN_VIEWS_TEXT_PARTS_H

#include <stdbool.h>

#include <synfin/connection.h>

#include "base/output.h"
#include "names/hosts.h"

/* "11.269 ms". Microseconds are what captures resolve, so more digits would be made up. */
void text_milliseconds(struct output *out, int64_t nanoseconds);
/*
 * Address and port of an end: with '.', as tcpdump writes them; with ':', an IPv6 address in brackets. The name in the address's place if
 * `hosts` knows one; NULL does not.
 */
void text_socket(struct output *out, struct hosts *hosts, const struct synfin_connection *connection, unsigned end, char separator);
/* "vlan 81", "vlan 80/81": the tags that tell the connection from others with its addresses and ports. Returns whether it has any. */
bool text_vlan(struct output *out, const struct synfin_connection *connection);
/* An address as tcpdump writes it. */
void text_address(struct output *out, const struct synfin_address *address, unsigned ip_version);
/* RFC 3339 in UTC with nine decimals: 2026-11-20T02:15:11.010113000Z. Any 64-bit time has a year of four digits, 1677 to 2262. */
void text_utc(struct output *out, int64_t time_ns);
/* A duration in few characters: "11ms", "5.3s", "9m", "3h", "2d". */
void text_duration(struct output *out, int64_t nanoseconds);
/* A count of bytes in few characters: "517", "3.1k", "91k", "5.4G"; decimal units. */
void text_amount(struct output *out, uint64_t amount);

#endif
