/* SPDX-License-Identifier: BSD-3-Clause */
/* Savefiles as a source: both byte orders and precisions, odd values, and every way in which a file can be none. */
#include <errno.h>
#include <limits.h>
#include <pcap.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <synfin/source.h>

#include "suite.h"

static char directory[64];
static char path[128];

static void setup(void)
{
	snprintf(directory, sizeof directory, "/tmp/synfin-capture-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(directory));
	snprintf(path, sizeof path, "%s/file", directory);
}

static void teardown(void)
{
	unlink(path);
	rmdir(directory);
}

static void put(uint8_t **to, uint32_t value, int bytes, bool little)
{
	for (int i = 0; i < bytes; i++)
		*(*to)++ = (uint8_t)(value >> 8 * (little ? i : bytes - 1 - i));
}

struct record {
	uint32_t seconds, fraction, captured, length;
};

/* A pcap file with these records, whose bytes count up from 0. */
static size_t make_file(uint8_t *to, bool little, uint32_t magic, uint32_t link_type, const struct record *records, size_t count)
{
	uint8_t *p = to;
	put(&p, magic, 4, little);
	put(&p, 2, 2, little);
	put(&p, 4, 2, little);
	put(&p, 0, 4, little);
	put(&p, 0, 4, little);
	put(&p, 65535, 4, little);
	put(&p, link_type, 4, little);
	for (size_t i = 0; i < count; i++) {
		put(&p, records[i].seconds, 4, little);
		put(&p, records[i].fraction, 4, little);
		put(&p, records[i].captured, 4, little);
		put(&p, records[i].length, 4, little);
		for (uint32_t j = 0; j < records[i].captured; j++)
			*p++ = (uint8_t)j;
	}
	return (size_t)(p - to);
}

static void save(const void *bytes, size_t n)
{
	FILE *file = fopen(path, "wb");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(bytes, 1, n, file), n);
	ck_assert_int_eq(fclose(file), 0);
}

struct seen {
	int count;
	struct synfin_frame frames[8];
	uint8_t last_byte;
	int stop_after;
};

static int see(void *context, const struct synfin_frame *frame)
{
	struct seen *seen = context;
	if (seen->count < 8)
		seen->frames[seen->count] = *frame;
	seen->count++;
	if (frame->captured)
		seen->last_byte = frame->bytes[frame->captured - 1];
	return seen->stop_after && seen->count == seen->stop_after ? 7 : 0;
}

static int read_all(struct synfin_source *source, struct seen *seen, struct synfin_error *error)
{
	int status;
	do
		status = synfin_source_dispatch(source, see, seen, error);
	while (status == SYNFIN_SOURCE_MORE);
	return status;
}

static const struct record two[] = { { 1000000000, 123456, 20, 60 }, { 1000000001, 654321, 16, 16 } };

START_TEST(test_orders_and_precisions)
{
	bool little = _i & 1, nano_file = _i & 2, nano = _i & 4;
	uint8_t bytes[256] = { 0 };
	struct seen seen = { 0 };
	struct synfin_error error = { 0 };
	struct synfin_source *source = NULL;
	struct synfin_file_options options = { .nanoseconds = nano };
	save(bytes, make_file(bytes, little, nano_file ? 0xa1b23c4d : 0xa1b2c3d4, 1, two, 2));
	ck_assert_int_eq(synfin_source_open_file(&source, path, &options, &error), SYNFIN_OK);
	ck_assert_str_eq(synfin_source_name(source), path);
	ck_assert(!synfin_source_is_live(source));
	ck_assert_ptr_null(synfin_source_warning(source));
	ck_assert_uint_eq(synfin_source_link_type(source), 1);
	ck_assert_str_eq(synfin_source_link_name(source), "EN10MB");
	ck_assert_str_eq(synfin_source_link_description(source), "Ethernet");
	ck_assert_uint_eq(synfin_source_snapshot_length(source), 65535);
	ck_assert_int_eq(read_all(source, &seen, &error), SYNFIN_SOURCE_END);
	ck_assert_int_eq(seen.count, 2);
	/* 123456 in the file's unit, in the unit asked for. */
	uint32_t fraction = nano_file == nano ? 123456 : nano ? 123456000 : 123;
	ck_assert_int_eq(seen.frames[0].seconds, 1000000000);
	ck_assert_uint_eq(seen.frames[0].fraction, fraction);
	ck_assert_int_eq(seen.frames[0].nanoseconds, nano);
	ck_assert_int_eq(seen.frames[0].time_ns, 1000000000000000000 + (int64_t)fraction * (nano ? 1 : 1000));
	ck_assert_uint_eq(seen.frames[0].captured, 20);
	ck_assert_uint_eq(seen.frames[0].length, 60);
	ck_assert_uint_eq(seen.frames[0].interface, 0);
	ck_assert_uint_eq(seen.frames[0].link_type, 1);
	ck_assert_uint_eq(seen.last_byte, 15);
	struct synfin_source_statistics statistics = { .known = true };
	ck_assert_int_eq(synfin_source_statistics(source, &statistics, &error), SYNFIN_OK);
	ck_assert(!statistics.known);
	/* Once ended, it stays so. */
	ck_assert_int_eq(synfin_source_dispatch(source, see, &seen, &error), SYNFIN_SOURCE_END);
	synfin_source_close(source);
}
END_TEST

