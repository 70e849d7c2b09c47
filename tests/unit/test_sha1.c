/* SPDX-License-Identifier: BSD-3-Clause */
/* SHA-1 and base64 against the vectors of RFC 3174 s7.3 and RFC 4648 s10, and the padding at every length around a block. */
#include <stdio.h>
#include <string.h>

#include "base/sha1.h"
#include "suite.h"

static void expect_digest(const void *bytes, size_t n, const char *hex)
{
	uint8_t digest[SHA1_BYTES];
	char text[2 * SHA1_BYTES + 1];

	sha1_digest(digest, bytes, n);
	for (unsigned i = 0; i < SHA1_BYTES; i++)
		snprintf(text + (size_t)2 * i, 3, "%02x", digest[i]);
	ck_assert_str_eq(text, hex);
}

START_TEST(published_digests)
{
	static char million[1000000];
	const char *two_blocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

	expect_digest("abc", 3, "a9993e364706816aba3e25717850c26c9cd0d89d");
	expect_digest(two_blocks, strlen(two_blocks), "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
	expect_digest("", 0, "da39a3ee5e6b4b0d3255bfef95601890afd80709");
	memset(million, 'a', sizeof million);
	expect_digest(million, sizeof million, "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
}
END_TEST

/* Where the padding just fits a block, and where it just does not. Digests as by sha1sum(1). */
START_TEST(padding)
{
	char zeros[128] = { 0 };

	expect_digest(zeros, 55, "8e8832c642a6a38c74c17fc92ccedc266c108e6c");
	expect_digest(zeros, 56, "9438e360f578e12c0e0e8ed28e2c125c1cefee16");
	expect_digest(zeros, 63, "0b8bf9fc37ad802cefa6733ec62b09d5f43a1b75");
	expect_digest(zeros, 64, "c8d7d0ef0eedfa82d2ea1aa592845b9a6d4b02b7");
	expect_digest(zeros, 119, "85634f17f58bda0e4f0515dfb68bc1af922a031f");
	expect_digest(zeros, 128, "0ae4f711ef5d6e9d26c611fd2c8c8ac45ecbf9e7");
}
END_TEST

START_TEST(base64)
{
	static const char *const pairs[][2] = { { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" }, { "\xff\xef\xbe", "/+++" } };

	for (unsigned i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		char text[16] = "";
		size_t n = strlen(pairs[i][0]);
		base64_encode(text, (const uint8_t *)pairs[i][0], n);
		ck_assert_str_eq(text, pairs[i][1]);
		ck_assert_uint_eq(strlen(text), BASE64_LENGTH(n));
	}
}
END_TEST

static Suite *the_suite(void)
{
	Suite *suite = suite_create("sha1");
	TCase *tests = tcase_create("sha1");
	tcase_add_test(tests, published_digests);
	tcase_add_test(tests, padding);
	tcase_add_test(tests, base64);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(the_suite());
}
