/* SPDX-License-Identifier: BSD-3-Clause */
/* The JSON writer: commas, escapes, UTF-8, times; and a buffer that fails. */
#include <stdio.h>
#include <string.h>

#include <synfin/status.h>

#include "base/calendar.h"
#include "suite.h"
#include "views/json.h"

static struct output out;
static struct json json;

static void setup(void)
{
	output_init(&out, NULL, NULL, 0);
	json = (struct json){ .out = &out };
}

static void teardown(void)
{
	output_free(&out);
}

static void expect(const char *text)
{
	output_char(&out, '\0');
	ck_assert_int_eq(out.status, 0);
	ck_assert_str_eq(out.start, text);
	output_truncate(&out, 0);
	json.comma = false;
}

START_TEST(structure)
{
	struct json line = json_line_begin(&out);
	json_key(&line, "a");
	json_unsigned(&line, UINT64_MAX);
	json_key(&line, "b");
	json_begin(&line, '[');
	json_end(&line, ']');
	json_key(&line, "c");
	json_begin(&line, '[');
	json_signed(&line, INT64_MIN);
	json_begin(&line, '{');
	json_key(&line, "d");
	json_null(&line);
	json_end(&line, '}');
	json_bool(&line, false);
	json_end(&line, ']');
	json_key(&line, "e");
	json_begin(&line, '{');
	json_end(&line, '}');
	json_key(&line, "f");
	json_word(&line, NULL);
	json_key(&line, "g");
	json_word(&line, "word");
	json_key(&line, "h");
	json_unless_negative(&line, -1);
	json_key(&line, "i");
	json_unless_negative(&line, 0);
	json_line_end(&line);
	expect("{\"a\":18446744073709551615,\"b\":[],\"c\":[-9223372036854775808,{\"d\":null},false],\"e\":{},\"f\":null,\"g\":\"word\","
		"\"h\":null,\"i\":0}\n");
}
END_TEST

#define STRING(bytes) json_string(&json, (bytes), sizeof(bytes) - 1)

START_TEST(ascii)
{
	STRING("");
	expect("\"\"");
	STRING("plain 'text' / <b>&~");
	expect("\"plain 'text' / <b>&~\"");
	STRING("\"\\");
	expect("\"\\\"\\\\\"");
	STRING("\0\n\t\r\x1b\x1f\x7f");
	expect("\"\\u0000\\u000a\\u0009\\u000d\\u001b\\u001f\\u007f\"");
}
END_TEST

/* Valid UTF-8 as it is; every byte of what is not, alone. */
START_TEST(utf8)
{
	STRING("h\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80");
	expect("\"h\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\"");
	STRING("\xff\x80" "a\xc3");
	expect("\"\\u00ff\\u0080a\\u00c3\"");
	STRING("\xc0\xaf"); /* overlong */
	expect("\"\\u00c0\\u00af\"");
	STRING("\xed\xa0\x80"); /* a surrogate */
	expect("\"\\u00ed\\u00a0\\u0080\"");
	STRING("\xf4\x90\x80\x80"); /* above U+10FFFF */
	expect("\"\\u00f4\\u0090\\u0080\\u0080\"");
	STRING("\xe2\x82" "x"); /* cut */
	expect("\"\\u00e2\\u0082x\"");
}
END_TEST

/* Characters that deceive a terminal's reader are the same characters, escaped. */
START_TEST(deceptive)
{
	STRING("\xc2\x9b" "31m");
	expect("\"\\u009b31m\"");
	STRING("a\xe2\x80\xae" "b\xe2\x80\xa8");
	expect("\"a\\u202eb\\u2028\"");
	STRING("\xf3\xa0\x81\x81"); /* a tag, U+E0041 */
	expect("\"\\udb40\\udc41\"");
}
END_TEST

/* Every byte, alone: the result is ASCII between quotes, and each of them stands for its own number. */
START_TEST(every_byte)
{
	for (unsigned byte = 0; byte < 256; byte++) {
		char c = (char)byte;
		char wanted[16];
		json_string(&json, &c, 1);
		if (byte == '"' || byte == '\\')
			snprintf(wanted, sizeof wanted, "\"\\%c\"", byte);
		else if (byte < 0x20 || byte >= 0x7f)
			snprintf(wanted, sizeof wanted, "\"\\u%04x\"", byte);
		else
			snprintf(wanted, sizeof wanted, "\"%c\"", byte);
		expect(wanted);
	}
}
END_TEST

