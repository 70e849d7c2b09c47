/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Bytes to struct synfin_packet.
 *
 * decode_frame() walks a frame from its link header inwards. Each protocol has a function in a file of its own that is handed a
 * walk (the packet being filled and the bytes still ahead), appends its layer and says what comes next; the loop in decode.c calls the
 * next one, so nothing recurses and nothing can be nested without end. Every byte is read through the cursor.
 *
 * A layer is appended for every header that begins, even if it is cut or wrong: its `fault` says so, its `header` is 0 if it could
 * not be read, and nothing follows it that cannot be trusted. Lengths are as tcpdump counts them, because people compare: the IP
 * total length cuts what is beyond it (Ethernet padding is no payload), and so does an 802.3 length. If it declares more than the
 * layer around it has, the layers inside have the declared length, as tcpdump prints it, and SYNFIN_FAULT_LENGTH stands on the IP layer.
 */
#ifndef SYNFIN_DECODE_DECODE_H
#define SYNFIN_DECODE_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <synfin/packet.h>

/*
 * Fill *packet from a frame. `bytes` has `captured` bytes and stays the caller's; `length` is the length on the wire. A length below
 * `captured` stands in the packet as it was given, for a printer to remark on, but the layers take `captured` instead. Never fails.
 *
 * Left alone: time_ns, seconds, fraction, nanoseconds, frame and interface, which are the caller's. Left as they were, because clearing
 * them would cost as much as decoding: layers beyond layer_count, ip without ip_version, tcp without has_tcp (and what a TCP option
 * tells without its bit in tcp.options, SACK blocks beyond sack_count), the UDP ports without has_udp.
 */
void decode_frame(struct synfin_packet *packet, uint16_t link_type, const uint8_t *bytes, uint32_t captured, uint32_t length);

/*
 * Fill *packet from an IP datagram that stands inside another packet, as ICMP errors quote it: bytes[0] is its first byte,
 * `captured` bytes of it are in hand and `length` were quoted (tcpdump takes the datagram's own total length for that). version is 4
 * or 6 (what the carrier says). Offsets count from `bytes`.
 */
void decode_datagram(struct synfin_packet *packet, int version, const uint8_t *bytes, uint32_t captured, uint32_t length);

/* Whether decode_frame() knows a link type (a LINKTYPE_ number); otherwise frames decode to one SYNFIN_LAYER_UNKNOWN_LINK. */
bool decode_knows_link(uint16_t link_type);

/*
 * The Internet checksum over a TCP, UDP or ICMPv6 message and its pseudo header (RFC 9293 s3.1, RFC 8200 s8.1): the folded sum, 0xffff if
 * the checksum field in it is right. `layer` is the index of the message's layer; 0 if the message was not captured whole. IPv4 source
 * routes and IPv6 routing headers give the final destination, as tcpdump computes it: also when the route has been travelled.
 */
uint16_t decode_checksum(const struct synfin_packet *packet, unsigned layer);

/*
 * Whether the checksum of a TCP header has not been computed yet: in its field stands the sum over the pseudo header alone, which the host
 * leaves there for its network card to go on from. One in 65536 packets looks so by chance. Needs none of the data.
 */
bool decode_checksum_is_due(const struct synfin_packet *packet, unsigned layer);

#endif
