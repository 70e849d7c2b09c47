/* SPDX-License-Identifier: BSD-3-Clause */
/* Writing savefiles, and listing filters as tcpdump -d does. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <synfin/source.h>

#include "suite.h"

static char directory[64];
static char in_path[128];
static char out_path[128];
static struct synfin_source *source;

/* A file in this machine's byte order and of either precision, which libpcap writes the same way: a fraction above a second, a frame of
   no bytes, one with more captured than declared. */
static size_t make_file(uint8_t *to, bool nano)
{
	const uint32_t words[] = {
		nano ? 0xa1b23c4d : 0xa1b2c3d4, 0, 0, 0, 65535, 101,
		7, 2000000, 4, 60, 0x01020304,
		8, 5, 0, 0,
		9, 999999, 8, 3, 0x05060708, 0x090a0b0c,
	};
	const uint16_t version[] = { 2, 4 };
	memcpy(to, words, sizeof words);
	memcpy(to + 4, version, sizeof version);
	return sizeof words;
}

static void open_input(bool nano)
{
	uint8_t bytes[256];
	size_t n = make_file(bytes, nano);
	struct synfin_file_options options = { .nanoseconds = nano };
	FILE *file = fopen(in_path, "wb");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(bytes, 1, n, file), n);
	ck_assert_int_eq(fclose(file), 0);
	ck_assert_int_eq(synfin_source_open_file(&source, in_path, &options, NULL), SYNFIN_OK);
}

static void setup(void)
{
	snprintf(directory, sizeof directory, "/tmp/synfin-capture-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(directory));
	snprintf(in_path, sizeof in_path, "%s/in", directory);
	snprintf(out_path, sizeof out_path, "%s/out", directory);
	source = NULL;
}

static void teardown(void)
{
	synfin_source_close(source);
	unlink(in_path);
	unlink(out_path);
	rmdir(directory);
}

struct copy {
	struct synfin_writer *writer;
	struct synfin_error error;
	int status;
	int count;
};

static int copy_frame(void *context, const struct synfin_frame *frame)
{
	struct copy *copy = context;
	copy->count++;
	copy->status = synfin_writer_frame(copy->writer, frame, &copy->error);
	return copy->status < 0 ? 2 : 0;
}

static void check_same(void)
{
	uint8_t in[256], out[256];
	FILE *file = fopen(in_path, "rb");
	ck_assert_ptr_nonnull(file);
	size_t in_length = fread(in, 1, sizeof in, file);
	fclose(file);
	file = fopen(out_path, "rb");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fread(out, 1, sizeof out, file), in_length);
	fclose(file);
	ck_assert_mem_eq(in, out, in_length);
}

START_TEST(test_round_trip)
{
	struct copy copy = { 0 };
	open_input(_i);
	ck_assert_int_eq(synfin_writer_open(&copy.writer, source, out_path, &copy.error), SYNFIN_OK);
	ck_assert_int_eq(synfin_source_dispatch(source, copy_frame, &copy, NULL), SYNFIN_SOURCE_END);
	ck_assert_int_eq(copy.count, 3);
	ck_assert_int_eq(synfin_writer_flush(copy.writer, &copy.error), SYNFIN_OK);
	check_same();
	ck_assert_int_eq(synfin_writer_close(copy.writer, &copy.error), SYNFIN_OK);
	check_same();
}
END_TEST

START_TEST(test_standard_output)
{
	struct copy copy = { 0 };
	open_input(false);
	int descriptor = open(out_path, O_WRONLY | O_CREAT, 0600);
	ck_assert_int_ge(descriptor, 0);
	fflush(stdout);
	int saved = dup(STDOUT_FILENO);
	ck_assert_int_ge(dup2(descriptor, STDOUT_FILENO), 0);
	int opened = synfin_writer_open(&copy.writer, source, "-", &copy.error);
	int read = synfin_source_dispatch(source, copy_frame, &copy, NULL);
	int closed = synfin_writer_close(copy.writer, &copy.error);
	/* It is still the program's. */
	int alive = fcntl(STDOUT_FILENO, F_GETFD);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	close(descriptor);
	ck_assert_int_eq(opened, SYNFIN_OK);
	ck_assert_int_eq(read, SYNFIN_SOURCE_END);
	ck_assert_int_eq(closed, SYNFIN_OK);
	ck_assert_int_ge(alive, 0);
	check_same();
}
END_TEST

