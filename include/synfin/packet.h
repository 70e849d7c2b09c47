/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One decoded frame.
 *
 * A struct synfin_packet is a borrowed view: it, and the bytes it points to, are valid during one callback. Numbers are in host
 * order. Odd values are data: nothing is rejected because it is strange, and what could not be read is absent (its layer is not in
 * the array, its `has_` flag is clear) rather than zero.
 *
 * Two lengths go through everything. `length` is what the wire declared, `captured` is what was recorded: a packet cut by the
 * snapshot length is not a malformed packet.
 */
#ifndef SYNFIN_PACKET_H
#define SYNFIN_PACKET_H

#include <stdbool.h>
#include <stdint.h>

#include <synfin/api.h>

SYNFIN_DECLARATIONS_BEGIN

/* The most layers that are decoded; what lies deeper stays undecoded (SYNFIN_FAULT_DEPTH). */
#define SYNFIN_LAYERS_MAX 48
/* The most SACK blocks that fit TCP's 40 bytes of options (RFC 2018 s3). */
#define SYNFIN_SACK_MAX 4

/* Link types as the savefile formats number them (LINKTYPE_ values, not a platform's DLT_ ones). */
enum synfin_link_type {
	SYNFIN_LINK_NULL = 0,
	SYNFIN_LINK_ETHERNET = 1,
	SYNFIN_LINK_PPP = 9,
	SYNFIN_LINK_PPP_HDLC = 50,
	SYNFIN_LINK_PPPOE = 51,
	SYNFIN_LINK_RAW = 101,
	SYNFIN_LINK_LOOP = 108,
	SYNFIN_LINK_SLL = 113,
	SYNFIN_LINK_IPV4 = 228,
	SYNFIN_LINK_IPV6 = 229,
	SYNFIN_LINK_SLL2 = 276,
};

enum synfin_layer_kind {
	SYNFIN_LAYER_NONE = 0,
	SYNFIN_LAYER_ETHERNET, /* 14 bytes; 802.3 length frames are followed by LLC */
	SYNFIN_LAYER_SLL,
	SYNFIN_LAYER_SLL2,
	SYNFIN_LAYER_NULL,     /* 4 bytes of address family; LINKTYPE_NULL and _LOOP */
	SYNFIN_LAYER_RAW,      /* no bytes at all: the IP header follows */
	SYNFIN_LAYER_PPP,      /* with or without address and control bytes, one or two bytes of protocol */
	SYNFIN_LAYER_VLAN,     /* one 802.1Q or 802.1ad tag */
	SYNFIN_LAYER_LLC,      /* 802.2 */
	SYNFIN_LAYER_SNAP,     /* the five bytes after an LLC header AA AA 03 */
	SYNFIN_LAYER_STP,
	SYNFIN_LAYER_PPPOE,
	SYNFIN_LAYER_MPLS,     /* the whole label stack */
	SYNFIN_LAYER_ARP,      /* ARP and RARP */
	SYNFIN_LAYER_IPV4,
	SYNFIN_LAYER_IPV6,
	SYNFIN_LAYER_HOP_BY_HOP,
	SYNFIN_LAYER_DESTINATION,
	SYNFIN_LAYER_ROUTING,
	SYNFIN_LAYER_FRAGMENT,
	SYNFIN_LAYER_MOBILITY,
	SYNFIN_LAYER_AH,
	SYNFIN_LAYER_NO_NEXT_HEADER,
	SYNFIN_LAYER_ICMP,
	SYNFIN_LAYER_ICMPV6,
	SYNFIN_LAYER_IGMP,
	SYNFIN_LAYER_UDP,
	SYNFIN_LAYER_TCP,
	SYNFIN_LAYER_GRE,
	SYNFIN_LAYER_VXLAN,
	SYNFIN_LAYER_GENEVE,
	SYNFIN_LAYER_IP_FRAGMENT, /* the bytes of an IP fragment that is not the first one */
	SYNFIN_LAYER_PAYLOAD,  /* application bytes of TCP or UDP; absent when there are none declared, or the header before it is cut */
	SYNFIN_LAYER_UNKNOWN_ETHERTYPE, /* .type is the number */
	SYNFIN_LAYER_UNKNOWN_PPP,       /* .type is the PPP protocol */
	SYNFIN_LAYER_UNKNOWN_FAMILY,    /* .type is the address family of a NULL header, or the version nibble of a RAW one */
	SYNFIN_LAYER_UNKNOWN_IP,        /* .type is the IP protocol; its header is not decoded here */
	SYNFIN_LAYER_UNKNOWN_LINK,      /* a link type that is not decoded here */
	SYNFIN_LAYER_KINDS
};

