/* SPDX-License-Identifier: BSD-3-Clause */
/* A savefile that comes through a pipe: each batch ends before the next read would wait, and a stop ends the wait. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <synfin/source.h>

#include "suite.h"

/* Little endian: the header of a pcap file of Ethernet frames, and a frame of 4 captured bytes out of 64. */
static const uint8_t header[24] = { 0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 1 };
static const uint8_t frame[20] = { 1, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, 64, 0, 0, 0, 0xaa, 0xbb, 0xcc, 0xdd };
/* The same in pcapng: a section header, an interface, and a packet. */
static const uint8_t section[28] = { 0x0a, 0x0d, 0x0d, 0x0a, 28, 0, 0, 0, 0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 28 };
static const uint8_t interface[20] = { 1, 0, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0, 0xff, 0xff, 0, 0, 20 };
static const uint8_t packet[36] = { 6, 0, 0, 0, 36, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 64, 0, 0, 0, 4, 0, 0, 0, 64, 0, 0, 0, 0xaa, 0xbb, 0xcc, 0xdd, 36 };

static int write_end = -1;
static struct synfin_source *source;
static int count;

/* The pipe becomes standard input: each test is a process of its own. */
static void setup(void)
{
	int ends[2];
	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_ge(dup2(ends[0], STDIN_FILENO), 0);
	close(ends[0]);
	write_end = ends[1];
	source = NULL;
	count = 0;
}

static void teardown(void)
{
	synfin_source_close(source);
	if (write_end >= 0)
		close(write_end);
}

static void feed(const void *bytes, size_t n)
{
	ck_assert_int_eq(write(write_end, bytes, n), (ssize_t)n);
}

static void open_pipe(void)
{
	ck_assert_int_eq(synfin_source_open_file(&source, "-", NULL, NULL), SYNFIN_OK);
}

static int see(void *context, const struct synfin_frame *one)
{
	(void)context;
	ck_assert_uint_eq(one->captured, 4);
	ck_assert_uint_eq(one->length, 64);
	ck_assert_uint_eq(one->bytes[3], 0xdd);
	count++;
	return 0;
}

static int dispatch(void)
{
	return synfin_source_dispatch(source, see, NULL, NULL);
}

static int64_t milliseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

START_TEST(test_prompt)
{
	feed(header, sizeof header);
	feed(frame, sizeof frame);
	open_pipe();
	ck_assert_str_eq(synfin_source_name(source), "-");
	ck_assert_int_eq(dispatch(), SYNFIN_SOURCE_MORE);
	ck_assert_int_eq(count, 1);
	feed(frame, sizeof frame);
	feed(frame, sizeof frame);
	ck_assert_int_eq(dispatch(), SYNFIN_SOURCE_MORE);
	ck_assert_int_eq(count, 3);
	close(write_end);
	write_end = -1;
	ck_assert_int_eq(dispatch(), SYNFIN_SOURCE_END);
	ck_assert_int_eq(count, 3);
}
END_TEST

/* A frame and any part of the next one: the first is delivered, the second when it is whole. */
START_TEST(test_partial_frame)
{
	size_t part = (size_t)_i;
	feed(header, sizeof header);
	feed(frame, sizeof frame);
	feed(frame, part);
	open_pipe();
	ck_assert_int_eq(dispatch(), SYNFIN_SOURCE_MORE);
	ck_assert_int_eq(count, 1);
	feed(frame + part, sizeof frame - part);
	ck_assert_int_eq(dispatch(), SYNFIN_SOURCE_MORE);
	ck_assert_int_eq(count, 2);
}
END_TEST

/* The same for pcapng, with blocks between the packets that are none. */
START_TEST(test_partial_block)
{
	uint8_t rest[sizeof interface + sizeof section + sizeof interface + sizeof packet];
	uint8_t *p = rest;
	memcpy(p, interface, sizeof interface);
	memcpy(p += sizeof interface, section, sizeof section);
	memcpy(p += sizeof section, interface, sizeof interface);
	memcpy(p += sizeof interface, packet, sizeof packet);
	size_t part = (size_t)_i;
	feed(section, sizeof section);
	feed(interface, sizeof interface);
	feed(packet, sizeof packet);
	feed(rest, part);
	open_pipe();
	ck_assert_int_eq(dispatch(), SYNFIN_SOURCE_MORE);
	ck_assert_int_eq(count, 1);
	feed(rest + part, sizeof rest - part);
	ck_assert_int_eq(dispatch(), SYNFIN_SOURCE_MORE);
	ck_assert_int_eq(count, 2);
	close(write_end);
	write_end = -1;
	ck_assert_int_eq(dispatch(), SYNFIN_SOURCE_END);
}
END_TEST

