/* SPDX-License-Identifier: BSD-3-Clause */
/* Text from packets: what may reach a terminal and what may not. */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "base/output.h"
#include "base/utf8.h"

static struct output out;

static void setup(void)
{
	output_init(&out, NULL, NULL, 0);
}

static void teardown(void)
{
	output_free(&out);
}

static const char *text(void)
{
	static char copy[256];
	size_t n = output_length(&out);
	ck_assert_uint_lt(n, sizeof copy);
	memcpy(copy, out.start, n);
	copy[n] = '\0';
	output_truncate(&out, 0);
	return copy;
}

static const struct {
	const char *bytes;
	const char *expected;
} escapes[] = {
	/* ASCII */
	{ "GET / HTTP/1.1", "GET / HTTP/1.1" },
	{ " ~\"'<&>%", " ~\"'<&>%" },
	{ "a\\b", "a\\\\b" },
	{ "\\x1b", "\\\\x1b" },
	{ "\x1b[31m", "\\x1b[31m" },
	{ "\a\b\t\r\n", "\\x07\\x08\\x09\\x0d\\x0a" },
	{ "\x7f", "\\x7f" },
	/* The first and last characters of each length */
	{ "\xc2\xa0", "\xc2\xa0" },
	{ "\xdf\xbf", "\xdf\xbf" },
	{ "\xe0\xa0\x80", "\xe0\xa0\x80" },
	{ "\xef\xbf\xbd", "\xef\xbf\xbd" },
	{ "\xf0\x90\x80\x80", "\xf0\x90\x80\x80" },
	{ "\xf4\x8f\xbf\xbd", "\xf4\x8f\xbf\xbd" },
	{ "\xe6\x97\xa5\xe6\x9c\xac", "\xe6\x97\xa5\xe6\x9c\xac" },
	/* C1 controls, as bytes and as characters */
	{ "\x9b" "31m", "\\x9b31m" },
	{ "\xc2\x80", "\\xc2\\x80" },
	{ "\xc2\x9b", "\\xc2\\x9b" },
	{ "\xc2\x9f", "\\xc2\\x9f" },
	/* Overlong forms */
	{ "\xc0\xaf", "\\xc0\\xaf" },
	{ "\xc1\xbf", "\\xc1\\xbf" },
	{ "\xe0\x9f\xbf", "\\xe0\\x9f\\xbf" },
	{ "\xf0\x8f\xbf\xbf", "\\xf0\\x8f\\xbf\\xbf" },
	/* Surrogates and their neighbours */
	{ "\xed\x9f\xbf", "\xed\x9f\xbf" },
	{ "\xed\xa0\x80", "\\xed\\xa0\\x80" },
	{ "\xed\xbf\xbf", "\\xed\\xbf\\xbf" },
	{ "\xee\x80\x80", "\xee\x80\x80" },
	/* Above U+10FFFF, and bytes that never occur */
	{ "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80" },
	{ "\xf5\x80\x80\x80", "\\xf5\\x80\\x80\\x80" },
	{ "\xfe\xff", "\\xfe\\xff" },
	/* Cut, lone and interrupted: what follows is read afresh */
	{ "\xe6\x97", "\\xe6\\x97" },
	{ "\xf0\x9f\x98", "\\xf0\\x9f\\x98" },
	{ "\x80", "\\x80" },
	{ "\xe6" "A\xa5", "\\xe6A\\xa5" },
	{ "\xe6\xc3\xa9", "\\xe6\xc3\xa9" },
	{ "\xc3\xc3\xa9", "\\xc3\xc3\xa9" },
	/* Direction: U+061C, U+200E and F, U+202A to E, U+2066 to 9; and what stands beside them */
	{ "\xd8\x9c", "\\xd8\\x9c" },
	{ "\xe2\x80\x8d", "\xe2\x80\x8d" },
	{ "\xe2\x80\x8e", "\\xe2\\x80\\x8e" },
	{ "\xe2\x80\x8f", "\\xe2\\x80\\x8f" },
	{ "\xe2\x80\x90", "\xe2\x80\x90" },
	{ "\xe2\x80\xa7", "\xe2\x80\xa7" },
	{ "\xe2\x80\xaa", "\\xe2\\x80\\xaa" },
	{ "\xe2\x80\xae", "\\xe2\\x80\\xae" },
	{ "\xe2\x80\xaf", "\xe2\x80\xaf" },
	{ "\xe2\x81\xa6", "\\xe2\\x81\\xa6" },
	{ "\xe2\x81\xa9", "\\xe2\\x81\\xa9" },
	{ "\xe2\x81\xb0", "\xe2\x81\xb0" },
	/* Line separator, byte order mark, tags, noncharacters */
	{ "\xe2\x80\xa8", "\\xe2\\x80\\xa8" },
	{ "\xef\xbb\xbf", "\\xef\\xbb\\xbf" },
	{ "\xf3\xa0\x81\x81", "\\xf3\\xa0\\x81\\x81" },
	{ "\xef\xb7\x8f", "\xef\xb7\x8f" },
	{ "\xef\xb7\x90", "\\xef\\xb7\\x90" },
	{ "\xef\xb7\xaf", "\\xef\\xb7\\xaf" },
	{ "\xef\xbf\xbe", "\\xef\\xbf\\xbe" },
	{ "\xef\xbf\xbf", "\\xef\\xbf\\xbf" },
	{ "\xf0\x9f\xbf\xbe", "\\xf0\\x9f\\xbf\\xbe" },
	{ "\xf4\x8f\xbf\xbf", "\\xf4\\x8f\\xbf\\xbf" },
};

