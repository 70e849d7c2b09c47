/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Inside lines/: the packet being printed, and one printer for each layer kind.
 *
 * line.c walks packet->layers and calls the printer of each. A printer reads its details through line->at, a cursor over the layer's
 * captured bytes, positioned at the layer's first byte.
 *
 * Hard truncation. tcpdump abandons a packet at the first read beyond the captured bytes and ends the line with " [|proto]". Here
 * such a read latches the cursor's fault, and from then on the put_ functions below write nothing: a printer reads straight
 * on, and line.c adds " [|proto]" with line->protocol and stops. So values that tcpdump reads before it prints anything of a piece of
 * text must be read before that piece is put. Loops must end on !cursor_ok(&line->at).
 *
 * Soft truncation (an explicit check after which tcpdump prints " [|proto]" and returns) is line_truncated().
 */
#ifndef SYNFIN_LINES_PRINT_H
#define SYNFIN_LINES_PRINT_H

#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/output.h"
#include "lines/clock.h"
#include "lines/line.h"
#include "names/interfaces.h"

struct relative_table;
struct services;

/* What is kept from packet to packet. */
struct line_printer {
	struct line_options options;
	struct line_clock clock;
	struct relative_table *relative;
	struct services *services; /* NULL with -n */
	struct interfaces interfaces;
	bool interface_known;      /* SLL2: the interface named last */
	uint32_t interface_number;
	char interface_name[IF_NAMESIZE];
	bool dump;                 /* the packet of the last line_text() may be dumped: its record header made sense */
	uint32_t dump_from;        /* its first byte that -x, -X and -A show */
};

struct line {
	struct output *out;
	const struct line_options *options;
	struct line_printer *printer;
	const struct synfin_packet *packet;
	struct cursor at;       /* over the current layer's captured bytes */
	uint32_t length;        /* the current layer's declared length */
	const char *protocol;   /* the name for [|...]; set by line.c for each layer, changed by a printer through line_protocol() */
	unsigned index;         /* of the current layer in packet->layers */
	uint32_t link_header;   /* bytes at the start of the frame that -x, -X and -A leave out; set by the link layers' printers */
	bool stop;              /* a printer ended the packet: what follows is not printed */
	bool hard;              /* ended by a hard truncation: the dump starts at the link header */
	size_t summary;         /* output_length() just after the TCP summary; 0 if none was printed */
	unsigned depth;         /* of quoted datagrams */
	uint32_t names_spent;   /* what following domain names has taken so far, see dns_name.c */
};

typedef void line_layer_fn(struct line *line, const struct synfin_layer *layer);

static inline bool line_alive(const struct line *line)
{
	return cursor_ok(&line->at);
}

static inline void put_text(struct line *line, const char *text)
{
	if (line_alive(line))
		output_text(line->out, text);
}

static inline void put_char(struct line *line, char c)
{
	if (line_alive(line))
		output_char(line->out, c);
}

static inline void put_decimal(struct line *line, uint64_t value)
{
	if (line_alive(line))
		output_decimal(line->out, value);
}

/* Lower case hexadecimal without 0x, at least `digits` digits. */
static inline void put_hex(struct line *line, uint64_t value, unsigned digits)
{
	if (line_alive(line))
		output_hex(line->out, value, digits);
}

/* As a number, also where names are wanted: what tcpdump writes so. */
static inline void put_ipv4_number(struct line *line, const uint8_t *four)
{
	if (line_alive(line))
		output_ipv4(line->out, four);
}

static inline void put_ipv6_number(struct line *line, const uint8_t *sixteen)
{
	if (line_alive(line))
		output_ipv6(line->out, sixteen);
}

/* addresses.c: an address by its name; false, and nothing is put, if it has none. */
bool put_host_ipv4(struct line *line, const uint8_t *four);
bool put_host_ipv6(struct line *line, const uint8_t *sixteen);

static inline void put_ipv4(struct line *line, const uint8_t *four)
{
	if (line_alive(line) && !(line->options->hosts && put_host_ipv4(line, four)))
		output_ipv4(line->out, four);
}

static inline void put_ipv6(struct line *line, const uint8_t *sixteen)
{
	if (line_alive(line) && !(line->options->hosts && put_host_ipv6(line, sixteen)))
		output_ipv6(line->out, sixteen);
}

/* printf, for what is not on the hot path. */
#define put_format(line, ...) \
	do { \
		if (line_alive(line)) \
			output_format((line)->out, __VA_ARGS__); \
	} while (0)

/* Name the printer at work for " [|...]"; without effect after a fault. */
static inline void line_protocol(struct line *line, const char *protocol)
{
	if (line_alive(line))
		line->protocol = protocol;
}

