/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Savefiles that are read without libpcap, beside libpcap: the same frames and messages for the same file, whole or damaged. And what
 * libpcap does not read: several link types, snapshot lengths and byte orders in one pcapng file.
 *
 * SYNFIN_FUZZ_ROUNDS in the environment sets how many damaged files are tried (2000).
 */
#include <pcap.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <synfin/source.h>

#include "suite.h"

#define SIZE_MOST 4096

struct image {
	uint8_t bytes[SIZE_MOST];
	size_t size;
	bool little;
};

static char directory[64], path[128];
static uint64_t random_state = 1;

static void setup(void)
{
	snprintf(directory, sizeof directory, "/tmp/synfin-direct-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(directory));
	snprintf(path, sizeof path, "%s/file", directory);
}

static void teardown(void)
{
	unlink(path);
	rmdir(directory);
}

static uint32_t draw(uint32_t below)
{
	random_state = random_state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((random_state >> 33) % below);
}

static void put(struct image *image, uint64_t value, int bytes)
{
	for (int i = 0; i < bytes; i++)
		image->bytes[image->size++] = (uint8_t)(value >> 8 * (image->little ? i : bytes - 1 - i));
}

static void put_data(struct image *image, size_t count)
{
	for (size_t i = 0; i < count; i++)
		image->bytes[image->size++] = (uint8_t)i;
}

/* ---- pcap */

static void make_pcap(struct image *image, bool little, uint32_t magic, unsigned minor, uint32_t snapshot_length)
{
	static const uint32_t sizes[] = { 60, 0, 14, 1, 200, 66 };
	*image = (struct image){ .little = little };
	put(image, magic, 4);
	put(image, 2, 2);
	put(image, minor, 2);
	put(image, 0, 8);
	put(image, snapshot_length, 4);
	put(image, 1, 4);
	for (size_t i = 0; i < 6; i++) {
		put(image, 0x7fffffff + i, 4); /* from the last second with a sign on */
		put(image, 999999 - i, 4);
		put(image, sizes[i], 4);
		put(image, sizes[i] + i, 4);
		put_data(image, sizes[i]);
	}
}

/* ---- pcapng: a block's two lengths are filled in when it ends. */

static size_t block_begin(struct image *image, uint32_t type)
{
	size_t start = image->size;
	put(image, type, 4);
	put(image, 0, 4);
	return start;
}

static void block_end(struct image *image, size_t start)
{
	while (image->size % 4 != 0)
		image->bytes[image->size++] = 0;
	size_t end = image->size;
	uint32_t length = (uint32_t)(end - start + 4);
	image->size = start + 4;
	put(image, length, 4);
	image->size = end;
	put(image, length, 4);
}

static void put_section(struct image *image, bool little)
{
	image->little = little;
	size_t start = block_begin(image, 0x0a0d0d0a);
	put(image, 0x1a2b3c4d, 4);
	put(image, 1, 2);
	put(image, 0, 2);
	put(image, UINT64_MAX, 8);
	block_end(image, start);
}

/* resolution 0: the option is left out. */
static void put_interface(struct image *image, unsigned link_type, uint32_t snapshot_length, uint8_t resolution, int64_t offset)
{
	size_t start = block_begin(image, 1);
	put(image, link_type, 2);
	put(image, 0, 2);
	put(image, snapshot_length, 4);
	put(image, 2, 2);
	put(image, 3, 2);
	put(image, 0x65746800, 4); /* a name */
	if (resolution) {
		put(image, 9, 2);
		put(image, 1, 2);
		image->bytes[image->size++] = resolution;
		put_data(image, 3);
	}
	put(image, 14, 2);
	put(image, 8, 2);
	put(image, (uint64_t)offset, 8);
	put(image, 0, 4);
	block_end(image, start);
}

static void put_packet(struct image *image, uint32_t interface, uint64_t stamp, uint32_t captured, bool old)
{
	size_t start = block_begin(image, old ? 2 : 6);
	put(image, interface, old ? 2 : 4);
	if (old)
		put(image, 0, 2);
	put(image, stamp >> 32, 4);
	put(image, stamp & 0xffffffff, 4);
	put(image, captured, 4);
	put(image, captured + 5, 4);
	put_data(image, captured);
	while (image->size % 4 != 0)
		image->bytes[image->size++] = 0;
	put(image, 1, 2);
	put(image, 2, 2);
	put(image, 0x68690000, 4); /* a comment */
	put(image, 0, 4);
	block_end(image, start);
}

static void put_other(struct image *image, uint32_t type, uint32_t size)
{
	size_t start = block_begin(image, type);
	put_data(image, size);
	block_end(image, start);
}

static void put_simple(struct image *image, uint32_t length)
{
	size_t start = block_begin(image, 3);
	put(image, length, 4);
	put_data(image, length);
	block_end(image, start);
}

static void make_pcapng(struct image *image, bool little)
{
	static const uint8_t resolutions[] = { 6, 9, 3, 0x80 | 20, 0x80 | 40, 12, 0x80 };
	*image = (struct image){ .size = 0 };
	put_section(image, little);
	put_other(image, 4, 20); /* names, before any interface */
	for (unsigned i = 0; i < 7; i++)
		put_interface(image, 1, 300, resolutions[i], i == 2 ? -5 : 0);
	for (unsigned i = 0; i < 7; i++) {
		put_packet(image, i, 0x0005555555555555 + i, 40 + i, i == 4);
		put_packet(image, i, 0x0000555555555555 - i, 40 + i, i == 5);
	}
	put_other(image, 5, 16); /* statistics */
	put_simple(image, 61);
	put_section(image, little);
	put_interface(image, 1, 300, 0, 0);
	put_other(image, 0x0bad, 12); /* a custom block */
	put_packet(image, 0, 1600000000000001, 66, false);
}

/* ---- Reading by both */

static void save(const struct image *image)
{
	FILE *file = fopen(path, "wb");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(image->bytes, 1, image->size, file), image->size);
	ck_assert_int_eq(fclose(file), 0);
}

