/* SPDX-License-Identifier: BSD-3-Clause */
/* Status texts and error records: cut, kept to a line, and filled from themselves. */
#include "suite.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"

START_TEST(texts)
{
	ck_assert_str_eq(synfin_status_text(SYNFIN_OK), "success");
	ck_assert_str_eq(synfin_status_text(17), "success");
	ck_assert_str_eq(synfin_status_text(SYNFIN_E_MEMORY), "out of memory");
	ck_assert_str_eq(synfin_status_text(-12), "unknown error");
	ck_assert_str_eq(synfin_status_text(INT_MIN), "unknown error");
	/* Each status has a text, and none has another's. */
	for (int a = SYNFIN_E_PIPE; a <= 0; a++) {
		ck_assert_str_ne(synfin_status_text(a), "unknown error");
		for (int b = a + 1; b <= 0; b++)
			ck_assert_str_ne(synfin_status_text(a), synfin_status_text(b));
	}
}
END_TEST

START_TEST(fills)
{
	struct synfin_error error;
	memset(&error, 0x55, sizeof error);
	ck_assert_int_eq(error_set(&error, SYNFIN_E_IO, "x.pcap", "read of %d bytes: %s", 7, "no"), SYNFIN_E_IO);
	ck_assert_int_eq(error.code, SYNFIN_E_IO);
	ck_assert_str_eq(error.text, "read of 7 bytes: no");
	ck_assert_str_eq(error.where, "x.pcap");
	ck_assert_int_eq(error_set(&error, SYNFIN_E_MEMORY, NULL, "%s", ""), SYNFIN_E_MEMORY);
	ck_assert_str_eq(error.text, "");
	ck_assert_str_eq(error.where, "");
	ck_assert_int_eq(error_set(NULL, SYNFIN_E_FORMAT, "x", "y"), SYNFIN_E_FORMAT);
}
END_TEST

START_TEST(cuts)
{
	struct synfin_error error;
	char text[1000], where[1000];
	memset(text, 't', sizeof text);
	memset(where, 'w', sizeof where);
	text[sizeof text - 1] = '\0';
	where[sizeof where - 1] = '\0';
	error_set(&error, SYNFIN_E_IO, where, "%s", text);
	ck_assert_uint_eq(strlen(error.text), sizeof error.text - 1);
	ck_assert_uint_eq(strlen(error.where), sizeof error.where - 1);
	ck_assert_int_eq(error.text[sizeof error.text - 2], 't');
	/* Exactly what fits stays whole. */
	text[sizeof error.text - 1] = '\0';
	where[sizeof error.where - 1] = '\0';
	error_set(&error, SYNFIN_E_IO, where, "%s", text);
	ck_assert_str_eq(error.text, text);
	ck_assert_str_eq(error.where, where);
}
END_TEST

/* Characters of two, three and four bytes, cut at each of their bytes: what stays are whole ones. */
START_TEST(cuts_between_characters)
{
	static const char *const characters[] = { "\xc3\xa9", "\xe6\x97\xa5", "\xf0\x9f\x98\x80" };
	for (size_t c = 0; c < 3; c++) {
		size_t size = strlen(characters[c]);
		for (size_t lead = 0; lead < size; lead++) {
			struct synfin_error error;
			char text[1000] = "";
			size_t n = 0;
			for (; n < lead; n++)
				text[n] = '.';
			for (; n + size < sizeof text; n += size)
				memcpy(text + n, characters[c], size);
			error_set(&error, SYNFIN_E_IO, text, "%s", text);
			size_t fits = lead + (sizeof error.text - 1 - lead) / size * size;
			ck_assert_uint_eq(strlen(error.text), fits);
			ck_assert_mem_eq(error.text, text, fits);
			ck_assert_uint_eq(strlen(error.where), lead + (sizeof error.where - 1 - lead) / size * size);
		}
	}
}
END_TEST

/* What is no UTF-8 to begin with is cut where the room ends, at most a byte or two short, and does not vanish. */
START_TEST(cuts_other_bytes)
{
	struct synfin_error error;
	char text[1000];
	memset(text, 0x80, sizeof text);
	text[sizeof text - 1] = '\0';
	error_set(&error, SYNFIN_E_IO, NULL, "%s", text);
	ck_assert_uint_ge(strlen(error.text), sizeof error.text - 5);
}
END_TEST

START_TEST(one_line)
{
	struct synfin_error error;
	error_set(&error, SYNFIN_E_FILTER, "a\nb", "syntax\terror\nhere\x1b[0m\x7f");
	ck_assert_str_eq(error.text, "syntax error here [0m ");
	error_set(&error, SYNFIN_E_IO, "a\nb", "\xc2\x9b" "2J\xe2\x80\xae\xc3\xa9");
	ck_assert_str_eq(error.text, "  2J   \xc3\xa9");
	/* A name stays the name it is; who shows it escapes it. */
	ck_assert_str_eq(error.where, "a\nb");
}
END_TEST

START_TEST(fills_from_itself)
{
	struct synfin_error error;
	error_set(&error, SYNFIN_E_IO, "x.pcap", "inner");
	error_set(&error, SYNFIN_E_FORMAT, error.text, "outer: %s in %s", error.text, error.where);
	ck_assert_str_eq(error.text, "outer: inner in x.pcap");
	ck_assert_str_eq(error.where, "inner");
	error_set(&error, SYNFIN_E_FORMAT, error.where, "%s", error.text);
	ck_assert_str_eq(error.where, "inner");
}
END_TEST

static Suite *error_suite(void)
{
	Suite *suite = suite_create("error");
	TCase *record = tcase_create("record");
	tcase_add_test(record, texts);
	tcase_add_test(record, fills);
	tcase_add_test(record, cuts);
	tcase_add_test(record, cuts_between_characters);
	tcase_add_test(record, cuts_other_bytes);
	tcase_add_test(record, one_line);
	tcase_add_test(record, fills_from_itself);
	suite_add_tcase(suite, record);
	return suite;
}

int main(void)
{
	return suite_main(error_suite());
}
