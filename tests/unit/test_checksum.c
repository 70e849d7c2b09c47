/* SPDX-License-Identifier: BSD-3-Clause */
/* The Internet checksum, against the plainest way to write it. */
#include "suite.h"

#include <stdint.h>
#include <string.h>

#include "base/checksum.h"

/* RFC 1071 s4.1, for any length: carries in a sum that is wide enough for all of them. */
static uint16_t plain_sum(const uint8_t *bytes, size_t n)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += i % 2 ? bytes[i] : (uint64_t)bytes[i] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)sum;
}

static uint64_t state = 0x9e3779b97f4a7c15;

static uint8_t random_byte(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint8_t)(state >> 32);
}

START_TEST(rfc_1071_example)
{
	static const uint8_t bytes[] = { 0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7 };
	ck_assert_uint_eq(checksum_fold(checksum_add(0, bytes, sizeof bytes)), 0xddf2);
}
END_TEST

START_TEST(ipv4_header)
{
	uint8_t header[] = { 0x45, 0x00, 0x00, 0x73, 0x00, 0x00, 0x40, 0x00, 0x40, 0x11,
	                     0x00, 0x00, 0xc0, 0xa8, 0x00, 0x01, 0xc0, 0xa8, 0x00, 0xc7 };
	uint16_t right = (uint16_t)~checksum_fold(checksum_add(0, header, sizeof header));
	ck_assert_uint_eq(right, 0xb861);
	header[10] = 0xb8;
	header[11] = 0x61;
	ck_assert_uint_eq(checksum_fold(checksum_add(0, header, sizeof header)), 0xffff);
	header[19] ^= 1;
	ck_assert_uint_ne(checksum_fold(checksum_add(0, header, sizeof header)), 0xffff);
}
END_TEST

START_TEST(short_data)
{
	ck_assert_uint_eq(checksum_fold(checksum_add(0, NULL, 0)), 0);
	ck_assert_uint_eq(checksum_add(0x12345, NULL, 0), 0x12345);
	ck_assert_uint_eq(checksum_fold(checksum_add(0, (const uint8_t *)"\xab", 1)), 0xab00);
	ck_assert_uint_eq(checksum_fold(checksum_add(0, (const uint8_t *)"\xab\xcd", 2)), 0xabcd);
	ck_assert_uint_eq(checksum_fold(checksum_add(0, (const uint8_t *)"\xab\xcd\xef", 3)), 0x9ace);
}
END_TEST

START_TEST(fold)
{
	ck_assert_uint_eq(checksum_fold(0), 0);
	ck_assert_uint_eq(checksum_fold(0xffff), 0xffff);
	ck_assert_uint_eq(checksum_fold(0x10000), 1);
	ck_assert_uint_eq(checksum_fold(0x1fffe), 0xffff);
	/* The first folding carries again. */
	ck_assert_uint_eq(checksum_fold(0x1ffff), 1);
	ck_assert_uint_eq(checksum_fold(0xffff0001u), 1);
	ck_assert_uint_eq(checksum_fold(UINT32_MAX), 0xffff);
}
END_TEST

/* Every length up to some unrolled rounds, at every alignment, exactly as long as its allocation. */
START_TEST(lengths_and_alignments)
{
	for (size_t n = 1; n < 200; n++) {
		for (size_t shift = 0; shift < 8; shift++) {
			uint8_t *block = malloc(shift + n);
			ck_assert_ptr_nonnull(block);
			for (size_t i = 0; i < shift + n; i++)
				block[i] = random_byte();
			ck_assert_uint_eq(checksum_fold(checksum_add(0, block + shift, n)), plain_sum(block + shift, n));
			free(block);
		}
	}
}
END_TEST

/* All ones and almost all zeros: where a lost carry or a confusion of 0 and 0xffff shows. */
START_TEST(carries)
{
	static uint8_t block[65536];
	for (size_t n = 1; n <= sizeof block; n = n * 2 + 1) {
		memset(block, 0xff, sizeof block);
		ck_assert_uint_eq(checksum_fold(checksum_add(0, block, n)), plain_sum(block, n));
		memset(block, 0, sizeof block);
		ck_assert_uint_eq(checksum_fold(checksum_add(0, block, n)), 0);
		block[n - 1] = 1;
		ck_assert_uint_eq(checksum_fold(checksum_add(0, block, n)), plain_sum(block, n));
	}
}
END_TEST

START_TEST(random_data)
{
	static uint8_t block[70001];
	for (size_t i = 0; i < sizeof block; i++)
		block[i] = random_byte();
	for (int round = 0; round < 2000; round++) {
		size_t start = (size_t)random_byte() << 8 | random_byte();
		size_t n = ((size_t)random_byte() << 8 | random_byte()) % (sizeof block - start);
		ck_assert_uint_eq(checksum_fold(checksum_add(0, block + start, n)), plain_sum(block + start, n));
	}
	ck_assert_uint_eq(checksum_fold(checksum_add(0, block, sizeof block)), plain_sum(block, sizeof block));
}
END_TEST

/* In pieces, as a pseudo-header and a segment are: any even cut gives the same sum, even over a sum that is about to wrap. */
START_TEST(pieces)
{
	uint8_t block[101];
	for (size_t i = 0; i < sizeof block; i++)
		block[i] = random_byte();
	uint16_t whole = plain_sum(block, sizeof block);
	for (size_t cut = 0; cut <= 100; cut += 2) {
		uint32_t sum = checksum_add(checksum_add(0, block, cut), block + cut, sizeof block - cut);
		ck_assert_uint_eq(checksum_fold(sum), whole);
		/* UINT32_MAX is a multiple of 0xffff: it stands for 0 here, and the carry it causes must come back in. */
		ck_assert_uint_eq(checksum_fold(checksum_add(UINT32_MAX, block + cut, sizeof block - cut)),
		                  plain_sum(block + cut, sizeof block - cut));
	}
}
END_TEST

static Suite *checksum_suite(void)
{
	Suite *suite = suite_create("checksum");
	TCase *known = tcase_create("known");
	tcase_add_test(known, rfc_1071_example);
	tcase_add_test(known, ipv4_header);
	tcase_add_test(known, short_data);
	tcase_add_test(known, fold);
	suite_add_tcase(suite, known);
	TCase *compared = tcase_create("compared");
	tcase_add_test(compared, lengths_and_alignments);
	tcase_add_test(compared, carries);
	tcase_add_test(compared, random_data);
	tcase_add_test(compared, pieces);
	suite_add_tcase(suite, compared);
	return suite;
}

int main(void)
{
	return suite_main(checksum_suite());
}
