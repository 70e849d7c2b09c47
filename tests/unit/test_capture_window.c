/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A window over files that are larger than it: what it shows is the file, wherever the pieces that somebody asks for lie in the chunks of the
 * thread that reads ahead; to the end, beyond it when the file grows, and up to a failure.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef HAVE_ZLIB
#include <zlib.h>
#endif

#include "capture/reader.h"
#include "capture/window.h"
#include "random.h"
#include "suite.h"

enum { SIZE = 7 * 1024 * 1024 + 123 };

static char path[64];
static int descriptor;
static struct window window;

/* What stands at an offset of the file. */
static uint8_t byte_at(uint64_t offset)
{
	uint64_t mixed = (offset + 1) * UINT64_C(0x9e3779b97f4a7c15);
	return (uint8_t)(mixed >> 56 ^ mixed >> 23);
}

static uint8_t block[1 << 16];

/* The bytes from an offset on, up to a block of them; how many. */
static size_t make_block(uint64_t from, size_t size)
{
	size_t n = size < sizeof block ? size : sizeof block;
	for (uint8_t *at = block; at < block + n; at++)
		*at = byte_at(from++);
	return n;
}

static void append(uint64_t from, size_t size)
{
	while (size > 0) {
		size_t n = make_block(from, size);
		ck_assert_int_eq(pwrite(descriptor, block, n, (off_t)from), (ssize_t)n);
		from += n;
		size -= n;
	}
}

static void setup(void)
{
	snprintf(path, sizeof path, "/tmp/synfin-window-XXXXXX");
	descriptor = mkstemp(path);
	ck_assert_int_ge(descriptor, 0);
}

static void teardown(void)
{
	window_close(&window);
	close(descriptor);
	unlink(path);
}

static void check_bytes(struct cursor c, uint64_t offset, size_t n)
{
	const uint8_t *bytes = cursor_take(&c, n);
	ck_assert_ptr_nonnull(bytes);
	for (size_t i = 0; i < n; i++)
		if (bytes[i] != byte_at(offset + i))
			ck_abort_msg("byte %zu of %zu at %llu is not the file's", i, n, (unsigned long long)offset);
}

/* Most records are small; some are larger than a chunk, or than the room in front of one. */
static size_t draw_size(void)
{
	if (one_in(400))
		return 1 + below(3 * READER_CHUNK);
	if (one_in(100))
		return 1 + below(2 * READER_ROOM);
	return 1 + below(1600);
}

/* Read from `offset` to the end in pieces; where that is. */
static uint64_t read_to_end(uint64_t offset, uint64_t size)
{
	while (offset < size) {
		size_t n = draw_size();
		struct cursor c = window_have(&window, n);
		size_t here = cursor_left(&c);
		if (here < n)
			ck_assert_uint_eq(offset + here, size);
		n = here < n ? here : n;
		check_bytes(c, offset, n);
		ck_assert_int_ge(window_place(&window), (off_t)(offset + n));
		window_advance(&window, n);
		offset += n;
	}
	struct cursor c = window_have(&window, 1);
	ck_assert_uint_eq(cursor_left(&c), 0);
	return offset;
}

/* As a file is opened whose frames are read in place: libpcap looks at its beginning first. */
static void open_window(void)
{
	ck_assert_int_eq(window_open(&window, descriptor), 0);
	ck_assert_int_eq(window_rewind(&window), 0);
}

START_TEST(all_of_a_file)
{
	random_state = (uint64_t)_i + 1;
	append(0, SIZE);
	open_window();
	ck_assert_uint_eq(read_to_end(0, SIZE), SIZE);
	ck_assert_int_eq(window.failure, 0);
	ck_assert_int_eq(window_place(&window), SIZE);
}
END_TEST

/* Where there is another processor the thread is used; otherwise nothing here tests it. */
START_TEST(is_read_ahead)
{
	append(0, SIZE);
	open_window();
	for (uint64_t offset = 0; offset < SIZE / 2; offset += 1000) {
		check_bytes(window_have(&window, 1000), offset, 1000);
		window_advance(&window, 1000);
	}
	if (sysconf(_SC_NPROCESSORS_ONLN) > 1)
		ck_assert_ptr_nonnull(window.reader);
}
END_TEST

/* A thread that libpcap's look at the beginning started would still be there when privileges are given up, outside of the sandbox. */
START_TEST(is_not_read_ahead_before_it_is_begun_again)
{
	append(0, SIZE);
	ck_assert_int_eq(window_open(&window, descriptor), 0);
	for (uint64_t offset = 0; offset < SIZE / 2; offset += 1000) {
		check_bytes(window_have(&window, 1000), offset, 1000);
		window_advance(&window, 1000);
		ck_assert_ptr_null(window.reader);
	}
}
END_TEST

