/* SPDX-License-Identifier: BSD-3-Clause */
/* What is taken from DNS messages: chains, reverse answers, what was not asked, and messages that make no sense. */
#include <stdio.h>
#include <string.h>

#include "decode/dns.h"
#include "frames.h"
#include "random.h"
#include "suite.h"

enum { A = 1, CNAME = 5, PTR = 12, AAAA = 28, RESPONSE = 0x8180 };

static struct frame message;
static char told[65536];
static unsigned told_count;

static void tell(void *context, const struct synfin_address *address, const char *name, size_t length, bool reverse)
{
	const uint8_t *b = address->bytes;
	size_t used = strlen(told);
	(void)context;
	told_count++;
	ck_assert_uint_le(length, 255);
	for (size_t i = 0; i < length; i++)
		ck_assert(name[i] > ' ' && name[i] < 0x7f && !(name[i] >= 'A' && name[i] <= 'Z'));
	snprintf(told + used, sizeof told - used, "%s%02x%02x..%02x%02x=%.*s;", reverse ? "r" : "", b[0], b[10], b[14], b[15], (int)length, name);
}

static const char *answers(bool multicast)
{
	told[0] = '\0';
	told_count = 0;
	dns_answers(message.bytes, message.size, multicast, tell, NULL);
	return told;
}

static void put_name(const char *name)
{
	while (*name) {
		size_t n = strcspn(name, ".");
		frame_u8(&message, (unsigned)n);
		frame_bytes(&message, name, n);
		name += n + (name[n] == '.');
	}
	frame_u8(&message, 0);
}

static void put_header(unsigned flags, unsigned questions, unsigned answer_count, unsigned others)
{
	memset(&message, 0, sizeof message);
	frame_u16(&message, 7);
	frame_u16(&message, flags);
	frame_u16(&message, questions);
	frame_u16(&message, answer_count);
	frame_u16(&message, 0);
	frame_u16(&message, others);
}

static void put_question(const char *name, unsigned type)
{
	put_name(name);
	frame_u16(&message, type);
	frame_u16(&message, 1);
}

static void put_record(const char *name, unsigned type, unsigned class, const void *data, size_t n)
{
	put_name(name);
	frame_u16(&message, type);
	frame_u16(&message, class);
	frame_u32(&message, 300);
	frame_u16(&message, (unsigned)n);
	frame_bytes(&message, data, n);
}

static void put_a(const char *name, unsigned last)
{
	const uint8_t four[4] = { 192, 0, 2, (uint8_t)last };
	put_record(name, A, 1, four, sizeof four);
}

/* A record whose data are a name. */
static void put_named(const char *name, unsigned type, const char *target)
{
	struct frame before = message;
	message.size = 0;
	put_name(target);
	struct frame data = message;
	message = before;
	put_record(name, type, 1, data.bytes, data.size);
}

START_TEST(address_of_a_name)
{
	static const uint8_t six[16] = { 0x20, 0x01, [15] = 9 };
	put_header(RESPONSE, 1, 3, 0);
	put_question("www.example.com", A);
	put_a("www.example.com", 1);
	put_a("www.example.com", 2);
	put_record("www.example.com", AAAA, 1, six, sizeof six);
	ck_assert_str_eq(answers(false), "00ff..0201=www.example.com;00ff..0202=www.example.com;2000..0009=www.example.com;");
}
END_TEST

START_TEST(chain_leads_to_the_name_that_was_asked_for)
{
	put_header(RESPONSE, 1, 4, 0);
	put_question("wWw.example.com", A);
	put_named("www.EXAMPLE.com", CNAME, "a.example.net");
	put_named("a.example.net", CNAME, "b.example.net");
	put_a("B.example.net", 1);
	put_a("a.example.net", 2); /* is none of its */
	ck_assert_str_eq(answers(false), "00ff..0201=www.example.com;");
}
END_TEST

START_TEST(what_was_not_asked_is_passed_over)
{
	put_header(RESPONSE, 1, 2, 1);
	put_question("www.example.com", A);
	put_a("bank.example", 1);
	put_named("1.2.0.192.in-addr.arpa", PTR, "bank.example");
	put_a("www.example.com", 2); /* additional */
	ck_assert_str_eq(answers(false), "");
}
END_TEST

