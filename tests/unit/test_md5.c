/* SPDX-License-Identifier: BSD-3-Clause */
/* MD5 at the lengths where its padding changes. */
#include <string.h>

#include "base/md5.h"
#include "base/output.h"
#include "suite.h"

static const struct {
	const char *text;
	const char *digest;
} vectors[] = {
	{ "", "d41d8cd98f00b204e9800998ecf8427e" },
	{ "abc", "900150983cd24fb0d6963f7d28e17f72" },
	{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "ef1772b6dff9a122358552954ad0df65" },
	{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "3b0c8ac703f828b04c6c197006d17218" },
	{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "014842d480b571495a4a0363793f7367" },
	{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "e016e4ccc7fdaea56fc377600b58c4cb" },
};

START_TEST(digests)
{
	const uint8_t *bytes = (const uint8_t *)vectors[_i].text;
	size_t n = strlen(vectors[_i].text);

	/* In one piece, and in two. */
	for (size_t first = 0; first <= n; first += n ? n : 1) {
		struct md5 md5;
		struct output out;
		uint8_t digest[16];
		md5_start(&md5);
		md5_add(&md5, bytes, first);
		md5_add(&md5, bytes + first, n - first);
		md5_finish(&md5, digest);
		output_init(&out, NULL, NULL, 0);
		output_hex_bytes(&out, digest, sizeof digest);
		output_char(&out, '\0');
		ck_assert_str_eq(out.start, vectors[_i].digest);
		output_free(&out);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("md5");
	TCase *tc = tcase_create("md5");
	tcase_add_loop_test(tc, digests, 0, sizeof vectors / sizeof *vectors);
	suite_add_tcase(suite, tc);
	return suite_main(suite);
}
