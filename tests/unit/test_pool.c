/* SPDX-License-Identifier: BSD-3-Clause */
/* The slab pool: its cap, reuse, zeroing, and objects that stay where they are. */
#include "suite.h"

#include <string.h>

#include <synfin/status.h>

#include "base/pool.h"

#define CHUNK (1u << POOL_CHUNK_BITS)

/* The address sanitizer ends the process at an allocation it finds absurd, instead of refusing it. */
#if defined(__SANITIZE_ADDRESS__)
#define ABSURD_SIZES_ABORT 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ABSURD_SIZES_ABORT 1
#endif
#endif

static void assert_zero(const struct pool *pool, uint32_t index)
{
	const unsigned char *object = pool_at(pool, index);
	for (size_t i = 0; i < pool->object_size; i++)
		ck_assert_uint_eq(object[i], 0);
}

START_TEST(arguments)
{
	struct pool pool;
	ck_assert_int_eq(pool_init(&pool, 3, 10), SYNFIN_E_ARGUMENT);
	ck_assert_int_eq(pool_init(&pool, 8, 0), SYNFIN_E_ARGUMENT);
	ck_assert_int_eq(pool_init(&pool, 8, POOL_NONE), SYNFIN_E_ARGUMENT);
	ck_assert_int_eq(pool_init(&pool, SIZE_MAX, 1), SYNFIN_E_ARGUMENT);
	ck_assert_int_eq(pool_init(&pool, SIZE_MAX / CHUNK, 1), SYNFIN_E_ARGUMENT);
	/* A pool that was refused can be freed and asked, and gives nothing. */
	ck_assert_uint_eq(pool_take(&pool), POOL_NONE);
	pool_free(&pool);
}
END_TEST

START_TEST(cap)
{
	struct pool pool;
	ck_assert_int_eq(pool_init(&pool, 12, 3), 0);
	ck_assert_uint_eq(pool.object_size, 16);
	for (uint32_t i = 0; i < 3; i++) {
		ck_assert(!pool_full(&pool));
		ck_assert_uint_eq(pool_take(&pool), i);
		/* Under a sanitizer: each object is whole, also the last one of a short chunk. */
		memset(pool_at(&pool, i), 0xff, 16);
	}
	ck_assert(pool_full(&pool));
	ck_assert_uint_eq(pool_take(&pool), POOL_NONE);
	ck_assert_uint_eq(pool.used, 3);
	pool_give(&pool, 1);
	ck_assert(!pool_full(&pool));
	ck_assert_uint_eq(pool_take(&pool), 1);
	ck_assert_uint_eq(pool_take(&pool), POOL_NONE);
	pool_free(&pool);
	ck_assert_uint_eq(pool_take(&pool), POOL_NONE);
	pool_free(&pool);
}
END_TEST

START_TEST(zeroed_on_reuse)
{
	struct pool pool;
	ck_assert_int_eq(pool_init(&pool, 20, 100), 0);
	for (uint32_t i = 0; i < 100; i++) {
		ck_assert_uint_ne(pool_take(&pool), POOL_NONE);
		assert_zero(&pool, i);
		memset(pool_at(&pool, i), 0xa5, pool.object_size);
	}
	for (uint32_t i = 0; i < 100; i += 3)
		pool_give(&pool, i);
	ck_assert_uint_eq(pool.used, 66);
	for (uint32_t index = pool_take(&pool); index != POOL_NONE; index = pool_take(&pool)) {
		ck_assert_uint_eq(index % 3, 0);
		assert_zero(&pool, index);
		memset(pool_at(&pool, index), 0x5a, pool.object_size);
	}
	/* What was not given back kept its contents. */
	for (uint32_t i = 0; i < 100; i++)
		ck_assert_uint_eq(*(unsigned char *)pool_at(&pool, i), i % 3 ? 0xa5 : 0x5a);
	pool_free(&pool);
}
END_TEST

