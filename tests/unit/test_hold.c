/* SPDX-License-Identifier: BSD-3-Clause */
/* Frames that wait: which come back, in which order, and what is lost when there are too many. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli/hold.h"
#include "suite.h"

enum { SIZE = 60000 };

static uint8_t bytes[SIZE];
static struct hold *hold;

static void setup(void)
{
	hold = hold_create();
	ck_assert_ptr_nonnull(hold);
	for (unsigned i = 0; i < SIZE; i++)
		bytes[i] = (uint8_t)(i * 7);
}

static void teardown(void)
{
	hold_destroy(hold);
}

static void put(uint64_t connection, uint32_t number, uint32_t captured, const char *comment)
{
	struct synfin_frame frame = { .bytes = bytes, .captured = captured, .length = number, .fraction = number };
	ck_assert_int_eq(hold_put(hold, connection, &frame, comment, strlen(comment)), 0);
}

struct got {
	uint64_t count;
	uint32_t numbers[300000];
	size_t comments;
	uint64_t until; /* stop there; 0: never */
};

static int take_one(void *context, const struct synfin_frame *frame, const struct synfin_comment *comment)
{
	struct got *into = context;
	ck_assert_mem_eq(frame->bytes, bytes, frame->captured);
	into->numbers[into->count++] = frame->length;
	into->comments += comment->length;
	if (comment->length)
		ck_assert_int_eq(memcmp(comment->text, "note", comment->length), 0);
	return into->count == into->until ? 5 : 0;
}

static struct got got;

static uint64_t taken(uint64_t connection)
{
	uint64_t lost = 99;
	got.count = got.comments = got.until = 0;
	ck_assert_int_eq(hold_take(hold, connection, take_one, &got, &lost), 0);
	return lost;
}

START_TEST(all_come_back_in_order)
{
	for (uint32_t i = 1; i <= 5000; i++)
		for (uint64_t connection = 1; connection <= 3; connection++)
			put(connection, i, (uint32_t)(i % 90 + connection), i % 2 ? "note" : "");
	hold_drop(hold, 2);
	for (uint64_t connection = 1; connection <= 3; connection += 2) {
		ck_assert_uint_eq(taken(connection), 0);
		ck_assert_uint_eq(got.count, 5000);
		ck_assert_uint_eq(got.comments, 2500 * 4);
		for (uint32_t i = 0; i < 5000; i++)
			ck_assert_uint_eq(got.numbers[i], i + 1);
	}
	ck_assert_uint_eq(taken(1), 0);
	ck_assert_uint_eq(got.count, 0);
	ck_assert_uint_eq(taken(2), 0);
	ck_assert_uint_eq(got.count, 0);
}
END_TEST

/* The beginning stays, of the rest the latest; the sum is right. */
START_TEST(long_connections_lose_their_middle)
{
	const uint32_t count = 2000;
	for (uint32_t i = 1; i <= count; i++)
		put(1, i, 10000, "");
	uint64_t lost = taken(1);
	ck_assert_uint_gt(lost, 0);
	ck_assert_uint_eq(got.count + lost, count);
	ck_assert_uint_ge(got.count, HOLD_CONNECTION_BYTES / 10000 - 20);
	ck_assert_uint_le(got.count, HOLD_CONNECTION_BYTES / 10000 + HOLD_BEGINNING);
	for (uint32_t i = 0; i < HOLD_BEGINNING; i++)
		ck_assert_uint_eq(got.numbers[i], i + 1);
	for (uint32_t i = HOLD_BEGINNING; i < got.count; i++)
		ck_assert_uint_eq(got.numbers[i], count - got.count + i + 1);
}
END_TEST

/* Together they stay below the bound, and what is lost is told of the connection that lost it. */
START_TEST(all_together_are_bounded)
{
	const uint64_t connections = 400;
	const uint32_t frames = 60;
	uint64_t kept = 0, lost = 0, held = 0;
	for (uint32_t i = 1; i <= frames; i++)
		for (uint64_t connection = 1; connection <= connections; connection++)
			put(connection, i, SIZE, "");
	for (uint64_t connection = 1; connection <= connections; connection++) {
		uint64_t gone = taken(connection);
		ck_assert_uint_eq(got.count + gone, frames);
		kept += got.count;
		lost += gone;
		held += got.count * SIZE;
	}
	ck_assert_uint_gt(lost, 0);
	ck_assert_uint_eq(kept + lost, frames * connections);
	ck_assert_uint_le(held, HOLD_BYTES);
	ck_assert_uint_gt(held, HOLD_BYTES / 4);
	/* And then there is room again. */
	put(1, 1, SIZE, "");
	ck_assert_uint_eq(taken(1), 0);
	ck_assert_uint_eq(got.count, 1);
}
END_TEST

START_TEST(many_connections)
{
	for (uint64_t connection = 1; connection <= 100000; connection++)
		put(connection * 3, (uint32_t)connection, 40, "");
	for (uint64_t connection = 1; connection <= 100000; connection++) {
		ck_assert_uint_eq(taken(connection * 3), 0);
		ck_assert_uint_eq(got.count, 1);
		ck_assert_uint_eq(got.numbers[0], connection);
	}
}
END_TEST

START_TEST(taking_can_end_early)
{
	uint64_t lost = 0;
	for (uint32_t i = 1; i <= 40; i++)
		put(1, i, 10, "");
	got.count = 0;
	got.until = 20;
	ck_assert_int_eq(hold_take(hold, 1, take_one, &got, &lost), 5);
	ck_assert_uint_eq(got.count, 20);
	ck_assert_uint_eq(taken(1), 0);
	ck_assert_uint_eq(got.count, 0);
}
END_TEST

/* A long connection takes as much time for each of its frames as a short one: what is held does not move. */
START_TEST(time_does_not_grow_with_what_is_held)
{
	const uint32_t count = 20000;
	double taken_by[2];
	for (int long_one = 0; long_one < 2; long_one++) {
		clock_t begin = clock();
		for (uint32_t i = 0; i < count; i++) {
			if (!long_one && i % 500 == 0)
				hold_drop(hold, 1);
			put(1, i, 2000, "");
		}
		taken_by[long_one] = (double)(clock() - begin) / CLOCKS_PER_SEC;
	}
	printf("20,000 frames in connections of 1 MiB: %.3f s, in one: %.3f s\n", taken_by[0], taken_by[1]);
	/* In one it took a hundred times as long when each frame moved 4 MiB. */
	ck_assert(taken_by[1] < 10 * taken_by[0] + 0.05);
}
END_TEST

static Suite *the_suite(void)
{
	Suite *suite = suite_create("hold");
	TCase *tests = tcase_create("frames");
	tcase_set_timeout(tests, 60);
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, all_come_back_in_order);
	tcase_add_test(tests, long_connections_lose_their_middle);
	tcase_add_test(tests, all_together_are_bounded);
	tcase_add_test(tests, many_connections);
	tcase_add_test(tests, taking_can_end_early);
	tcase_add_test(tests, time_does_not_grow_with_what_is_held);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(the_suite());
}