START_TEST(test_odd_values)
{
	static const struct record odd[] = { { 5, 2000000, 0, 0 }, { 0xffffffff, 0, 8, 2 }, { 7, 0xffffffff, 0, 4000000000 } };
	uint8_t bytes[256] = { 0 };
	struct seen seen = { 0 };
	struct synfin_source *source = NULL;
	save(bytes, make_file(bytes, true, 0xa1b2c3d4, 1, odd, 3));
	ck_assert_int_eq(synfin_source_open_file(&source, path, NULL, NULL), SYNFIN_OK);
	ck_assert_int_eq(read_all(source, &seen, NULL), SYNFIN_SOURCE_END);
	ck_assert_int_eq(seen.count, 3);
	ck_assert_int_eq(seen.frames[0].seconds, 5);
	ck_assert_uint_eq(seen.frames[0].fraction, 2000000);
	ck_assert_int_eq(seen.frames[0].time_ns, 7000000000);
	ck_assert_uint_eq(seen.frames[0].captured, 0);
	ck_assert_uint_eq(seen.frames[0].length, 0);
	ck_assert_uint_eq(seen.frames[1].captured, 8);
	ck_assert_uint_eq(seen.frames[1].length, 2);
	ck_assert_uint_eq(seen.frames[2].fraction, 0xffffffff);
	ck_assert_uint_eq(seen.frames[2].length, 4000000000);
	synfin_source_close(source);
}
END_TEST

START_TEST(test_raw_link_type)
{
	uint8_t bytes[64] = { 0 };
	struct synfin_source *source = NULL;
	save(bytes, make_file(bytes, true, 0xa1b2c3d4, _i == 0 ? 101 : 12, NULL, 0));
	ck_assert_int_eq(synfin_source_open_file(&source, path, NULL, NULL), SYNFIN_OK);
	ck_assert_uint_eq(synfin_source_link_type(source), 101);
	ck_assert_str_eq(synfin_source_link_name(source), "RAW");
	synfin_source_close(source);
}
END_TEST

/* A file cut anywhere: the frames that are whole are delivered, and libpcap's message tells the rest. */
START_TEST(test_truncated_everywhere)
{
	uint8_t bytes[256] = { 0 };
	size_t whole = make_file(bytes, _i, 0xa1b2c3d4, 1, two, 2);
	for (size_t n = 0; n < whole; n++) {
		struct seen seen = { 0 };
		struct synfin_error error = { 0 };
		struct synfin_source *source = NULL;
		save(bytes, n);
		int status = synfin_source_open_file(&source, path, NULL, &error);
		if (n < 24) {
			ck_assert_int_eq(status, SYNFIN_E_FORMAT);
			ck_assert_ptr_null(source);
			ck_assert_ptr_nonnull(strstr(error.text, "truncated dump file; tried to read"));
			ck_assert_str_eq(error.where, path);
			continue;
		}
		ck_assert_int_eq(status, SYNFIN_OK);
		status = read_all(source, &seen, &error);
		ck_assert_int_eq(seen.count, n < 60 ? 0 : 1);
		if (n == 24 || n == 60) {
			ck_assert_int_eq(status, SYNFIN_SOURCE_END);
		} else {
			ck_assert_int_eq(status, SYNFIN_E_FORMAT);
			ck_assert_ptr_nonnull(strstr(error.text, "truncated dump file; tried to read"));
			ck_assert_str_eq(error.where, path);
		}
		synfin_source_close(source);
	}
}
END_TEST

/* What tcpdump -r says of files that are none. */
START_TEST(test_not_a_capture_file)
{
	char expected[256];
	struct synfin_error error = { 0 };
	struct synfin_source *source = NULL;
	snprintf(expected, sizeof expected, "%s: No such file or directory", path);
	ck_assert_int_eq(synfin_source_open_file(&source, path, NULL, &error), SYNFIN_E_NO_FILE);
	ck_assert_str_eq(error.text, expected);
	ck_assert_int_eq(error.code, SYNFIN_E_NO_FILE);
	save("", 0);
	ck_assert_int_eq(synfin_source_open_file(&source, path, NULL, &error), SYNFIN_E_FORMAT);
	ck_assert_str_eq(error.text, "truncated dump file; tried to read 4 file header bytes, only got 0");
	save("this is no capture file, but a longer text", 42);
	ck_assert_int_eq(synfin_source_open_file(&source, path, NULL, &error), SYNFIN_E_FORMAT);
	ck_assert_str_eq(error.text, "unknown file format");
	ck_assert_int_eq(synfin_source_open_file(&source, directory, NULL, &error), SYNFIN_E_IO);
	ck_assert_str_eq(error.text, "error reading dump file: Is a directory");
	ck_assert_str_eq(error.where, directory);
	ck_assert_ptr_null(source);
}
END_TEST

