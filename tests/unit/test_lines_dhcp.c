/* SPDX-License-Identifier: BSD-3-Clause */
/* BOOTP and DHCP, a message each. The expected texts were printed by tcpdump 4.99.3. */
#include "lines_application.h"
#include "suite.h"

#define ZEROS_8 "\000\000\000\000\000\000\000\000"
#define ZEROS_16 ZEROS_8 ZEROS_8
#define ZEROS_64 ZEROS_16 ZEROS_16 ZEROS_16 ZEROS_16
#define ZEROS_128 ZEROS_64 ZEROS_64

static const struct application_example examples[] = {
	{ .what = "a request, short", .source = 68, .destination = 67,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "c\202Sc" "5\001\001" "\377"),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 244" },
	{ .what = "a reply, short", .source = 67, .destination = 68,
	  BYTES("\002\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "c\202Sc" "5\001\002" "\377"),
	  .text = "BOOTP/DHCP, Reply, length 244" },
	{ .what = "an unknown operation", .source = 67, .destination = 68,
	  BYTES("\011\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "c\202Sc" "\377"),
	  .text = "BOOTP/DHCP, unknown (0x09), length 241" },
	{ .what = "every field", .verbose = 2, .source = 68, .destination = 67,
	  BYTES("\001\001\006\001" "\0224Vx" "\000\007\200\000" "\001\002\003\004\005\006\007\010\011\012\013\014\015\016\017\020"
		"\000\001\002\003\004\005" ZEROS_8 "\000\000" "server" ZEROS_16 ZEROS_16 ZEROS_16 ZEROS_8 "\000\000" "boot\001file"
		ZEROS_64 ZEROS_16 ZEROS_16 ZEROS_16 "\000\000\000\000\000\000\000" "c\202Sc" "5\001\001" "\377"),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 244, hops 1, xid 0x12345678, secs 7, Flags [Broadcast] (0x8000)\n"
	  "\t  Client-IP 1.2.3.4\n"
	  "\t  Your-IP 5.6.7.8\n"
	  "\t  Server-IP 9.10.11.12\n"
	  "\t  Gateway-IP 13.14.15.16\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05\n"
	  "\t  sname \"server\"\n"
	  "\t  file \"boot^Afile\"\n"
	  "\t  Vendor-rfc1048 Extensions\n"
	  "\t    Magic Cookie 0x63825363\n"
	  "\t    DHCP-Message (53), length 1: Discover" },
	{ .what = "another hardware", .verbose = 1, .source = 68, .destination = 67,
	  BYTES("\001\006\010\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "c\202Sc" "5\001\001" "\377"),
	  .text = "BOOTP/DHCP, Request, length 244, htype 6, hlen 8, xid 0x12345678, Flags [none]\n"
	  "\t  Vendor-rfc1048 Extensions\n"
	  "\t    Magic Cookie 0x63825363\n"
	  "\t    DHCP-Message (53), length 1: Discover" },
	{ .what = "the message types", .verbose = 1, .source = 68, .destination = 67,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "c\202Sc" "5\001\005" "5\001\015" "5\001c" "5\002\001\002" "\377"),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 254, xid 0x12345678, Flags [none]\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05\n"
	  "\t  Vendor-rfc1048 Extensions\n"
	  "\t    Magic Cookie 0x63825363\n"
	  "\t    DHCP-Message (53), length 1: ACK\n"
	  "\t    DHCP-Message (53), length 1: LeaseActive\n"
	  "\t    DHCP-Message (53), length 1: Unknown (99)\n"
	  "\t    DHCP-Message (53), length 2: 1.2" },
	{ .what = "addresses, pairs, numbers", .verbose = 1, .source = 67, .destination = 68,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "c\202Sc" "\001\004\377\377\377\000" "\003\010\000\001\002\003\004\005\006\007"
		"\025\010\000\001\002\003\004\005\006\007" "3\004\000\000\016\020" "\002\004\377\377\361\360" "9\002\005\334"
		"\027\001@" "\023\003\000\001\002" "\377"),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 291, xid 0x12345678, Flags [none]\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05\n"
	  "\t  Vendor-rfc1048 Extensions\n"
	  "\t    Magic Cookie 0x63825363\n"
	  "\t    Subnet-Mask (1), length 4: 255.255.255.0\n"
	  "\t    Default-Gateway (3), length 8: 0.1.2.3,4.5.6.7\n"
	  "\t    PF (21), length 8: (0.1.2.3:4.5.6.7)\n"
	  "\t    Lease-Time (51), length 4: 3600\n"
	  "\t    Time-Zone (2), length 4: -3600\n"
	  "\t    MSZ (57), length 2: 1500\n"
	  "\t    TTL (23), length 1: 64\n"
	  "\t    IPF (19), length 3: N,Y,2?" },
	{ .what = "texts", .verbose = 1, .source = 68, .destination = 67,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "c\202Sc" "\014\006host\000\200" "<\010MSFT 5.0" "\017\000" "\377"),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 261, xid 0x12345678, Flags [none]\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05\n"
	  "\t  Vendor-rfc1048 Extensions\n"
	  "\t    Magic Cookie 0x63825363\n"
	  "\t    Hostname (12), length 6: \"host^@M-^@\"\n"
	  "\t    Vendor-Class (60), length 8: \"MSFT 5.0\"\n"
	  "\t    Domain-Name (15), length 0\"\"" },
	{ .what = "values that do not fit", .verbose = 1, .source = 67, .destination = 68,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "c\202Sc" "\001\005\001\002\003\004\005" "!\004\001\002\003\004" "4\002\001\001" "\377"),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 258, xid 0x12345678, Flags [none]\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05\n"
	  "\t  Vendor-rfc1048 Extensions\n"
	  "\t    Magic Cookie 0x63825363\n"
	  "\t    Subnet-Mask (1), length 5: 1.2.3.4\n"
	  "\t  trailing data length 1\n"
	  "\t    Static-Route (33), length 4: \n"
	  "\t  trailing data length 4\n"
	  "\t    OO (52), length 2: file\n"
	  "\t  trailing data length 1" },
	{ .what = "parameters", .verbose = 1, .source = 68, .destination = 67,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "c\202Sc" "7\006\001\003\006\017w\374" "\377"),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 249, xid 0x12345678, Flags [none]\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05\n"
	  "\t  Vendor-rfc1048 Extensions\n"
	  "\t    Magic Cookie 0x63825363\n"
	  "\t    Parameter-Request (55), length 6: \n"
	  "\t      Subnet-Mask (1), Default-Gateway (3), Domain-Name-Server (6), Domain-Name (15)\n"
	  "\t      Unknown (119), Unknown (252)" },
	{ .what = "client identifiers", .verbose = 1, .source = 68, .destination = 67,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "c\202Sc" "=\007\001\000\001\002\003\004\005" "=\005\3771234" "=\005\000name" "=\000" "\377"),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 266, xid 0x12345678, Flags [none]\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05\n"
	  "\t  Vendor-rfc1048 Extensions\n"
	  "\t    Magic Cookie 0x63825363\n"
	  "\t    Client-ID (61), length 7: ether 00:01:02:03:04:05\n"
	  "\t    Client-ID (61), length 5: hardware-type 255, 31:32:33:34\n"
	  "\t    Client-ID (61), length 5: \"name\"\n"
	  "\t    Client-ID (61), length 0[ERROR: length < 1 bytes]" },
	{ .what = "node types and overload", .verbose = 1, .source = 67, .destination = 68,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "c\202Sc" ".\001\010" ".\001\003" "4\001\003" "4\000" "\377"),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 252, xid 0x12345678, Flags [none]\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05\n"
	  "\t  Vendor-rfc1048 Extensions\n"
	  "\t    Magic Cookie 0x63825363\n"
	  "\t    Netbios-Node (46), length 1: h-node\n"
	  "\t    Netbios-Node (46), length 1: #3\n"
	  "\t    OO (52), length 1: file+sname\n"
	  "\t    OO (52), length 0[ERROR: length < 1 bytes]" },
	{ .what = "the client domain name", .verbose = 1, .source = 68, .destination = 67,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "c\202Sc" "Q\013\005\001\002host.lan" "Q\004\360\000\000x" "Q\001\000" "\377"),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 263, xid 0x12345678, Flags [none]\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05\n"
	  "\t  Vendor-rfc1048 Extensions\n"
	  "\t    Magic Cookie 0x63825363\n"
	  "\t    FQDN (81), length 11: [SE] 1/2 \"host.lan\"\n"
	  "\t    FQDN (81), length 4: [ERROR: MBZ nibble 0xf != 0] \"x\"\n"
	  "\t    FQDN (81), length 1: [ERROR: length < 3 bytes]" },
	{ .what = "relay agents", .verbose = 1, .source = 67, .destination = 67,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "c\202Sc" "R\022\001\004eth0\002\002\001\002\006\001s\011\003abc" "R\004\001\005ab" "R\001\001" "\377"),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 270, xid 0x12345678, Flags [none]\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05\n"
	  "\t  Vendor-rfc1048 Extensions\n"
	  "\t    Magic Cookie 0x63825363\n"
	  "\t    Agent-Information (82), length 18: \n"
	  "\t      Circuit-ID SubOption 1, length 4: eth0\n"
	  "\t      Remote-ID SubOption 2, length 2: ^A^B\n"
	  "\t      Subscriber-ID SubOption 6, length 1: s\n"
	  "\t      Unknown SubOption 9, length 3: \n"
	  "\t\t0x0000:  6162 63\n"
	  "\t    Agent-Information (82), length 4: \n"
	  "\t      Circuit-ID SubOption 1, length 5: length goes past end of option\n"
	  "\t    Agent-Information (82), length 1: \n"
	  "\t  trailing data length 1" },
	{ .what = "classless routes", .verbose = 1, .source = 67, .destination = 68,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "c\202Sc" "y\015\030\012\000\001\012\000\000\001\000\012\000\000\002" "y\007!abcdef"
		"\371\005\020\001\002\003\004" "y\001\000" "\377"),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 275, xid 0x12345678, Flags [none]\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05\n"
	  "\t  Vendor-rfc1048 Extensions\n"
	  "\t    Magic Cookie 0x63825363\n"
	  "\t    Classless-Static-Route (121), length 13: (10.0.1.0/24:10.0.0.1),(default:10.0.0.2)\n"
	  "\t    Classless-Static-Route (121), length 7: [ERROR: Mask width (33) > 32]\n"
	  "\t    Classless-Static-Route-Microsoft (249), length 5: [ERROR: Remaining length (4) < 6 bytes]\n"
	  "\t    Classless-Static-Route (121), length 1: [ERROR: length < 5 bytes]" },
	{ .what = "user classes", .verbose = 1, .source = 68, .destination = 67,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "c\202Sc" "M\007\003abc\002de" "M\003\001a\000" "M\004\001a\005b" "M\001a" "\377"),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 264, xid 0x12345678, Flags [none]\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05\n"
	  "\t  Vendor-rfc1048 Extensions\n"
	  "\t    Magic Cookie 0x63825363\n"
	  "\t    User-Class (77), length 7: \n"
	  "\t      instance#1: \"abc\", length 3\n"
	  "\t      instance#2: \"de\", length 2\n"
	  "\t    User-Class (77), length 3: \n"
	  "\t      instance#1: \"a\", length 1\n"
	  "\t      instance#2: [ERROR: suboption length must be non-zero]\n"
	  "\t    User-Class (77), length 4: \n"
	  "\t      instance#1: \"a\", length 1\n"
	  "\t      instance#2: [ERROR: invalid option]\n"
	  "\t    User-Class (77), length 1: [ERROR: length < 2 bytes]" },
	{ .what = "unknown options", .verbose = 1, .source = 68, .destination = 67,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "c\202Sc" "\340\004\001\002\003\004" "\341\002\001\002" "\342\003\001\002\003" "\343\000" "\377"),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 258, xid 0x12345678, Flags [none]\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05\n"
	  "\t  Vendor-rfc1048 Extensions\n"
	  "\t    Magic Cookie 0x63825363\n"
	  "\t    Unknown (224), length 4: 16909060\n"
	  "\t    Unknown (225), length 2: 258\n"
	  "\t    Unknown (226), length 3: 1.2.3\n"
	  "\t    Unknown (227), length 0" },
	{ .what = "padding and the end with -vvv", .verbose = 3, .source = 68, .destination = 67,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "c\202Sc" "\000\000\377\000"),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 244, xid 0x12345678, Flags [none] (0x0000)\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05\n"
	  "\t  Vendor-rfc1048 Extensions\n"
	  "\t    Magic Cookie 0x63825363\n"
	  "\t    PAD (0), length 0, occurs 2\n"
	  "\t    END (255), length 0\n"
	  "\t    PAD (0), length 0" },
	{ .what = "no end", .verbose = 1, .source = 68, .destination = 67,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "c\202Sc" "5\001\001"),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 243, xid 0x12345678, Flags [none]\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05\n"
	  "\t  Vendor-rfc1048 Extensions\n"
	  "\t    Magic Cookie 0x63825363\n"
	  "\t    DHCP-Message (53), length 1: Discover" },
	{ .what = "an option that goes beyond the packet", .verbose = 1, .source = 68, .destination = 67,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "c\202Sc" "5\001\001" "\014\005ab"),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 247, xid 0x12345678, Flags [none]\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05\n"
	  "\t  Vendor-rfc1048 Extensions\n"
	  "\t    Magic Cookie 0x63825363\n"
	  "\t    DHCP-Message (53), length 1: Discover\n"
	  "\t    Hostname (12), length 5:  [|bootp]" },
	{ .what = "an option without a length", .verbose = 1, .source = 68, .destination = 67,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "c\202Sc" "5\001\001" "\014"),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 244, xid 0x12345678, Flags [none]\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05\n"
	  "\t  Vendor-rfc1048 Extensions\n"
	  "\t    Magic Cookie 0x63825363\n"
	  "\t    DHCP-Message (53), length 1: Discover [|bootp]" },
	{ .what = "no options", .verbose = 1, .source = 68, .destination = 67,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "\000\000\000\000"),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 240, xid 0x12345678, Flags [none]\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05" },
	{ .what = "a foreign cookie", .verbose = 1, .source = 68, .destination = 67,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "\000\001\002\003"),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 240, xid 0x12345678, Flags [none]\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05\n"
	  "\t  Vendor-#0x10203" },
	{ .what = "no vendor area", .verbose = 1, .source = 68, .destination = 67,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 236, xid 0x12345678, Flags [none]\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05 [|bootp]" },
	{ .what = "a vendor area of CMU", .verbose = 1, .source = 67, .destination = 68,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "CMU\000" "\002\000\000\000\001\002\003\004\005\006\007\010\000\000\000\000\001\002\003\004" ZEROS_16),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 276, xid 0x12345678, Flags [none]\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05 vend-cmu F:0x2 DG:5.6.7.8 SM*:1.2.3.4 NS2:1.2.3.4" },
	{ .what = "a server name without an end", .verbose = 1, .source = 67, .destination = 68,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000"
		"ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss" ZEROS_128 "c\202Sc" "\377"),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 241, xid 0x12345678, Flags [none]\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05\n"
	  "\t  sname \"ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss\" [|bootp]" },
	{ .what = "a server name that is cut", .verbose = 1, .source = 67, .destination = 68, .captured = 46,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" "server"
		ZEROS_16 ZEROS_16 ZEROS_16 ZEROS_8 "\000\000" ZEROS_128 "c\202Sc" "\377"),
	  .text = "BOOTP/DHCP, Request from 00:01:02:03:04:05, length 241, xid 0x12345678, Flags [none]\n"
	  "\t  Client-Ethernet-Address 00:01:02:03:04:05\n"
	  "\t  sname \"se\" [|bootp]" },
	{ .what = "a message that is cut early", .verbose = 1, .source = 67, .destination = 68, .captured = 9,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" ZEROS_16 "\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64
		ZEROS_128 "c\202Sc" "\377"),
	  .text = "BOOTP/DHCP, Request [|bootp]" },
	{ .what = "an address that is cut", .verbose = 1, .source = 67, .destination = 68, .captured = 22,
	  BYTES("\001\001\006\000" "\0224Vx" "\000\000\000\000" "\001\002\003\004\001\002\003\004\001\002\003\004\001\002\003\004"
		"\000\001\002\003\004\005" ZEROS_8 "\000\000" ZEROS_64 ZEROS_128 "c\202Sc" "\377"),
	  .text = "BOOTP/DHCP, Request [|bootp]" },
	{ .what = "an empty datagram", .source = 68, .destination = 67,
	  BYTES(""),
	  .text = " [|bootp]" },
};

START_TEST(prints_as_tcpdump)
{
	application_check(&examples[_i]);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("lines_dhcp");
	TCase *tcase = tcase_create("examples");
	tcase_add_loop_test(tcase, prints_as_tcpdump, 0, (int)(sizeof examples / sizeof *examples));
	suite_add_tcase(suite, tcase);
	return suite;
}

int main(void)
{
	return suite_main(make_suite());
}
