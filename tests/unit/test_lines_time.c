/* SPDX-License-Identifier: BSD-3-Clause */
/* Time stamps. What is expected was printed by tcpdump 4.99.3. */
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include "lines/clock.h"
#include "lines_text.h"
#include "suite.h"

static void use_zone(const char *zone)
{
	setenv("TZ", zone, 1);
	tzset();
}

static void print(struct line_clock *clock, struct output *out, int64_t seconds, uint32_t fraction, bool nanoseconds)
{
	struct synfin_packet packet = { .seconds = seconds, .fraction = fraction, .nanoseconds = nanoseconds };
	clock_print(clock, &packet, out);
}

static void expect(enum line_time mode, bool nine, int64_t seconds, uint32_t fraction, bool nanoseconds, const char *expected)
{
	struct line_clock clock;
	struct output out;
	output_init(&out, NULL, NULL, 0);
	clock_init(&clock, mode, nine);
	print(&clock, &out, seconds, fraction, nanoseconds);
	ck_assert_str_eq(text_of(&out), expected);
	output_free(&out);
}

START_TEST(modes)
{
	use_zone("UTC0");
	expect(LINE_TIME_CLOCK, false, 1000000000, 999999, false, "01:46:40.999999 ");
	expect(LINE_TIME_NONE, false, 1000000000, 999999, false, "");
	expect(LINE_TIME_EPOCH, false, 1000000000, 5, false, "1000000000.000005 ");
	expect(LINE_TIME_DATE, false, 1000000000, 5, false, "2001-09-09 01:46:40.000005 ");
	expect(LINE_TIME_DELTA, false, 1000000000, 5, false, " 00:00:00.000000 ");
	expect(LINE_TIME_ELAPSED, false, 1000000000, 5, false, " 00:00:00.000000 ");
}
END_TEST

START_TEST(units)
{
	use_zone("UTC0");
	expect(LINE_TIME_CLOCK, true, 0, 5, false, "00:00:00.000005000 ");
	expect(LINE_TIME_CLOCK, true, 0, 123456789, true, "00:00:00.123456789 ");
	/* Cut, not rounded. */
	expect(LINE_TIME_CLOCK, false, 0, 123456999, true, "00:00:00.123456 ");
	expect(LINE_TIME_EPOCH, true, 1, 999999999, true, "1.999999999 ");
}
END_TEST

START_TEST(damaged)
{
	use_zone("UTC0");
	expect(LINE_TIME_CLOCK, false, 1000000000, 2000000, false, "01:46:40.2000000 ");
	expect(LINE_TIME_CLOCK, false, 1000000001, 4294967295, false, "01:46:41.4294967295 ");
	expect(LINE_TIME_CLOCK, false, 2147483647, 1, false, "03:14:07.000001 ");
	expect(LINE_TIME_CLOCK, false, 2147483648, 1, false, "[Error converting time] ");
	expect(LINE_TIME_CLOCK, false, -1, 1, false, "[Error converting time] ");
	expect(LINE_TIME_EPOCH, false, -2, 1, false, "[Error converting time] ");
	expect(LINE_TIME_DATE, false, 4294967296, 6, false, "2106-02-07 06:28:16.000006 ");
	expect(LINE_TIME_EPOCH, false, 4294967296, 6, false, "0.000006 ");
	expect(LINE_TIME_DATE, false, 500000000000, 3, false, "17814-05-16 00:53:20.000003 ");
	/* The C library has no year for it. */
	expect(LINE_TIME_DATE, false, INT64_MAX - 0xffffffff, 3, false, "[Error converting time] ");
}
END_TEST

/* Some packets through one clock. */
static void expect_sequence(enum line_time mode, const int64_t (*times)[2], size_t count, const char *expected)
{
	struct line_clock clock;
	struct output out;
	output_init(&out, NULL, NULL, 0);
	clock_init(&clock, mode, false);
	for (size_t i = 0; i < count; i++)
		print(&clock, &out, times[i][0], (uint32_t)times[i][1], false);
	ck_assert_str_eq(text_of(&out), expected);
	output_free(&out);
}

START_TEST(differences)
{
	static const int64_t times[][2] = {
		{ 1000000000, 999999 }, { 1000000001, 1 }, { 1000000001, 0 }, { 999999999, 5 }, { 1000090000, 5 }, { 1000000000, 999999 },
	};
	expect_sequence(LINE_TIME_DELTA, times, 6,
	                " 00:00:00.000000  00:00:00.000002 -00:00:00.000001 -00:00:01.999995  01:00:01.000000 -00:59:59.000006 ");
	expect_sequence(LINE_TIME_ELAPSED, times, 6,
	                " 00:00:00.000000  00:00:00.000002  00:00:00.000001 -00:00:01.999994  00:59:59.000006  00:00:00.000000 ");
}
END_TEST

