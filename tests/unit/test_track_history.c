/* SPDX-License-Identifier: BSD-3-Clause */
/* What a record tells at its end: Zeek's letters, the client's SYNs, how long it was half-closed, the p90 of the round trips. */
#include "suite.h"
#include "track/track.h"
#include "track_script.h"

struct last_word {
	char history[SYNFIN_HISTORY_MAX + 1];
	unsigned length;
	unsigned tries;
	int64_t half_closed_ns;
	float p90_ns;
	unsigned no_answer;
	bool closed;
};

static void on_closed(void *context, const struct synfin_connection *connection)
{
	struct last_word *word = context;
	word->length = synfin_history(connection, word->history);
	word->tries = connection->syn_tries;
	word->half_closed_ns = synfin_half_closed_ns(connection);
	word->p90_ns = synfin_rtt_p90_ns(&connection->end[connection->client]);
	word->closed = true;
}

static void on_event(void *context, const struct synfin_event *event, const struct synfin_connection *connection)
{
	struct last_word *word = context;
	ck_assert(!word->closed && event->connection == connection->id);
	word->no_answer += event->kind == SYNFIN_EVENT_NO_ANSWER;
}

/* Run a script in one setting, whatever it is expected to say, and give what the record says at the end. window of the n-th packet: 0. */
static struct last_word run_once(const struct script_setting *setting, const struct script_line *lines, unsigned zero_window)
{
	struct last_word word = { .tries = 0 };
	struct script_run run = { .setting = setting };
	struct tracker_options options = { .context = &word, .event = on_event, .closed = on_closed };
	struct synfin_observation observation;

	ck_assert_int_eq(tracker_create(&run.tracker, &options, NULL), 0);
	for (unsigned n = 1; lines->from; lines++, n++) {
		struct synfin_packet *packet = script_packet(&run, lines);
		if (n == zero_window)
			packet->tcp.window = 0;
		tracker_packet(run.tracker, packet, &observation);
	}
	tracker_flush(run.tracker);
	tracker_destroy(run.tracker);
	ck_assert_uint_eq(word.length, strlen(word.history));
	return word;
}

/* In every setting the same; the last one's word. */
static struct last_word expect(const struct script_line *lines, unsigned zero_window, const char *history)
{
	struct last_word word = { .tries = 0 };
	for (unsigned i = 0; i < sizeof(script_settings) / sizeof(*script_settings); i++) {
		word = run_once(&script_settings[i], lines, zero_window);
		ck_assert_msg(strcmp(word.history, history) == 0, "%s: %s instead of %s", script_settings[i].name, word.history, history);
	}
	return word;
}

#define LINES(...) ((const struct script_line[]){ __VA_ARGS__, { 0 } })
#define HANDSHAKE { '>', "S", 0, 0, 0, "" }, { '<', "SA", 0, 1, 0, "" }, { '>', "A", 1, 1, 0, "" }

START_TEST(a_whole_connection)
{
	struct last_word word = expect(LINES(HANDSHAKE, { '>', "PA", 1, 1, 41, "" }, { '<', "A", 1, 42, 0, "" }, { '<', "PA", 1, 42, 75, "" },
		{ '>', "A", 42, 76, 0, "" }, { '>', "FA", 42, 76, 0, "" }, { '<', "A", 76, 43, 0, "" }, { '<', "PA", 76, 43, 10, "" },
		{ '<', "FA", 86, 43, 0, "" }, { '>', "A", 43, 87, 0, "" }), 0, "ShADadFf");
	ck_assert_uint_eq(word.tries, 1);
	ck_assert_int_eq(word.half_closed_ns, 20000000);
	ck_assert(word.p90_ns > 9990000 && word.p90_ns < 10010000);
}
END_TEST

START_TEST(three_packet_close)
{
	struct last_word word = expect(LINES(HANDSHAKE, { '>', "FA", 1, 1, 0, "" }, { '<', "FA", 1, 2, 0, "" }, { '>', "A", 2, 2, 0, "" }), 0, "ShAFf");
	ck_assert_int_eq(word.half_closed_ns, -1);
}
END_TEST

START_TEST(simultaneous_close)
{
	struct last_word word = expect(LINES(HANDSHAKE, { '>', "FA", 1, 1, 0, "" }, { '<', "FA", 1, 1, 0, "" }, { '<', "A", 2, 2, 0, "" },
		{ '>', "A", 2, 2, 0, "" }), 0, "ShAFfa");
	ck_assert_int_eq(word.half_closed_ns, -1);
}
END_TEST

