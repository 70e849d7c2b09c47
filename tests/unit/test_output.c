/* SPDX-License-Identifier: BSD-3-Clause */
/* The output buffer: growth, draining, latched failures, and numbers. */
#include "suite.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <synfin/status.h>

#include "base/output.h"

static struct output out;

static void setup(void)
{
	output_init(&out, NULL, NULL, 0);
}

static void teardown(void)
{
	output_free(&out);
}

/* What has collected, as a string; the buffer is empty after it. Valid until the next call. */
static const char *text(void)
{
	static char copy[8192];
	size_t n = output_length(&out);
	ck_assert_uint_lt(n, sizeof copy);
	if (n)
		memcpy(copy, out.start, n);
	copy[n] = '\0';
	output_truncate(&out, 0);
	return copy;
}

/* A drain that remembers what it got and fails with `status` when that is not 0. */
struct sink {
	int calls;
	int status;
	size_t length;
	char bytes[256];
};

static int take(void *context, const char *bytes, size_t length)
{
	struct sink *sink = context;
	sink->calls++;
	if (sink->status)
		return sink->status;
	ck_assert_uint_le(sink->length + length, sizeof sink->bytes);
	memcpy(sink->bytes + sink->length, bytes, length);
	sink->length += length;
	return 0;
}

START_TEST(empty)
{
	ck_assert_uint_eq(output_length(&out), 0);
	output_bytes(&out, NULL, 0);
	output_text(&out, "");
	output_repeat(&out, 'x', 0);
	output_hex_bytes(&out, NULL, 0);
	output_escaped(&out, NULL, 0);
	output_format(&out, "%s", "");
	output_truncate(&out, 0);
	ck_assert_int_eq(output_drain(&out), 0);
	ck_assert_int_eq(output_settle(&out), 0);
	ck_assert_uint_eq(output_length(&out), 0);
	ck_assert_int_eq(out.status, 0);
}
END_TEST

START_TEST(appends)
{
	output_text(&out, "abc");
	output_char(&out, '-');
	output_bytes(&out, "d\0e", 3);
	output_repeat(&out, '=', 3);
	ck_assert_uint_eq(output_length(&out), 10);
	ck_assert_mem_eq(out.start, "abc-d\0e===", 10);
	output_truncate(&out, 20);
	ck_assert_uint_eq(output_length(&out), 10);
	output_truncate(&out, 2);
	output_char(&out, 'z');
	ck_assert_str_eq(text(), "abz");
}
END_TEST

START_TEST(grows_and_keeps)
{
	enum { COUNT = 100000 };
	for (int i = 0; i < COUNT; i++)
		output_char(&out, (char)('a' + i % 26));
	ck_assert_uint_eq(output_length(&out), COUNT);
	output_repeat(&out, '!', 3 * COUNT);
	ck_assert_uint_eq(output_length(&out), 4 * COUNT);
	for (int i = 0; i < COUNT; i++)
		ck_assert_int_eq(out.start[i], 'a' + i % 26);
	ck_assert_int_eq(out.start[4 * COUNT - 1], '!');
	ck_assert_int_eq(out.status, 0);
}
END_TEST

START_TEST(format)
{
	output_format(&out, "%d %s", 42, "x");
	ck_assert_str_eq(text(), "42 x");
	/* Longer than any room there is, and exactly as long as the room: vsnprintf wants one more for its NUL. */
	output_format(&out, "%5000d", 7);
	ck_assert_uint_eq(output_length(&out), 5000);
	ck_assert_int_eq(out.start[4999], '7');
	size_t room = (size_t)(out.end - out.pos);
	output_format(&out, "%*d", (int)room, 8);
	ck_assert_uint_eq(output_length(&out), 5000 + room);
	ck_assert_int_eq(out.pos[-1], '8');
	ck_assert_int_eq(out.start[4999], '7');
}
END_TEST

START_TEST(memory_failure_is_latched)
{
	output_text(&out, "kept");
	ck_assert(!output_grow(&out, SIZE_MAX));
	ck_assert_int_eq(out.status, SYNFIN_E_MEMORY);
	/* There was room in the block, and truncation would make some: nothing may land in it. */
	output_char(&out, 'x');
	output_text(&out, "lost");
	output_decimal(&out, 1);
	output_format(&out, "%d", 2);
	output_repeat(&out, '!', SIZE_MAX);
	ck_assert_uint_eq(output_length(&out), 4);
	output_truncate(&out, 1);
	output_char(&out, 'x');
	output_ipv4(&out, (const uint8_t *)"\1\2\3\4");
	ck_assert_uint_eq(output_length(&out), 1);
	ck_assert_int_eq(output_drain(&out), SYNFIN_E_MEMORY);
	ck_assert_int_eq(output_settle(&out), SYNFIN_E_MEMORY);
}
END_TEST