START_TEST(escaped)
{
	for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
		output_escaped(&out, (const uint8_t *)escapes[i].bytes, strlen(escapes[i].bytes));
		ck_assert_str_eq(text(), escapes[i].expected);
	}
	output_escaped(&out, (const uint8_t *)"a\0b", 3);
	ck_assert_str_eq(text(), "a\\x00b");
	/* Only the bytes that are given: the third one of this character is behind the end. */
	output_escaped(&out, (const uint8_t *)"\xe6\x97\xa5", 2);
	ck_assert_str_eq(text(), "\\xe6\\x97");
}
END_TEST

START_TEST(escaped_to_ascii)
{
	static const char bytes[] = "a\\ \xe6\x97\xa5 \xc3\xa9\x1b\xff";
	output_escaped_ascii(&out, (const uint8_t *)bytes, sizeof bytes - 1);
	ck_assert_str_eq(text(), "a\\\\ \\xe6\\x97\\xa5 \\xc3\\xa9\\x1b\\xff");
}
END_TEST

START_TEST(escaped_at_its_longest)
{
	uint8_t bytes[1500];
	memset(bytes, 0xff, sizeof bytes);
	output_repeat(&out, '.', 4000);
	output_escaped(&out, bytes, sizeof bytes);
	ck_assert_uint_eq(output_length(&out), 4000 + 4 * sizeof bytes);
	ck_assert_mem_eq(out.pos - 4, "\\xff", 4);
}
END_TEST

static const struct {
	const char *text;
	const char *tamed;
} names[] = {
	{ "", "" },
	{ "a b~\\.pcap", "a b~\\.pcap" },
	{ "\x1b]0;x\a\r\n\t\x7f", " ]0;x     " },
	/* CSI of eight bits, by itself and in UTF-8; a direction override */
	{ "a\x9b" "2J", "a 2J" },
	{ "a\xc2\x9b" "2J", "a  2J" },
	{ "a\xe2\x80\xae" "b", "a   b" },
	/* Names in UTF-8 and in Latin 1 stay; a character that is cut is no character. */
	{ "\xe6\x97\xa5 \xc3\xa9", "\xe6\x97\xa5 \xc3\xa9" },
	{ "caf\xe9", "caf\xe9" },
	{ "\xe6\x97", "\xe6 " },
};

START_TEST(tamed)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char name[32];
		snprintf(name, sizeof name, "%s", names[i].text);
		utf8_tame(name);
		ck_assert_str_eq(name, names[i].tamed);
	}
}
END_TEST

static Suite *escape_suite(void)
{
	Suite *suite = suite_create("escape");
	TCase *escape = tcase_create("escape");
	tcase_add_checked_fixture(escape, setup, teardown);
	tcase_add_test(escape, escaped);
	tcase_add_test(escape, escaped_to_ascii);
	tcase_add_test(escape, escaped_at_its_longest);
	tcase_add_test(escape, tamed);
	suite_add_tcase(suite, escape);
	return suite;
}

int main(void)
{
	return suite_main(escape_suite());
}
