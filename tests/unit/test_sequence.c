/* SPDX-License-Identifier: BSD-3-Clause */
/* Sequence numbers: order across the wrap, and offsets that go on where 32 bits start again. */
#include "suite.h"

#include "base/sequence.h"

#define GIB4 ((int64_t)1 << 32)
#define GIB2 ((int64_t)1 << 31)

START_TEST(differences)
{
	ck_assert_int_eq(sequence_diff(5, 5), 0);
	ck_assert_int_eq(sequence_diff(0, UINT32_MAX), 1);
	ck_assert_int_eq(sequence_diff(UINT32_MAX, 0), -1);
	ck_assert_int_eq(sequence_diff(0x7fffffff, 0), INT32_MAX);
	ck_assert_int_eq(sequence_diff(0x10, 0xfffffff0u), 0x20);
	/* Opposite points of the circle: both are before the other. */
	ck_assert_int_eq(sequence_diff(0x80000000u, 0), INT32_MIN);
	ck_assert_int_eq(sequence_diff(0, 0x80000000u), INT32_MIN);
}
END_TEST

START_TEST(order)
{
	ck_assert(sequence_before(1, 2) && !sequence_after(1, 2));
	ck_assert(sequence_after(2, 1) && !sequence_before(2, 1));
	ck_assert(!sequence_before(7, 7) && !sequence_after(7, 7));
	ck_assert(sequence_before(UINT32_MAX, 0) && sequence_after(0, UINT32_MAX));
	ck_assert(sequence_before(0xffffff00u, 0x100));
	ck_assert(sequence_before(0, 0x7fffffff));
	ck_assert(sequence_before(1, 0x80000000u));
	ck_assert(sequence_after(0, 0x80000001u));
}
END_TEST

START_TEST(unwrap_near_the_start)
{
	ck_assert_int_eq(sequence_unwrap(1000, 1000, 0), 0);
	ck_assert_int_eq(sequence_unwrap(1001, 1000, 1), 1);
	ck_assert_int_eq(sequence_unwrap(4, 0xfffffffeu, 0), 6);
	/* Before the ISN, as a keep-alive's or a stray segment's number is. */
	ck_assert_int_eq(sequence_unwrap(999, 1000, 0), -1);
	ck_assert_int_eq(sequence_unwrap(0xfffffff0u, 0x10, 0), -0x20);
	ck_assert_int_eq(sequence_unwrap(500, 1000, -400), -500);
}
END_TEST

START_TEST(unwrap_around_half)
{
	ck_assert_int_eq(sequence_unwrap(0x7fffffff, 0, 0), GIB2 - 1);
	/* Exactly half the space away counts as before, as sequence_diff() has it. */
	ck_assert_int_eq(sequence_unwrap(0x80000000u, 0, 0), -GIB2);
	ck_assert_int_eq(sequence_unwrap(0x80000000u, 0, 1), GIB2);
	ck_assert_int_eq(sequence_unwrap(0x80000001u, 0, 0), -GIB2 + 1);
	ck_assert_int_eq(sequence_unwrap(0x80000001u, 0, GIB2), GIB2 + 1);
	ck_assert_int_eq(sequence_unwrap(0x7fffffff, 0, GIB2), GIB2 - 1);
}
END_TEST

START_TEST(unwrap_beyond_4_gib)
{
	ck_assert_int_eq(sequence_unwrap(0, 0, GIB4 - 1), GIB4);
	ck_assert_int_eq(sequence_unwrap(0xffffffffu, 0, GIB4), GIB4 - 1);
	ck_assert_int_eq(sequence_unwrap(0xffffffffu, 0, GIB4 + 5), GIB4 - 1);
	ck_assert_int_eq(sequence_unwrap(10, 20, GIB4), GIB4 - 10);
	ck_assert_int_eq(sequence_unwrap(0, 0, 1000 * GIB4 + 3), 1000 * GIB4);
	ck_assert_int_eq(sequence_unwrap(3, 0, -GIB4), -GIB4 + 3);
	ck_assert_int_eq(sequence_unwrap(0xfffffffdu, 0, -GIB4), -GIB4 - 3);
}
END_TEST

/* From every kind of ISN, around every multiple of 2^31 on both sides of 0, any number up to half the space away comes back. */
START_TEST(unwrap_inverts_wrap)
{
	static const uint32_t isns[] = { 0, 1, 0x7fffffff, 0x80000000u, 0xfffffff0u, UINT32_MAX, 0x12345678 };
	static const int64_t distances[] = { 0, 1, -1, 1460, -1460, 65535, 1 << 30, -(1 << 30), INT32_MAX, INT32_MIN };
	for (size_t i = 0; i < sizeof isns / sizeof *isns; i++) {
		for (int64_t multiple = -5; multiple <= 5; multiple++) {
			for (int64_t near = multiple * GIB2 - 2; near <= multiple * GIB2 + 2; near++) {
				for (size_t d = 0; d < sizeof distances / sizeof *distances; d++) {
					int64_t offset = near + distances[d];
					uint32_t seq = isns[i] + (uint32_t)(uint64_t)offset;
					ck_assert_int_eq(sequence_unwrap(seq, isns[i], near), offset);
				}
			}
		}
	}
}
END_TEST

static Suite *sequence_suite(void)
{
	Suite *suite = suite_create("sequence");
	TCase *numbers = tcase_create("numbers");
	tcase_add_test(numbers, differences);
	tcase_add_test(numbers, order);
	suite_add_tcase(suite, numbers);
	TCase *unwrap = tcase_create("unwrap");
	tcase_add_test(unwrap, unwrap_near_the_start);
	tcase_add_test(unwrap, unwrap_around_half);
	tcase_add_test(unwrap, unwrap_beyond_4_gib);
	tcase_add_test(unwrap, unwrap_inverts_wrap);
	suite_add_tcase(suite, unwrap);
	return suite;
}

int main(void)
{
	return suite_main(sequence_suite());
}
