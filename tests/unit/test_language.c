/* SPDX-License-Identifier: BSD-3-Clause */
/* Which language the environment asks for, and catalogues that are damaged. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <synfin/status.h>

#include "cli/catalogue.h"
#include "cli/language.h"
#include "suite.h"

static const struct {
	const char *locale, *language, *codeset, *expected;
} choices[] = {
	{ NULL, NULL, NULL, "en" },
	{ "", "ja", NULL, "en" },
	{ "C", "ja", NULL, "en" },
	{ "POSIX", "ja", NULL, "en" },
	{ "ja_JP.UTF-8", NULL, NULL, "ja" },
	{ "ja_JP.UTF-8", "", "UTF-8", "ja" },
	{ "ja_JP.utf8", NULL, NULL, "ja" },
	{ "ja_JP.UTF-8@x", NULL, NULL, "ja" },
	{ "ja", NULL, NULL, "ja" },
	{ "ja_JP", NULL, "UTF-8", "ja" },
	{ "ja_JP", NULL, "EUC-JP", "en" },
	{ "ja_JP.eucJP", NULL, NULL, "en" },
	{ "ja_JP.SJIS", "ja", NULL, "en" },
	{ "C.UTF-8", NULL, "UTF-8", "en" },
	{ "C.UTF-8", "ja", "UTF-8", "ja" },
	{ "C.UTF-8", "ja_JP", "UTF-8", "ja" },
	{ "en_US.UTF-8", "de:ja:en", "UTF-8", "ja" },
	{ "ja_JP.UTF-8", "en:ja", NULL, "en" },
	{ "ja_JP.UTF-8", "de", NULL, "en" },
	{ "ja_JP.UTF-8", ":::ja", NULL, "ja" },
	{ "java.UTF-8", NULL, NULL, "en" },
	{ "de_DE.UTF-8", NULL, "UTF-8", "en" },
};

START_TEST(environment_chooses)
{
	char name[LANGUAGE_LETTERS + 1];
	language_of_environment(name, choices[_i].locale, choices[_i].language, choices[_i].codeset);
	ck_assert_str_eq(name, choices[_i].expected);
}
END_TEST

/* "a" -> "A", "b" -> "" (which is none), as msgfmt lays it out but for the hash table. */
static const uint32_t good[] = {
	0x950412de, 0, 2, 28, 44, 0, 60,
	1, 60, 1, 62, 1, 64, 0, 66, 0,
};
static const char texts[] = "a\0b\0A\0";

static size_t make(char bytes[128], bool swapped)
{
	size_t numbers = 15;
	for (size_t i = 0; i < numbers; i++) {
		uint32_t number = swapped ? __builtin_bswap32(good[i]) : good[i];
		memcpy(bytes + 4 * i, &number, 4);
	}
	memcpy(bytes + 60, texts, sizeof texts);
	return 60 + sizeof texts;
}

static int read_bytes(struct catalogue *catalogue, const char *bytes, size_t n)
{
	char path[] = "/tmp/synfin-catalogue-XXXXXX";
	int descriptor = mkstemp(path);
	ck_assert_int_ge(descriptor, 0);
	ck_assert_int_eq(write(descriptor, bytes, n), (ssize_t)n);
	close(descriptor);
	int status = catalogue_read(catalogue, path);
	unlink(path);
	return status;
}

START_TEST(catalogue_translates)
{
	struct catalogue catalogue;
	char bytes[128];
	ck_assert_int_eq(read_bytes(&catalogue, bytes, make(bytes, _i)), 0);
	ck_assert_str_eq(catalogue_translate(&catalogue, "a"), "A");
	ck_assert_ptr_null(catalogue_translate(&catalogue, "b"));
	ck_assert_ptr_null(catalogue_translate(&catalogue, "c"));
	ck_assert_ptr_null(catalogue_translate(&catalogue, ""));
	catalogue_free(&catalogue);
}
END_TEST

/* Whatever byte is wrong: refused, or good enough to look up in. */
START_TEST(damaged_catalogue_is_harmless)
{
	struct catalogue catalogue;
	char bytes[128];
	size_t n = make(bytes, false);
	for (size_t cut = 0; cut < n; cut++)
		if (read_bytes(&catalogue, bytes, cut) == 0)
			catalogue_free(&catalogue);
	for (size_t at = 0; at < n; at++)
		for (unsigned value = 0; value < 256; value += 17) {
			make(bytes, false);
			bytes[at] = (char)value;
			if (read_bytes(&catalogue, bytes, n) < 0)
				continue;
			(void)catalogue_translate(&catalogue, "a");
			(void)catalogue_translate(&catalogue, "zzz");
			catalogue_free(&catalogue);
		}
}
END_TEST

START_TEST(missing_catalogue_is_told)
{
	struct catalogue catalogue;
	ck_assert_int_eq(catalogue_read(&catalogue, "/no/such/catalogue"), SYNFIN_E_NO_FILE);
	ck_assert_int_lt(catalogue_read(&catalogue, "/"), 0);
	ck_assert_int_eq(read_bytes(&catalogue, "", 0), SYNFIN_E_FORMAT);
}
END_TEST

START_TEST(languages_are_known)
{
	ck_assert(language_known("en"));
	ck_assert(language_known("ja"));
	ck_assert(!language_known("tlh"));
	ck_assert(!language_known(""));
	ck_assert(!language_known("../ja"));
	/* Here no catalogue lies beside the program, and none may be installed: then it stays English, and says so if it was asked for. */
	ck_assert(language_use("en", NULL));
	ck_assert(language_use(NULL, "no-slash"));
	language_free();
}
END_TEST

static Suite *language_suite(void)
{
	Suite *suite = suite_create("language");
	TCase *tcase = tcase_create("language");
	tcase_add_loop_test(tcase, environment_chooses, 0, sizeof choices / sizeof *choices);
	tcase_add_loop_test(tcase, catalogue_translates, 0, 2);
	tcase_add_test(tcase, damaged_catalogue_is_harmless);
	tcase_add_test(tcase, missing_catalogue_is_told);
	tcase_add_test(tcase, languages_are_known);
	suite_add_tcase(suite, tcase);
	return suite;
}

int main(void)
{
	return suite_main(language_suite());
}
