/* SPDX-License-Identifier: BSD-3-Clause */
/* Interfaces: listing them as any user, not being allowed to capture, and, where root runs the tests, capturing on loopback. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <synfin/source.h>

#include "suite.h"

#ifdef __linux__
#define LOOPBACK "lo"
#else
#define LOOPBACK "lo0"
#endif

static struct synfin_source *source;
static int count;
static char first_name[64];
static unsigned loopback_number;

static void setup(void)
{
	source = NULL;
	count = 0;
}

static void teardown(void)
{
	synfin_source_close(source);
}

static int64_t milliseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void listed(void *context, const struct synfin_interface *interface)
{
	unsigned *last = context;
	ck_assert_uint_eq(interface->number, *last + 1);
	ck_assert_ptr_nonnull(interface->name);
	*last = interface->number;
	if (interface->number == 1)
		snprintf(first_name, sizeof first_name, "%s", interface->name);
	if (strcmp(interface->name, LOOPBACK) == 0) {
		ck_assert(interface->loopback);
		loopback_number = interface->number;
	}
}

START_TEST(test_list)
{
	unsigned last = 0;
	ck_assert_int_eq(synfin_interfaces(listed, &last, NULL), SYNFIN_OK);
	ck_assert_ptr_nonnull(strstr(synfin_capture_library(), "libpcap"));
}
END_TEST

/* What a child without rights gets; 0 if it is what the test wants. */
static int in_child(int (*run)(void))
{
	pid_t child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
			_exit(99);
		_exit(run());
	}
	int status = 0;
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int list_quietly(void)
{
	unsigned last = 0;
	return synfin_interfaces(listed, &last, NULL) == SYNFIN_OK ? 0 : 1;
}

static int open_forbidden(void)
{
	struct synfin_error error = { 0 };
	struct synfin_live_options options = { .interface = LOOPBACK };
	if (synfin_source_open_live(&source, &options, &error) != SYNFIN_E_PERMISSION)
		return 1;
	return strstr(error.text, "sudo") && strcmp(error.where, LOOPBACK) == 0 ? 0 : 2;
}

START_TEST(test_other_user)
{
	ck_assert_int_eq(in_child(list_quietly), 0);
	ck_assert_int_eq(in_child(open_forbidden), 0);
}
END_TEST

/* Whether this process may capture; says so if not. */
static bool may_capture(const char *test)
{
	struct synfin_error error = { 0 };
	struct synfin_live_options options = { .interface = LOOPBACK };
	struct synfin_source *probe = NULL;
	if (synfin_source_open_live(&probe, &options, &error) != SYNFIN_OK) {
		fprintf(stderr, "%s: skipped: %s\n", test, error.text);
		return false;
	}
	synfin_source_close(probe);
	return true;
}

START_TEST(test_no_such_interface)
{
	struct synfin_error error = { 0 };
	struct synfin_live_options options = { .interface = "synfin-none" };
	if (!may_capture("test_no_such_interface"))
		return;
	ck_assert_int_eq(synfin_source_open_live(&source, &options, &error), SYNFIN_E_NO_INTERFACE);
	ck_assert_str_eq(error.text, "synfin-none: No such device exists (synfin -D lists the interfaces)");
	ck_assert_str_eq(error.where, "synfin-none");
	static const char *const numbers[] = { "0", "99999", "99999999999999999999999999" };
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		options.interface = numbers[i];
		ck_assert_int_eq(synfin_source_open_live(&source, &options, &error), SYNFIN_E_NO_INTERFACE);
		ck_assert_ptr_nonnull(strstr(error.text, "Invalid adapter index"));
		ck_assert_ptr_nonnull(strstr(error.text, i < 2 ? numbers[i] : "99999999999999999999 "));
	}
	ck_assert_ptr_null(source);
}
END_TEST

START_TEST(test_bad_options)
{
	struct synfin_error error = { 0 };
	if (!may_capture("test_bad_options"))
		return;
	struct synfin_live_options options = { .interface = LOOPBACK, .link_type = "FOO" };
	ck_assert_int_eq(synfin_source_open_live(&source, &options, &error), SYNFIN_E_ARGUMENT);
	ck_assert_str_eq(error.text, "invalid data link type FOO");
	options.link_type = "IEEE802_11";
	ck_assert_int_eq(synfin_source_open_live(&source, &options, &error), SYNFIN_E_UNSUPPORTED);
	ck_assert_str_eq(error.text, "IEEE802_11 is not one of the DLTs supported by this device");
	options = (struct synfin_live_options){ .interface = LOOPBACK, .buffer_kib = UINT32_MAX };
	ck_assert_int_eq(synfin_source_open_live(&source, &options, &error), SYNFIN_E_ARGUMENT);
	options = (struct synfin_live_options){ .interface = LOOPBACK, .snapshot_length = UINT32_MAX };
	ck_assert_int_eq(synfin_source_open_live(&source, &options, &error), SYNFIN_E_ARGUMENT);
	ck_assert_ptr_null(source);
}
END_TEST