/* Sizes whose sum with the length, double or quadruple wraps around must fail, not allocate the rest of a division. */
START_TEST(sizes_that_would_wrap)
{
	output_char(&out, 'x');
	output_repeat(&out, 'x', SIZE_MAX);
	ck_assert_int_eq(out.status, SYNFIN_E_MEMORY);
	output_free(&out);
	output_init(&out, NULL, NULL, 0);
	output_hex_bytes(&out, (const uint8_t *)"x", SIZE_MAX / 2 + 2);
	ck_assert_int_eq(out.status, SYNFIN_E_MEMORY);
	output_free(&out);
	output_init(&out, NULL, NULL, 0);
	output_escaped(&out, (const uint8_t *)"x", SIZE_MAX / 4 + 2);
	ck_assert_int_eq(out.status, SYNFIN_E_MEMORY);
}
END_TEST

START_TEST(drains_at_the_threshold)
{
	struct sink sink = { 0 };
	output_init(&out, take, &sink, 4);
	output_text(&out, "abc");
	ck_assert_int_eq(output_settle(&out), 0);
	ck_assert_int_eq(sink.calls, 0);
	output_char(&out, 'd');
	ck_assert_int_eq(output_settle(&out), 0);
	ck_assert_int_eq(sink.calls, 1);
	ck_assert_uint_eq(output_length(&out), 0);
	output_char(&out, 'e');
	ck_assert_int_eq(output_drain(&out), 0);
	ck_assert_int_eq(output_drain(&out), 0);
	/* Nothing collected, nothing to hand on. */
	ck_assert_int_eq(sink.calls, 2);
	ck_assert_uint_eq(sink.length, 5);
	ck_assert_mem_eq(sink.bytes, "abcde", 5);
}
END_TEST

START_TEST(drain_failure_is_latched)
{
	struct sink sink = { .status = SYNFIN_E_PIPE };
	output_init(&out, take, &sink, 1);
	output_text(&out, "abc");
	ck_assert_int_eq(output_settle(&out), SYNFIN_E_PIPE);
	ck_assert_uint_eq(output_length(&out), 0);
	sink.status = 0;
	output_text(&out, "def");
	output_decimal(&out, 12);
	ck_assert_uint_eq(output_length(&out), 0);
	ck_assert_int_eq(output_drain(&out), SYNFIN_E_PIPE);
	ck_assert(!output_grow(&out, SIZE_MAX));
	ck_assert_int_eq(out.status, SYNFIN_E_PIPE);
	ck_assert_int_eq(sink.calls, 1);
}
END_TEST

/* A block that could not be completed ends in the middle of a line, and is not handed on. */
START_TEST(nothing_drains_after_a_memory_failure)
{
	struct sink sink = { 0 };
	output_init(&out, take, &sink, 1);
	output_text(&out, "half a li");
	output_repeat(&out, 'n', SIZE_MAX);
	ck_assert_int_eq(output_settle(&out), SYNFIN_E_MEMORY);
	ck_assert_int_eq(output_drain(&out), SYNFIN_E_MEMORY);
	ck_assert_int_eq(sink.calls, 0);
}
END_TEST

START_TEST(drain_that_breaks_its_promise)
{
	struct sink sink = { .status = 1 };
	output_init(&out, take, &sink, 1);
	output_char(&out, 'a');
	ck_assert_int_eq(output_drain(&out), SYNFIN_E_IO);
}
END_TEST

START_TEST(without_drain_bytes_stay)
{
	output_text(&out, "abc");
	ck_assert_int_eq(output_drain(&out), 0);
	ck_assert_int_eq(output_settle(&out), 0);
	ck_assert_str_eq(text(), "abc");
}
END_TEST

static void expect_decimal(uint64_t value)
{
	char expected[64];
	output_decimal(&out, value);
	(void)snprintf(expected, sizeof expected, "%" PRIu64, value);
	ck_assert_str_eq(text(), expected);
	output_signed(&out, (int64_t)value);
	(void)snprintf(expected, sizeof expected, "%" PRId64, (int64_t)value);
	ck_assert_str_eq(text(), expected);
	output_hex(&out, value, 1);
	(void)snprintf(expected, sizeof expected, "%" PRIx64, value);
	ck_assert_str_eq(text(), expected);
	output_decimal_padded(&out, value, 11, ' ');
	(void)snprintf(expected, sizeof expected, "%11" PRIu64, value);
	ck_assert_str_eq(text(), expected);
}