/* Still half-closed: how long is not known yet. Data of the closed direction does not disturb the measure. */
START_TEST(half_closed)
{
	struct last_word word = expect(LINES(HANDSHAKE, { '>', "FA", 1, 1, 0, "" }, { '<', "A", 1, 2, 0, "" }, { '>', "PA", 2, 1, 5, "" }), 0, "ShAFaD");
	ck_assert_int_eq(word.half_closed_ns, -1);
	word = expect(LINES(HANDSHAKE, { '>', "FA", 1, 1, 0, "" }, { '<', "A", 1, 2, 0, "" }, { '>', "PA", 2, 1, 5, "" }, { '>', "FA", 1, 1, 0, "" },
		{ '<', "FA", 1, 2, 0, "" }), 0, "ShAFaDf");
	ck_assert_int_eq(word.half_closed_ns, 30000000);
}
END_TEST

START_TEST(no_answer)
{
	struct last_word word = expect(LINES({ '>', "S", 0, 0, 0, "" }, { '>', "S", 0, 0, 0, "" }, { '>', "S", 0, 0, 0, "" }), 0, "S");
	ck_assert_uint_eq(word.tries, 3);
	ck_assert_uint_eq(word.no_answer, 1);
}
END_TEST

START_TEST(refused)
{
	struct last_word word = expect(LINES({ '>', "S", 0, 0, 0, "" }, { '<', "RA", 0, 1, 0, "" }), 0, "Sr");
	ck_assert_uint_eq(word.no_answer, 0);
}
END_TEST

START_TEST(server_first)
{
	expect(LINES({ '<', "SA", 0, 1, 0, "" }, { '>', "A", 1, 1, 0, "" }), 0, "^hA");
}
END_TEST

START_TEST(odd_flags)
{
	expect(LINES({ '>', "SF", 0, 0, 0, "" }, { '>', "FR", 0, 0, 0, "" }, { '>', "", 1, 0, 0, "" }), 0, "QI");
}
END_TEST

START_TEST(windows_and_gaps)
{
	expect(LINES(HANDSHAKE, { '<', "PA", 1, 1, 100, "" }, { '>', "A", 1, 101, 0, "" }, { '>', "A", 1, 101, 0, "" }, { '<', "PA", 201, 1, 100, "" },
			 { '>', "A", 1, 301, 0, "" }), 5, "ShAdWg");
}
END_TEST

/* T again at ten repetitions; the rest of the letters stands once however often they come. */
START_TEST(repetitions)
{
	struct script_line lines[32] = { HANDSHAKE, { '>', "PA", 1, 1, 10, "" } };
	for (unsigned i = 0; i < 12; i++)
		lines[4 + i] = (struct script_line){ '>', "PA", 1, 1, 10, "" };
	expect(lines, 0, "ShADTT");
}
END_TEST

/* More letters than there is room for: remarks give way to how it ended. */
START_TEST(too_many)
{
	expect(LINES(HANDSHAKE, { '<', "A", 1, 1, 0, "" }, { '>', "PA", 1, 1, 10, "" }, { '<', "PA", 1, 11, 10, "" }, { '>', "PA", 1, 11, 10, "" },
		{ '<', "PA", 1, 11, 10, "" }, { '<', "PA", 101, 11, 10, "" }, { '>', "A", 11, 111, 0, "" }, { '>', "FA", 11, 111, 0, "" },
		{ '<', "SF", 0, 0, 0, "" }, { '<', "FA", 111, 12, 0, "" }, { '<', "RA", 112, 12, 0, "" }), 1, "SWhAaDdTtFfr");
}
END_TEST

static Suite *the_suite(void)
{
	Suite *suite = suite_create("track_history");
	TCase *tests = tcase_create("track_history");
	tcase_add_test(tests, a_whole_connection);
	tcase_add_test(tests, three_packet_close);
	tcase_add_test(tests, simultaneous_close);
	tcase_add_test(tests, half_closed);
	tcase_add_test(tests, no_answer);
	tcase_add_test(tests, refused);
	tcase_add_test(tests, server_first);
	tcase_add_test(tests, odd_flags);
	tcase_add_test(tests, windows_and_gaps);
	tcase_add_test(tests, repetitions);
	tcase_add_test(tests, too_many);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(the_suite());
}