/* Send datagrams of 77 bytes to ourselves, to a port where nobody listens. */
static void send_datagrams(int n)
{
	static const char text[77];
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(9), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	for (int i = 0; i < n; i++) {
		int descriptor = socket(AF_INET, SOCK_DGRAM, 0);
		ck_assert_int_ge(descriptor, 0);
		ck_assert_int_eq(sendto(descriptor, text, sizeof text, 0, (struct sockaddr *)&to, sizeof to), (ssize_t)sizeof text);
		close(descriptor);
	}
}

static int see(void *context, const struct synfin_frame *frame)
{
	int *limit = context;
	ck_assert_int_gt(frame->time_ns, 1000000000000000000);
	ck_assert_uint_eq(frame->link_type, synfin_source_link_type(source));
	count++;
	return limit && count == *limit ? 5 : 0;
}

START_TEST(test_capture)
{
	static const struct synfin_live_options variants[] = {
		{ .interface = LOOPBACK },
		{ .interface = LOOPBACK, .immediate = true, .nanoseconds = true, .snapshot_length = 60 },
		{ .interface = LOOPBACK, .no_promiscuous = true, .buffer_kib = 4096, .direction = SYNFIN_DIRECTION_IN },
		{ .interface = "any" },
	};
	static const char filter[] = "udp dst port 9 and len > 100";
	struct synfin_error error = { 0 };
	if (!may_capture("test_capture"))
		return;
	int status = synfin_source_open_live(&source, &variants[_i], &error);
	ck_assert_msg(status == SYNFIN_OK, "%s", error.text);
	ck_assert(synfin_source_is_live(source));
	ck_assert_str_eq(synfin_source_name(source), variants[_i].interface);
	ck_assert_uint_eq(synfin_source_snapshot_length(source), _i == 1 ? 60 : 262144);
#ifdef __linux__
	ck_assert_str_eq(synfin_source_link_name(source), _i == 3 ? "LINUX_SLL2" : "EN10MB");
	ck_assert_uint_eq(synfin_source_link_type(source), _i == 3 ? 276 : 1);
#endif
	ck_assert_int_eq(synfin_source_filter(source, filter, true, &error), SYNFIN_OK);
	send_datagrams(3);
	int least = _i == 3 ? 6 : 3; /* "any" sees them leave and arrive, and so does loopback, where libpcap drops one of the two */
	for (int i = 0; i < 20 && count < least; i++)
		ck_assert_int_eq(synfin_source_dispatch(source, see, NULL, &error), SYNFIN_SOURCE_MORE);
	ck_assert_int_ge(count, 3);
	struct synfin_source_statistics statistics;
	ck_assert_int_eq(synfin_source_statistics(source, &statistics, &error), SYNFIN_OK);
	ck_assert(statistics.known);
	ck_assert_uint_ge(statistics.received, 3);
}
END_TEST

/* The callback ends a batch; what was behind it comes with the next one. */
START_TEST(test_callback_stops)
{
	struct synfin_live_options options = { .interface = LOOPBACK };
	int limit = 2, status = 0;
	if (!may_capture("test_callback_stops"))
		return;
	ck_assert_int_eq(synfin_source_open_live(&source, &options, NULL), SYNFIN_OK);
	ck_assert_int_eq(synfin_source_filter(source, "udp dst port 9 and len > 100", true, NULL), SYNFIN_OK);
	send_datagrams(5);
	for (int i = 0; i < 20 && status == 0; i++)
		status = synfin_source_dispatch(source, see, &limit, NULL);
	ck_assert_int_eq(status, 5);
	ck_assert_int_eq(count, 2);
	for (int i = 0; i < 20 && count < 5; i++)
		ck_assert_int_eq(synfin_source_dispatch(source, see, &limit, NULL), SYNFIN_SOURCE_MORE);
	ck_assert_int_ge(count, 5);
}
END_TEST

static void ignore_number(void *context, int link_type, const char *name, const char *description)
{
	int *seen = context;
	(void)link_type;
	(void)name;
	(void)description;
	++*seen;
}

START_TEST(test_choice_of_interface)
{
	unsigned last = 0;
	int types = 0;
	char number[16];
	struct synfin_live_options options = { .interface = number };
	if (!may_capture("test_choice_of_interface"))
		return;
	ck_assert_int_eq(synfin_interfaces(listed, &last, NULL), SYNFIN_OK);
	snprintf(number, sizeof number, "%u", loopback_number);
	ck_assert_int_eq(synfin_source_open_live(&source, &options, NULL), SYNFIN_OK);
	ck_assert_str_eq(synfin_source_name(source), LOOPBACK);
	ck_assert_int_eq(synfin_source_link_types(source, ignore_number, &types, NULL), SYNFIN_OK);
	ck_assert_int_ge(types, 1);
	synfin_source_close(source);
	source = NULL;
	ck_assert_int_eq(synfin_source_open_live(&source, NULL, NULL), SYNFIN_OK);
	ck_assert_str_eq(synfin_source_name(source), first_name);
}
END_TEST