struct beside {
	pcap_t *pcap;
	int count;
	bool refused; /* libpcap went no further, because it does not know how */
};

/* What libpcap says of a file that is read all the same. */
static bool is_refusal(const char *text)
{
	return strstr(text, "different from the") || strstr(text, "different byte orders");
}

static int compare(void *context, const struct synfin_frame *frame)
{
	struct beside *beside = context;
	struct pcap_pkthdr *header;
	const u_char *bytes;
	if (beside->refused)
		return 0;
	if (pcap_next_ex(beside->pcap, &header, &bytes) != 1) {
		beside->refused = is_refusal(pcap_geterr(beside->pcap));
		ck_assert_msg(beside->refused, "frame %d, where libpcap has none: %s", beside->count, pcap_geterr(beside->pcap));
		return 0;
	}
	ck_assert_int_eq(frame->seconds, header->ts.tv_sec);
	ck_assert_uint_eq(frame->fraction, (uint32_t)header->ts.tv_usec);
	ck_assert_uint_eq(frame->captured, header->caplen);
	ck_assert_uint_eq(frame->length, header->len);
	ck_assert_int_eq(memcmp(frame->bytes, bytes, header->caplen), 0);
	beside->count++;
	return 0;
}

/* Frames that are handed over together are there together, so that the first of them may be looked at last. */
static int compare_frames(void *context, const struct synfin_frame *frames, unsigned count)
{
	ck_assert_uint_ge(count, 1);
	ck_assert_uint_le(count, SYNFIN_FRAMES_MAX);
	for (unsigned i = 0; i < count; i++)
		ck_assert_int_eq(compare(context, &frames[i]), 0);
	return 0;
}

