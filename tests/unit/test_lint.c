/* SPDX-License-Identifier: BSD-3-Clause */
/* Filters that mean something else than they seem to: which are remarked on, and that libpcap takes them as the remarks say. */
#include <pcap/pcap.h>
#include <string.h>

#include "cli/lint.h"
#include "suite.h"

enum { PLAIN, TAGGED, TAGGED_TWICE, OVER_IPV6, ECN_SYN, FRAMES };

#define BIT(name) (1u << (LINT_##name))
#define SEES(kind) (1u << (kind))

static const struct {
	const char *filter;
	unsigned lint;
	unsigned seen; /* of the frames above, a SYN to port 80 each, those that libpcap says it matches */
} filters[] = {
	/* As they should be. */
	{ "tcp port 80", 0, SEES(PLAIN) | SEES(OVER_IPV6) | SEES(ECN_SYN) },
	{ "tcp port 80 or (vlan and tcp port 80)", 0, SEES(PLAIN) | SEES(TAGGED) | SEES(OVER_IPV6) | SEES(ECN_SYN) },
	{ "vlan and tcp port 80", 0, SEES(TAGGED) },
	{ "vlan and (tcp port 80 or tcp port 443)", 0, SEES(TAGGED) },
	{ "vlan 7 and vlan 8 and tcp", 0, SEES(TAGGED_TWICE) },
	{ "(tcp or udp) and not icmp", 0, SEES(PLAIN) | SEES(OVER_IPV6) | SEES(ECN_SYN) },
	{ "ip and tcp[tcpflags] & tcp-syn != 0", 0, SEES(PLAIN) | SEES(ECN_SYN) },
	{ "tcp[13] & 2 != 0 or (ip6[6] = 6 and ip6[53] & 2 != 0)", 0, SEES(PLAIN) | SEES(OVER_IPV6) | SEES(ECN_SYN) },
	{ "ip[8] < 65 and tcp dst port 80", 0, SEES(PLAIN) | SEES(ECN_SYN) },
	/* vlan moves all that follows. */
	{ "vlan or tcp port 80", BIT(BEHIND_VLAN), SEES(TAGGED) | SEES(TAGGED_TWICE) },
	{ "vlan 7 || tcp port 80", BIT(BEHIND_VLAN), SEES(TAGGED) | SEES(TAGGED_TWICE) },
	{ "vlan and tcp port 443 or tcp port 80", BIT(BEHIND_VLAN), SEES(TAGGED) },
	{ "(vlan and udp) or (tcp port 80)", BIT(BEHIND_VLAN), SEES(TAGGED) },
	{ "not vlan and tcp", BIT(BEHIND_VLAN), 0 },
	{ "vlan 9 or vlan 7", BIT(VLAN_IN_VLAN), 0 },
	{ "vlan 9 or (vlan 8)", BIT(VLAN_IN_VLAN), SEES(TAGGED_TWICE) },
	{ "tcp port 4789 or tcp port 80", 0, SEES(PLAIN) | SEES(OVER_IPV6) | SEES(ECN_SYN) },
	/* tcp[...] */
	{ "not ip6 and tcp[13] & 2 != 0", BIT(IPV4_ONLY), SEES(PLAIN) | SEES(ECN_SYN) },
	{ "tcp[tcpflags] & tcp-syn != 0", BIT(IPV4_ONLY), SEES(PLAIN) | SEES(ECN_SYN) },
	{ "udp[0:2] = 9 or tcp[2:2] = 80", BIT(IPV4_ONLY), SEES(PLAIN) | SEES(ECN_SYN) },
	{ "(ip6 or arp) or tcp[13] & 2 != 0", BIT(IPV4_ONLY), SEES(PLAIN) | SEES(OVER_IPV6) | SEES(ECN_SYN) },
	{ "ip and tcp[tcpflags] == tcp-syn", BIT(ALL_FLAGS), SEES(PLAIN) },
	{ "ip and tcp[13]=2", BIT(ALL_FLAGS), SEES(PLAIN) },
	{ "ip and tcp[13] & 0x12 = 2", 0, SEES(PLAIN) | SEES(ECN_SYN) },
};

