/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of names: who displaces whom, what is a name, and how much is kept. */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "names/hosts.h"
#include "suite.h"

static struct hosts *hosts;

static void set_up(void)
{
	ck_assert_int_eq(hosts_create(&hosts, false, NULL), 0);
}

static void tear_down(void)
{
	hosts_destroy(hosts);
}

static struct synfin_address address_of(const char *text)
{
	struct synfin_address address;
	uint8_t four[4];
	if (inet_pton(AF_INET, text, four) == 1)
		return hosts_ipv4(four);
	ck_assert_int_eq(inet_pton(AF_INET6, text, address.bytes), 1);
	return address;
}

static struct synfin_address numbered(uint32_t number)
{
	uint32_t bytes = htonl(0x0b000000u + number);
	return hosts_ipv4((const uint8_t *)&bytes);
}

static bool learn(const char *address, const char *name, enum hosts_source source)
{
	struct synfin_address binary = address_of(address);
	return hosts_learn(hosts, &binary, name, strlen(name), source);
}

/* The name of an address, "" for none. */
static const char *name_of(const char *address)
{
	static char text[HOSTS_NAME_MAX + 1];
	struct synfin_address binary = address_of(address);
	struct host_name name = hosts_name(hosts, &binary);
	snprintf(text, sizeof text, "%.*s", (int)name.length, name.text ? name.text : "");
	return text;
}

START_TEST(names_what_it_learned)
{
	struct synfin_address address = address_of("192.0.2.1");
	ck_assert_str_eq(name_of("192.0.2.1"), "");
	ck_assert(learn("192.0.2.1", "one.example", HOSTS_ANSWER));
	ck_assert(learn("2001:db8::1", "six.example.", HOSTS_ANSWER));
	ck_assert_str_eq(name_of("192.0.2.1"), "one.example");
	ck_assert_str_eq(name_of("2001:db8::1"), "six.example");
	ck_assert_str_eq(name_of("192.0.2.2"), "");
	ck_assert_ptr_null(hosts_name(NULL, &address).text);
}
END_TEST

/* From the least to the most: each displaces those before it, and none after it. */
START_TEST(sources_have_an_order)
{
	static const enum hosts_source order[] = { HOSTS_RESOLVED, HOSTS_REVERSE, HOSTS_ANSWER, HOSTS_BLOCK, HOSTS_FILE, HOSTS_FILTER };
	enum { COUNT = sizeof order / sizeof *order };
	for (unsigned i = 0; i < COUNT; i++)
		for (unsigned j = 0; j < COUNT; j++) {
			if (i == j)
				continue;
			tear_down();
			set_up();
			(void)learn("192.0.2.1", "first.example", order[i]);
			(void)learn("192.0.2.1", "second.example", order[j]);
			ck_assert_msg(strcmp(name_of("192.0.2.1"), j > i ? "second.example" : "first.example") == 0, "%u then %u: %s", i, j,
				name_of("192.0.2.1"));
		}
}
END_TEST

START_TEST(the_last_of_a_source_wins_unless_it_was_told_at_the_start)
{
	static const struct { enum hosts_source source; bool last; } cases[] = {
		{ HOSTS_RESOLVED, true }, { HOSTS_REVERSE, true }, { HOSTS_ANSWER, true }, { HOSTS_BLOCK, true }, { HOSTS_FILE, false },
		{ HOSTS_FILTER, false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		tear_down();
		set_up();
		ck_assert(learn("192.0.2.1", "first.example", cases[i].source));
		ck_assert_int_eq(learn("192.0.2.1", "last.example", cases[i].source), cases[i].last);
		ck_assert_str_eq(name_of("192.0.2.1"), cases[i].last ? "last.example" : "first.example");
	}
}
END_TEST

#define SIXTY_THREE "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct { const char *name; bool good; } names[] = {
	{ "a", true }, { "localhost", true }, { "www.example.com", true }, { "www.example.com.", true }, { "WWW.Example", true },
	{ "xn--bcher-kva.example", true }, { "_srv.a_b.example", true }, { "3com", true }, { "r3---sn.example", true }, { "1.2.3.4.example", true },
	{ SIXTY_THREE ".example", true },
	{ "", false }, { ".", false }, { "..", false }, { ".a", false }, { "a..b", false }, { "a..", false }, { "-a", false }, { "a.-b", false },
	{ "a" SIXTY_THREE ".example", false },
	/* What reads as an address, be it a short one or a hexadecimal one. */
	{ "10.0.0.1", false }, { "7", false }, { "1.2.3.4.", false }, { "a.7", false }, { "0x7f", false }, { "1.0x7f", false },
	{ "::1", false }, { "fe80::1%eth0", false },
	/* What a terminal, a spreadsheet or a line's reader would take for something else. */
	{ "\033[31mred", false }, { "a b", false }, { "a\nb", false }, { "a\tb", false }, { "a>b", false }, { "a\"b", false }, { "a,b", false },
	{ "a\\b", false }, { "=a", false }, { "b\xc3\xbc""cher.example", false }, { "a\x7f", false }, { "a\x80", false }, { "a\xff.example", false },
};