/*
 * One layer: a header and everything it carries. `offset` counts from the first byte of the frame; `length` is what the layers
 * around it declare from there on (header included) and `captured` how many of those bytes are in hand (captured <= length, but for an
 * IPv4 header that its own total length allows and its carrier's length does not; offset + captured <= the packet's captured). A layer is followed by another only if its whole header was read: the next one begins at
 * offset + header.
 */
struct synfin_layer {
	uint8_t kind;     /* enum synfin_layer_kind */
	uint8_t fault;    /* SYNFIN_FAULT_ bits that belong to this layer */
	uint16_t header;  /* bytes of its own header, 0 if that could not be read */
	uint16_t type;    /* the number that chose this layer (ethertype, IP protocol, PPP protocol, port dispatch); 0 for the link */
	uint16_t next;    /* the number by which this header names what follows; 0 if it names nothing */
	uint32_t offset;
	uint32_t length;
	uint32_t captured;
};

enum synfin_fault {
	SYNFIN_FAULT_CUT = 1,       /* a header goes beyond the captured bytes (snapshot length, not malformed) */
	SYNFIN_FAULT_SHORT = 2,     /* a header does not fit what the layer around it declares */
	SYNFIN_FAULT_LENGTH = 4,    /* a length field contradicts the bytes around it */
	SYNFIN_FAULT_VERSION = 8,   /* an IP header with another version than its carrier said */
	SYNFIN_FAULT_DEPTH = 16,    /* more than SYNFIN_LAYERS_MAX layers, or a chain without end */
	SYNFIN_FAULT_OPTIONS = 32,  /* an option list that does not parse */
	SYNFIN_FAULT_ORDER = 64,    /* a hop-by-hop header that does not follow the IPv6 header */
};

/* TCP header flags as they stand in bytes 12 and 13 (RFC 9293 s3.1; AE is the former NS, RFC 9768). */
enum synfin_tcp_flag {
	SYNFIN_TCP_FIN = 0x001,
	SYNFIN_TCP_SYN = 0x002,
	SYNFIN_TCP_RST = 0x004,
	SYNFIN_TCP_PSH = 0x008,
	SYNFIN_TCP_ACK = 0x010,
	SYNFIN_TCP_URG = 0x020,
	SYNFIN_TCP_ECE = 0x040,
	SYNFIN_TCP_CWR = 0x080,
	SYNFIN_TCP_AE = 0x100,
};

/* Which options a TCP header carried, well-formed. */
enum synfin_tcp_option {
	SYNFIN_TCPOPT_MSS = 1,
	SYNFIN_TCPOPT_WINDOW_SCALE = 2,
	SYNFIN_TCPOPT_SACK_PERMITTED = 4,
	SYNFIN_TCPOPT_SACK = 8,
	SYNFIN_TCPOPT_TIMESTAMPS = 16,
	SYNFIN_TCPOPT_FAST_OPEN = 32, /* kind 34, or the experimental kind 254 with magic 0xF989 */
	SYNFIN_TCPOPT_MPTCP = 64,
	SYNFIN_TCPOPT_MD5 = 128,
	SYNFIN_TCPOPT_AO = 256,
};

/* An IP address of either family: IPv4 stands as ::ffff:a.b.c.d, so its four bytes are bytes[12..15]. */
struct synfin_address {
	uint8_t bytes[16];
};

struct synfin_sack_block {
	uint32_t left;  /* first sequence number of the block */
	uint32_t right; /* the one after its last */
};

