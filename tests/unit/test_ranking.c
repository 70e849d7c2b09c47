/* SPDX-License-Identifier: BSD-3-Clause */
/* What is kept and in which order; the totals; Zeek's conn_state; CSV's quotes. */
#include <stdlib.h>
#include <string.h>

#include "suite.h"
#include "views/csv.h"
#include "views/ranking.h"
#include "views/totals.h"
#include "views/zeek_state.h"

static struct synfin_connection numbered(uint64_t id, uint32_t packets)
{
	struct synfin_connection connection = { .id = id, .ip_version = 4, .syn_rtt_ns = UINT32_MAX, .ack_rtt_ns = UINT32_MAX };
	connection.end[0].packets = packets;
	return connection;
}

/* Against what sorting all of them gives; equal weights among them. */
START_TEST(the_best_are_kept)
{
	enum { ALL = 3000, KEPT = 700 };
	struct ranking ranking;
	uint32_t seed = 1;

	ranking_init(&ranking, RANKING_PACKETS, KEPT);
	for (unsigned i = 0; i < ALL; i++) {
		seed = seed * 1664525 + 1013904223;
		struct synfin_connection connection = numbered(i + 1, seed >> 16 & 0x3ff);
		ck_assert_int_eq(ranking_take(&ranking, &connection), 0);
	}
	ck_assert_uint_eq(ranking.count, KEPT);
	ck_assert_uint_eq(ranking_left_out(&ranking), ALL - KEPT);
	ranking_finish(&ranking);
	for (unsigned i = 1; i < KEPT; i++) {
		const struct ranking_row *a = &ranking.rows[i - 1], *b = &ranking.rows[i];
		ck_assert(a->weight > b->weight || (a->weight == b->weight && a->connection.id < b->connection.id));
	}
	/* Nothing that was left out is better than the last one. */
	uint64_t last = ranking.rows[KEPT - 1].weight;
	unsigned better = 0;
	seed = 1;
	for (unsigned i = 0; i < ALL; i++) {
		seed = seed * 1664525 + 1013904223;
		better += (seed >> 16 & 0x3ff) > last;
	}
	ck_assert_uint_le(better, KEPT);
	ranking_free(&ranking);
}
END_TEST

START_TEST(order_of_appearance)
{
	static const uint64_t ids[] = { 5, 1, 4, 2, 3 };
	struct ranking ranking;

	ranking_init(&ranking, RANKING_APPEARANCE, 3);
	for (unsigned i = 0; i < 5; i++) {
		struct synfin_connection connection = numbered(ids[i], 1);
		ck_assert_int_eq(ranking_take(&ranking, &connection), 0);
	}
	ranking_finish(&ranking);
	for (unsigned i = 0; i < 3; i++)
		ck_assert_uint_eq(ranking.rows[i].connection.id, i + 1);
	ranking_empty(&ranking);
	ck_assert_uint_eq(ranking_left_out(&ranking), 0);
	ranking_free(&ranking);
}
END_TEST

/* What is not known comes last, the latest of negative times before earlier ones. */
START_TEST(weights)
{
	struct synfin_connection unknown = numbered(1, 1), fast = numbered(2, 1), slow = numbered(3, 1);
	struct ranking ranking;

	fast.syn_rtt_ns = 0;
	fast.ack_rtt_ns = 0;
	slow.syn_rtt_ns = slow.ack_rtt_ns = UINT32_MAX - 1;
	slow.last_ns = -5;
	fast.last_ns = INT64_MIN;
	ranking_init(&ranking, RANKING_RTT, 0);
	ck_assert_int_eq(ranking_take(&ranking, &unknown) | ranking_take(&ranking, &fast) | ranking_take(&ranking, &slow), 0);
	ranking_finish(&ranking);
	ck_assert_uint_eq(ranking.rows[0].connection.id, 3);
	ck_assert_uint_eq(ranking.rows[1].connection.id, 2);
	ranking_empty(&ranking);
	ranking.sort = RANKING_RECENT;
	ck_assert_int_eq(ranking_take(&ranking, &fast) | ranking_take(&ranking, &slow) | ranking_take(&ranking, &unknown), 0);
	ranking_finish(&ranking);
	ck_assert_uint_eq(ranking.rows[0].connection.id, 1);
	ck_assert_uint_eq(ranking.rows[2].connection.id, 2);
	ranking_finish_by_appearance(&ranking);
	ck_assert_uint_eq(ranking.rows[2].connection.id, 3);
	ranking_free(&ranking);
	ck_assert_int_eq(ranking_difference(INT64_MAX, INT64_MIN), INT64_MAX);
	ck_assert_int_eq(ranking_difference(1, 2), 0);
}
END_TEST