static void on_alarm(int number)
{
	(void)number;
	synfin_source_stop(source);
}

/* A quiet source: dispatch returns within its timeout, and sooner when it is stopped. */
START_TEST(test_quiet)
{
	struct synfin_live_options options = { .interface = LOOPBACK, .timeout_ms = 300 };
	struct sigaction action = { .sa_handler = on_alarm, .sa_flags = SA_RESTART };
	struct itimerval timer = { .it_value.tv_usec = 30000 };
	if (!may_capture("test_quiet"))
		return;
	ck_assert_int_eq(synfin_source_open_live(&source, &options, NULL), SYNFIN_OK);
	ck_assert_int_eq(synfin_source_filter(source, "less 0", true, NULL), SYNFIN_OK);
	int64_t begin = milliseconds();
	ck_assert_int_eq(synfin_source_dispatch(source, see, NULL, NULL), SYNFIN_SOURCE_MORE);
	int64_t took = milliseconds() - begin;
	ck_assert_int_ge(took, 200);
	ck_assert_int_le(took, 300 + 500);

	synfin_source_stop(source);
	begin = milliseconds();
	ck_assert_int_eq(synfin_source_dispatch(source, see, NULL, NULL), SYNFIN_SOURCE_END);
	ck_assert_int_le(milliseconds() - begin, 100);

	ck_assert_int_eq(sigaction(SIGALRM, &action, NULL), 0);
	ck_assert_int_eq(setitimer(ITIMER_REAL, &timer, NULL), 0);
	begin = milliseconds();
	ck_assert_int_eq(synfin_source_dispatch(source, see, NULL, NULL), SYNFIN_SOURCE_END);
	ck_assert_int_le(milliseconds() - begin, 30 + 200);
	ck_assert_int_eq(synfin_source_dispatch(source, see, NULL, NULL), SYNFIN_SOURCE_MORE);
}
END_TEST

static int64_t now_ns(void)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

/* Frames that the kernel has when a source is stopped are not lost, and those that come later are not waited for. */
START_TEST(test_drain)
{
	struct synfin_live_options options = { .interface = LOOPBACK, .immediate = _i == 1 };
	struct synfin_error error = { 0 };
	int limit = 1;
	if (!may_capture("test_drain"))
		return;
	ck_assert_int_eq(synfin_source_open_live(&source, &options, NULL), SYNFIN_OK);
	ck_assert_int_eq(synfin_source_filter(source, "udp dst port 9 and len > 100", true, NULL), SYNFIN_OK);
	send_datagrams(3);
	int64_t until = now_ns();
	synfin_source_stop(source);
	ck_assert_int_eq(synfin_source_dispatch(source, see, NULL, &error), SYNFIN_SOURCE_END);
	ck_assert_int_eq(count, 0);
	usleep(2000);
	send_datagrams(2);
	int64_t begin = milliseconds();
	ck_assert_int_eq(synfin_source_drain(source, until, see, NULL, &error), SYNFIN_SOURCE_END);
	ck_assert_int_le(milliseconds() - begin, 100 + 300);
	ck_assert_int_eq(count, 3);
	/* The callback's value comes back. */
	count = 0;
	send_datagrams(2);
	ck_assert_int_eq(synfin_source_drain(source, now_ns(), see, &limit, &error), 5);
	ck_assert_int_eq(count, 1);
	/* With nothing there it ends, too. */
	begin = milliseconds();
	ck_assert_int_eq(synfin_source_drain(source, now_ns(), see, NULL, &error), SYNFIN_SOURCE_END);
	ck_assert_int_le(milliseconds() - begin, 100 + 300);
}
END_TEST

static Suite *capture_live_suite(void)
{
	Suite *suite = suite_create("capture live");
	TCase *tests = tcase_create("interfaces");
	tcase_set_timeout(tests, 20);
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, test_list);
	tcase_add_test(tests, test_other_user);
	tcase_add_test(tests, test_no_such_interface);
	tcase_add_test(tests, test_bad_options);
	tcase_add_loop_test(tests, test_capture, 0, 4);
	tcase_add_test(tests, test_callback_stops);
	tcase_add_test(tests, test_choice_of_interface);
	tcase_add_test(tests, test_quiet);
	tcase_add_loop_test(tests, test_drain, 0, 2);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(capture_live_suite());
}
