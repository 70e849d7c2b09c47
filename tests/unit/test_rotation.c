/* SPDX-License-Identifier: BSD-3-Clause */
/* How the files of -C, -G and -W are called, when the next one begins, and which are removed. Names are those that tcpdump 4.99.3 makes. */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/rotation.h"
#include "cli/save.h"
#include "suite.h"

#define MILLION 1000000

static char directory[64];
static struct synfin_source *source;

START_TEST(digits)
{
	static const struct { uint32_t limit; unsigned digits; } rows[] = {
		{ 0, 0 }, { 1, 0 }, { 2, 1 }, { 10, 1 }, { 11, 2 }, { 100, 2 }, { 101, 3 }, { INT_MAX, 10 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		ck_assert_uint_eq(rotation_digits(rows[i].limit), rows[i].digits);
}
END_TEST

static const struct {
	const char *pattern;
	uint64_t bytes;
	uint32_t seconds, limit, number;
	const char *name;
} names[] = {
	{ "out", 0, 0, 0, 0, "out" },
	{ "out%H", 0, 0, 0, 0, "out%H" },
	{ "out%H", 1, 0, 0, 2, "out%H2" },
	{ "out", 1, 0, 0, 0, "out" },
	{ "out", 1, 0, 0, 1, "out1" },
	{ "out", 1, 0, 0, 1234, "out1234" },
	{ "out", 1, 0, 1, 0, "out" },
	{ "out", 1, 0, 3, 0, "out0" },
	{ "out", 1, 0, 3, 2, "out2" },
	{ "out", 1, 0, 11, 0, "out00" },
	{ "out", 1, 0, 200, 7, "out007" },
	{ "out", 0, 5, 3, 0, "out" },
	{ "%Y-%m-%d_%H:%M:%S%%", 0, 5, 3, 0, "2001-09-09_01:46:40%" },
	{ "%s.pcap", 1, 5, 0, 0, "1000000000.pcap" },
	{ "%s.pcap", 1, 5, 0, 1, "1000000000.pcap1" },
	{ "%s.pcap", 1, 5, 20, 1, "1000000000.pcap01" },
	{ "", 0, 5, 0, 0, "" },
};

START_TEST(name)
{
	struct options options = {
		.write_file = names[_i].pattern, .rotate_bytes = names[_i].bytes, .rotate_seconds = names[_i].seconds, .file_limit = names[_i].limit,
	};
	char *made = NULL;
	setenv("TZ", "UTC", 1);
	ck_assert_int_eq(rotation_name(&made, &options, 1000000000, names[_i].number, NULL), SYNFIN_OK);
	ck_assert_str_eq(made, names[_i].name);
	free(made);
}
END_TEST

START_TEST(long_names)
{
	static char pattern[2 * PATH_MAX];
	struct options options = { .write_file = pattern, .rotate_bytes = 1 };
	struct synfin_error error = { .code = 0 };
	char *made = NULL;
	memset(pattern, 'x', PATH_MAX);
	ck_assert_int_eq(rotation_name(&made, &options, 0, 0, &error), SYNFIN_OK);
	free(made);
	ck_assert_int_eq(rotation_name(&made, &options, 0, 1, &error), SYNFIN_E_ARGUMENT);
	ck_assert_ptr_nonnull(strstr(error.text, "too many output files or filename is too long"));
	options.rotate_seconds = 1;
	ck_assert_int_eq(rotation_name(&made, &options, 0, 0, &error), SYNFIN_E_ARGUMENT);
	for (size_t i = 0; i + 1 < PATH_MAX / 2; i += 2)
		memcpy(pattern + i, "%c", 3); /* a text that grows */
	ck_assert_int_eq(rotation_name(&made, &options, 0, 0, &error), SYNFIN_E_ARGUMENT);
}
END_TEST

static void setup(void)
{
	static const uint32_t header[] = { 0xa1b2c3d4, 0x00040002, 0, 0, 65535, 101 };
	snprintf(directory, sizeof directory, "/tmp/synfin-rotation-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(directory));
	ck_assert_int_eq(chdir(directory), 0);
	setenv("TZ", "UTC", 1);
	FILE *file = fopen("in", "wb");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(header, sizeof header, 1, file), 1);
	ck_assert_int_eq(fclose(file), 0);
	ck_assert_int_eq(synfin_source_open_file(&source, "in", NULL, NULL), SYNFIN_OK);
	ck_assert_int_eq(unlink("in"), 0);
}

/* "NAME:BYTES ..." of the files there are, in the order of their names; they are removed. */
static const char *found(void)
{
	static char text[1024];
	struct dirent **entries;
	size_t used = 0;
	int count = scandir(directory, &entries, NULL, alphasort);
	text[0] = '\0';
	for (int i = 0; i < count; i++) {
		const char *entry = entries[i]->d_name;
		if (*entry != '.') {
			FILE *file = fopen(entry, "rb");
			ck_assert_ptr_nonnull(file);
			fseek(file, 0, SEEK_END);
			used += (size_t)snprintf(text + used, sizeof text - used, "%s%s:%ld", used ? " " : "", entry, ftell(file));
			fclose(file);
			unlink(entry);
		}
		free(entries[i]);
	}
	free(entries);
	return text;
}

static void teardown(void)
{
	synfin_source_close(source);
	(void)found();
	rmdir(directory);
}

/* Save frames of 600,000 bytes that come at these times (0 ends the list); the last one's status. */
static int saved(const struct options *options, const time_t *times)
{
	static uint8_t bytes[600000 - 16];
	struct synfin_frame frame = { .bytes = bytes, .captured = sizeof bytes, .length = sizeof bytes,
		.link_type = synfin_source_link_type(source) };
	struct save save = { .writer = NULL };
	int status = save_open(&save, options, source, *times, NULL);
	for (; *times && status == SYNFIN_OK; times++)
		status = save_frame(&save, source, &(struct save_item){ .frame = &frame }, *times, NULL);
	ck_assert_int_eq(save_close(&save, NULL), SYNFIN_OK);
	save_destroy(&save);
	return status;
}

#define TIMES(...) (const time_t[]){ __VA_ARGS__, 0 }

START_TEST(by_size)
{
	struct options options = { .write_file = "f", .rotate_bytes = MILLION };
	ck_assert_int_eq(saved(&options, TIMES(1, 1, 1, 1, 1)), SYNFIN_OK);
	ck_assert_str_eq(found(), "f:1200024 f1:1200024 f2:600024");
	options.file_limit = 2;
	ck_assert_int_eq(saved(&options, TIMES(1, 1, 1, 1, 1)), SYNFIN_OK);
	ck_assert_str_eq(found(), "f0:600024 f1:1200024");
	options.file_limit = 1;
	ck_assert_int_eq(saved(&options, TIMES(1, 1, 1, 1, 1)), SYNFIN_OK);
	ck_assert_str_eq(found(), "f:600024");
}
END_TEST

START_TEST(by_time)
{
	struct options options = { .write_file = "f%s", .rotate_seconds = 10 };
	ck_assert_int_eq(saved(&options, TIMES(100, 109, 110, 111, 150)), SYNFIN_OK);
	ck_assert_str_eq(found(), "f100:1200024 f110:1200024 f150:600024");
	/* Periods begin where the last one ended, not when a frame comes; a clock that is set back ends none. */
	ck_assert_int_eq(saved(&options, TIMES(100, 119, 50, 121, 155)), SYNFIN_OK);
	ck_assert_str_eq(found(), "f100:600024 f110:1200024 f120:600024 f150:600024");
	options.plain = true;
	ck_assert_int_eq(saved(&options, TIMES(100, 119, 121, 155)), SYNFIN_OK);
	ck_assert_str_eq(found(), "f100:600024 f119:1200024 f155:600024");
	options.plain = false;
	options.file_limit = 2;
	ck_assert_int_eq(saved(&options, TIMES(100, 109, 110, 111, 150, 151)), SAVE_ENOUGH);
	ck_assert_str_eq(found(), "f100:1200024 f110:1200024");
	/* With a limit on their size the files of each period count anew, and nothing ends. */
	options.rotate_bytes = MILLION;
	ck_assert_int_eq(saved(&options, TIMES(100, 101, 102, 110, 120, 121, 122)), SYNFIN_OK);
	ck_assert_str_eq(found(), "f1000:1200024 f1001:600024 f1100:600024 f1200:1200024 f1201:600024");
}
END_TEST

/* Where the periods' names are the same, tcpdump overwrites one file with the next. */
START_TEST(names_alike)
{
	struct options options = { .write_file = "f", .rotate_seconds = 10 };
	ck_assert_int_eq(saved(&options, TIMES(100, 109, 110, 111, 150)), SYNFIN_OK);
	ck_assert_str_eq(found(), "f:1200024 f1:1200024 f2:600024");
	options.write_file = "f%M";
	ck_assert_int_eq(saved(&options, TIMES(100, 110, 120, 130)), SYNFIN_OK);
	ck_assert_str_eq(found(), "f01:600024 f011:600024 f02:600024 f021:600024");
	options.write_file = "f";
	options.rotate_bytes = MILLION;
	options.file_limit = 3;
	ck_assert_int_eq(saved(&options, TIMES(100, 101, 102, 110, 120, 121, 122)), SYNFIN_OK);
	ck_assert_str_eq(found(), "f0:1200024 f1:600024 f2:600024");
	options.rotate_bytes = 0;
	options.plain = true;
	ck_assert_int_eq(saved(&options, TIMES(100, 109, 110, 111, 150)), SYNFIN_OK);
	ck_assert_str_eq(found(), "f:600024");
}
END_TEST

/* It is looked at the clock while no frame comes; each period has its file. */
START_TEST(periods_without_frames)
{
	struct options options = { .write_file = "f%s", .rotate_seconds = 10, .file_limit = 3 };
	struct save save = { .writer = NULL };
	ck_assert_int_eq(save_open(&save, &options, source, 100, NULL), SYNFIN_OK);
	ck_assert_int_eq(save_period(&save, source, 109, NULL), SYNFIN_OK);
	ck_assert_int_eq(save_period(&save, source, 110, NULL), SYNFIN_OK);
	ck_assert_int_eq(save_period(&save, source, 120, NULL), SYNFIN_OK);
	ck_assert_int_eq(save_period(&save, source, 130, NULL), SAVE_ENOUGH);
	ck_assert_ptr_null(save.writer);
	ck_assert_uint_eq(save_total(&save), 72);
	save_destroy(&save);
	ck_assert_str_eq(found(), "f100:24 f110:24 f120:24");
}
END_TEST

/* In files that are read, the first file begins with the first frame, whenever that was. */
START_TEST(by_the_packets_clock)
{
	struct options options = { .write_file = "f%s", .rotate_seconds = 10, .read_file = "in" };
	struct synfin_frame frame = { .seconds = 1234 };
	struct save save = { .writer = NULL };
	ck_assert(save_by_packets_clock(&options));
	ck_assert_int_eq(save_clock(&options, &frame), 1234);
	ck_assert_int_eq(save_open(&save, &options, source, 5, NULL), SYNFIN_OK);
	save_destroy(&save);
	ck_assert_str_eq(found(), "");
	ck_assert_int_eq(saved(&options, TIMES(107, 116, 117)), SYNFIN_OK);
	ck_assert_str_eq(found(), "f107:1200024 f117:600024");
	options.plain = true;
	ck_assert(!save_by_packets_clock(&options));
	ck_assert_int_ge(save_clock(&options, &frame), 1700000000);
}
END_TEST

START_TEST(a_ring)
{
	struct options options = { .write_file = "f%s", .rotate_seconds = 10, .ring = 2 };
	ck_assert_int_eq(saved(&options, TIMES(100, 110, 120, 130, 131)), SYNFIN_OK);
	ck_assert_str_eq(found(), "f120:600024 f130:1200024");
	options.rotate_bytes = MILLION;
	ck_assert_int_eq(saved(&options, TIMES(100, 101, 102, 103, 104, 110)), SYNFIN_OK);
	ck_assert_str_eq(found(), "f1002:600024 f110:600024");
	options.ring = 1;
	ck_assert_int_eq(saved(&options, TIMES(100, 110)), SYNFIN_OK);
	ck_assert_str_eq(found(), "f110:600024");
	/* A name that comes again is no older file. */
	options = (struct options){ .write_file = "f%S", .rotate_seconds = 30, .ring = 2 };
	ck_assert_int_eq(saved(&options, TIMES(60, 90, 120, 150)), SYNFIN_OK);
	ck_assert_str_eq(found(), "f00:600024 f30:600024");
	for (uint32_t ring = 1; ring < 40; ring++) {
		time_t times[100] = { 0 };
		for (size_t i = 0; i < 60; i++)
			times[i] = (time_t)(1000 + 10 * i);
		options = (struct options){ .write_file = "f%s", .rotate_seconds = 10, .ring = ring };
		ck_assert_int_eq(saved(&options, times), SYNFIN_OK);
		ck_assert_uint_eq(strlen(found()), ring * strlen("f1000:600024 ") - 1);
	}
}
END_TEST

/* Whoever took a file away did the ring's work; what cannot be removed is said. */
START_TEST(a_ring_that_cannot_be_kept)
{
	struct ring ring = { .count = 0 };
	struct synfin_error error = { .code = 0 };
	ck_assert_int_eq(ring_add(&ring, 1, "gone", &error), SYNFIN_OK);
	ck_assert_int_eq(mkdir("folder", 0700), 0);
	ck_assert_int_eq(ring_add(&ring, 1, "folder", &error), SYNFIN_OK);
	ck_assert_int_eq(ring_add(&ring, 1, "next", &error), SYNFIN_E_IO);
	ck_assert_ptr_nonnull(strstr(error.text, "folder: cannot be removed, as --ring asks: "));
	ring_free(&ring);
	rmdir("folder");
}
END_TEST

START_TEST(names_for_a_program)
{
	static const struct { const char *pattern, *name; uint32_t seconds; bool accepted; } rows[] = {
		{ "out", "out", 0, true }, { "out", "out12", 0, true }, { "a/out", "a/out1", 0, true }, { "out%H", "out%H1", 0, true },
		{ "out%H..x", "out12..x", 5, true }, { "../out%H", "../out12", 5, true }, { "%H", "12", 5, true },
		{ "out", "in", 0, false }, { "out%H", "out12", 0, false }, { "a/out", "a/out/../../x", 0, false }, { "%H", "/etc/passwd", 5, false },
		{ "%H", "../x", 5, false }, { "out", "", 0, false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct options options = { .write_file = rows[i].pattern, .rotate_seconds = rows[i].seconds };
		ck_assert_msg(handover_accepts(&options, rows[i].name) == rows[i].accepted, "%s: %s", rows[i].pattern, rows[i].name);
	}
}
END_TEST

START_TEST(no_next_file)
{
	struct options options = { .write_file = "d%s/f", .rotate_seconds = 10 };
	ck_assert_int_eq(mkdir("d100", 0700), 0);
	ck_assert_int_eq(saved(&options, TIMES(100, 101, 110)), SYNFIN_E_NO_FILE);
	ck_assert_int_eq(chdir("d100"), 0);
	FILE *file = fopen("f", "rb");
	ck_assert_ptr_nonnull(file);
	fseek(file, 0, SEEK_END);
	ck_assert_int_eq(ftell(file), 1200024);
	fclose(file);
	unlink("f");
	ck_assert_int_eq(chdir(".."), 0);
	rmdir("d100");
}
END_TEST

/* A capture that is being read is not overwritten, by whatever name. */
START_TEST(inputs_are_spared)
{
	static const char *const outputs[] = { "in", "./in", "link" };
	struct synfin_error error = { .code = 0 };
	const char *read_files[] = { "other", "in" };
	struct options options = { .write_file = "in", .read_files = read_files, .read_count = 2 };
	struct save save = { .writer = NULL };
	FILE *file = fopen("in", "wb");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(fputc('x', file), 'x');
	fclose(file);
	ck_assert_int_eq(symlink("in", "link"), 0);
	for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++) {
		options.write_file = outputs[i];
		ck_assert_int_eq(save_open(&save, &options, source, 1, &error), SYNFIN_E_ARGUMENT);
		ck_assert_int_eq(save_close(&save, NULL), SYNFIN_OK);
	save_destroy(&save);
		ck_assert_ptr_nonnull(strstr(error.text, "is being read: writing to it would destroy it"));
	}
	ck_assert_int_eq(unlink("link"), 0);
	/* Nor by the second file of -C. */
	ck_assert_int_eq(rename("in", "f1"), 0);
	read_files[1] = "f1";
	options.write_file = "f";
	options.rotate_bytes = MILLION;
	ck_assert_int_eq(saved(&options, TIMES(1, 1, 1)), SYNFIN_E_ARGUMENT);
	ck_assert_str_eq(found(), "f:1200024 f1:1");
	options.rotate_bytes = 0;
	/* It is gone, so there is nothing to lose. */
	options.write_file = "in";
	ck_assert_int_eq(save_open(&save, &options, source, 1, &error), SYNFIN_OK);
	ck_assert_int_eq(save_close(&save, NULL), SYNFIN_OK);
	save_destroy(&save);
	/* As tcpdump does. */
	options.plain = true;
	ck_assert_int_eq(save_open(&save, &options, source, 1, &error), SYNFIN_OK);
	ck_assert_int_eq(save_close(&save, NULL), SYNFIN_OK);
	save_destroy(&save);
}
END_TEST

static Suite *the_suite(void)
{
	Suite *suite = suite_create("rotation");
	TCase *tests = tcase_create("names");
	tcase_add_test(tests, digits);
	tcase_add_loop_test(tests, name, 0, sizeof names / sizeof *names);
	tcase_add_test(tests, long_names);
	tcase_add_test(tests, names_for_a_program);
	suite_add_tcase(suite, tests);
	tests = tcase_create("files");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, by_size);
	tcase_add_test(tests, by_time);
	tcase_add_test(tests, names_alike);
	tcase_add_test(tests, periods_without_frames);
	tcase_add_test(tests, by_the_packets_clock);
	tcase_add_test(tests, a_ring);
	tcase_add_test(tests, a_ring_that_cannot_be_kept);
	tcase_add_test(tests, no_next_file);
	tcase_add_test(tests, inputs_are_spared);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(the_suite());
}