START_TEST(zeek_words)
{
	/* By the text of Zeek's documentation, and of the 77 connections that its tests publish. */
	static const struct {
		const char *history;
		bool empty;
		const char *state;
	} cases[] = {
		{ "", true, "OTH" }, { "S", true, "S0" }, { "SS", true, "S0" }, { "Sh", true, "S1" }, { "ShADad", false, "S1" },
		{ "ShADadFf", false, "SF" }, { "ShADadF", false, "S2" }, { "ShADadf", false, "S3" }, { "Sr", true, "REJ" },
		{ "ShADadR", false, "RSTO" }, { "ShADadr", false, "RSTR" }, { "SR", true, "RSTOS0" }, { "STR", false, "RSTOS0" },
		{ "^hr", true, "RSTRH" }, { "SADF", false, "SH" }, { "DAF", false, "SH" }, { "^hf", true, "SHR" },
		{ "Da", false, "OTH" }, { "DadA", false, "OTH" }, { "ShADFar", false, "RSTR" }, { "ShADadFfR", false, "SF" },
		{ "ShADaFRf", false, "SF" }, { "DR", false, "OTH" },
	};
	for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
		ck_assert_msg(strcmp(zeek_state(cases[i].history, cases[i].empty), cases[i].state) == 0, "%s: %s, not %s", cases[i].history,
			zeek_state(cases[i].history, cases[i].empty), cases[i].state);
	}
}
END_TEST

START_TEST(quotes)
{
	struct output out;
	struct csv csv = { .out = &out };

	output_init(&out, NULL, NULL, 0);
	csv_text(&csv, "a", "plain words");
	csv_text(&csv, "b", "a \"b\", c");
	csv_text(&csv, "c", NULL);
	csv_text(&csv, "d", "line\nbreak");
	csv_duration(&csv, "e", -1);
	csv_number(&csv, "f", true, UINT64_MAX);
	csv_bool(&csv, "g", true);
	csv_end(&csv);
	output_char(&out, '\0');
	ck_assert_str_eq(out.start, "plain words,\"a \"\"b\"\", c\",,\"line\nbreak\",,18446744073709551615,1\r\n");
	output_free(&out);
}
END_TEST

START_TEST(totals_of_states)
{
	struct totals totals = { .connections = 0 };
	struct output out;

	output_init(&out, NULL, NULL, 0);
	totals_print(&out, &totals, STATE_NAMES_RFC);
	for (unsigned i = 0; i < 20; i++) {
		struct synfin_connection connection = numbered(i, 2);
		connection.end[0].state = i < 10 ? SYNFIN_ESTABLISHED : SYNFIN_CLOSED + i % 10;
		connection.end[1].state = SYNFIN_SYN_RECEIVED;
		totals_add(&totals, &connection);
	}
	totals_print(&out, &totals, STATE_NAMES_NETSTAT);
	output_char(&out, '\0');
	ck_assert_ptr_nonnull(strstr(out.start, "0 connections\n20 connections: 20 open\n40 packets, 0 retransmitted; bytes 0/0\n"));
	ck_assert_ptr_nonnull(strstr(out.start, "11 ESTABLISHED/SYN_RECV, 1 "));
	ck_assert_ptr_nonnull(strstr(out.start, ", 2 others\n"));
	output_free(&out);
}
END_TEST

static Suite *the_suite(void)
{
	Suite *suite = suite_create("ranking");
	TCase *tests = tcase_create("ranking");
	tcase_add_test(tests, the_best_are_kept);
	tcase_add_test(tests, order_of_appearance);
	tcase_add_test(tests, weights);
	tcase_add_test(tests, zeek_words);
	tcase_add_test(tests, quotes);
	tcase_add_test(tests, totals_of_states);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(the_suite());
}