START_TEST(test_no_such_directory)
{
	char path[160], expected[256];
	struct synfin_error error = { 0 };
	struct synfin_writer *writer = NULL;
	open_input(false);
	snprintf(path, sizeof path, "%s/none/out", directory);
	snprintf(expected, sizeof expected, "%s: No such file or directory", path);
	ck_assert_int_eq(synfin_writer_open(&writer, source, path, &error), SYNFIN_E_NO_FILE);
	ck_assert_str_eq(error.text, expected);
	ck_assert_str_eq(error.where, path);
	ck_assert_int_eq(synfin_writer_open(&writer, source, directory, &error), SYNFIN_E_IO);
	ck_assert_ptr_null(writer);
	ck_assert_int_eq(synfin_writer_close(NULL, &error), SYNFIN_OK);
}
END_TEST

/* A full disk shows at the flush, or at the latest when the writer is closed, and stays. */
START_TEST(test_full)
{
	struct copy copy = { 0 };
	open_input(false);
	if (access("/dev/full", W_OK) != 0) {
		fprintf(stderr, "test_full: skipped, there is no /dev/full\n");
		return;
	}
	ck_assert_int_eq(synfin_writer_open(&copy.writer, source, "/dev/full", &copy.error), SYNFIN_OK);
	ck_assert_int_eq(synfin_source_dispatch(source, copy_frame, &copy, NULL), SYNFIN_SOURCE_END);
	if (_i == 0) {
		ck_assert_int_eq(synfin_writer_flush(copy.writer, &copy.error), SYNFIN_E_IO);
		ck_assert_str_eq(copy.error.text, "/dev/full: No space left on device");
		struct synfin_frame frame = { .captured = 0, .link_type = synfin_source_link_type(source) };
		ck_assert_int_eq(synfin_writer_frame(copy.writer, &frame, &copy.error), SYNFIN_E_IO);
	}
	ck_assert_int_eq(synfin_writer_close(copy.writer, &copy.error), SYNFIN_E_IO);
	ck_assert_str_eq(copy.error.text, "/dev/full: No space left on device");
}
END_TEST

/* The reader of a pipe goes away while frames are written. */
/* A disk that is full after so many bytes: the file then ends with a whole frame, and nothing is hidden. */
START_TEST(test_cut_to_whole_frames)
{
	static const rlim_t rooms[] = { 24, 30, 40, 10000, 20000, 123457 };
	static uint8_t bytes[3000];
	struct rlimit limit = { .rlim_cur = rooms[_i], .rlim_max = RLIM_INFINITY };
	struct synfin_error error = { 0 };
	struct synfin_writer *writer = NULL;
	struct stat made;
	uint64_t whole = 24;
	open_input(false);
	ck_assert_int_eq(synfin_writer_open(&writer, source, out_path, &error), SYNFIN_OK);
	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	int status = SYNFIN_OK;
	for (uint32_t i = 0; status == SYNFIN_OK && i < 3000; i++) {
		struct synfin_frame frame = { .bytes = bytes, .captured = i % 7 ? i % 60 : i % 3000, .length = 3000,
			.link_type = synfin_source_link_type(source) };
		status = synfin_writer_frame(writer, &frame, &error);
		if (whole + 16 + frame.captured <= rooms[_i])
			whole += 16 + frame.captured;
		else
			i = 3000;
	}
	ck_assert_uint_ge(synfin_writer_size(writer), whole);
	ck_assert_int_eq(synfin_writer_close(writer, &error), SYNFIN_E_IO);
	ck_assert_ptr_nonnull(strstr(error.text, strerror(EFBIG)));
	ck_assert_int_eq(stat(out_path, &made), 0);
	ck_assert_uint_eq((uint64_t)made.st_size, whole);
}
END_TEST

