/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Engines share nothing: two that take turns in one thread, and one in each of several threads, tell of a capture what one alone
 * tells. "make tsan" runs this under the thread sanitizer.
 */
#include <check.h>
#include <pthread.h>
#include <stdlib.h>

#include <synfin/engine.h>
#include <synfin/source.h>

#include "suite.h"
#include "views/json_connections.h"
#include "views/json_packets.h"
#include "views/packets.h"

enum { THREADS = 4, ROUNDS = 5 };

/* An engine with three views, and a source for it. */
struct one {
	const char *path;
	struct synfin_source *source;
	struct synfin_engine *engine;
	struct packets_view *packets;
	struct json_packets_view *json;
	struct connection_log log;
	struct output out, json_out, log_out;
	bool failed;
};

static void add(struct one *one, struct synfin_sink sink)
{
	one->failed |= synfin_engine_add_sink(one->engine, &sink) != 0;
}

static void one_open(struct one *one, const char *path)
{
	struct packets_options options = { .line = { .numeric = 1 } };
	struct json_packets_options how = { .line = options.line };
	*one = (struct one){ .path = path };
	output_init(&one->out, NULL, NULL, 0);
	output_init(&one->json_out, NULL, NULL, 0);
	output_init(&one->log_out, NULL, NULL, 0);
	one->failed = synfin_source_open_file(&one->source, path, NULL, NULL) < 0 || synfin_source_filter(one->source, "tcp", true, NULL) < 0
		|| synfin_engine_create(&one->engine, NULL, NULL) < 0 || packets_view_create(&one->packets, &options, &one->out, NULL) < 0
		|| json_packets_create(&one->json, &how, &one->json_out, NULL) < 0;
	if (one->failed)
		return;
	connection_log_init(&one->log, &one->log_out, &json_connections, 0, 0);
	add(one, packets_view_sink(one->packets));
	add(one, json_packets_sink(one->json));
	add(one, connection_log_sink(&one->log));
}

static int feed(void *context, const struct synfin_frame *frame)
{
	struct one *one = context;
	return synfin_engine_feed(one->engine, frame);
}

/* One frame, so that two can take turns. */
static int feed_one(void *context, const struct synfin_frame *frame)
{
	int status = feed(context, frame);
	return status < 0 ? status : SYNFIN_SOURCE_LAST + 1;
}

static void one_end(struct one *one)
{
	if (!one->failed)
		one->failed = synfin_engine_finish(one->engine) < 0;
	synfin_engine_destroy(one->engine);
	synfin_source_close(one->source);
	packets_view_destroy(one->packets);
	json_packets_destroy(one->json);
	connection_log_free(&one->log);
}

static void one_free(struct one *one)
{
	output_free(&one->out);
	output_free(&one->json_out);
	output_free(&one->log_out);
}

static void one_run(struct one *one, const char *path)
{
	one_open(one, path);
	while (!one->failed && synfin_source_dispatch(one->source, feed, one, NULL) == SYNFIN_SOURCE_MORE)
		;
	one_end(one);
}

static void same_text(const struct output *a, const struct output *b)
{
	ck_assert_uint_gt(output_length(a), 0);
	ck_assert_uint_eq(output_length(a), output_length(b));
	ck_assert_mem_eq(a->start, b->start, output_length(a));
}

static void same(const struct one *a, const struct one *b)
{
	ck_assert(!a->failed && !b->failed);
	same_text(&a->out, &b->out);
	same_text(&a->json_out, &b->json_out);
	same_text(&a->log_out, &b->log_out);
}

static const char *const captures[THREADS] = { "pcaps/two.pcap", "pcaps/retransmission.pcap", "pcaps/any.pcap", "pcaps/two.pcap" };

START_TEST(two_in_turns)
{
	struct one alone[2], turns[2];
	for (int i = 0; i < 2; i++) {
		one_run(&alone[i], captures[i]);
		one_open(&turns[i], captures[i]);
	}
	for (bool more = true; more;) {
		more = false;
		for (int i = 0; i < 2; i++)
			more |= synfin_source_dispatch(turns[i].source, feed_one, &turns[i], NULL) == SYNFIN_SOURCE_LAST + 1;
	}
	for (int i = 0; i < 2; i++) {
		one_end(&turns[i]);
		same(&alone[i], &turns[i]);
		one_free(&alone[i]);
		one_free(&turns[i]);
	}
}
END_TEST

static void *run_thread(void *context)
{
	struct one *one = context;
	const char *path = one->path;
	for (int i = 0; i < ROUNDS; i++) {
		if (i > 0)
			one_free(one);
		one_run(one, path);
		if (one->failed)
			break;
	}
	return NULL;
}

START_TEST(one_a_thread)
{
	struct one threads[THREADS];
	pthread_t ids[THREADS];
	for (int i = 0; i < THREADS; i++) {
		threads[i].path = captures[i];
		ck_assert_int_eq(pthread_create(&ids[i], NULL, run_thread, &threads[i]), 0);
	}
	for (int i = 0; i < THREADS; i++)
		ck_assert_int_eq(pthread_join(ids[i], NULL), 0);
	for (int i = 0; i < THREADS; i++) {
		struct one alone;
		one_run(&alone, captures[i]);
		same(&alone, &threads[i]);
		one_free(&alone);
		one_free(&threads[i]);
	}
}
END_TEST

static Suite *the_suite(void)
{
	Suite *suite = suite_create("threads");
	TCase *tests = tcase_create("engines");
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, two_in_turns);
	tcase_add_test(tests, one_a_thread);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(the_suite());
}
