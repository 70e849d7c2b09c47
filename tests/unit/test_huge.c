/* SPDX-License-Identifier: BSD-3-Clause */
/* Blocks of memory: zero, aligned, whole, and given back. */
#include "suite.h"

#include <string.h>

#include "base/huge.h"

START_TEST(blocks)
{
	static const size_t sizes[] = { 1, 64, 1000, 131071, 131072, 131073, (2u << 20) - 1, 2u << 20, (2u << 20) + 5, 7u << 20 };
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
		for (int huge = 0; huge < 2; huge++) {
			unsigned char *block = huge_take(sizes[i], huge);
			ck_assert_ptr_nonnull(block);
			ck_assert_uint_eq((uintptr_t)block % 64, 0);
			if (huge && sizes[i] >= HUGE_PAGE)
				ck_assert_uint_eq((uintptr_t)block % HUGE_PAGE, 0);
			ck_assert(block[0] == 0 && memcmp(block, block + 1, sizes[i] - 1) == 0);
			memset(block, 0xa5, sizes[i]);
			huge_give(block, sizes[i]);
		}
	huge_give(NULL, 5);
}
END_TEST

START_TEST(too_large)
{
	ck_assert_ptr_null(huge_take(SIZE_MAX, false));
	ck_assert_ptr_null(huge_take(SIZE_MAX - 5, true));
	ck_assert_ptr_null(huge_take(SIZE_MAX / 2, true));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("huge");
	TCase *memory = tcase_create("memory");
	tcase_add_test(memory, blocks);
	tcase_add_test(memory, too_large);
	suite_add_tcase(suite, memory);
	return suite_main(suite);
}
