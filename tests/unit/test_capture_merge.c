/* SPDX-License-Identifier: BSD-3-Clause */
/* Several savefiles as one: the order of time, link types and interfaces of all, and a damaged file among good ones. */
#include <pcap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <synfin/source.h>

#include "suite.h"

#define FILES 3

static char directory[64], paths[FILES][128];

static void setup(void)
{
	snprintf(directory, sizeof directory, "/tmp/synfin-merge-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(directory));
	for (int i = 0; i < FILES; i++)
		snprintf(paths[i], sizeof paths[i], "%s/%d", directory, i);
}

static void teardown(void)
{
	for (int i = 0; i < FILES; i++)
		unlink(paths[i]);
	rmdir(directory);
}

/* Frames at these seconds, ended by 0; each is one byte, which tells its second. */
static void make(int which, int dlt, int snapshot_length, const int *seconds)
{
	pcap_t *pcap = pcap_open_dead(dlt, snapshot_length);
	pcap_dumper_t *dumper = pcap_dump_open(pcap, paths[which]);
	ck_assert_ptr_nonnull(dumper);
	for (; *seconds; seconds++) {
		u_char byte = (u_char)*seconds;
		struct pcap_pkthdr header = { .ts.tv_sec = *seconds, .caplen = 1, .len = 60 };
		pcap_dump((u_char *)dumper, &header, &byte);
	}
	pcap_dump_close(dumper);
	pcap_close(pcap);
}

struct seen {
	int count;
	int bytes[32];
	uint32_t interfaces[32];
	uint16_t link_types[32];
	int stop_at;
	struct synfin_source *source;
};

static int see(void *context, const struct synfin_frame *frame)
{
	struct seen *seen = context;
	ck_assert_int_lt(seen->count, 32);
	seen->bytes[seen->count] = frame->bytes[0];
	seen->interfaces[seen->count] = frame->interface;
	seen->link_types[seen->count] = frame->link_type;
	ck_assert_int_eq(frame->seconds, frame->bytes[0]);
	if (++seen->count == seen->stop_at)
		synfin_source_stop(seen->source);
	return 0;
}

static struct synfin_source *open_all(void)
{
	struct synfin_source *sources[FILES], *merged = NULL;
	struct synfin_error error = { .code = 0 };
	for (int i = 0; i < FILES; i++)
		ck_assert_int_eq(synfin_source_open_file(&sources[i], paths[i], NULL, &error), SYNFIN_OK);
	ck_assert_int_eq(synfin_source_merge(&merged, sources, FILES, &error), SYNFIN_OK);
	/* Merged once is enough. */
	ck_assert_int_eq(synfin_source_merge(&merged, &merged, 1, &error), SYNFIN_E_ARGUMENT);
	ck_assert_int_eq(synfin_source_merge(&merged, NULL, 0, &error), SYNFIN_E_ARGUMENT);
	return merged;
}

/* 4 goes back in time within its file, and stays behind 9. */
static const int first[] = { 1, 5, 9, 4, 0 }, second[] = { 2, 5, 6, 20, 0 }, third[] = { 0 }, third_late[] = { 21, 0 };
static const int order[] = { 1, 2, 5, 5, 6, 9, 4, 20, 21 };

static void make_all(void)
{
	make(0, DLT_EN10MB, 100, first);
	make(1, DLT_RAW, 2000, second);
	make(2, DLT_EN10MB, 10, third_late);
}

START_TEST(test_order)
{
	make_all();
	struct synfin_error error = { .code = 0 };
	struct synfin_source *merged = open_all();
	struct seen seen = { .stop_at = _i, .source = merged };
	ck_assert_uint_eq(synfin_source_link_type(merged), 1);
	ck_assert_uint_eq(synfin_source_snapshot_length(merged), 2000);
	ck_assert_str_eq(synfin_source_name(merged), paths[0]);
	ck_assert_int_eq(synfin_source_dispatch(merged, see, &seen, &error), SYNFIN_SOURCE_END);
	/* A stop loses nothing. */
	if (_i) {
		ck_assert_int_eq(seen.count, _i);
		ck_assert_int_eq(synfin_source_dispatch(merged, see, &seen, &error), SYNFIN_SOURCE_END);
	}
	ck_assert_int_eq(seen.count, 9);
	for (int i = 0; i < 9; i++)
		ck_assert_int_eq(seen.bytes[i], order[i]);
	/* Equal times come in the order of the files. */
	ck_assert_uint_eq(seen.link_types[2], 1);
	ck_assert_uint_eq(seen.link_types[3], 101);
	ck_assert_uint_eq(seen.interfaces[0], 0);
	ck_assert_uint_eq(seen.interfaces[1], 1);
	ck_assert_uint_eq(seen.interfaces[8], 2);
	synfin_source_close(merged);
}
END_TEST

START_TEST(test_filter)
{
	make_all();
	struct synfin_error error = { .code = 0 };
	struct synfin_source *merged = open_all();
	struct seen seen = { .source = merged };
	ck_assert_int_eq(synfin_source_filter(merged, "nonsense", true, &error), SYNFIN_E_FILTER);
	ck_assert_int_eq(synfin_source_filter(merged, "link[0] = 5", true, &error), SYNFIN_OK);
	ck_assert_int_eq(synfin_source_dispatch(merged, see, &seen, &error), SYNFIN_SOURCE_END);
	ck_assert_int_eq(seen.count, 2);
	synfin_source_close(merged);
}
END_TEST

/* The file in the middle is cut: the others are read, and then that is told. */
START_TEST(test_damaged)
{
	make_all();
	make(2, DLT_EN10MB, 10, third);
	ck_assert_int_eq(truncate(paths[1], 24 + 17 * 2 + 5), 0);
	struct synfin_error error = { .code = 0 };
	struct synfin_source *merged = open_all();
	struct seen seen = { .source = merged };
	ck_assert_int_eq(synfin_source_dispatch(merged, see, &seen, &error), SYNFIN_E_FORMAT);
	ck_assert_str_eq(error.where, paths[1]);
	ck_assert_str_eq(error.text, "truncated dump file; tried to read 16 header bytes, only got 5");
	ck_assert_int_eq(seen.count, 6);
	synfin_source_close(merged);
}
END_TEST

static Suite *capture_merge_suite(void)
{
	Suite *suite = suite_create("capture merge");
	TCase *tests = tcase_create("files");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_loop_test(tests, test_order, 0, 9);
	tcase_add_test(tests, test_filter);
	tcase_add_test(tests, test_damaged);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(capture_merge_suite());
}