START_TEST(name_of_an_address)
{
	put_header(RESPONSE, 1, 1, 0);
	put_question("80.2.0.192.In-Addr.ARPA", PTR);
	put_named("80.2.0.192.in-addr.arpa", PTR, "www.example.com");
	ck_assert_str_eq(answers(false), "r00ff..0250=www.example.com;");

	put_header(RESPONSE, 1, 1, 0);
	put_question("8.7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", PTR);
	put_named("8.7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", PTR, "six.example");
	ck_assert_str_eq(answers(false), "r2000..0078=six.example;");

	/* RFC 2317: led on through names that no host could have. */
	put_header(RESPONSE, 1, 2, 0);
	put_question("80.2.0.192.in-addr.arpa", PTR);
	put_named("80.2.0.192.in-addr.arpa", CNAME, "80.64/26.2.0.192.in-addr.arpa");
	put_named("80.64/26.2.0.192.in-addr.arpa", PTR, "www.example.com");
	ck_assert_str_eq(answers(false), "r00ff..0250=www.example.com;");
}
END_TEST

static const char *const no_addresses[] = {
	"2.0.192.in-addr.arpa", "1.80.2.0.192.in-addr.arpa", "256.2.0.192.in-addr.arpa", "a.2.0.192.in-addr.arpa", "in-addr.arpa", "ip6.arpa",
	"0080.2.0.192.in-addr.arpa", "80.2.0.192.in-addr.arpa.example", "g.7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
	"7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", "_http._tcp.local",
};

START_TEST(names_that_are_no_address)
{
	put_header(RESPONSE, 1, 1, 0);
	put_question(no_addresses[_i], PTR);
	put_named(no_addresses[_i], PTR, "www.example.com");
	ck_assert_str_eq(answers(false), "");
}
END_TEST

START_TEST(multicast_records_speak_for_themselves)
{
	static const uint8_t four[4] = { 10, 0, 0, 9 };
	put_header(0x8400, 0, 1, 1);
	put_record("printer.local", A, 0x8001, four, sizeof four);
	put_a("other.local", 3);
	ck_assert_str_eq(answers(true), "00ff..0009=printer.local;00ff..0203=other.local;");
	/* From the port of DNS nobody may answer what nobody asked. */
	ck_assert_str_eq(answers(false), "");
}
END_TEST

static const unsigned other_flags[] = { 0x0100, 0x8183, 0x8185, 0x8980, 0x0000 };

/* A question, an error, another operation. */
START_TEST(messages_that_are_no_answer)
{
	put_header(other_flags[_i], 1, 1, 0);
	put_question("www.example.com", A);
	put_a("www.example.com", 1);
	ck_assert_str_eq(answers(false), "");
}
END_TEST

START_TEST(wrong_class_and_length)
{
	static const uint8_t five[5] = { 192, 0, 2, 1, 0 };
	put_header(RESPONSE, 1, 3, 0);
	put_question("www.example.com", A);
	put_record("www.example.com", A, 3, five, 4);
	put_record("www.example.com", A, 1, five, 5);
	put_record("www.example.com", AAAA, 1, five, 4);
	ck_assert_str_eq(answers(false), "");
}
END_TEST

START_TEST(cut_messages_tell_what_is_whole)
{
	put_header(RESPONSE, 1, 2, 0);
	put_question("www.example.com", A);
	put_a("www.example.com", 1);
	size_t whole = message.size;
	put_a("www.example.com", 2);
	for (size_t size = message.size; size-- > 0;) {
		message.size = size;
		ck_assert_str_eq(answers(false), size >= whole ? "00ff..0201=www.example.com;" : "");
	}
}
END_TEST

static void put_pointer_record(unsigned pointer)
{
	static const uint8_t four[4] = { 192, 0, 2, 1 };
	frame_u16(&message, 0xc000 | pointer);
	frame_u16(&message, A);
	frame_u16(&message, 1);
	frame_u32(&message, 300);
	frame_u16(&message, sizeof four);
	frame_bytes(&message, four, sizeof four);
}

