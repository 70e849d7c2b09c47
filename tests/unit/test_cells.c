/* SPDX-License-Identifier: BSD-3-Clause */
/* Widths, and text filled, cut and broken to them. */
#include <string.h>

#include "suite.h"
#include "views/cells.h"

static struct output out;

static void setup(void)
{
	output_init(&out, NULL, NULL, 0);
}

static void teardown(void)
{
	output_free(&out);
}

static void expect(const char *text)
{
	output_char(&out, '\0');
	ck_assert_str_eq(out.start, text);
	output_truncate(&out, 0);
}

static size_t width(const char *text)
{
	return cells_width(text, strlen(text));
}

START_TEST(widths)
{
	ck_assert_uint_eq(width(""), 0);
	ck_assert_uint_eq(width("SYN_SENT"), 8);
	ck_assert_uint_eq(width("3ウェイ・ハンドシェイク"), 23);
	ck_assert_uint_eq(width("確認応答 ack 1"), 14);
	/* Half-width katakana take one cell, the full-width form of a Latin letter two. */
	ck_assert_uint_eq(width("ｱＡ"), 3);
	/* Box lines are of ambiguous width: one. */
	ck_assert_uint_eq(width("┌─│"), 3);
	ck_assert_uint_eq(width("😀"), 2);
	/* が as か and a combining mark, é likewise. */
	ck_assert_uint_eq(width("か\xe3\x82\x99"), 2);
	ck_assert_uint_eq(width("e\xcc\x81"), 1);
	/* No UTF-8: a cell for each byte. */
	ck_assert_uint_eq(width("\xff\xe3\x81"), 3);
}
END_TEST

START_TEST(ends_of_ranges)
{
	ck_assert_uint_eq(cells_of(0x10ff), 1);
	ck_assert_uint_eq(cells_of(0x1100), 2);
	ck_assert_uint_eq(cells_of(0x115f), 2);
	ck_assert_uint_eq(cells_of(0x1160), 1);
	ck_assert_uint_eq(cells_of(0x303f), 1);
	ck_assert_uint_eq(cells_of(0x3041), 2);
	ck_assert_uint_eq(cells_of(0x302a), 0);
	ck_assert_uint_eq(cells_of(0x3fffd), 2);
	ck_assert_uint_eq(cells_of(0x3fffe), 1);
	ck_assert_uint_eq(cells_of(0x10ffff), 1);
}
END_TEST

START_TEST(fitting)
{
	ck_assert_uint_eq(cells_fit("abc", 3, 2), 2);
	ck_assert_uint_eq(cells_fit("abc", 3, 9), 3);
	/* Half of a wide character is none of it. */
	ck_assert_uint_eq(cells_fit("応答", 6, 3), 3);
	ck_assert_uint_eq(cells_fit("応答", 6, 1), 0);
	/* What combines stays with its letter. */
	ck_assert_uint_eq(cells_fit("e\xcc\x81x", 4, 1), 3);
}
END_TEST

START_TEST(lines)
{
	ck_assert_uint_eq(cells_line("one two", 7, 9), 7);
	ck_assert_uint_eq(cells_line("one two", 7, 5), 4);
	ck_assert_uint_eq(cells_line("one two", 7, 3), 3);
	ck_assert_uint_eq(cells_line("onetwo", 6, 4), 4);
	/* Never nothing, or a caller would not come to an end. */
	ck_assert_uint_eq(cells_line("応答", 6, 1), 3);
}
END_TEST

START_TEST(columns)
{
	cells_put_left(&out, "応答", 6, 5);
	cells_put_right(&out, "応答", 6, 5);
	expect("応答  応答");
	cells_put_left(&out, "応答", 6, 3);
	cells_put_right(&out, "応答", 6, 3);
	expect("応  応");
	cells_pad(&out, "応答", 3);
	cells_pad(&out, "応", 3);
	expect("応答応 ");
	cells_repeat(&out, "─", 3);
	expect("───");
}
END_TEST

static Suite *cells_suite(void)
{
	Suite *suite = suite_create("cells");
	TCase *tests = tcase_create("cells");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, widths);
	tcase_add_test(tests, ends_of_ranges);
	tcase_add_test(tests, fitting);
	tcase_add_test(tests, lines);
	tcase_add_test(tests, columns);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(cells_suite());
}
