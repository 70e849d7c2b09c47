/* SPDX-License-Identifier: BSD-3-Clause */
/* How the files of -C, -G and -W are called, and when the next one begins. Names are those that tcpdump 4.99.3 makes. */
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
	struct save save;
	int status = save_open(&save, options, source, *times, NULL);
	for (; *times && status == SYNFIN_OK; times++)
		status = save_frame(&save, source, &(struct save_item){ .frame = &frame }, *times, NULL);
	ck_assert_int_eq(save_close(&save, NULL), SYNFIN_OK);
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
	options.file_limit = 2;
	ck_assert_int_eq(saved(&options, TIMES(100, 109, 110, 111, 150, 151)), SAVE_ENOUGH);
	ck_assert_str_eq(found(), "f100:1200024 f110:1200024");
	/* With a limit on their size the files of each period count anew, and nothing ends. */
	options.rotate_bytes = MILLION;
	ck_assert_int_eq(saved(&options, TIMES(100, 101, 102, 110, 120, 121, 122)), SYNFIN_OK);
	ck_assert_str_eq(found(), "f1000:1200024 f1001:600024 f1100:600024 f1200:1200024 f1201:600024");
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
	struct save save;
	FILE *file = fopen("in", "wb");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(fputc('x', file), 'x');
	fclose(file);
	ck_assert_int_eq(symlink("in", "link"), 0);
	for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++) {
		options.write_file = outputs[i];
		ck_assert_int_eq(save_open(&save, &options, source, 1, &error), SYNFIN_E_ARGUMENT);
		ck_assert_int_eq(save_close(&save, NULL), SYNFIN_OK);
		ck_assert_ptr_nonnull(strstr(error.text, "is being read: writing to it would destroy it"));
	}
	ck_assert_int_eq(unlink("link"), 0);
	ck_assert_str_eq(found(), "in:1");
	/* It is gone, so there is nothing to lose. */
	options.write_file = "in";
	ck_assert_int_eq(save_open(&save, &options, source, 1, &error), SYNFIN_OK);
	ck_assert_int_eq(save_close(&save, NULL), SYNFIN_OK);
	/* As tcpdump does. */
	options.plain = true;
	ck_assert_int_eq(save_open(&save, &options, source, 1, &error), SYNFIN_OK);
	ck_assert_int_eq(save_close(&save, NULL), SYNFIN_OK);
}
END_TEST

static Suite *the_suite(void)
{
	Suite *suite = suite_create("rotation");
	TCase *tests = tcase_create("names");
	tcase_add_test(tests, digits);
	tcase_add_loop_test(tests, name, 0, sizeof names / sizeof *names);
	tcase_add_test(tests, long_names);
	suite_add_tcase(suite, tests);
	tests = tcase_create("files");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, by_size);
	tcase_add_test(tests, by_time);
	tcase_add_test(tests, no_next_file);
	tcase_add_test(tests, inputs_are_spared);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(the_suite());
}