START_TEST(numbers)
{
	for (uint64_t i = 0; i < 20000; i++)
		expect_decimal(i);
	/* Around every power of ten and of two, and multiples, where a digit too few or a lost zero would show. */
	for (uint64_t power = 1;; power *= 10) {
		for (uint64_t factor = 1; factor < 10 && factor <= UINT64_MAX / power; factor++) {
			for (int d = -2; d <= 2; d++)
				expect_decimal(power * factor + (uint64_t)(int64_t)d);
		}
		if (power > UINT64_MAX / 10)
			break;
	}
	for (unsigned shift = 0; shift < 64; shift++) {
		for (int d = -1; d <= 1; d++)
			expect_decimal(((uint64_t)1 << shift) + (uint64_t)(int64_t)d);
	}
	expect_decimal(UINT64_MAX);
	expect_decimal((uint64_t)INT64_MIN);
	uint64_t random = 88172645463325252u;
	for (int i = 0; i < 20000; i++) {
		random ^= random << 13;
		random ^= random >> 7;
		random ^= random << 17;
		expect_decimal(random >> (i % 64));
	}
}
END_TEST

START_TEST(numbers_spelled_out)
{
	output_decimal(&out, 0);
	ck_assert_str_eq(text(), "0");
	output_decimal(&out, UINT64_MAX);
	ck_assert_str_eq(text(), "18446744073709551615");
	output_decimal(&out, 100000000);
	ck_assert_str_eq(text(), "100000000");
	output_decimal(&out, 10000000000000000);
	ck_assert_str_eq(text(), "10000000000000000");
	output_signed(&out, INT64_MIN);
	ck_assert_str_eq(text(), "-9223372036854775808");
	output_signed(&out, INT64_MAX);
	ck_assert_str_eq(text(), "9223372036854775807");
	output_signed(&out, -1);
	ck_assert_str_eq(text(), "-1");
	output_signed(&out, 0);
	ck_assert_str_eq(text(), "0");
}
END_TEST

START_TEST(padding)
{
	static const struct {
		uint64_t value;
		unsigned width;
		char fill;
		const char *expected;
	} cases[] = {
		{ 7, 2, '0', "07" },
		{ 7, 2, ' ', " 7" },
		{ 99, 2, '0', "99" },
		{ 100, 2, '0', "100" },
		{ 0, 0, '0', "0" },
		{ 0, 1, '0', "0" },
		{ 42, 6, '0', "000042" },
		{ 0, 6, '0', "000000" },
		{ 9999, 6, '0', "009999" },
		{ 10000, 6, '0', "010000" },
		{ 999999, 6, '0', "999999" },
		{ 1000000, 6, '0', "1000000" },
		{ 42, 6, ' ', "    42" },
		{ 1, 9, '0', "000000001" },
		{ 5, 30, '0', "000000000000000000000000000005" },
		{ UINT64_MAX, 22, ' ', "  18446744073709551615" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		output_decimal_padded(&out, cases[i].value, cases[i].width, cases[i].fill);
		ck_assert_str_eq(text(), cases[i].expected);
	}
}
END_TEST

START_TEST(hexadecimal)
{
	output_hex(&out, 0, 0);
	ck_assert_str_eq(text(), "0");
	output_hex(&out, 0, 4);
	ck_assert_str_eq(text(), "0000");
	output_hex(&out, 0x86dd, 4);
	ck_assert_str_eq(text(), "86dd");
	output_hex(&out, 0x86dd, 2);
	ck_assert_str_eq(text(), "86dd");
	output_hex(&out, 0xabc, 4);
	ck_assert_str_eq(text(), "0abc");
	output_hex(&out, UINT64_MAX, 20);
	ck_assert_str_eq(text(), "0000ffffffffffffffff");
	output_hex_bytes(&out, (const uint8_t *)"\x00\x0f\xf0\xff\x9a", 5);
	ck_assert_str_eq(text(), "000ff0ff9a");
}
END_TEST

static Suite *output_suite(void)
{
	Suite *suite = suite_create("output");
	TCase *buffer = tcase_create("buffer");
	tcase_add_checked_fixture(buffer, setup, teardown);
	tcase_add_test(buffer, empty);
	tcase_add_test(buffer, appends);
	tcase_add_test(buffer, grows_and_keeps);
	tcase_add_test(buffer, format);
	tcase_add_test(buffer, memory_failure_is_latched);
	tcase_add_test(buffer, sizes_that_would_wrap);
	tcase_add_test(buffer, drains_at_the_threshold);
	tcase_add_test(buffer, drain_failure_is_latched);
	tcase_add_test(buffer, nothing_drains_after_a_memory_failure);
	tcase_add_test(buffer, drain_that_breaks_its_promise);
	tcase_add_test(buffer, without_drain_bytes_stay);
	suite_add_tcase(suite, buffer);
	TCase *digits = tcase_create("numbers");
	tcase_add_checked_fixture(digits, setup, teardown);
	tcase_add_test(digits, numbers);
	tcase_add_test(digits, numbers_spelled_out);
	tcase_add_test(digits, padding);
	tcase_add_test(digits, hexadecimal);
	suite_add_tcase(suite, digits);
	return suite;
}

int main(void)
{
	return suite_main(output_suite());
}