START_TEST(grows_by_chunks_and_never_moves)
{
	struct pool pool;
	uint32_t capacity = 3 * CHUNK + 5;
	ck_assert_int_eq(pool_init(&pool, 8, capacity), 0);
	ck_assert_uint_eq(pool.chunk_count, 0);
	ck_assert_uint_eq(pool_take(&pool), 0);
	ck_assert_uint_eq(pool.chunk_count, 1);
	uint64_t *first = pool_at(&pool, 0);
	*first = 0;
	for (uint32_t i = 1; i < capacity; i++) {
		uint32_t index = pool_take(&pool);
		ck_assert_uint_eq(index, i);
		uint64_t *object = pool_at(&pool, index);
		ck_assert_uint_eq(*object, 0);
		*object = i;
	}
	ck_assert_uint_eq(pool.chunk_count, 4);
	ck_assert_uint_eq(pool_take(&pool), POOL_NONE);
	ck_assert_ptr_eq(pool_at(&pool, 0), first);
	for (uint32_t i = 0; i < capacity; i++)
		ck_assert_uint_eq(*(uint64_t *)pool_at(&pool, i), i);
	pool_free(&pool);
}
END_TEST

START_TEST(exact_chunk)
{
	struct pool pool;
	ck_assert_int_eq(pool_init(&pool, 4, CHUNK), 0);
	for (uint32_t i = 0; i < CHUNK; i++)
		ck_assert_uint_eq(pool_take(&pool), i);
	ck_assert_uint_eq(pool_take(&pool), POOL_NONE);
	ck_assert_uint_eq(pool.chunk_count, 1);
	pool_free(&pool);
}
END_TEST

/* Given-back objects are used before fresh ones, so memory follows the need and not the traffic. */
START_TEST(reuse_before_growth)
{
	struct pool pool;
	ck_assert_int_eq(pool_init(&pool, 64, 10 * CHUNK), 0);
	for (uint32_t i = 0; i < 20 * CHUNK; i++) {
		uint32_t a = pool_take(&pool), b = pool_take(&pool);
		ck_assert_uint_ne(a, b);
		ck_assert_uint_lt(a, 2);
		ck_assert_uint_lt(b, 2);
		pool_give(&pool, a);
		pool_give(&pool, b);
	}
	ck_assert_uint_eq(pool.fresh, 2);
	ck_assert_uint_eq(pool.used, 0);
	ck_assert_uint_eq(pool.chunk_count, 1);
	pool_free(&pool);
}
END_TEST

#ifndef ABSURD_SIZES_ABORT
/* No chunk of this size can be had: that is said, and nothing is counted as taken. */
START_TEST(memory_exhausted)
{
	struct pool pool;
	ck_assert_int_eq(pool_init(&pool, (SIZE_MAX >> POOL_CHUNK_BITS) / 2 + 64, 2 * CHUNK), 0);
	ck_assert_uint_eq(pool_take(&pool), POOL_NONE);
	ck_assert_uint_eq(pool.used, 0);
	ck_assert_uint_eq(pool.fresh, 0);
	ck_assert(!pool_full(&pool));
	pool_free(&pool);
}
END_TEST
#endif

static Suite *pool_suite(void)
{
	Suite *suite = suite_create("pool");
	TCase *slab = tcase_create("slab");
	tcase_add_test(slab, arguments);
	tcase_add_test(slab, cap);
	tcase_add_test(slab, zeroed_on_reuse);
	tcase_add_test(slab, grows_by_chunks_and_never_moves);
	tcase_add_test(slab, exact_chunk);
	tcase_add_test(slab, reuse_before_growth);
#ifndef ABSURD_SIZES_ABORT
	tcase_add_test(slab, memory_exhausted);
#endif
	suite_add_tcase(suite, slab);
	return suite;
}

int main(void)
{
	return suite_main(pool_suite());
}
