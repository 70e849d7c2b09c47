/* SPDX-License-Identifier: BSD-3-Clause */
/* When enough has been read: -c, --duration, --stop-bytes. */
#include <time.h>

#include "cli/limits.h"
#include "suite.h"

#define SECOND INT64_C(1000000000)

/* Frames of 100 bytes that come at these seconds, handed over together: how many are taken, and whether that was all. */
static unsigned taken(struct limits *limits, const int64_t *seconds, unsigned count)
{
	struct synfin_frame frames[8] = { { .captured = 0 } };
	for (unsigned i = 0; i < count; i++)
		frames[i] = (struct synfin_frame){ .time_ns = seconds[i] == INT64_MIN || seconds[i] == INT64_MAX ? seconds[i] : seconds[i] * SECOND,
			.captured = 100, .length = 1000 };
	return limits_take(limits, frames, count);
}

#define TAKEN(limits, ...) taken(limits, (const int64_t[]){ __VA_ARGS__ }, sizeof((const int64_t[]){ __VA_ARGS__ }) / sizeof(int64_t))

START_TEST(none)
{
	struct options options = { .count = 0 };
	struct limits limits;
	limits_begin(&limits, &options, false);
	limits_source(&limits);
	ck_assert_uint_eq(TAKEN(&limits, 1, INT64_MAX, INT64_MIN, 5), 4);
	limits_saved(&limits, UINT64_MAX);
	ck_assert(!limits_reached(&limits) && !limits_time_is_over(&limits) && !limits.saved_enough);
}
END_TEST

START_TEST(by_count)
{
	struct options options = { .count = 3 };
	struct limits limits;
	limits_begin(&limits, &options, false);
	for (unsigned i = 0; i < 2; i++) {
		limits_source(&limits);
		ck_assert_uint_eq(TAKEN(&limits, 1, 1), 2);
		ck_assert(!limits_reached(&limits));
		ck_assert_uint_eq(TAKEN(&limits, 1, 1), 1);
		/* There may be another file. */
		ck_assert(limits_reached(&limits) && !limits.over);
	}
}
END_TEST

START_TEST(by_the_packets_clock)
{
	struct options options = { .duration_s = 10 };
	struct limits limits;
	limits_begin(&limits, &options, false);
	limits_source(&limits);
	ck_assert_uint_eq(TAKEN(&limits, 100, 50, 109), 3);
	ck_assert(!limits_reached(&limits));
	limits_source(&limits);
	ck_assert_uint_eq(TAKEN(&limits, 109, 110, 105), 1);
	ck_assert(limits_reached(&limits) && limits.over && !limits.saved_enough);
	/* The first one is never late, nor is a time beyond what a difference holds taken for an early one. */
	limits_begin(&limits, &options, false);
	ck_assert_uint_eq(TAKEN(&limits, INT64_MIN, INT64_MAX), 1);
	limits_begin(&limits, &options, false);
	ck_assert_uint_eq(TAKEN(&limits, INT64_MAX, INT64_MIN, INT64_MAX), 3);
}
END_TEST

START_TEST(by_this_machines_clock)
{
	struct options options = { .duration_s = 1 };
	struct limits limits;
	limits_begin(&limits, &options, true);
	/* Whatever the packets' clock says. */
	ck_assert_uint_eq(TAKEN(&limits, 1, 1000), 2);
	ck_assert(!limits_reached(&limits) && !limits_time_is_over(&limits));
	nanosleep(&(struct timespec){ .tv_sec = 1, .tv_nsec = 1000000 }, NULL);
	ck_assert(limits_time_is_over(&limits));
	/* What was captured by then is still wanted. */
	ck_assert(!limits_reached(&limits));
}
END_TEST

START_TEST(by_bytes)
{
	struct options options = { .stop_bytes = 250 };
	struct limits limits;
	limits_begin(&limits, &options, false);
	ck_assert_uint_eq(TAKEN(&limits, 1, 1), 2);
	ck_assert(!limits_reached(&limits));
	ck_assert_uint_eq(TAKEN(&limits, 1, 1), 1);
	ck_assert(limits_reached(&limits) && limits.over);
	/* With -w it is what was written that counts. */
	options.write_file = "f";
	limits_begin(&limits, &options, false);
	ck_assert_uint_eq(TAKEN(&limits, 1, 1, 1, 1), 4);
	limits_saved(&limits, 249);
	ck_assert(!limits_reached(&limits) && !limits.saved_enough);
	limits_saved(&limits, 250);
	ck_assert(limits_reached(&limits) && limits.over && limits.saved_enough);
}
END_TEST

static Suite *the_suite(void)
{
	Suite *suite = suite_create("limits");
	TCase *tests = tcase_create("limits");
	tcase_add_test(tests, none);
	tcase_add_test(tests, by_count);
	tcase_add_test(tests, by_the_packets_clock);
	tcase_add_test(tests, by_this_machines_clock);
	tcase_add_test(tests, by_bytes);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(the_suite());
}