START_TEST(begun_again)
{
	append(0, SIZE);
	open_window();
	for (unsigned round = 0; round < 20; round++) {
		uint64_t offset = 0, stop = below(2 * 1024 * 1024);
		while (offset < stop) {
			size_t n = draw_size();
			check_bytes(window_have(&window, n), offset, n);
			window_advance(&window, n);
			offset += n;
		}
		ck_assert_int_eq(window_rewind(&window), 0);
	}
	ck_assert_uint_eq(read_to_end(0, SIZE), SIZE);
}
END_TEST

START_TEST(grows_meanwhile)
{
	append(0, SIZE);
	open_window();
	uint64_t offset = read_to_end(0, SIZE);
	for (unsigned round = 1; round <= 5; round++) {
		size_t more = below(2 * READER_CHUNK) + 1;
		append(offset, more);
		offset = read_to_end(offset, offset + more);
	}
}
END_TEST

/* The descriptor is taken away while the thread reads: what was read before is there. */
START_TEST(fails_meanwhile)
{
	append(0, SIZE);
	open_window();
	check_bytes(window_have(&window, 100), 0, 100);
	int kept = dup(descriptor), nothing = open("/tmp", O_RDONLY | O_DIRECTORY);
	ck_assert_int_ge(kept, 0);
	ck_assert_int_ge(nothing, 0);
	uint64_t offset = 0;
	while (!window.failure) {
		size_t n = 1 + below(1600);
		struct cursor c = window_have(&window, n);
		n = cursor_left(&c) < n ? cursor_left(&c) : n;
		check_bytes(c, offset, n);
		window_advance(&window, n);
		offset += n;
		if (offset > SIZE / 4)
			ck_assert_int_ge(dup2(nothing, descriptor), 0);
		ck_assert_uint_lt(offset, SIZE);
	}
	ck_assert_int_eq(window.failure, EISDIR);
	ck_assert_str_eq(window_problem(&window), strerror(EISDIR));
	/* The rest is still in hand, and no more comes. */
	struct cursor c = window_view(&window);
	check_bytes(c, offset, cursor_left(&c));
	window_advance(&window, cursor_left(&c));
	c = window_have(&window, 1);
	ck_assert_uint_eq(cursor_left(&c), 0);
	dup2(kept, descriptor);
	close(kept);
	close(nothing);
}
END_TEST

#ifdef HAVE_ZLIB
static off_t file_size(void)
{
	struct stat status;
	ck_assert_int_eq(fstat(descriptor, &status), 0);
	return status.st_size;
}

static void write_gzip(size_t size)
{
	gzFile file = gzopen(path, "wb1");
	ck_assert_ptr_nonnull(file);
	size_t done = 0;
	while (done < size) {
		size_t n = make_block(done, size - done);
		ck_assert_int_eq(gzwrite(file, block, (unsigned)n), (int)n);
		done += n;
	}
	ck_assert_int_eq(gzclose(file), Z_OK);
}

START_TEST(compressed)
{
	write_gzip(SIZE);
	open_window();
	/* window_place() counts compressed bytes, of which random ones take about as many. */
	uint64_t offset = 0;
	for (size_t n = 1; offset < SIZE; offset += n) {
		n = draw_size();
		struct cursor c = window_have(&window, n);
		n = cursor_left(&c) < n ? cursor_left(&c) : n;
		ck_assert_uint_gt(n, 0);
		check_bytes(c, offset, n);
		window_advance(&window, n);
	}
	ck_assert_int_eq(window.failure, 0);
	ck_assert_int_eq(window_place(&window), file_size());
}
END_TEST

START_TEST(damaged_when_compressed)
{
	write_gzip(SIZE);
	ck_assert_int_eq(ftruncate(descriptor, file_size() / 2), 0);
	open_window();
	uint64_t offset = 0;
	struct cursor c = window_have(&window, 1000);
	for (; cursor_left(&c) >= 1000; c = window_have(&window, 1000)) {
		check_bytes(c, offset, 1000);
		window_advance(&window, 1000);
		offset += 1000;
	}
	check_bytes(c, offset, cursor_left(&c));
	ck_assert_uint_gt(offset, SIZE / 3);
	ck_assert_int_eq(window.failure, EBADMSG);
	ck_assert_str_eq(window_problem(&window), "the gzip data end too early");
}
END_TEST
#endif

int main(void)
{
	Suite *suite = suite_create("capture window");
	TCase *files = tcase_create("files");

	tcase_add_checked_fixture(files, setup, teardown);
	tcase_set_timeout(files, 120);
	tcase_add_loop_test(files, all_of_a_file, 0, 6);
	tcase_add_test(files, is_read_ahead);
	tcase_add_test(files, is_not_read_ahead_before_it_is_begun_again);
	tcase_add_test(files, begun_again);
	tcase_add_test(files, grows_meanwhile);
	tcase_add_test(files, fails_meanwhile);
#ifdef HAVE_ZLIB
	tcase_add_test(files, compressed);
	tcase_add_test(files, damaged_when_compressed);
#endif
	suite_add_tcase(suite, files);
	return suite_main(suite);
}