/* libpcap refuses these itself, in few words. */
static const struct {
	const char *filter;
	unsigned lint;
} never[] = {
	{ "ip6 and tcp[13] & 2 != 0", BIT(NEVER_IPV6) },
	{ "host 2001:db8::1 and tcp[tcpflags] & tcp-syn != 0", BIT(NEVER_IPV6) },
	{ "udp port 4789 and tcp port 80", BIT(OUTER_ONLY) },
	{ "ip proto gre and tcp", BIT(OUTER_ONLY) },
	{ "ip proto 47 and tcp port 80", BIT(OUTER_ONLY) },
	{ "proto gre and tcp", BIT(OUTER_ONLY) },
};

static size_t put_tag(unsigned char *at, unsigned char id)
{
	memcpy(at, (const unsigned char[]){ 0x81, 0, 0, id }, 4);
	return 4;
}

/* A SYN to port 80. */
static size_t make_frame(unsigned char *frame, int kind)
{
	static const unsigned char ip4[20] = { 0x45, 0, 0, 40, 0, 1, 0, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2 };
	static const unsigned char ip6[40] = { 0x60, 0, 0, 0, 0, 20, 6, 64, [8] = 0x20, 1, 0xd, 0xb8, [23] = 1, [24] = 0x20, 1, 0xd, 0xb8, [39] = 2 };
	unsigned char tcp[20] = { 4, 0, 0, 80, [12] = 0x50, [13] = 2 };
	size_t n = 12;
	memset(frame, 0, n);
	if (kind == TAGGED || kind == TAGGED_TWICE)
		n += put_tag(frame + n, 7);
	if (kind == TAGGED_TWICE)
		n += put_tag(frame + n, 8);
	frame[n++] = kind == OVER_IPV6 ? 0x86 : 8;
	frame[n++] = kind == OVER_IPV6 ? 0xdd : 0;
	memcpy(frame + n, kind == OVER_IPV6 ? ip6 : ip4, kind == OVER_IPV6 ? sizeof ip6 : sizeof ip4);
	n += kind == OVER_IPV6 ? sizeof ip6 : sizeof ip4;
	if (kind == ECN_SYN)
		tcp[13] = 0xc2;
	memcpy(frame + n, tcp, sizeof tcp);
	return n + sizeof tcp;
}

static int compile(struct bpf_program *program, const char *filter, int optimize)
{
	pcap_t *dead = pcap_open_dead(DLT_EN10MB, 262144);
	int status = pcap_compile(dead, program, filter, optimize, PCAP_NETMASK_UNKNOWN);
	pcap_close(dead);
	return status;
}

START_TEST(remarks)
{
	struct bpf_program program;
	unsigned seen = 0;
	ck_assert_uint_eq(lint_filter(filters[_i].filter), filters[_i].lint);
	ck_assert_int_eq(compile(&program, filters[_i].filter, 0), 0);
	for (int kind = 0; kind < FRAMES; kind++) {
		unsigned char frame[128];
		bpf_u_int32 length = (bpf_u_int32)make_frame(frame, kind);
		struct pcap_pkthdr header = { .caplen = length, .len = length };
		seen |= pcap_offline_filter(&program, &header, frame) ? SEES(kind) : 0;
	}
	pcap_freecode(&program);
	ck_assert_uint_eq(seen, filters[_i].seen);
}
END_TEST

START_TEST(nothing_matches)
{
	struct bpf_program program;
	ck_assert_uint_eq(lint_filter(never[_i].filter), never[_i].lint);
	ck_assert_int_ne(compile(&program, never[_i].filter, 1), 0);
}
END_TEST

START_TEST(words)
{
	ck_assert(lint_mentions("tcp and(vlan)", "mpls vlan"));
	ck_assert(lint_mentions("src port 80", "port portrange"));
	ck_assert(!lint_mentions("ether proto \\vlan-x or vlans", "vlan"));
	ck_assert(!lint_mentions("", "vlan"));
	ck_assert_uint_eq(lint_filter(""), 0);
	/* Too long a filter is looked at as far as that goes. */
	char text[8192] = "tcp";
	for (size_t used = 3; used < sizeof text - 8; used += 7)
		memcpy(text + used, " or tcp", 8);
	ck_assert_uint_eq(lint_filter(text), 0);
	for (int lint = 0; lint < LINTS; lint++)
		ck_assert_uint_gt(strlen(lint_text(lint)), 20);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("lint");
	TCase *tests = tcase_create("lint");
	tcase_add_loop_test(tests, remarks, 0, sizeof filters / sizeof *filters);
	tcase_add_loop_test(tests, nothing_matches, 0, sizeof never / sizeof *never);
	tcase_add_test(tests, words);
	suite_add_tcase(suite, tests);
	return suite_main(suite);
}