/* Read the file at `path` by both and compare; the number of frames that they agreed on. together: by synfin_source_dispatch_frames(). */
static int read_both_so(bool nanoseconds, bool together)
{
	char text[PCAP_ERRBUF_SIZE] = "";
	struct synfin_file_options options = { .nanoseconds = nanoseconds };
	struct synfin_error error = { .code = 0 };
	struct synfin_source *source = NULL;
	struct beside beside = { .pcap = pcap_open_offline_with_tstamp_precision(path,
		nanoseconds ? PCAP_TSTAMP_PRECISION_NANO : PCAP_TSTAMP_PRECISION_MICRO, text) };
	int status = synfin_source_open_file(&source, path, &options, &error);
	if (!beside.pcap) {
		ck_assert_int_lt(status, 0);
		ck_assert_str_eq(error.text, text);
		return 0;
	}
	ck_assert_msg(status == 0, "%s", error.text);
	do
		status = together ? synfin_source_dispatch_frames(source, compare_frames, &beside, &error)
		                  : synfin_source_dispatch(source, compare, &beside, &error);
	while (status == SYNFIN_SOURCE_MORE);
	if (!beside.refused) {
		struct pcap_pkthdr *header;
		const u_char *bytes;
		int got = pcap_next_ex(beside.pcap, &header, &bytes);
		ck_assert_msg(got != 1, "a frame of libpcap's is missing: %s", error.text);
		if (got == PCAP_ERROR_BREAK)
			ck_assert_msg(status == SYNFIN_SOURCE_END, "%s", error.text);
		else if (!is_refusal(pcap_geterr(beside.pcap))) {
			ck_assert_int_eq(status, SYNFIN_E_FORMAT);
			/* Some versions of libpcap add the numbers to this one. */
			if (!strstr(pcap_geterr(beside.pcap), "don't match") || !strstr(error.text, "don't match"))
				ck_assert_str_eq(error.text, pcap_geterr(beside.pcap));
			ck_assert_str_eq(error.where, path);
		}
	}
	pcap_close(beside.pcap);
	synfin_source_close(source);
	return beside.count;
}

static int read_both(bool nanoseconds)
{
	int count = read_both_so(nanoseconds, false);
	ck_assert_int_eq(read_both_so(nanoseconds, true), count);
	return count;
}

/* ---- Tests */

#define MAKERS 11

static void make(struct image *image, unsigned which)
{
	static const uint32_t magics[] = { 0xa1b2c3d4, 0xa1b23c4d, 0xa1b2cd34 };
	bool little = which & 1;
	if (which < 6)
		make_pcap(image, little, magics[which / 2], 4, 65535);
	else if (which == 6)
		make_pcap(image, true, magics[0], 3, 65535);
	else if (which == 7)
		make_pcap(image, true, magics[0], 4, 64);
	else if (which == 8)
		make_pcap(image, true, magics[0], 4, 0);
	else
		make_pcapng(image, little);
}

START_TEST(test_whole)
{
	struct image image;
	make(&image, (unsigned)_i);
	save(&image);
	/* The records of the patched format are longer than these, so it is a damaged file that both must read alike. */
	int expected = _i >= 9 ? 16 : 6;
	for (int nanoseconds = 0; nanoseconds <= 1; nanoseconds++) {
		int count = read_both(nanoseconds);
		if (_i != 4 && _i != 5)
			ck_assert_int_eq(count, expected);
	}
}
END_TEST

START_TEST(test_cut_everywhere)
{
	struct image image;
	make(&image, (unsigned)_i);
	for (size_t whole = image.size; image.size > 0; image.size--) {
		if (image.size % 3 != 0 && whole - image.size > 300)
			continue;
		save(&image);
		(void)read_both(image.size & 1);
	}
}
END_TEST