START_TEST(takes_only_names_of_hosts)
{
	ck_assert_msg(learn("192.0.2.1", names[_i].name, HOSTS_ANSWER) == names[_i].good, "%s", names[_i].name);
	ck_assert_int_eq(*name_of("192.0.2.1") != '\0', names[_i].good);
}
END_TEST

START_TEST(takes_no_nul_and_nothing_too_long)
{
	struct synfin_address address = address_of("192.0.2.1");
	char name[65536];
	ck_assert(!hosts_learn(hosts, &address, "a\0b", 3, HOSTS_BLOCK));
	for (size_t i = 0; i < sizeof name; i++)
		name[i] = i % 64 == 63 ? '.' : 'a';
	ck_assert(!hosts_learn(hosts, &address, name, sizeof name, HOSTS_BLOCK));
	ck_assert(!hosts_learn(hosts, &address, name, HOSTS_NAME_MAX + 1, HOSTS_BLOCK));
	ck_assert(hosts_learn(hosts, &address, name, HOSTS_NAME_MAX, HOSTS_BLOCK));
	ck_assert_uint_eq(hosts_name(hosts, &address).length, HOSTS_NAME_MAX);
}
END_TEST

START_TEST(leaves_out_the_domain)
{
	tear_down();
	ck_assert_int_eq(hosts_create(&hosts, true, NULL), 0);
	(void)learn("192.0.2.1", "www.example.com", HOSTS_ANSWER);
	(void)learn("192.0.2.2", "localhost", HOSTS_FILE);
	ck_assert_str_eq(name_of("192.0.2.1"), "www");
	ck_assert_str_eq(name_of("192.0.2.2"), "localhost");
}
END_TEST

/* A flood of answers displaces the oldest ones, and nothing that was told at the start. */
START_TEST(forgets_the_oldest)
{
	char name[32];
	uint32_t more = 1000;
	ck_assert(learn("192.0.2.1", "mine.example", HOSTS_FILTER));
	for (uint32_t i = 0; i < HOSTS_MOST + more; i++) {
		struct synfin_address address = numbered(i);
		int length = snprintf(name, sizeof name, "h%u.example", (unsigned)i);
		ck_assert(hosts_learn(hosts, &address, name, (size_t)length, HOSTS_ANSWER));
	}
	for (uint32_t i = 0; i < HOSTS_MOST + more; i++) {
		struct synfin_address address = numbered(i);
		struct host_name found = hosts_name(hosts, &address);
		int length = snprintf(name, sizeof name, "h%u.example", (unsigned)i);
		ck_assert_uint_eq(found.length, i < more ? 0 : (size_t)length);
		ck_assert(i < more || memcmp(found.text, name, found.length) == 0);
	}
	ck_assert_str_eq(name_of("192.0.2.1"), "mine.example");
}
END_TEST

START_TEST(a_file_has_an_end)
{
	for (uint32_t i = 0; i <= HOSTS_MOST; i++) {
		struct synfin_address address = numbered(i);
		ck_assert_int_eq(hosts_learn(hosts, &address, "a.example", 9, HOSTS_FILE), i < HOSTS_MOST);
	}
}
END_TEST

static unsigned wanted(void)
{
	struct synfin_address address;
	unsigned count = 0;
	while (hosts_next_wanted(hosts, &address))
		count++;
	return count;
}

