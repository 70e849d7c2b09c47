/* SPDX-License-Identifier: BSD-3-Clause */
/* Dumps of bytes. What is expected was printed by tcpdump 4.99.3. */
#include "lines/print.h"
#include "lines_text.h"
#include "suite.h"

typedef void dump_fn(struct output *out, const uint8_t *bytes, size_t n);

static void expect(dump_fn *dump, const char *bytes, size_t n, const char *expected)
{
	struct output out;
	output_init(&out, NULL, NULL, 0);
	dump(&out, (const uint8_t *)bytes, n);
	ck_assert_str_eq(text_of(&out), expected);
	output_free(&out);
}

START_TEST(hex)
{
	expect(dump_hex, "", 0, "");
	expect(dump_hex, "a", 1, "\n\t0x0000:  61");
	expect(dump_hex, "\x00\xff\x7f", 3, "\n\t0x0000:  00ff 7f");
	expect(dump_hex, "0123456789abcdef", 16, "\n\t0x0000:  3031 3233 3435 3637 3839 6162 6364 6566");
	expect(dump_hex, "0123456789abcdefg", 17, "\n\t0x0000:  3031 3233 3435 3637 3839 6162 6364 6566\n\t0x0010:  67");
}
END_TEST

START_TEST(hex_ascii)
{
	expect(dump_hex_ascii, "", 0, "");
	expect(dump_hex_ascii, "a b", 3, "\n\t0x0000:  6120 62                                  a.b");
	expect(dump_hex_ascii, "\x7f\x80~!\n", 5, "\n\t0x0000:  7f80 7e21 0a                             ..~!.");
	expect(dump_hex_ascii, "0123456789abcdefg", 17,
	       "\n\t0x0000:  3031 3233 3435 3637 3839 6162 6364 6566  0123456789abcdef"
	       "\n\t0x0010:  67                                       g");
}
END_TEST

START_TEST(long_offsets)
{
	static uint8_t zeros[0x10010];
	struct output out;
	output_init(&out, NULL, NULL, 0);
	dump_hex(&out, zeros, sizeof zeros);
	const char *text = text_of(&out);
	ck_assert_ptr_nonnull(strstr(text, "\n\t0xfff0:  0000"));
	ck_assert_ptr_nonnull(strstr(text, "\n\t0x10000:  0000"));
	output_free(&out);
}
END_TEST

START_TEST(ascii)
{
	expect(dump_ascii, "", 0, "\n");
	expect(dump_ascii, "GET /\tx\x01\xff", 9, "\nGET /\tx..");
	/* A carriage return before a line feed goes, and so does a last or last but one byte; any other is a dot. */
	expect(dump_ascii, "a\r\nb\r\n", 6, "\na\nb\n");
	expect(dump_ascii, "a\rbc", 4, "\na.bc");
	expect(dump_ascii, "ab\rc", 4, "\nabc");
	expect(dump_ascii, "abc\r", 4, "\nabc");
	expect(dump_ascii, "\r\r\r\r", 4, "\n..");
}
END_TEST

static Suite *the_suite(void)
{
	Suite *suite = suite_create("lines_dump");
	TCase *tcase = tcase_create("dump");
	tcase_add_test(tcase, hex);
	tcase_add_test(tcase, hex_ascii);
	tcase_add_test(tcase, long_offsets);
	tcase_add_test(tcase, ascii);
	suite_add_tcase(suite, tcase);
	return suite;
}

int main(void)
{
	return suite_main(the_suite());
}