/* The innermost TCP header. Valid when packet.has_tcp: its 20 fixed bytes were captured and its data offset is at least 5. */
struct synfin_tcp {
	uint16_t source_port;
	uint16_t destination_port;
	uint32_t seq;
	uint32_t ack;            /* meaningful with SYNFIN_TCP_ACK only, but always as on the wire */
	uint16_t flags;          /* enum synfin_tcp_flag */
	uint16_t window;         /* as on the wire, never scaled */
	uint16_t urgent;
	uint16_t checksum;
	uint16_t header;         /* data offset in bytes, 20 to 60; may exceed the segment (SYNFIN_FAULT_LENGTH on its layer) */
	uint16_t options;        /* enum synfin_tcp_option bits of the options below that are present and well-formed */
	uint32_t declared;       /* bytes of data that the IP lengths declare; 0 if the header exceeds the segment */
	uint32_t payload;        /* ... and that the frame can have held, see below */
	uint32_t payload_captured;
	uint32_t payload_offset; /* from the first byte of the frame; beyond the captured bytes if the header is cut */
	uint32_t timestamp_value;
	uint32_t timestamp_echo;
	uint16_t mss;
	uint8_t window_scale;    /* as on the wire, 0 to 255; RFC 7323 s2.3 limits its use to 14 */
	uint8_t sack_count;
	struct synfin_sack_block sack[SYNFIN_SACK_MAX];
};

/*
 * A frame that was too short for the bytes its IP header declares never held them, so `payload` counts those that it did hold, as the
 * layers around the IP header say. But where these end with the TCP header the savefile was cut by something that did not leave the
 * frame's length alone, and IP is believed, unless what it declares is no more than the shortest Ethernet frame holds: then it counts
 * that frame's padding.
 */

/* The innermost IP header. Valid when packet.ip_version is 4 or 6. */
struct synfin_ip {
	struct synfin_address source;
	struct synfin_address destination;
	uint16_t id;             /* IPv4 identification; 0 for IPv6 */
	uint8_t ttl;             /* or hop limit */
	uint8_t traffic_class;   /* TOS or traffic class */
	uint8_t protocol;        /* the upper-layer protocol after all extension headers; 59 (none) if the chain ends early */
	bool fragment;           /* part of a fragmented datagram; an atomic fragment (RFC 6946) is none */
	bool first_fragment;     /* ... the part with offset 0 */
	bool routed;             /* the destination is a hop on a route: the one at the other end is `final` */
	struct synfin_address final; /* the last address of the source route or routing header, if `routed` */
};

struct synfin_packet {
	int64_t time_ns;         /* since the epoch; may run backwards */
	int64_t seconds;         /* the time stamp as it was recorded: seconds since the epoch ... */
	uint32_t fraction;       /* ... and micro- or nanoseconds, which a damaged file may put beyond a second */
	bool nanoseconds;        /* unit of fraction */
	uint64_t frame;          /* 1-based number in this run */
	const uint8_t *bytes;
	uint32_t captured;       /* bytes at `bytes` */
	uint32_t length;         /* bytes on the wire, as recorded: a damaged file may say fewer than captured */
	uint32_t interface;      /* index of the interface, 0-based, as the source numbers them */
	uint16_t link_type;      /* LINKTYPE_ value */
	uint8_t ip_version;      /* of the innermost IP header: 0 none, 4, 6 */
	uint8_t fault;           /* union of all layers' fault bits */
	bool has_tcp;
	bool has_udp;            /* a UDP header directly inside the innermost IP header */
	uint8_t layer_count;
	uint8_t tcp_layer;       /* index of the TCP layer when has_tcp */
	uint32_t vlan;           /* last two tags before the innermost IP header, outer VLAN id << 16 | inner; 0xffff for no tag */
	uint32_t tunnel;         /* identity of the tunnel around the innermost IP header (kind and VNI, key or session folded); 0 without */
	struct synfin_ip ip;
	uint16_t udp_source_port;
	uint16_t udp_destination_port;
	struct synfin_tcp tcp;
	struct synfin_layer layers[SYNFIN_LAYERS_MAX];
};

SYNFIN_DECLARATIONS_END

#endif
