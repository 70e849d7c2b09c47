/* SPDX-License-Identifier: BSD-3-Clause */
/* Control protocols, PAP and CHAP of PPP, a frame each. The expected texts were printed by tcpdump 4.99.3. */
#include "lines_frame.h"
#include "suite.h"

static const struct frame_example examples[] = {
	{ "a request as DSL sends it", 1, BYTES("\377\003\300\041\001\001\000\022\001\004\005\324\005\006\252\273\314\335\007\002\010\002"), 0,
	  "LCP, Conf-Request (0x01), id 1, length 20\n"
	  "\tencoded length 18 (=Option(s) length 14)\n"
	  "\t  MRU Option (0x01), length 4: 1492\n"
	  "\t  Magic-Num Option (0x05), length 6: 0xaabbccdd\n"
	  "\t  PFC Option (0x07), length 2\n"
	  "\t  ACFC Option (0x08), length 2" },
	{ "numbers as they are", 1, BYTES("\377\003\300\041\003\001\000\022\002\006\000\012\000\000\027\004\001\364\021\004\005\334"), 0,
	  "LCP, Conf-Nack (0x03), id 1, length 20\n"
	  "\tencoded length 18 (=Option(s) length 14)\n"
	  "\t  ACCM Option (0x02), length 6: 0x000a0000\n"
	  "\t  Link-Disc Option (0x17), length 4: 0x01f4\n"
	  "\t  MRRU Option (0x11), length 4: 1500" },
	{ "authentication", 1, BYTES("\377\003\300\041\001\001\000\037\003\004\300\043\003\005\302\043\005\003\005\302\043\201\003\005\302\043\006\003\004\302\047\003\004\300\047"), 0,
	  "LCP, Conf-Request (0x01), id 1, length 33\n"
	  "\tencoded length 31 (=Option(s) length 27)\n"
	  "\t  Auth-Prot Option (0x03), length 4: PAP\n"
	  "\t  Auth-Prot Option (0x03), length 5: CHAP, MD5\n"
	  "\t  Auth-Prot Option (0x03), length 5: CHAP, MS-CHAPv2\n"
	  "\t  Auth-Prot Option (0x03), length 5: CHAP, Unknown Auth Alg 6\n"
	  "\t  Auth-Prot Option (0x03), length 4: EAP\n"
	  "\t  Auth-Prot Option (0x03), length 4: SPAP" },
	{ "authentication of another kind", 1, BYTES("\377\003\300\041\001\001\000\016\003\006\300\045\001\002\003\004\377\377"), 0,
	  "LCP, Conf-Request (0x01), id 1, length 16\n"
	  "\tencoded length 14 (=Option(s) length 10)\n"
	  "\t  Auth-Prot Option (0x03), length 6: LQM\n"
	  "\t0x0000:  0306 c025 0102\n"
	  "\t  Auth-Prot Option (0x03), length 4: Unknown Auth Proto (0x04x)\n"
	  "\t0x0000:  0304 ffff" },
	{ "quality and callback", 1, BYTES("\377\003\300\041\001\001\000\026\004\010\300\045\000\000\000\144\004\004\300\043\015\003\006\015\003\005"), 0,
	  "LCP, Conf-Request (0x01), id 1, length 24\n"
	  "\tencoded length 22 (=Option(s) length 18)\n"
	  "\t  Qual-Prot Option (0x04), length 8: LQR\n"
	  "\t  Qual-Prot Option (0x04), length 4: unknown\n"
	  "\t  Call-Back Option (0x0d), length 3: : Callback Operation CBCP (6)\n"
	  "\t  Call-Back Option (0x0d), length 3: : Callback Operation Unknown (5)" },
	{ "endpoints", 1, BYTES("\377\003\300\041\001\001\000\032\023\003\000\023\007\002\012\000\000\001\023\011\003\000\021\042\063\104\125\023\003\011"), 0,
	  "LCP, Conf-Request (0x01), id 1, length 28\n"
	  "\tencoded length 26 (=Option(s) length 22)\n"
	  "\t  End-Disc Option (0x13), length 3: Null\n"
	  "\t  End-Disc Option (0x13), length 7: IPv4 10.0.0.1\n"
	  "\t  End-Disc Option (0x13), length 9: MAC 00:11:22:33:44:55\n"
	  "\t  End-Disc Option (0x13), length 3: Unknown class 9" },
	{ "an endpoint of a wrong length", 1, BYTES("\377\003\300\041\001\001\000\014\023\006\002\012\000\000\007\002"), 0,
	  "LCP, Conf-Request (0x01), id 1, length 14\n"
	  "\tencoded length 12 (=Option(s) length 8)\n"
	  "\t  End-Disc Option (0x13), length 6 (length bogus, should be = 7)" },
	{ "a vendor", 1, BYTES("\377\003\300\041\001\001\000\024\000\006\000\000\011\002\000\006\000\000\000\001\000\004\000\015"), 0,
	  "LCP, Conf-Request (0x01), id 1, length 22\n"
	  "\tencoded length 20 (=Option(s) length 16)\n"
	  "\t  Vend-Ext Option (0x00), length 6: Vendor: Unknown (9)\n"
	  "\t  Vend-Ext Option (0x00), length 6: Vendor: Ethernet (0)\n"
	  "\t  Vend-Ext Option (0x00), length 4 (length bogus, should be >= 6)" },
	{ "bytes of what has no text", 1, BYTES("\377\003\300\041\001\001\000\016\012\004\276\357\377\004\000\000\007\002"), 0,
	  "LCP, Conf-Request (0x01), id 1, length 16\n"
	  "\tencoded length 14 (=Option(s) length 10)\n"
	  "\t  SDP Option (0x0a), length 4\n"
	  "\t    0x0000:  beef\n"
	  "\tunknown LCP option 0xff\n"
	  "\t  PFC Option (0x07), length 2" },
	{ "wrong lengths go on, or not", 1, BYTES("\377\003\300\041\001\001\000\017\001\003\005\002\003\001\005\003\252\007\002"), 0,
	  "LCP, Conf-Request (0x01), id 1, length 17\n"
	  "\tencoded length 15 (=Option(s) length 11)\n"
	  "\t  MRU Option (0x01), length 3 (length bogus, should be = 4)\n"
	  "\t  ACCM Option (0x02), length 3 (length bogus, should be = 6)\n"
	  "\t  Magic-Num Option (0x05), length 3 (length bogus, should be = 6)" },
	{ "an option that reaches too far", 1, BYTES("\377\003\300\041\001\001\000\010\012\006\001\002"), 0,
	  "LCP, Conf-Request (0x01), id 1, length 10\n"
	  "\tencoded length 8 (=Option(s) length 4)\n"
	  "\t  SDP Option (0x0a), length 6\n"
	  "\t    0x0000:  0102 [remaining options length 4 < 6] (invalid)" },
	{ "one that is longer than the packet", 1, BYTES("\377\003\300\041\001\001\000\010\012\011\001\002"), 0,
	  "LCP, Conf-Request (0x01), id 1, length 10\n"
	  "\tencoded length 8 (=Option(s) length 4)" },
	{ "no length", 1, BYTES("\377\003\300\041\001\001\000\006\012\000"), 0,
	  "LCP, Conf-Request (0x01), id 1, length 8\n"
	  "\tencoded length 6 (=Option(s) length 2)\n"
	  "\t  SDP Option (0x0a), length 0 (length bogus, should be >= 2)" },
	{ "all bytes with -vv", 2, BYTES("\377\003\300\041\001\001\000\016\001\004\005\324\003\004\300\043\007\002"), 0,
	  "LCP, Conf-Request (0x01), id 1, length 16\n"
	  "\tencoded length 14 (=Option(s) length 10)\n"
	  "\t0x0000:  c021 0101 000e\n"
	  "\t  MRU Option (0x01), length 4: 1492\n"
	  "\t    0x0000:  05d4\n"
	  "\t  Auth-Prot Option (0x03), length 4: PAP\n"
	  "\t    0x0000:  c023\n"
	  "\t  PFC Option (0x07), length 2" },
	{ "addresses", 1, BYTES("\377\003\200\041\001\001\000\043\001\012\012\000\000\001\012\000\000\002\003\006\300\250\001\001\201\006\010\010\010\010\203\006\000\000\000\000\011\003\001"), 0,
	  "IPCP, Conf-Request (0x01), id 1, length 37\n"
	  "\tencoded length 35 (=Option(s) length 31)\n"
	  "\t  IP-Addrs Option (0x01), length 10: src 10.0.0.1, dst 10.0.0.2\n"
	  "\t  IP-Addr Option (0x03), length 6: 192.168.1.1\n"
	  "\t  Pri-DNS Option (0x81), length 6: 8.8.8.8\n"
	  "\t  Sec-DNS Option (0x83), length 6: 0.0.0.0\n"
	  "\t  unknown Option (0x09), length 3\n"
	  "\t    0x0000:  01" },
	{ "compression of headers", 1, BYTES("\377\003\200\041\001\001\000\034\002\006\000\055\017\001\002\022\000\141\000\017\377\377\001\000\000\005\000\250\001\002\007\002"), 0,
	  "IPCP, Conf-Request (0x01), id 1, length 30\n"
	  "\tencoded length 28 (=Option(s) length 24)\n"
	  "\t  IP-Comp Option (0x02), length 6: VJ-Comp (0x2d):\n"
	  "\t  IP-Comp Option (0x02), length 18: IP Header Compression (0x61):\n"
	  "\t    TCP Space 15, non-TCP Space 65535, maxPeriod 256, maxTime 5, maxHdr 168\n"
	  "\t      Suboptions, length 4\n"
	  "\t\tRTP-Compression Suboption #1, length 2\n"
	  "\t\tUnknown Suboption #7, length 2" },
	{ "suboptions that reach too far", 2, BYTES("\377\003\200\041\001\001\000\025\002\021\000\141\000\017\377\377\001\000\000\005\000\250\003\011\001"), 0,
	  "IPCP, Conf-Request (0x01), id 1, length 23\n"
	  "\tencoded length 21 (=Option(s) length 17)\n"
	  "\t0x0000:  8021 0101 0015\n"
	  "\t  IP-Comp Option (0x02), length 17: IP Header Compression (0x61):\n"
	  "\t    TCP Space 15, non-TCP Space 65535, maxPeriod 256, maxTime 5, maxHdr 168\n"
	  "\t      Suboptions, length 3\n"
	  "\t\tUnknown Suboption #3, length 9 [remaining suboptions length 3 < 9] (invalid)\n"
	  "\t    0x0000:  01" },
	{ "an address of a wrong length ends it", 1, BYTES("\377\003\200\041\001\001\000\012\003\004\300\250\004\002"), 0,
	  "IPCP, Conf-Request (0x01), id 1, length 12\n"
	  "\tencoded length 10 (=Option(s) length 6)\n"
	  "\t  IP-Addr Option (0x03), length 4 (length bogus, should be = 6)" },
	{ "an interface", 1, BYTES("\377\003\200\127\001\001\000\016\001\012\002\021\042\377\376\063\104\125"), 0,
	  "IP6CP, Conf-Request (0x01), id 1, length 16\n"
	  "\tencoded length 14 (=Option(s) length 10)\n"
	  "\t  Interface-ID Option (0x01), length 10: 0211:22ff:fe33:4455" },
	{ "compression", 1, BYTES("\377\003\200\375\001\001\000\030\025\003\051\030\004\253\007\032\004\170\000\032\004\027\003\021\002\377\003\001"), 0,
	  "CCP, Conf-Request (0x01), id 1, length 26\n"
	  "\tencoded length 24 (=Option(s) length 20)\n"
	  "\t  BSD-Comp Option (0x15), length 3: Version: 1, Dictionary Bits: 9\n"
	  "\t  MVRCA Option (0x18), length 4: Features: 2, PxP: Enabled, History: 11, #CTX-ID: 7\n"
	  "\t  Deflate Option (0x1a), length 4: Window: 7K, Method: zlib (0x8), MBZ: 0, CHK: 0\n"
	  "\t  Deflate Option (0x1a), length 4: Window: 1K, Method: unknown (0x7), MBZ: 0, CHK: 3\n"
	  "\t  Stac-LZS Option (0x11), length 2\n"
	  "\t  Reserved Option (0xff), length 3\n"
	  "\t    0x0000:  01" },
	{ "a favoured peer", 1, BYTES("\377\003\300\053\001\001\000\012\001\006\000\000\000\007"), 0,
	  "BACP, Conf-Request (0x01), id 1, length 12\n"
	  "\tencoded length 10 (=Option(s) length 6)\n"
	  "\t  Favored-Peer Option (0x01), length 6: Magic-Num 0x00000007" },
	{ "a protocol without options", 1, BYTES("\377\003\202\201\001\001\000\012\001\006\000\000\000\007"), 0,
	  "MPLSCP, Conf-Request (0x01), id 1, length 12\n"
	  "\tencoded length 10 (=Option(s) length 6)" },
	{ "a rejected protocol", 1, BYTES("\377\003\300\041\010\001\000\012\200\375\001\001\000\004"), 0,
	  "LCP, Prot-Reject (0x08), id 1, length 12\n"
	  "\tencoded length 10 (=Option(s) length 6)\n"
	  "\t  Rejected CCP Protocol (0x80fd)\n"
	  "\t  Rejected Packet\n"
	  "\t    0x0000:  0101 0004" },
	{ "a rejected protocol, no packet", 1, BYTES("\377\003\300\041\010\001\000\006\022\064"), 0,
	  "LCP, Prot-Reject (0x08), id 1, length 8\n"
	  "\tencoded length 6 (=Option(s) length 2)\n"
	  "\t  Rejected unknown Protocol (0x1234)" },
	{ "an echo", 1, BYTES("\377\003\300\041\011\001\000\010\252\273\314\335"), 0,
	  "LCP, Echo-Request (0x09), id 1, length 10\n"
	  "\tencoded length 8 (=Option(s) length 4)\n"
	  "\t  Magic-Num 0xaabbccdd" },
	{ "an echo with more", 1, BYTES("\377\003\300\041\012\001\000\012\252\273\314\335\141\142"), 0,
	  "LCP, Echo-Reply (0x0a), id 1, length 12\n"
	  "\tencoded length 10 (=Option(s) length 6)\n"
	  "\t  Magic-Num 0xaabbccdd\n"
	  "\t  -----trailing data-----\n"
	  "\t  0x0000:  6162" },
	{ "identification", 1, BYTES("\377\003\300\041\014\001\000\015\141\142\143\144\150\145\154\154\157"), 0,
	  "LCP, Ident (0x0c), id 1, length 15\n"
	  "\tencoded length 13 (=Option(s) length 9)\n"
	  "\t  Magic-Num 0x61626364\n"
	  "\t  Message\n"
	  "\t    hello[|LCP]" },
	{ "time remaining", 1, BYTES("\377\003\300\041\015\001\000\014\252\273\314\335\000\000\016\020"), 0,
	  "LCP, Time-Rem (0x0d), id 1, length 14\n"
	  "\tencoded length 12 (=Option(s) length 8)\n"
	  "\t  Magic-Num 0xaabbccdd, Seconds-Remaining 3600s" },
	{ "a vendor's packet", 1, BYTES("\377\003\300\041\000\001\000\015\252\273\314\335\000\000\011\001\002"), 0,
	  "LCP, Vendor-Extension (0x00), id 1, length 15\n"
	  "\tencoded length 13 (=Option(s) length 9)\n"
	  "\t  Magic-Num 0xaabbccdd Vendor: Unknown (9)" },
	{ "an unknown code", 1, BYTES("\377\003\300\041\020\001\000\006\001\002"), 0,
	  "LCP, Unknown Opcode (0x10), id 1, length 8\n"
	  "\tencoded length 6 (=Option(s) length 2)\n"
	  "\t  0x0000:  c021 1001 0006 0102" },
	{ "an end", 1, BYTES("\377\003\300\041\005\001\000\006\001\002"), 0,
	  "LCP, Term-Request (0x05), id 1, length 8\n"
	  "\tencoded length 6 (=Option(s) length 2)" },
	{ "a length that is too short", 1, BYTES("\377\003\300\041\011\001\000\003\141\142\143\144"), 0,
	  "LCP, Echo-Request (0x09), id 1, length 10\n"
	  "\tencoded length 3 (< 4))" },
	{ "a length that is too long", 1, BYTES("\377\003\300\041\011\001\000\011\141\142\143\144"), 0,
	  "LCP, Echo-Request (0x09), id 1, length 10\n"
	  "\tencoded length 9 (> packet length 8))" },
	{ "without -v", 0, BYTES("\377\003\300\041\001\001\000\010\001\004\005\324"), 0,
	  "LCP, Conf-Request (0x01), id 1, length 10" },
	{ "cut in an option's length", 1, BYTES("\377\003\300\041\001\001\000\012\001\004\005\324\007\002"), 13,
	  "LCP, Conf-Request (0x01), id 1, length 12\n"
	  "\tencoded length 10 (=Option(s) length 6)\n"
	  "\t  MRU Option (0x01), length 4: 1492[|lcp]" },
	{ "cut in a value", 1, BYTES("\377\003\300\041\001\001\000\012\001\004\005\324\007\002"), 11,
	  "LCP, Conf-Request (0x01), id 1, length 12\n"
	  "\tencoded length 10 (=Option(s) length 6)\n"
	  "\t  MRU Option (0x01), length 4 [|ppp]" },
	{ "cut in trailing data", 1, BYTES("\377\003\300\041\012\001\000\014\141\142\143\144\145\146\147\150"), 14,
	  "LCP, Echo-Reply (0x0a), id 1, length 14\n"
	  "\tencoded length 12 (=Option(s) length 8)\n"
	  "\t  Magic-Num 0x61626364\n"
	  "\t  -----trailing data-----[|LCP]" },
	{ "cut behind the code", 1, BYTES("\377\003\300\041\001\001\000\010\001\004\000\005"), 5,
	  "LCP, [|LCP]" },
	{ "cut in a message", 1, BYTES("\377\003\300\041\014\001\000\015\141\142\143\144\150\145\154\154\157"), 14,
	  "LCP, Ident (0x0c), id 1, length 15\n"
	  "\tencoded length 13 (=Option(s) length 9)\n"
	  "\t  Magic-Num 0x61626364\n"
	  "\t  Message\n"
	  "\t    he[|LCP]" },
	{ "cut in addresses to compress", 1, BYTES("\377\003\200\041\001\001\000\024\002\020\000\141\000\001\377\377\001\000\000\005\000\250\001\002"), 18,
	  "IPCP, Conf-Request (0x01), id 1, length 22\n"
	  "\tencoded length 20 (=Option(s) length 16)\n"
	  "\t  IP-Comp Option (0x02), length 16: IP Header Compression (0x61):[|ipcp]" },
	{ "a name and a password", 0, BYTES("\377\003\300\043\001\001\000\016\004\165\163\145\162\004\160\141\163\163"), 0,
	  "PAP, Auth-Req (0x01), id 1, Peer user, Name pass" },
	{ "text that is none", 0, BYTES("\377\003\300\043\001\001\000\016\004\165\163\001\377\004\160\141\042\163"), 0,
	  "PAP, Auth-Req (0x01), id 1, Peer us^AM-^?, Name pa\"s" },
	{ "a name alone", 0, BYTES("\377\003\300\043\001\001\000\006\001\141"), 0,
	  "PAP, Auth-Req (0x01), id 1, Peer a" },
	{ "a name that is too long", 0, BYTES("\377\003\300\043\001\001\000\011\005\165\163\145\162"), 0,
	  "PAP, Auth-Req (0x01), id 1" },
	{ "one byte", 0, BYTES("\377\003\300\043\001\001\000\005\000"), 0,
	  "PAP, Auth-Req (0x01), id 1[|pap]" },
	{ "an answer", 0, BYTES("\377\003\300\043\002\001\000\014\007\127\145\154\143\157\155\145"), 0,
	  "PAP, Auth-ACK (0x02), id 1, Msg Welcome" },
	{ "an answer without text", 0, BYTES("\377\003\300\043\003\001\000\004"), 0,
	  "PAP, Auth-NACK (0x03), id 1[|pap]" },
	{ "an unknown answer", 0, BYTES("\377\003\300\043\004\001\000\006\001\141"), 0,
	  "PAP, unknown (0x04), id 1" },
	{ "PAP, length too short", 0, BYTES("\377\003\300\043\001\001\000\003\004\165\163\145\162\004\160\141\163\163"), 0,
	  "PAP, Auth-Req (0x01), id 1, length 3 < PAP header length" },
	{ "PAP, length too long", 0, BYTES("\377\003\300\043\001\001\000\143\004\165\163\145\162\004\160\141\163\163"), 0,
	  "PAP, Auth-Req (0x01), id 1, length 99 > packet size" },
	{ "PAP without length", 0, BYTES("\377\003\300\043\001\002\000"), 0,
	  "[|pap 0x01]" },
	{ "a challenge", 0, BYTES("\377\003\302\043\001\001\000\014\003\001\002\003\156\141\155\145"), 0,
	  "CHAP, Challenge (0x01), id 1, Value 010203, Name name" },
	{ "a response without value", 0, BYTES("\377\003\302\043\002\001\000\011\000\156\141\155\145"), 0,
	  "CHAP, Response (0x02), id 1, Value , Name name" },
	{ "a value that is too long", 0, BYTES("\377\003\302\043\001\001\000\012\040\163\150\157\162\164"), 0,
	  "CHAP, Challenge (0x01), id 1" },
	{ "an empty challenge", 0, BYTES("\377\003\302\043\001\001\000\004"), 0,
	  "CHAP, Challenge (0x01), id 1" },
	{ "success", 0, BYTES("\377\003\302\043\003\001\000\007\123\075\101"), 0,
	  "CHAP, Success (0x03), id 1, Msg S=A" },
	{ "failure", 0, BYTES("\377\003\302\043\004\001\000\004"), 0,
	  "CHAP, Fail (0x04), id 1, Msg " },
	{ "an unknown code", 0, BYTES("\377\003\302\043\011\001\000\005\170"), 0,
	  "CHAP, unknown (0x09), id 1" },
	{ "a name that ends too late", 0, BYTES("\377\003\302\043\001\001\000\024\001\001\156\141\155\145"), 0,
	  "CHAP, Challenge (0x01), id 1, Value 01, Name name [|ppp]" },
	{ "a length that is none", 0, BYTES("\377\003\302\043\003\001\000\000\164\145\170\164"), 0,
	  "CHAP, Success (0x03), id 1, Msg text [|ppp]" },
	{ "CHAP without length", 0, BYTES("\377\003\302\043\001"), 0,
	  "[|chap 0x01]" },
	{ "PAP, cut", 0, BYTES("\377\003\300\043\001\001\000\016\004\165\163\145\162\004\160\141\163\163"), 11,
	  "PAP, Auth-Req (0x01), id 1, Peer us [|ppp]" },
	{ "CHAP, cut", 0, BYTES("\377\003\302\043\001\001\000\014\003\001\002\003\156\141\155\145"), 10,
	  "CHAP, Challenge (0x01), id 1, Value 01 [|ppp]" },
};

START_TEST(prints)
{
	frame_example_check(&examples[_i], SYNFIN_LINK_PPP);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("lines ppp");
	TCase *protocols = tcase_create("protocols");

	tcase_add_loop_test(protocols, prints, 0, sizeof examples / sizeof *examples);
	suite_add_tcase(suite, protocols);
	return suite_main(suite);
}
