/* SPDX-License-Identifier: BSD-3-Clause */
/* The configuration file: its name, and what its lines do. tests/terminal has the rest, which needs a terminal and a file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/config.h"
#include "suite.h"

static char complaints[1024];

static void remember(const struct options *options, const char *path, unsigned line, const char *text)
{
	size_t used = strlen(complaints);
	(void)options;
	snprintf(complaints + used, sizeof complaints - used, "%s:%u: %s\n", path, line, text);
}

/* What the command line and then a file with this text give. *keep is to be freed after the options. */
static struct options configured(char *argument, const char *text, size_t length, char **keep)
{
	struct options options;
	struct synfin_error error = { .code = 0 };
	char *words[] = { (char[]){ "synfin" }, argument, NULL };
	ck_assert_int_eq(options_parse(&options, argument ? 2 : 1, words, &error), 0);
	*keep = malloc(length + 1);
	ck_assert_ptr_nonnull(*keep);
	memcpy(*keep, text, length);
	complaints[0] = '\0';
	config_take(&options, *keep, length, "F", remember);
	return options;
}

START_TEST(settings)
{
	static const char text[] = "# how I like it\n\n  color = never \nlang=ja\r\ncharset\t=\tascii # no lines\nstate-names = ss\nbracket = always";
	char *keep;
	struct options o = configured(NULL, text, sizeof text - 1, &keep);
	ck_assert_str_eq(complaints, "");
	ck_assert_uint_eq(o.colour, WHEN_NEVER);
	ck_assert_uint_eq(o.bracket, WHEN_ALWAYS);
	ck_assert_uint_eq(o.charset, CHARSET_ASCII);
	ck_assert_uint_eq(o.state_names, 2);
	ck_assert_str_eq(o.language, "ja");
	options_free(&o);
	free(keep);
}
END_TEST

/* The command line is stronger, under either name of an option; the last line of a file is stronger than those before. */
START_TEST(precedence)
{
	static const char text[] = "color = never\nlang = en\ncolor = always\nlang = ja\n";
	char *keep;
	struct options o = configured((char[]){ "--colour=auto" }, text, sizeof text - 1, &keep);
	ck_assert_str_eq(complaints, "");
	ck_assert_uint_eq(o.colour, WHEN_AUTO);
	ck_assert_str_eq(o.language, "ja");
	options_free(&o);
	free(keep);
	o = configured((char[]){ "--lang=en" }, text, sizeof text - 1, &keep);
	ck_assert_uint_eq(o.colour, WHEN_ALWAYS);
	ck_assert_str_eq(o.language, "en");
	options_free(&o);
	free(keep);
}
END_TEST

static const struct {
	const char *text;
	const char *complaint;
} bad[] = {
	{ "color = never\n\ncolor = blue\n", "F:3: color cannot be blue: it takes auto, always or never\n" },
	{ "color\n", "F:1: a line is NAME = VALUE, not 'color'\n" },
	{ "= never\n", "F:1: there is no setting ''; there are color, bracket, charset, state-names, lang\n" },
	{ "expect = reset\nwrite = x\n", "F:1: there is no setting 'expect'; there are color, bracket, charset, state-names, lang\n"
	  "F:2: there is no setting 'write'; there are color, bracket, charset, state-names, lang\n" },
	{ "lang = fr", "F:1: unknown language fr: lang takes en or ja\n" },
	{ "state-names =\n", "F:1: state-names cannot be : it takes rfc, netstat, ss or windows\n" },
	{ "\033[31mcolour\n", "F:1: a line is NAME = VALUE, not '?[31mcolour'\n" },
	{ "charset = \xe3\x81\x82\n", "F:1: charset cannot be ???: it takes auto, ascii or unicode\n" },
};

START_TEST(complaint)
{
	char *keep;
	struct options o = configured(NULL, bad[_i].text, strlen(bad[_i].text), &keep);
	ck_assert_str_eq(complaints, bad[_i].complaint);
	options_free(&o);
	free(keep);
}
END_TEST

/* A bad line takes nothing with it. */
START_TEST(goes_on)
{
	static const char text[] = "no such line\ncolor = never\n";
	char *keep;
	struct options o = configured(NULL, text, sizeof text - 1, &keep);
	ck_assert_uint_eq(o.colour, WHEN_NEVER);
	options_free(&o);
	free(keep);
	o = configured(NULL, "color = never\0\n", 15, &keep);
	ck_assert_str_eq(complaints, "F:0: it is no text: it contains a NUL byte\n");
	ck_assert_uint_eq(o.colour, WHEN_AUTO);
	options_free(&o);
	free(keep);
	/* Also where the command line has it already. */
	o = configured((char[]){ "--lang=en" }, "lang = fr\n", 10, &keep);
	ck_assert_str_eq(complaints, "F:1: unknown language fr: lang takes en or ja\n");
	ck_assert_str_eq(o.language, "en");
	options_free(&o);
	free(keep);
}
END_TEST

START_TEST(place)
{
	char path[64];
	ck_assert(config_path(path, sizeof path, "/x", "/home/me"));
	ck_assert_str_eq(path, "/x/synfin/config");
	ck_assert(config_path(path, sizeof path, NULL, "/home/me"));
	ck_assert_str_eq(path, "/home/me/.config/synfin/config");
	ck_assert(config_path(path, sizeof path, "", "/home/me"));
	ck_assert_str_eq(path, "/home/me/.config/synfin/config");
	/* A relative one is not where anybody expects it. */
	ck_assert(config_path(path, sizeof path, "x", "/home/me"));
	ck_assert_str_eq(path, "/home/me/.config/synfin/config");
	ck_assert(!config_path(path, sizeof path, NULL, NULL));
	ck_assert(!config_path(path, sizeof path, NULL, "home"));
	ck_assert(!config_path(path, 20, NULL, "/home/me"));
}
END_TEST

static Suite *the_suite(void)
{
	Suite *suite = suite_create("config");
	TCase *tests = tcase_create("config");
	tcase_add_test(tests, settings);
	tcase_add_test(tests, precedence);
	tcase_add_loop_test(tests, complaint, 0, sizeof bad / sizeof *bad);
	tcase_add_test(tests, goes_on);
	tcase_add_test(tests, place);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(the_suite());
}