START_TEST(test_broken_pipe)
{
	static const uint8_t bytes[1000];
	struct synfin_writer *writer = NULL;
	struct synfin_error error = { 0 };
	struct synfin_frame frame = { .bytes = bytes, .captured = sizeof bytes, .length = sizeof bytes };
	int ends[2];
	char path[32];
	open_input(false);
	frame.link_type = synfin_source_link_type(source);
	signal(SIGPIPE, SIG_IGN);
	ck_assert_int_eq(pipe(ends), 0);
	snprintf(path, sizeof path, "/dev/fd/%d", ends[1]);
	ck_assert_int_eq(synfin_writer_open(&writer, source, path, &error), SYNFIN_OK);
	close(ends[0]);
	close(ends[1]);
	int status = SYNFIN_OK;
	for (int i = 0; i < 100 && status == SYNFIN_OK; i++)
		status = synfin_writer_frame(writer, &frame, &error);
	ck_assert_int_eq(status, SYNFIN_E_PIPE);
	ck_assert_int_eq(synfin_writer_close(writer, &error), SYNFIN_E_PIPE);
}
END_TEST

static void check_listing(struct synfin_source *of, const char *expression, uint32_t length, int style, const char *expected)
{
	char *text = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&text, &size);
	ck_assert_ptr_nonnull(stream);
	struct synfin_filter_options options = { .snapshot_length = length, .style = style };
	ck_assert_int_eq(synfin_filter_print(of, expression, &options, stream, NULL), SYNFIN_OK);
	ck_assert_int_eq(fclose(stream), 0);
	ck_assert_str_eq(text, expected);
	free(text);
}

/* As tcpdump 4.99.3 prints them. */
START_TEST(test_filter_listing)
{
	check_listing(NULL, "ip", 0, 1, "(000) ldh      [12]\n(001) jeq      #0x800           jt 2\tjf 3\n(002) ret      #262144\n(003) ret      #0\n");
	check_listing(NULL, "ip", 96, 2, "{ 0x28, 0, 0, 0x0000000c },\n{ 0x15, 0, 1, 0x00000800 },\n{ 0x6, 0, 0, 0x00000060 },\n{ 0x6, 0, 0, 0x00000000 },\n");
	check_listing(NULL, "ip", 0, 3, "4\n40 0 0 12\n21 0 1 2048\n6 0 0 262144\n6 0 0 0\n");
	check_listing(NULL, NULL, 0, 3, "1\n6 0 0 262144\n");
	ck_assert(synfin_link_type_known("raw") && synfin_link_type_known("EN10MB") && !synfin_link_type_known("NO_SUCH"));
	/* Raw IP has no ethertype to look at. */
	open_input(false);
	check_listing(source, "ip", 0, 1, "(000) ldb      [0]\n(001) and      #0xf0\n(002) jeq      #0x40            jt 3\tjf 4\n(003) ret      #65535\n(004) ret      #0\n");
}
END_TEST

START_TEST(test_filter_listing_fails)
{
	struct synfin_error error = { 0 };
	ck_assert_int_eq(synfin_filter_print(NULL, "port", NULL, stdout, &error), SYNFIN_E_FILTER);
	ck_assert_ptr_nonnull(strstr(error.text, "syntax error"));
	ck_assert_str_eq(error.where, "port");
	struct synfin_filter_options long_one = { .snapshot_length = UINT32_MAX }, strange = { .link_type = "NO_SUCH" };
	ck_assert_int_eq(synfin_filter_print(NULL, "ip", &long_one, stdout, &error), SYNFIN_E_ARGUMENT);
	ck_assert_int_eq(synfin_filter_print(NULL, "ip", &strange, stdout, &error), SYNFIN_E_ARGUMENT);
	ck_assert_str_eq(error.text, "invalid data link type NO_SUCH");
}
END_TEST

static Suite *capture_writer_suite(void)
{
	Suite *suite = suite_create("capture writer");
	TCase *tests = tcase_create("writer and filter");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_loop_test(tests, test_round_trip, 0, 2);
	tcase_add_test(tests, test_standard_output);
	tcase_add_test(tests, test_no_such_directory);
	tcase_add_loop_test(tests, test_full, 0, 2);
	tcase_add_loop_test(tests, test_cut_to_whole_frames, 0, 6);
	tcase_add_test(tests, test_broken_pipe);
	tcase_add_test(tests, test_filter_listing);
	tcase_add_test(tests, test_filter_listing_fails);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(capture_writer_suite());
}