/* A long text is taken in eights: each byte at each place of one comes out as it does alone. */
START_TEST(every_byte_everywhere)
{
	char text[24], alone[16], expected[64];
	for (unsigned byte = 0; byte < 256; byte++)
		for (size_t at = 0; at < sizeof text; at++) {
			char c = (char)byte;
			json_string(&json, &c, 1);
			size_t length = output_length(&out) - 2;
			memcpy(alone, out.start + 1, length);
			output_truncate(&out, 0);
			json.comma = false;
			memset(text, '~', sizeof text);
			text[at] = c;
			json_string(&json, text, sizeof text);
			snprintf(expected, sizeof expected, "\"%.*s%.*s%.*s\"", (int)at, "~~~~~~~~~~~~~~~~~~~~~~~~", (int)length, alone,
				(int)(sizeof text - at - 1), "~~~~~~~~~~~~~~~~~~~~~~~~");
			expect(expected);
		}
}
END_TEST

START_TEST(times)
{
	static const struct {
		int64_t ns;
		const char *text;
	} cases[] = {
		{ 0, "\"1970-01-01T00:00:00.000000000Z\"" },
		{ -1, "\"1969-12-31T23:59:59.999999999Z\"" },
		{ 1, "\"1970-01-01T00:00:00.000000001Z\"" },
		{ -1000000000, "\"1969-12-31T23:59:59.000000000Z\"" },
		{ INT64_C(1795140911010113000), "\"2026-11-20T02:15:11.010113000Z\"" },
		{ INT64_C(951782400000000000), "\"2000-02-29T00:00:00.000000000Z\"" },
		{ INT64_C(4107542399999999999), "\"2100-02-28T23:59:59.999999999Z\"" },
		{ INT64_C(4107542400000000000), "\"2100-03-01T00:00:00.000000000Z\"" },
		{ INT64_MAX, "\"2262-04-11T23:47:16.854775807Z\"" },
		{ INT64_MIN, "\"1677-09-21T00:12:43.145224192Z\"" },
	};
	for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
		json_time(&json, cases[i].ns);
		expect(cases[i].text);
	}
}
END_TEST

/* The two functions undo each other over eight centuries, and each day follows the one before. */
START_TEST(calendar)
{
	int64_t last_year = 0;
	int last_day = 0;
	for (int64_t day = -150000; day < 150000; day++) {
		int64_t year;
		int month, number;
		calendar_date(day, &year, &month, &number);
		ck_assert_int_eq(calendar_day(year, month, number), day);
		ck_assert(month >= 1 && month <= 12 && number >= 1 && number <= 31);
		ck_assert(day == -150000 || number == last_day + 1 || (number == 1 && last_day >= 28));
		ck_assert_int_ge(year, day == -150000 ? year : last_year);
		last_year = year;
		last_day = number;
	}
}
END_TEST

/* After a failure nothing is appended, and nothing crashes. */
START_TEST(failure)
{
	out.status = SYNFIN_E_PIPE;
	STRING("text");
	json_time(&json, 0);
	json_key(&json, "a");
	json_unsigned(&json, 1);
	ck_assert_uint_eq(output_length(&out), 0);
	json_string(&json, "", SIZE_MAX);
	ck_assert_int_eq(out.status, SYNFIN_E_PIPE);
}
END_TEST

static Suite *the_suite(void)
{
	Suite *suite = suite_create("json");
	TCase *tests = tcase_create("json");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, structure);
	tcase_add_test(tests, ascii);
	tcase_add_test(tests, utf8);
	tcase_add_test(tests, deceptive);
	tcase_add_test(tests, every_byte);
	tcase_add_test(tests, every_byte_everywhere);
	tcase_add_test(tests, times);
	tcase_add_test(tests, calendar);
	tcase_add_test(tests, failure);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(the_suite());
}