static void damage(struct image *image)
{
	static const uint8_t odd[] = { 0, 1, 2, 3, 4, 5, 6, 8, 9, 0x0a, 0x0d, 0x14, 0x1c, 0x7f, 0x80, 0xbf, 0xff };
	for (uint32_t times = 1 + draw(3); times > 0; times--) {
		uint32_t at = draw((uint32_t)image->size);
		switch (draw(4)) {
		case 0:
			image->bytes[at] = odd[draw(sizeof odd)];
			break;
		case 1:
			image->bytes[at] ^= (uint8_t)(1 << draw(8));
			break;
		case 2: { /* a part goes */
			uint32_t gone = 1 + draw(16);
			if (at + gone >= image->size)
				return;
			memmove(image->bytes + at, image->bytes + at + gone, image->size - at - gone);
			image->size -= gone;
			break;
		}
		default: /* a word */
			for (uint32_t i = at & ~3u; i < (at & ~3u) + 4 && i < image->size; i++)
				image->bytes[i] = odd[draw(sizeof odd)];
		}
	}
}

START_TEST(test_damaged)
{
	const char *wanted = getenv("SYNFIN_FUZZ_ROUNDS");
	int rounds = wanted ? (int)strtol(wanted, NULL, 10) : 2000;
	struct image whole;
	make(&whole, (unsigned)_i);
	random_state = (uint64_t)_i + 1;
	for (int i = 0; i < rounds / MAKERS; i++) {
		struct image image = whole;
		damage(&image);
		save(&image);
		(void)read_both(i & 1);
	}
}
END_TEST

struct seen {
	int count;
	struct synfin_frame frames[8];
};

static int see(void *context, const struct synfin_frame *frame)
{
	struct seen *seen = context;
	if (seen->count < 8)
		seen->frames[seen->count] = *frame;
	seen->count++;
	return 0;
}

static void make_mixed(struct image *image)
{
	*image = (struct image){ .size = 0 };
	put_section(image, true);
	put_interface(image, 1, 100, 0, 0);
	put_interface(image, 101, 2000, 9, 0);
	put_packet(image, 0, 1600000000000001, 60, false);
	put_packet(image, 1, 1600000000000000002, 1000, false);
	put_section(image, false);
	put_interface(image, 113, 500, 0, 0);
	put_packet(image, 0, 1600000000000003, 70, false);
}

START_TEST(test_mixed)
{
	struct image image;
	struct seen seen = { 0 };
	struct synfin_error error = { 0 };
	struct synfin_source *source = NULL;
	struct synfin_file_options options = { .nanoseconds = true };
	make_mixed(&image);
	save(&image);
	ck_assert_int_eq(synfin_source_open_file(&source, path, &options, &error), SYNFIN_OK);
	ck_assert_uint_eq(synfin_source_link_type(source), 1);
	/* What is written from it, or compiled for it, must have room for all that is known before the first frame. */
	ck_assert_uint_eq(synfin_source_snapshot_length(source), 2000);
	if (_i)
		ck_assert_int_eq(synfin_source_filter(source, "greater 70", true, &error), SYNFIN_OK);
	ck_assert_int_eq(synfin_source_dispatch(source, see, &seen, &error), SYNFIN_SOURCE_END);
	ck_assert_int_eq(seen.count, _i ? 2 : 3);
	const struct synfin_frame *last = &seen.frames[seen.count - 2];
	ck_assert_uint_eq(last[0].link_type, 101);
	ck_assert_uint_eq(last[0].interface, 1);
	ck_assert_uint_eq(last[0].captured, 1000);
	ck_assert_int_eq(last[0].time_ns, 1600000000000000002);
	ck_assert_uint_eq(last[1].link_type, 113);
	ck_assert_uint_eq(last[1].interface, 2);
	ck_assert_int_eq(last[1].time_ns, 1600000000000003000);
	synfin_source_close(source);
}
END_TEST