START_TEST(test_no_permission)
{
	save("", 0);
	ck_assert_int_eq(chmod(path, 0), 0);
	ck_assert_int_eq(chmod(directory, 0755), 0);
	pid_t child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		struct synfin_source *source = NULL;
		if (geteuid() == 0 && setuid(65534) != 0)
			_exit(2);
		_exit(synfin_source_open_file(&source, path, NULL, NULL) == SYNFIN_E_PERMISSION ? 0 : 1);
	}
	int status = 0;
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
}
END_TEST

START_TEST(test_callback_stops)
{
	uint8_t bytes[256] = { 0 };
	struct seen seen = { .stop_after = 1 };
	struct synfin_source *source = NULL;
	save(bytes, make_file(bytes, true, 0xa1b2c3d4, 1, two, 2));
	ck_assert_int_eq(synfin_source_open_file(&source, path, NULL, NULL), SYNFIN_OK);
	ck_assert_int_eq(synfin_source_dispatch(source, see, &seen, NULL), 7);
	ck_assert_int_eq(seen.count, 1);
	/* A stop ends one dispatch; the frames are still there. */
	synfin_source_stop(source);
	ck_assert_int_eq(synfin_source_dispatch(source, see, &seen, NULL), SYNFIN_SOURCE_END);
	ck_assert_int_eq(seen.count, 1);
	ck_assert_int_eq(read_all(source, &seen, NULL), SYNFIN_SOURCE_END);
	ck_assert_int_eq(seen.count, 2);
	synfin_source_close(source);
}
END_TEST

/* While another thread reads ahead: under a sanitizer what it looks at must still be there. Zeros are records of no bytes. */
START_TEST(test_closed_while_it_is_read_ahead)
{
	uint8_t bytes[64] = { 0 };
	save(bytes, make_file(bytes, true, 0xa1b2c3d4, 1, two, 0));
	ck_assert_int_eq(truncate(path, 8 << 20), 0);
	for (unsigned round = 0; round < 100; round++) {
		struct seen seen = { .stop_after = 22000 + (int)round * 97 };
		struct synfin_source *source = NULL;
		int status = SYNFIN_SOURCE_MORE;
		ck_assert_int_eq(synfin_source_open_file(&source, path, NULL, NULL), SYNFIN_OK);
		while (status == SYNFIN_SOURCE_MORE)
			status = synfin_source_dispatch(source, see, &seen, NULL);
		ck_assert_int_eq(status, 7);
		synfin_source_close(source);
	}
}
END_TEST

START_TEST(test_filter)
{
	uint8_t bytes[256] = { 0 };
	struct seen seen = { 0 };
	struct synfin_error error = { 0 };
	struct synfin_source *source = NULL;
	save(bytes, make_file(bytes, true, 0xa1b2c3d4, 1, two, 2));
	ck_assert_int_eq(synfin_source_open_file(&source, path, NULL, NULL), SYNFIN_OK);
	ck_assert_int_eq(synfin_source_filter(source, "foo bar", true, &error), SYNFIN_E_FILTER);
	ck_assert_str_eq(error.text, "can't parse filter expression: syntax error");
	ck_assert_str_eq(error.where, "foo bar");
	ck_assert_int_eq(synfin_source_filter(source, "less 0", true, &error), SYNFIN_OK);
	ck_assert_int_eq(synfin_source_filter(source, "len = 60", _i, &error), SYNFIN_OK);
	ck_assert_int_eq(read_all(source, &seen, NULL), SYNFIN_SOURCE_END);
	ck_assert_int_eq(seen.count, 1);
	ck_assert_uint_eq(seen.frames[0].length, 60);
	synfin_source_close(source);

	seen.count = 0;
	ck_assert_int_eq(synfin_source_open_file(&source, path, NULL, NULL), SYNFIN_OK);
	ck_assert_int_eq(synfin_source_filter(source, "len = 60", _i, &error), SYNFIN_OK);
	ck_assert_int_eq(synfin_source_filter(source, NULL, _i, &error), SYNFIN_OK);
	ck_assert_int_eq(read_all(source, &seen, NULL), SYNFIN_SOURCE_END);
	ck_assert_int_eq(seen.count, 2);
	synfin_source_close(source);
}
END_TEST

static Suite *capture_file_suite(void)
{
	Suite *suite = suite_create("capture file");
	TCase *tests = tcase_create("savefiles");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_loop_test(tests, test_orders_and_precisions, 0, 8);
	tcase_add_test(tests, test_odd_values);
	tcase_add_loop_test(tests, test_raw_link_type, 0, 2);
	tcase_add_loop_test(tests, test_truncated_everywhere, 0, 2);
	tcase_add_test(tests, test_not_a_capture_file);
	tcase_add_test(tests, test_no_permission);
	tcase_add_test(tests, test_callback_stops);
	tcase_add_test(tests, test_closed_while_it_is_read_ahead);
	tcase_add_loop_test(tests, test_filter, 0, 2);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(capture_file_suite());
}
