/* SPDX-License-Identifier: BSD-3-Clause */
/* The cursor: reads at, before and beyond the captured end. */
#include "suite.h"

#include "base/bytes.h"

static const uint8_t nine[] = { 0x81, 0x02, 0x93, 0x04, 0xa5, 0x06, 0xb7, 0x08, 0xc9 };

START_TEST(big_endian)
{
	ck_assert_uint_eq(bytes_u16(nine), 0x8102);
	ck_assert_uint_eq(bytes_u24(nine), 0x810293);
	ck_assert_uint_eq(bytes_u32(nine), 0x81029304u);
	ck_assert_uint_eq(bytes_u64(nine), 0x81029304a506b708u);
	ck_assert_uint_eq(bytes_u64(nine + 1), 0x029304a506b708c9u);
}
END_TEST

START_TEST(reads_in_order)
{
	static const uint8_t eighteen[18] = { 1, 0, 2, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 5 };
	struct cursor c = cursor_over(eighteen, sizeof eighteen);
	ck_assert_uint_eq(cursor_left(&c), 18);
	ck_assert_uint_eq(cursor_u8(&c), 1);
	ck_assert_uint_eq(cursor_u16(&c), 2);
	ck_assert_uint_eq(cursor_u24(&c), 3);
	ck_assert_uint_eq(cursor_u32(&c), 4);
	ck_assert_uint_eq(cursor_offset(&c), 10);
	ck_assert_uint_eq(cursor_u64(&c), 5);
	ck_assert_uint_eq(cursor_left(&c), 0);
	ck_assert_uint_eq(cursor_offset(&c), 18);
	ck_assert(cursor_ok(&c));
}
END_TEST

START_TEST(no_bytes)
{
	struct cursor c = cursor_over(NULL, 0);
	ck_assert_uint_eq(cursor_left(&c), 0);
	ck_assert_uint_eq(cursor_offset(&c), 0);
	ck_assert_ptr_nonnull(cursor_take(&c, 0));
	struct cursor w = cursor_window(&c, 4);
	ck_assert_uint_eq(cursor_left(&w), 0);
	ck_assert(cursor_ok(&c) && cursor_ok(&w));
	ck_assert_uint_eq(cursor_u8(&c), 0);
	ck_assert(!cursor_ok(&c));
	ck_assert(cursor_ok(&w));
}
END_TEST

/* Each width, with one byte too few: 0, the fault, and the position where it was. */
START_TEST(one_byte_short)
{
	struct cursor c = cursor_over(nine, 0);
	ck_assert_uint_eq(cursor_u8(&c), 0);
	ck_assert(!cursor_ok(&c));
	c = cursor_over(nine, 1);
	ck_assert_uint_eq(cursor_u16(&c), 0);
	ck_assert(!cursor_ok(&c));
	c = cursor_over(nine, 2);
	ck_assert_uint_eq(cursor_u24(&c), 0);
	ck_assert(!cursor_ok(&c));
	c = cursor_over(nine, 3);
	ck_assert_uint_eq(cursor_u32(&c), 0);
	ck_assert(!cursor_ok(&c));
	c = cursor_over(nine, 7);
	ck_assert_uint_eq(cursor_u64(&c), 0);
	ck_assert(!cursor_ok(&c));
	ck_assert_uint_eq(cursor_offset(&c), 0);
}
END_TEST

START_TEST(fault_is_latched)
{
	struct cursor c = cursor_over(nine, 3);
	ck_assert_uint_eq(cursor_u16(&c), 0x8102);
	ck_assert_uint_eq(cursor_u32(&c), 0);
	/* One byte is there, but nobody may believe it now. */
	ck_assert_uint_eq(cursor_u8(&c), 0);
	ck_assert_ptr_null(cursor_take(&c, 0));
	ck_assert_uint_eq(cursor_left(&c), 0);
	ck_assert_uint_eq(cursor_offset(&c), 2);
	struct cursor w = cursor_window(&c, 1);
	ck_assert(!cursor_ok(&w));
	ck_assert_uint_eq(cursor_u8(&w), 0);
}
END_TEST

START_TEST(lengths_that_would_wrap)
{
	struct cursor c = cursor_over(nine, sizeof nine);
	cursor_skip(&c, 4);
	struct cursor w = cursor_window(&c, SIZE_MAX);
	ck_assert_uint_eq(cursor_left(&w), 5);
	ck_assert_ptr_null(cursor_take(&c, SIZE_MAX));
	ck_assert(!cursor_ok(&c));
	ck_assert_uint_eq(cursor_offset(&c), 4);
}
END_TEST

START_TEST(take_and_skip)
{
	struct cursor c = cursor_over(nine, sizeof nine);
	cursor_skip(&c, 2);
	ck_assert_ptr_eq(cursor_take(&c, 7), nine + 2);
	ck_assert(cursor_ok(&c));
	cursor_skip(&c, 0);
	ck_assert(cursor_ok(&c));
	cursor_skip(&c, 1);
	ck_assert(!cursor_ok(&c));
}
END_TEST

START_TEST(window_bounds)
{
	struct cursor c = cursor_over(nine, sizeof nine);
	cursor_skip(&c, 3);
	struct cursor w = cursor_window(&c, 2);
	ck_assert_uint_eq(cursor_offset(&c), 3);
	ck_assert_uint_eq(cursor_offset(&w), 0);
	ck_assert_uint_eq(cursor_u16(&w), 0x04a5);
	/* Bytes follow, but not in the window. */
	ck_assert_uint_eq(cursor_u8(&w), 0);
	ck_assert(!cursor_ok(&w));
	ck_assert_uint_eq(cursor_u8(&c), 0x04);
}
END_TEST

static Suite *bytes_suite(void)
{
	Suite *suite = suite_create("bytes");
	TCase *cursor = tcase_create("cursor");
	tcase_add_test(cursor, big_endian);
	tcase_add_test(cursor, reads_in_order);
	tcase_add_test(cursor, no_bytes);
	tcase_add_test(cursor, one_byte_short);
	tcase_add_test(cursor, fault_is_latched);
	tcase_add_test(cursor, lengths_that_would_wrap);
	tcase_add_test(cursor, take_and_skip);
	tcase_add_test(cursor, window_bounds);
	suite_add_tcase(suite, cursor);
	return suite;
}

int main(void)
{
	return suite_main(bytes_suite());
}