START_TEST(wants_each_address_once)
{
	struct synfin_address address, expected = address_of("192.0.2.1");
	(void)name_of("192.0.2.1");
	ck_assert_uint_eq(wanted(), 0);
	hosts_want(hosts);
	(void)learn("192.0.2.9", "known.example", HOSTS_ANSWER);
	(void)name_of("192.0.2.9");
	for (int i = 0; i < 3; i++)
		ck_assert_str_eq(name_of("192.0.2.1"), "");
	ck_assert(hosts_next_wanted(hosts, &address));
	ck_assert_mem_eq(&address, &expected, sizeof address);
	ck_assert_uint_eq(wanted(), 0);
	/* Nobody answered: it is not asked about again; whatever is learned later counts. */
	(void)name_of("192.0.2.1");
	ck_assert_uint_eq(wanted(), 0);
	ck_assert(learn("192.0.2.1", "late.example", HOSTS_RESOLVED));
	ck_assert_str_eq(name_of("192.0.2.1"), "late.example");
}
END_TEST

START_TEST(wants_no_more_than_can_wait)
{
	hosts_want(hosts);
	for (uint32_t i = 0; i < 3 * HOSTS_WANTED_MAX; i++) {
		struct synfin_address address = numbered(i);
		(void)hosts_name(hosts, &address);
	}
	ck_assert_uint_eq(wanted(), HOSTS_WANTED_MAX);
	/* The others are met again. */
	for (uint32_t i = 0; i < 3 * HOSTS_WANTED_MAX; i++) {
		struct synfin_address address = numbered(i);
		(void)hosts_name(hosts, &address);
	}
	ck_assert_uint_eq(wanted(), HOSTS_WANTED_MAX);
}
END_TEST

START_TEST(wants_what_dns_can_know)
{
	static const char *const no[] = { "0.0.0.0", "127.0.0.1", "169.254.1.1", "224.0.0.1", "239.1.1.1", "255.255.255.255", "::", "::1", "fe80::1", "febf::1", "ff02::1" };
	static const char *const yes[] = { "10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1", "198.51.100.1", "fd00::1", "2001:db8::1", "fec0::1" };
	hosts_want(hosts);
	for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
		(void)name_of(no[i]);
		ck_assert_msg(wanted() == 0, "%s", no[i]);
	}
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
		(void)name_of(yes[i]);
		ck_assert_msg(wanted() == 1, "%s", yes[i]);
	}
}
END_TEST

START_TEST(reads_a_file)
{
	char path[] = "/tmp/synfin-hosts-XXXXXX";
	int descriptor = mkstemp(path);
	ck_assert_int_ge(descriptor, 0);
	FILE *file = fdopen(descriptor, "w");
	fputs("# a comment\n\n127.0.0.1 localhost\n127.0.0.1\tsecond\n192.0.2.1\t one.example one  # uno\n192.0.2.2#none.example\n"
		"2001:db8::1 six.example\nwrong a.example\n192.0.2.3\n192.0.2.4 \033[31m\n  192.0.2.5 indented.example\n192.0.2.6 last.example", file);
	fclose(file);
	hosts_read(hosts, path);
	unlink(path);
	ck_assert_str_eq(name_of("127.0.0.1"), "localhost");
	ck_assert_str_eq(name_of("192.0.2.1"), "one.example");
	ck_assert_str_eq(name_of("192.0.2.2"), "");
	ck_assert_str_eq(name_of("2001:db8::1"), "six.example");
	ck_assert_str_eq(name_of("192.0.2.3"), "");
	ck_assert_str_eq(name_of("192.0.2.4"), "");
	ck_assert_str_eq(name_of("192.0.2.5"), "indented.example");
	ck_assert_str_eq(name_of("192.0.2.6"), "last.example");
	hosts_read(hosts, "/nonexistent/hosts");
}
END_TEST

static Suite *hosts_suite(void)
{
	Suite *suite = suite_create("hosts");
	TCase *cases = tcase_create("table");
	tcase_add_checked_fixture(cases, set_up, tear_down);
	tcase_add_test(cases, names_what_it_learned);
	tcase_add_test(cases, sources_have_an_order);
	tcase_add_test(cases, the_last_of_a_source_wins_unless_it_was_told_at_the_start);
	tcase_add_loop_test(cases, takes_only_names_of_hosts, 0, (int)(sizeof names / sizeof *names));
	tcase_add_test(cases, takes_no_nul_and_nothing_too_long);
	tcase_add_test(cases, leaves_out_the_domain);
	tcase_add_test(cases, forgets_the_oldest);
	tcase_add_test(cases, a_file_has_an_end);
	tcase_add_test(cases, wants_each_address_once);
	tcase_add_test(cases, wants_no_more_than_can_wait);
	tcase_add_test(cases, wants_what_dns_can_know);
	tcase_add_test(cases, reads_a_file);
	suite_add_tcase(suite, cases);
	return suite;
}

int main(void)
{
	return suite_main(hosts_suite());
}