START_TEST(pointers)
{
	put_header(RESPONSE, 1, 1, 0);
	put_question("www.example.com", A);
	put_pointer_record(12);
	ck_assert_str_eq(answers(false), "00ff..0201=www.example.com;");
	/* To itself, ahead, and out of the message. */
	unsigned own = 12 + 17 + 4;
	const unsigned wrong[] = { own, own + 2, 0x3fff };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		put_header(RESPONSE, 1, 1, 0);
		put_question("www.example.com", A);
		put_pointer_record(wrong[i]);
		ck_assert_str_eq(answers(false), "");
	}
}
END_TEST

START_TEST(a_message_tells_no_more_than_32)
{
	put_header(RESPONSE, 1, 400, 0);
	put_question("www.example.com", A);
	for (unsigned i = 0; i < 400; i++)
		put_pointer_record(12);
	(void)answers(false);
	ck_assert_uint_eq(told_count, 32);
}
END_TEST

/* Each record repeats a name of 200 bytes by a pointer. */
START_TEST(names_of_a_message_have_an_end)
{
	char name[200];
	for (size_t i = 0; i < sizeof name - 1; i++)
		name[i] = i % 64 == 63 ? '.' : 'a';
	name[sizeof name - 1] = '\0';
	put_header(RESPONSE, 1, 32, 0);
	put_question(name, A);
	for (unsigned i = 0; i < 32; i++)
		put_pointer_record(12);
	(void)answers(false);
	ck_assert_uint_eq(told_count, 4096 / 196 - 1);
}
END_TEST

/* Labels of 63 bytes, so that a name is too long; and a label with a dot in it, which is no two labels. */
START_TEST(odd_labels)
{
	char long_name[400];
	for (size_t i = 0; i < sizeof long_name - 1; i++)
		long_name[i] = i % 64 == 63 ? '.' : 'a';
	long_name[sizeof long_name - 1] = '\0';
	put_header(RESPONSE, 1, 1, 0);
	put_question(long_name, A);
	put_a(long_name, 1);
	ck_assert_str_eq(answers(false), "");

	put_header(RESPONSE, 1, 1, 0);
	frame_bytes(&message, "\3a.b\0\0\1\0\1", 9);
	frame_bytes(&message, "\3a.b\0\0\1\0\1\0\0\0\0\0\4\300\0\2\1", 19);
	ck_assert_str_eq(answers(false), "00ff..0201=a\\b;");
}
END_TEST

/* Good messages of which some bytes are any: whatever is told has a name as tell() checks it. */
START_TEST(random_bytes)
{
	unsigned all = 0;
	for (unsigned round = 0; round < 20000; round++) {
		put_header(RESPONSE, 1, 4, 0);
		put_question("www.example.com", A);
		put_named("www.example.com", CNAME, "a.example.net");
		put_a("a.example.net", 1);
		put_pointer_record(12);
		put_named("80.2.0.192.in-addr.arpa", PTR, "b.example");
		for (unsigned i = below(4); i > 0; i--)
			message.bytes[below((uint32_t)message.size)] = (uint8_t)(one_in(2) ? 0xc0 | below(2) : below(256));
		(void)answers(one_in(2));
		all += told_count;
	}
	ck_assert_uint_gt(all, 1000);
}
END_TEST

static Suite *answers_suite(void)
{
	Suite *suite = suite_create("dns answers");
	TCase *cases = tcase_create("messages");
	tcase_add_test(cases, address_of_a_name);
	tcase_add_test(cases, chain_leads_to_the_name_that_was_asked_for);
	tcase_add_test(cases, what_was_not_asked_is_passed_over);
	tcase_add_test(cases, name_of_an_address);
	tcase_add_loop_test(cases, names_that_are_no_address, 0, (int)(sizeof no_addresses / sizeof *no_addresses));
	tcase_add_test(cases, multicast_records_speak_for_themselves);
	tcase_add_loop_test(cases, messages_that_are_no_answer, 0, (int)(sizeof other_flags / sizeof *other_flags));
	tcase_add_test(cases, wrong_class_and_length);
	tcase_add_test(cases, cut_messages_tell_what_is_whole);
	tcase_add_test(cases, pointers);
	tcase_add_test(cases, a_message_tells_no_more_than_32);
	tcase_add_test(cases, names_of_a_message_have_an_end);
	tcase_add_test(cases, odd_labels);
	tcase_add_test(cases, random_bytes);
	suite_add_tcase(suite, cases);
	return suite;
}

int main(void)
{
	return suite_main(answers_suite());
}