/* A frame that the filter drops does not hold back the one before it. */
START_TEST(test_filtered_frame)
{
	uint8_t other[sizeof frame];
	memcpy(other, frame, sizeof frame);
	other[12] = 65;
	feed(header, sizeof header);
	feed(frame, sizeof frame);
	feed(other, sizeof other);
	open_pipe();
	ck_assert_int_eq(synfin_source_filter(source, "len = 64", true, NULL), SYNFIN_OK);
	ck_assert_int_eq(dispatch(), SYNFIN_SOURCE_MORE);
	ck_assert_int_eq(count, 1);
}
END_TEST

START_TEST(test_byte_by_byte)
{
	pid_t child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		for (size_t i = 0; i < sizeof header + 2 * sizeof frame; i++) {
			const uint8_t *p = i < sizeof header ? header + i : frame + (i - sizeof header) % sizeof frame;
			if (write(write_end, p, 1) != 1)
				_exit(1);
			nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
		}
		_exit(0);
	}
	close(write_end);
	write_end = -1;
	if (_i)
		ck_assert_int_eq(fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK), 0);
	open_pipe();
	ck_assert_int_eq(dispatch(), SYNFIN_SOURCE_MORE);
	ck_assert_int_eq(count, 1);
	int status;
	do {
		status = dispatch();
	} while (status == SYNFIN_SOURCE_MORE);
	ck_assert_int_eq(status, SYNFIN_SOURCE_END);
	ck_assert_int_eq(count, 2);
}
END_TEST

/* Many frames, more than the buffer holds. */
START_TEST(test_flood)
{
	enum { FRAMES = 50000 };
	pid_t child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		FILE *file = fdopen(write_end, "wb");
		fwrite(header, 1, sizeof header, file);
		for (int i = 0; i < FRAMES; i++)
			fwrite(frame, 1, sizeof frame, file);
		_exit(fclose(file) == 0 ? 0 : 1);
	}
	close(write_end);
	write_end = -1;
	open_pipe();
	int status;
	do {
		status = dispatch();
	} while (status == SYNFIN_SOURCE_MORE);
	ck_assert_int_eq(status, SYNFIN_SOURCE_END);
	ck_assert_int_eq(count, FRAMES);
}
END_TEST

/* The pipe ends within a frame. */
START_TEST(test_truncated)
{
	struct synfin_error error = { 0 };
	feed(header, sizeof header);
	feed(frame, sizeof frame);
	feed(frame, 18);
	close(write_end);
	write_end = -1;
	open_pipe();
	ck_assert_int_eq(synfin_source_dispatch(source, see, NULL, &error), SYNFIN_E_FORMAT);
	ck_assert_int_eq(count, 1);
	ck_assert_str_eq(error.text, "truncated dump file; tried to read 4 captured bytes, only got 2");
	ck_assert_str_eq(error.where, "-");
}
END_TEST

START_TEST(test_stopped_before)
{
	feed(header, sizeof header);
	open_pipe();
	synfin_source_stop(source);
	ck_assert_int_eq(dispatch(), SYNFIN_SOURCE_END);
	feed(frame, sizeof frame);
	ck_assert_int_eq(dispatch(), SYNFIN_SOURCE_MORE);
	ck_assert_int_eq(count, 1);
}
END_TEST

static void on_alarm(int number)
{
	(void)number;
	synfin_source_stop(source);
}

/* A signal while dispatch waits, between frames or within one. */
START_TEST(test_stopped_waiting)
{
	struct sigaction action = { .sa_handler = on_alarm, .sa_flags = _i & 1 ? SA_RESTART : 0 };
	struct itimerval timer = { .it_value.tv_usec = 50000 };
	feed(header, sizeof header);
	feed(frame, _i & 2 ? 17 : 0);
	open_pipe();
	ck_assert_int_eq(sigaction(SIGALRM, &action, NULL), 0);
	ck_assert_int_eq(setitimer(ITIMER_REAL, &timer, NULL), 0);
	int64_t begin = milliseconds();
	ck_assert_int_eq(dispatch(), SYNFIN_SOURCE_END);
	int64_t took = milliseconds() - begin;
	ck_assert_int_ge(took, 40);
	/* 100 ms at most on an idle machine; what tests run on is not. */
	ck_assert_int_le(took, 50 + 500);
}
END_TEST

static Suite *capture_pipe_suite(void)
{
	Suite *suite = suite_create("capture pipe");
	TCase *tests = tcase_create("pipe");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, test_prompt);
	tcase_add_loop_test(tests, test_partial_frame, 0, (int)sizeof frame);
	tcase_add_loop_test(tests, test_partial_block, 0, (int)(2 * sizeof interface + sizeof section + sizeof packet));
	tcase_add_test(tests, test_filtered_frame);
	tcase_add_loop_test(tests, test_byte_by_byte, 0, 2);
	tcase_add_test(tests, test_flood);
	tcase_add_test(tests, test_truncated);
	tcase_add_test(tests, test_stopped_before);
	tcase_add_loop_test(tests, test_stopped_waiting, 0, 4);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(capture_pipe_suite());
}
