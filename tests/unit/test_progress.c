/* SPDX-License-Identifier: BSD-3-Clause */
/* The line that shows how far a file has been read, and the numbers that a source gives for it. */
#include <stdio.h>
#include <string.h>

#include "cli/progress.h"
#include "suite.h"
#include "views/cells.h"

#define SECOND INT64_C(1000000000)

START_TEST(fits_every_terminal)
{
	static const struct progress_numbers numbers[] = {
		{ 0, 1000, 0, 0, 1 }, { 1, 1000, 1, 1, SECOND }, { 500, 1000, 12, 3, 2 * SECOND }, { 2000, 1000, 12, 3, 2 * SECOND },
		{ 0, 0, 0, 0, SECOND }, { 1, UINT64_MAX, UINT64_MAX, UINT64_MAX, INT64_MAX }, { UINT64_MAX, UINT64_MAX, 1, 1, 1 },
	};
	char line[512];
	for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++)
		for (unsigned columns = 0; columns < 300; columns++) {
			progress_line(line, sizeof line, columns, &numbers[i]);
			ck_assert_msg(*line == '\0' || cells_width_text(line) < columns, "%u: %s", columns, line);
		}
}
END_TEST

START_TEST(says)
{
	const struct progress_numbers half = { 500000000, 1000000000, 3000000, 1234, 3 * SECOND };
	char line[512];

	progress_line(line, sizeof line, 80, &half);
	ck_assert_str_eq(line, " 50%  [=======        ]  500M/1.0G  1.0M packets/s  1.2k connections  0:03 left");
	progress_line(line, sizeof line, 66, &half);
	ck_assert_str_eq(line, " 50%  500M/1.0G  1.0M packets/s  1.2k connections  0:03 left");
	/* What counts most stays longest. */
	progress_line(line, sizeof line, 50, &half);
	ck_assert_str_eq(line, " 50%  500M/1.0G  1.2k connections  0:03 left");
	progress_line(line, sizeof line, 30, &half);
	ck_assert_str_eq(line, " 50%  500M/1.0G  0:03 left");
	progress_line(line, sizeof line, 20, &half);
	ck_assert_str_eq(line, " 50%  0:03 left");
	progress_line(line, sizeof line, 15, &half);
	ck_assert_str_eq(line, " 50%  ");
	const struct progress_numbers hours = { 1, 36610, 1, 1, SECOND };
	progress_line(line, sizeof line, 30, &hours);
	ck_assert_str_eq(line, "  0%  1/36k  10:10:09 left");
}
END_TEST

START_TEST(of_a_file)
{
	struct synfin_source *source;
	struct synfin_source_progress progress;
	struct synfin_error error;

	ck_assert_int_eq(synfin_source_open_file(&source, "pcaps/http.pcap", NULL, &error), 0);
	synfin_source_progress(source, &progress);
	ck_assert(progress.known);
	ck_assert_uint_gt(progress.total, 24);
	ck_assert_uint_le(progress.read, progress.total);
	ck_assert_uint_gt(progress.read, 0);
	synfin_source_close(source);
}
END_TEST

static Suite *the_suite(void)
{
	Suite *suite = suite_create("progress");
	TCase *tests = tcase_create("progress");
	tcase_add_test(tests, fits_every_terminal);
	tcase_add_test(tests, says);
	tcase_add_test(tests, of_a_file);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(the_suite());
}