/* A filter that has no meaning for one of the link types is an error when its first frame comes. */
START_TEST(test_mixed_filter)
{
	struct image image;
	struct seen seen = { 0 };
	struct synfin_error error = { 0 };
	struct synfin_source *source = NULL;
	make_mixed(&image);
	save(&image);
	ck_assert_int_eq(synfin_source_open_file(&source, path, NULL, &error), SYNFIN_OK);
	ck_assert_int_eq(synfin_source_filter(source, "not ether host 1:2:3:4:5:6", true, &error), SYNFIN_OK);
	ck_assert_int_eq(synfin_source_dispatch(source, see, &seen, &error), SYNFIN_E_FILTER);
	ck_assert_int_eq(seen.count, 1);
	synfin_source_close(source);
}
END_TEST

/* A file that is cut or grows while it is read ends where it ends. */
START_TEST(test_changing)
{
	struct image image;
	struct seen seen = { 0 };
	struct synfin_source *source = NULL;
	make(&image, 1);
	save(&image);
	ck_assert_int_eq(synfin_source_open_file(&source, path, NULL, NULL), SYNFIN_OK);
	ck_assert_int_eq(truncate(path, 24), 0);
	ck_assert_int_le(synfin_source_dispatch(source, see, &seen, NULL), SYNFIN_SOURCE_END);
	synfin_source_close(source);
}
END_TEST

/* Compress the file at `path` by a program. false: it is not there. */
static bool compress(const char *program, const char *options)
{
	char command[2048];
	snprintf(command, sizeof command, "command -v %s >/dev/null && %s -c %s %s >%s.new && mv %s.new %s", program, program, options, path, path,
		path, path);
	return system(command) == 0;
}

/* A compressed file reads as it did before, also when it consists of two parts; cut, it is an error. */
START_TEST(test_compressed)
{
	static const char *const programs[] = { "gzip", "zstd", "lz4" };
	struct image image;
	struct seen seen = { 0 };
	struct synfin_error error = { 0 };
	struct synfin_source *source = NULL;
	make(&image, (unsigned)_i / 3 == 0 ? 1 : 10);
	save(&image);
	if (!compress(programs[_i % 3], _i % 3 == 0 ? "" : "-q"))
		return;
	int status = synfin_source_open_file(&source, path, NULL, &error);
	if (status == SYNFIN_E_UNSUPPORTED)
		return;
	ck_assert_msg(status == 0, "%s", error.text);
	ck_assert_int_eq(synfin_source_dispatch(source, see, &seen, &error), SYNFIN_SOURCE_END);
	ck_assert_int_eq(seen.count, _i / 3 == 0 ? 6 : 16);
	synfin_source_close(source);
	FILE *file = fopen(path, "rb");
	ck_assert_ptr_nonnull(file);
	size_t whole = fread(image.bytes, 1, sizeof image.bytes, file);
	fclose(file);
	for (image.size = 4; image.size < whole - 4; image.size++) {
		save(&image);
		status = synfin_source_open_file(&source, path, NULL, &error);
		if (status == 0) {
			while ((status = synfin_source_dispatch(source, see, &seen, &error)) == SYNFIN_SOURCE_MORE)
				;
			synfin_source_close(source);
		}
		ck_assert_int_lt(status, 0);
		ck_assert_ptr_nonnull(strstr(error.text, programs[_i % 3]));
	}
}
END_TEST

static Suite *capture_direct_suite(void)
{
	Suite *suite = suite_create("capture direct");
	TCase *tests = tcase_create("files");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_set_timeout(tests, 600);
	tcase_add_loop_test(tests, test_whole, 0, MAKERS);
	tcase_add_loop_test(tests, test_cut_everywhere, 0, MAKERS);
	tcase_add_loop_test(tests, test_damaged, 0, MAKERS);
	tcase_add_loop_test(tests, test_mixed, 0, 2);
	tcase_add_test(tests, test_mixed_filter);
	tcase_add_test(tests, test_changing);
	tcase_add_loop_test(tests, test_compressed, 0, 6);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(capture_direct_suite());
}
