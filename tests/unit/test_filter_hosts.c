/* SPDX-License-Identifier: BSD-3-Clause */
/* Which words of a filter are names of hosts. */
#include <stdio.h>
#include <string.h>

#include "cli/filter_hosts.h"
#include "suite.h"

static const struct { const char *filter, *hosts; } filters[] = {
	{ "", "" },
	{ "tcp port 80", "" },
	{ "host www.example.com and port 80", "www.example.com;" },
	{ "host a.example or b.example", "a.example;b.example;" },
	{ "host helios and ( hot or ace )", "helios;hot;ace;" },
	{ "ip host ace and not helios", "ace;helios;" },
	{ "src www.example.com", "www.example.com;" },
	{ "src or dst host foo", "foo;" },
	{ "dst net 128.3 mask 255.255.0.0", "" },
	{ "gateway snup and (port ftp or ftp-data)", "snup;" },
	{ "host 10.0.0.1 or 2001:db8::1 or named", "named;" },
	{ "host \\host", "host;" },
	{ "host a.example or tcp", "a.example;" },
	{ "host a.example and tcp port http or https", "a.example;" },
	{ "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0 and not src and dst net localnet", "" },
	{ "host a.example and ip[2:2] > 576", "a.example;" },
	{ "ether host station", "" },
	{ "ether src station or other", "" },
	{ "ether src station or host a.example", "a.example;" },
	{ "ether proto ip and src a.example", "a.example;" },
	{ "vlan 7 and host a.example", "a.example;" },
	{ "(arp or host a.example)and udp", "a.example;" },
	{ "portrange ftp-http and dst host b", "b;" },
};

static void note(void *context, const char *name, size_t length)
{
	char *found = context;
	size_t used = strlen(found);
	snprintf(found + used, 200 - used, "%.*s;", (int)length, name);
}

START_TEST(finds_hosts)
{
	char found[200] = "";
	filter_hosts(filters[_i].filter, note, found);
	ck_assert_msg(strcmp(found, filters[_i].hosts) == 0, "%s: %s, not %s", filters[_i].filter, found, filters[_i].hosts);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("filter hosts");
	TCase *cases = tcase_create("words");
	tcase_add_loop_test(cases, finds_hosts, 0, (int)(sizeof filters / sizeof *filters));
	suite_add_tcase(suite, cases);
	return suite_main(suite);
}