/* Soft truncation: put " [|protocol]" and end the packet. The dump starts after the link header, as always. */
static inline void line_truncated(struct line *line)
{
	if (line_alive(line)) {
		output_text(line->out, " [|");
		output_text(line->out, line->protocol);
		output_char(line->out, ']');
		line->stop = true;
	}
}

/* From here on, in line.c. */

/*
 * Print a datagram that is quoted inside the current layer, from the cursor's position on: decoded anew and printed by the same
 * printers. `length` bytes of it were quoted; version is 4 or 6. What was cut hard inside ends this packet's line too.
 */
void line_quoted(struct line *line, int version, uint32_t length);

/*
 * The hex and ASCII block that tcpdump prints for what it has no printer for, from the cursor's position to the end of the layer's
 * captured bytes; nothing with options->suppress_default.
 */
void line_default_dump(struct line *line);
/* The same in the places where tcpdump does not look at -q, -x and -X. */
void line_dump(struct line *line);

/* llc.c: end the current layer where the 802.3 length field before the LLC layer says so. */
void line_cut_to_length_field(struct line *line, unsigned llc_index);

/* dump.c: the blocks of -x, -X and -A. Each begins with a newline and ends without one. */
void dump_hex(struct output *out, const uint8_t *bytes, size_t n);
void dump_hex_ascii(struct output *out, const uint8_t *bytes, size_t n);
void dump_ascii(struct output *out, const uint8_t *bytes, size_t n);

/* addresses.c: ports, protocols and MAC addresses, by name unless options->numeric. */
void put_tcp_port(struct line *line, uint16_t port);
void put_udp_port(struct line *line, uint16_t port);
/* The name of an IP protocol; NULL if there is none. Does not look at options->numeric. */
const char *ip_protocol_name(uint8_t protocol);
/* `six` may be NULL after a fault. Followed by its vendor without -n. */
void put_mac(struct line *line, const uint8_t *six);

/* Ethertypes up to here are lengths (IEEE 802.3 s3.2.6). */
#define ETHERNET_LENGTH_MAX 1500
#define ETHERTYPE_JUMBO 0x8870

/* vlan.c: is this the ethertype of a tag? ... */
bool vlan_is_tag(uint16_t type);
/* ... and the index of the layer that carries the layer at `index`, without the tags between; 0 if there is none. */
unsigned vlan_carrier(const struct line *line, unsigned index);

/* ethernet.c: "ethertype IPv4 (0x0800)" ... */
void put_ethertype(struct line *line, uint16_t type);
/* ... as the type field of an Ethernet header or a VLAN tag (a length is "802.3", -q makes it short) ... */
void put_type_field(struct line *line, uint16_t type);
/* ... its name alone; NULL if it has none ... */
const char *ethertype_name(uint16_t type);
/* ... "SOURCE > DESTINATION, ethertype IPv4 (0x0800), length 60: " of the Ethernet header at `header`; `type` may be that of a VLAN tag behind it ... */
void put_ethernet_header(struct line *line, const uint8_t *header, uint16_t type, uint32_t length);
/* ... and sll.c: what stands at the front with -e, or in front of what has no printer. */
void put_cooked_header(struct line *line, const struct synfin_layer *layer, uint32_t length);

/* One printer for each layer kind; the files are named after them. */
line_layer_fn print_ethernet, print_sll, print_sll2, print_null, print_raw, print_ppp, print_vlan, print_llc, print_snap, print_stp, print_pppoe,
	print_mpls, print_arp;
line_layer_fn print_ipv4, print_ipv6, print_hop_by_hop, print_destination, print_routing, print_fragment, print_mobility, print_ah,
	print_no_next_header, print_ip_fragment, print_unknown_ip;
line_layer_fn print_udp, print_tcp, print_gre, print_vxlan, print_geneve;
line_layer_fn print_icmp, print_icmpv6, print_igmp;
line_layer_fn print_payload; /* application text: picks by port as tcpdump does */
line_layer_fn print_unknown_ethertype, print_unknown_ppp, print_unknown_family, print_unknown_link;

/*
 * relative.c: bases of relative sequence numbers, as tcpdump keeps them: keyed by address pair and ports with both directions folded,
 * separate for IPv4 and IPv6, never expiring.
 */
struct relative_numbers {
	uint32_t seq;       /* what to print for the sequence number */
	uint32_t ack;       /* and for the acknowledgment number */
	uint32_t sack_base; /* what to take off SACK edges */
};
int relative_create(struct relative_table **table, struct synfin_error *error);
void relative_destroy(struct relative_table *table);
/* line_ahead() for this table. */
bool relative_ahead(struct relative_table *table, const struct synfin_packet *packets, unsigned count);
/* Without SYNFIN_TCP_ACK in tcp->flags: the numbers as they are, and the table stays as it is. Not to be called with -S. */
struct relative_numbers relative_lookup(struct relative_table *table, const struct synfin_ip *ip, int ip_version, const struct synfin_tcp *tcp);

#endif