START_TEST(differences_of_odd_times)
{
	/* A time of zero does not count as the first one; a fraction is signed. */
	static const int64_t times[][2] = { { 0, 0 }, { 0, 5 }, { 1, 0 }, { 1000000000, 2000000 }, { 1000000001, 4294967295 }, { -2147483648, 1 } };
	expect_sequence(LINE_TIME_ELAPSED, times, 6,
	                " 00:00:00.000000  00:00:00.000000  00:00:00.999995  01:46:40.1999995  01:46:40.999994 "
	                "-[Error converting time] ");
	expect_sequence(LINE_TIME_DELTA, times, 5,
	                " 00:00:00.000000  00:00:00.000000  00:00:00.999995  01:46:39.2000000  00:00:00.4293967295 ");
}
END_TEST

START_TEST(clock_change)
{
	/* Central European time: 2024-03-31 01:00 and 2024-10-27 01:00 UTC. */
	use_zone("CET-1CEST,M3.5.0,M10.5.0/3");
	static const int64_t spring[][2] = { { 1711846799, 1 }, { 1711846800, 2 }, { 1711846799, 3 }, { 1711850400, 4 } };
	expect_sequence(LINE_TIME_CLOCK, spring, 4, "01:59:59.000001 03:00:00.000002 01:59:59.000003 04:00:00.000004 ");
	static const int64_t autumn[][2] = { { 1729990799, 1 }, { 1729990800, 2 }, { 1729994399, 3 }, { 1729994400, 4 } };
	expect_sequence(LINE_TIME_DATE, autumn, 4,
	                "2024-10-27 02:59:59.000001 2024-10-27 02:00:00.000002 2024-10-27 02:59:59.000003 2024-10-27 03:00:00.000004 ");
	/* A change in the middle of a quarter of an hour. */
	use_zone("AAA0BBB,M3.5.0/0:07:30,M10.5.0/3");
	static const int64_t odd[][2] = { { 1711843649, 1 }, { 1711843650, 2 }, { 1711843300, 3 }, { 1711844000, 4 } };
	expect_sequence(LINE_TIME_CLOCK, odd, 4, "00:07:29.000001 01:07:30.000002 00:01:40.000003 01:13:20.000004 ");
}
END_TEST

/* The cache and the calendar arithmetic against the C library. */
START_TEST(against_the_c_library)
{
	static const char *const zones[] = { "UTC0", "CET-1CEST,M3.5.0,M10.5.0/3", "NST3:30NDT,M3.2.0,M11.1.0", "LHST-10:30LHDT-11,M10.1.0,M4.1.0" };
	struct line_clock clock;
	struct output out;
	output_init(&out, NULL, NULL, 0);
	for (size_t zone = 0; zone < sizeof zones / sizeof *zones; zone++) {
		use_zone(zones[zone]);
		clock_init(&clock, LINE_TIME_DATE, false);
		uint32_t random = 1;
		for (unsigned i = 0; i < 20000; i++) {
			random = random * 1664525 + 1013904223;
			time_t t = i % 4 ? (time_t)(random >> 1) : (time_t)(1711846800 - 5000 + i);
			struct tm local;
			char expected[64];
			ck_assert_ptr_nonnull(localtime_r(&t, &local));
			ck_assert_uint_gt(strftime(expected, sizeof expected, "%Y-%m-%d %H:%M:%S.000000 ", &local), 0);
			print(&clock, &out, t, 0, false);
			ck_assert_str_eq(text_of(&out), expected);
			output_truncate(&out, 0);
		}
	}
	output_free(&out);
}
END_TEST

static Suite *the_suite(void)
{
	Suite *suite = suite_create("lines_time");
	TCase *tcase = tcase_create("time");
	tcase_add_test(tcase, modes);
	tcase_add_test(tcase, units);
	tcase_add_test(tcase, damaged);
	tcase_add_test(tcase, differences);
	tcase_add_test(tcase, differences_of_odd_times);
	tcase_add_test(tcase, clock_change);
	tcase_add_test(tcase, against_the_c_library);
	suite_add_tcase(suite, tcase);
	return suite;
}

int main(void)
{
	return suite_main(the_suite());
}
