/* SPDX-License-Identifier: BSD-3-Clause */
/* The texts of --explain and --glossary are complete; how they are folded; how a line is taken apart. */
#include <stdio.h>
#include <string.h>

#include "decode/decode.h"
#include "suite.h"
#include "views/cells.h"
#include "views/explain.h"
#include "views/explain_line.h"
#include "views/explain_say.h"
#include "views/explain_table.h"
#include "views/glossary.h"
#include "views/timeline.h"
#include "views/state_names.h"
#include "views/text.h"

static struct output out;

static void setup(void)
{
	output_init(&out, NULL, NULL, 0);
}

static void teardown(void)
{
	output_free(&out);
}

static const char *text(void)
{
	output_char(&out, '\0');
	ck_assert_int_eq(out.status, 0);
	return out.start;
}

/* ---- the tables */

START_TEST(every_event_is_explained)
{
	for (unsigned kind = 0; kind < SYNFIN_EVENTS; kind++) {
		ck_assert_msg(explained_events[kind].text && *explained_events[kind].text, "%s", synfin_event_name(kind));
		ck_assert_msg(explained_events[kind].section && *explained_events[kind].section, "%s", synfin_event_name(kind));
	}
}
END_TEST

START_TEST(every_state_is_explained)
{
	for (unsigned state = 0; state < SYNFIN_STATES; state++) {
		ck_assert_ptr_nonnull(explained_states[state].text);
		if (state != SYNFIN_UNKNOWN)
			ck_assert_str_eq(explained_states[state].name, synfin_state_name(state));
	}
}
END_TEST

START_TEST(every_transition_has_a_reason)
{
	for (unsigned before = 0; before < SYNFIN_STATES; before++)
		for (unsigned after = 0; after < SYNFIN_STATES; after++)
			for (unsigned sender = 0; sender < 2; sender++)
				ck_assert_msg(*explained_transition(sender, before, after), "%u: %s -> %s", sender, synfin_state_name(before),
					synfin_state_name(after));
}
END_TEST

START_TEST(every_flag_layer_and_expectation_is_explained)
{
	for (unsigned i = 0; i < EXPLAINED_FLAGS; i++)
		ck_assert_uint_eq(explained_flags[i].kind, 1u << i);
	for (unsigned i = 0; i < EXPLAINED_COMBINATIONS; i++)
		ck_assert_ptr_nonnull(explained_combinations[i]);
	for (unsigned i = 0; i < SYNFIN_LAYER_KINDS; i++)
		ck_assert_ptr_nonnull(explained_layers[i]);
	for (unsigned i = 0; i < EXPLAINED_NEXTS; i++)
		ck_assert_ptr_nonnull(explained_nexts[i]);
}
END_TEST

/* The kinds that src/lines/tcp_options.c gives a name. */
START_TEST(every_option_that_has_a_name_is_explained)
{
	static const unsigned kinds[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 19, 20, 28, 29, 30, 34, 253, 254 };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		ck_assert_msg(explained_option(kinds[i]) != NULL, "%u", kinds[i]);
	ck_assert_ptr_null(explained_option(77));
}
END_TEST

/* ---- the glossary */

START_TEST(glossary_knows_whatever_is_shown)
{
	for (unsigned kind = 0; kind < SYNFIN_EVENTS; kind++) {
		ck_assert_msg(glossary_put(&out, synfin_event_name(kind), 80), "%s", synfin_event_name(kind));
		if (*synfin_event_message(kind))
			ck_assert_msg(glossary_put(&out, synfin_event_message(kind), 80), "%s", synfin_event_message(kind));
		if (timeline_word(kind))
			ck_assert_msg(glossary_put(&out, timeline_word(kind), 80), "%s", timeline_word(kind));
	}
	for (unsigned state = 0; state < SYNFIN_STATES; state++)
		for (unsigned names = 0; names < STATE_NAMES; names++)
			ck_assert_msg(glossary_put(&out, state_name(names, state), 80), "%s", state_name(names, state));
	for (unsigned i = 0; i < EXPLAINED_FLAGS; i++)
		ck_assert(glossary_put(&out, explained_flags[i].name, 80));
	for (const struct explained *option = explained_options; option->name; option++)
		ck_assert(glossary_put(&out, option->name, 80));
	for (const char *mark = "~?*"; *mark; mark++)
		ck_assert(glossary_put(&out, (const char[]){ *mark, '\0' }, 80));
	ck_assert(glossary_put(&out, "Maximum Segment-Size", 80));
}
END_TEST

START_TEST(glossary_offers_the_nearest)
{
	ck_assert(!glossary_put(&out, "retransmision", 80));
	ck_assert_str_eq(text(), "There is no entry for retransmision; did you mean: retransmission\n");
}
END_TEST

START_TEST(glossary_takes_any_word)
{
	char many[5000];
	memset(many, 'x', sizeof many - 1);
	many[sizeof many - 1] = '\0';
	ck_assert(!glossary_put(&out, many, 80));
	ck_assert(!glossary_put(&out, "", 80));
	ck_assert(!glossary_put(&out, "--", 80));
	ck_assert(!glossary_put(&out, "\x1b[31m", 80));
	ck_assert_ptr_null(strchr(text(), '\x1b'));
}
END_TEST

/* ---- saying and folding */

START_TEST(values_replace_names)
{
	static const struct say_value values[] = { { "sender", "the client" }, { "n", "42" }, { NULL, NULL } };
	struct say sayer;
	say_init(&sayer, &out, 80);
	say_label(&sayer, "next");
	say(&sayer, "{sender}: {n} {other} {n", values);
	say_row(&sayer, "next");
	say_row(&sayer, "nothing said");
	ck_assert_str_eq(text(), "  next  the client: 42 {other} {n\n");
	say_free(&sayer);
}
END_TEST

static const struct {
	const char *given;
	unsigned width;
	const char *expected;
} folds[] = {
	{ "one two three", 80, "one two three\n" },
	{ "one two three", 10, "one two\n  three\n" },
	{ "one two three", 7, "one two\n  three\n" },
	{ "one  (two)", 7, "one\n  (two)\n" },
	{ "abcdefghij", 5, "abcde\n  fgh\n  ij\n" },
	{ "日本語です", 6, "日本語\n  です\n" },
	{ "日本語。", 6, "日本\n  語。\n" },        /* no full stop at the beginning of a line */
	{ "日本「語」", 6, "日本\n  「語\n  」\n" },  /* where nothing fits, anything goes */
	{ "日本「語」", 8, "日本\n  「語」\n" },     /* no opening bracket at its end */
	{ "日本フラグ", 8, "日本\n  フラグ\n" },     /* words in katakana stay whole */
	{ "SYNを送る", 6, "SYNを\n  送る\n" },
	{ "", 10, "" },
};

START_TEST(text_is_folded_to_cells)
{
	say_fold(&out, folds[_i].given, strlen(folds[_i].given), 0, 2, folds[_i].width);
	ck_assert_str_eq(text(), folds[_i].expected);
}
END_TEST

/* Every width ends, and no line is wider. */
START_TEST(folding_ends_at_any_width)
{
	const char *given = explained_events[SYNFIN_EVENT_ABORTED].text;
	for (unsigned width = 0; width < 100; width++) {
		output_truncate(&out, 0);
		say_fold(&out, given, strlen(given), 4, 4, width);
		ck_assert_uint_gt(output_length(&out), strlen(given) / 2);
	}
}
END_TEST

/* ---- the line */

static const struct {
	const char *line;
	enum explain_field field;
	const char *expected;
} lines[] = {
	{ "1.5 IP 10.0.0.2.1 > 10.0.0.3.80: Flags [S], seq 7, win 5, options [mss 1460], length 0", FIELD_SOURCE, "10.0.0.2.1" },
	{ "1.5 IP 10.0.0.2.1 > 10.0.0.3.80: Flags [S], seq 7, win 5, options [mss 1460], length 0", FIELD_DESTINATION, "10.0.0.3.80" },
	{ "1.5 IP 10.0.0.2.1 > 10.0.0.3.80: Flags [S], seq 7, win 5, options [mss 1460], length 0", FIELD_TIME, "1.5" },
	{ "1.5 IP 10.0.0.2.1 > 10.0.0.3.80: Flags [S], seq 7, win 5, options [mss 1460], length 0", FIELD_OPTIONS, "options [mss 1460]" },
	{ "1.5 IP 10.0.0.2.1 > 10.0.0.3.80: Flags [P.], seq 7:9, ack 1, win 5, length 2: HTTP: a, ack 5", FIELD_ACK, "ack 1" },
	{ "1.5 IP 10.0.0.2.1 > 10.0.0.3.80: Flags [P.], seq 7:9, ack 1, win 5, length 2: HTTP: a, ack 5", FIELD_LENGTH, "length 2" },
	{ "1.5 IP 10.0.0.2.1 > 10.0.0.3.80: Flags [P.], cksum 0x1 (correct), seq 7:9", FIELD_CHECKSUM, "cksum 0x1 (correct)" },
	{ "1.5 IP 10.0.0.2.1 > 10.0.0.3.80: Flags [S], seq 7, options [md5 shared secret not supplied with -M, can't check - 00], length 0",
	  FIELD_OPTIONS, "options [md5 shared secret not supplied with -M, can't check - 00]" },
	{ "1.5 IP 10.0.0.2.1 > 10.0.0.3.80: Flags [S], seq 7, win 5, options [nop,[bad opt]]", FIELD_OPTIONS, "options [nop,[bad opt]]" },
	{ "1.5 IP 10.0.0.2.1 > 10.0.0.3.80: Flags [none]", FIELD_FLAGS, "Flags [none]" },
	{ "1.5 IP 10.0.0.2.1 > 10.0.0.3.80: Flags [S", FIELD_FLAGS, "" },
	{ "1.5 IP 10.0.0.2.1 > 10.0.0.3.80:  [|tcp]", FIELD_FLAGS, "" },
	{ "", FIELD_TIME, "" },
};

START_TEST(fields_are_found)
{
	struct synfin_packet packet = { .has_tcp = true };
	struct line_options options = { .time = LINE_TIME_CLOCK };
	struct explain_line line;
	explain_line_find(&line, lines[_i].line, strlen(lines[_i].line), &options, &packet);
	const struct explain_span *span = &line.fields[lines[_i].field];
	ck_assert_uint_eq(span->length, strlen(lines[_i].expected));
	ck_assert_mem_eq(lines[_i].line + span->start, lines[_i].expected, span->length);
}
END_TEST

/* ---- packets with every combination of flags, to every state */

static const uint8_t frame[40] = {
	0x45, 0, 0, 40, 0, 1, 0x40, 0, 64, 6, 0, 0, 10, 0, 0, 2, 192, 0, 2, 80,
	0xcb, 0x4c, 0, 80, 0, 0, 0, 1, 0, 0, 0, 1, 0x50, 0x10, 1, 0, 0, 0, 0, 0,
};

/* Of the sender and of the receiver. */
static uint16_t end_flags[2];

static void show(struct synfin_sink *sink, uint16_t flags, unsigned sender, unsigned receiver)
{
	uint8_t bytes[sizeof frame];
	struct synfin_packet packet = { .frame = 1 };
	struct synfin_connection connection = { .id = 1 + sender * SYNFIN_STATES + receiver, .ip_version = 4 };
	struct synfin_observation observation = { .connection = &connection, .handshake_ns = -1 };
	memcpy(bytes, frame, sizeof frame);
	bytes[32] = (uint8_t)(0x50 | flags >> 8);
	bytes[33] = (uint8_t)flags;
	decode_frame(&packet, SYNFIN_LINK_RAW, bytes, sizeof bytes, sizeof bytes);
	connection.end[0].state = sender & 0xf;
	connection.end[1].state = receiver & 0xf;
	for (unsigned end = 0; end < 2; end++)
		connection.end[end].flags = end_flags[end];
	ck_assert_int_eq(sink->packet(sink->self, &packet, &observation), 0);
	for (unsigned kind = flags; kind < SYNFIN_EVENTS; kind += 512) {
		struct synfin_event event = { .connection = connection.id, .kind = (uint16_t)kind, .number = 3 };
		ck_assert_int_eq(sink->event(sink->self, &event, &connection), 0);
	}
	ck_assert_int_eq(sink->packet_end(sink->self, &packet, &observation), 0);
}

START_TEST(every_packet_is_explained)
{
	struct explain_options options = { .width = 0 };
	struct explain_view *view;
	ck_assert_int_eq(explain_view_create(&view, &options, &out, NULL), 0);
	struct synfin_sink sink = explain_view_sink(view);
	for (unsigned flags = 0; flags < 512; flags++)
		for (unsigned states = 0; states < SYNFIN_STATES * SYNFIN_STATES; states++) {
			output_truncate(&out, 0);
			show(&sink, (uint16_t)flags, states / SYNFIN_STATES, states % SYNFIN_STATES);
			const char *shown = text();
			ck_assert_ptr_nonnull(strstr(shown, "\n  next      "));
			ck_assert_ptr_nonnull(strstr(shown, "\n  client    "));
			ck_assert_ptr_null(strchr(shown, '{'));
			/* Where nothing is acknowledged nothing is called an acknowledgment, nor answered by one; a receiver drops it. */
			if (!(flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_RST | SYNFIN_TCP_ACK))) {
				ck_assert_ptr_null(strstr(shown, "an acknowledgment of what came"));
				ck_assert_msg(strstr(shown, "\n  next      nothing: who has a connection drops"), "%s", shown);
			}
		}
	explain_view_destroy(view);
}
END_TEST

/* S4: one SYN without the option says that nothing is scaled, also where the other was not captured. */
START_TEST(window_has_a_unit_when_one_syn_says_so)
{
	static const struct {
		uint16_t sender, receiver;
		bool known;
	} cases[] = {
		{ 0, 0, false }, { SYNFIN_END_SYN, 0, true }, { 0, SYNFIN_END_SYN, true }, { SYNFIN_END_SYN, SYNFIN_END_SYN, true },
		{ SYNFIN_END_SYN | SYNFIN_END_SCALE_OFFERED, 0, false }, { 0, SYNFIN_END_SYN | SYNFIN_END_SCALE_OFFERED, false },
	};
	struct explain_options options = { .width = 0 };
	struct explain_view *view;
	ck_assert_int_eq(explain_view_create(&view, &options, &out, NULL), 0);
	struct synfin_sink sink = explain_view_sink(view);
	end_flags[0] = cases[_i].sender;
	end_flags[1] = cases[_i].receiver;
	show(&sink, SYNFIN_TCP_ACK, SYNFIN_ESTABLISHED, SYNFIN_ESTABLISHED);
	end_flags[0] = end_flags[1] = 0;
	const char *shown = text();
	ck_assert_msg(!strstr(shown, "only the handshake") == cases[_i].known, "%s", shown);
	ck_assert_msg(!!strstr(shown, "256  bytes of room") == cases[_i].known, "%s", shown);
	explain_view_destroy(view);
}
END_TEST

/* ---- the translation hook */

static const char *translate(void *context, const char *english)
{
	(void)context;
	return strcmp(english, "one") == 0 ? "ichi" : NULL;
}

START_TEST(words_are_translated)
{
	ck_assert_str_eq(T("one"), "one");
	views_text_use(translate, NULL);
	ck_assert(views_text_translated());
	ck_assert_str_eq(T("one"), "ichi");
	ck_assert_str_eq(T("two"), "two");
	ck_assert_str_eq(T(""), "");
	views_text_use(NULL, NULL);
	ck_assert(!views_text_translated());
}
END_TEST

static Suite *explain_suite(void)
{
	Suite *suite = suite_create("explain");
	TCase *tcase = tcase_create("explain");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, every_event_is_explained);
	tcase_add_test(tcase, every_state_is_explained);
	tcase_add_test(tcase, every_transition_has_a_reason);
	tcase_add_test(tcase, every_flag_layer_and_expectation_is_explained);
	tcase_add_test(tcase, every_option_that_has_a_name_is_explained);
	tcase_add_test(tcase, glossary_knows_whatever_is_shown);
	tcase_add_test(tcase, glossary_offers_the_nearest);
	tcase_add_test(tcase, glossary_takes_any_word);
	tcase_add_test(tcase, values_replace_names);
	tcase_add_loop_test(tcase, text_is_folded_to_cells, 0, sizeof folds / sizeof *folds);
	tcase_add_test(tcase, folding_ends_at_any_width);
	tcase_add_loop_test(tcase, fields_are_found, 0, sizeof lines / sizeof *lines);
	tcase_add_test(tcase, every_packet_is_explained);
	tcase_add_loop_test(tcase, window_has_a_unit_when_one_syn_says_so, 0, 6);
	tcase_add_test(tcase, words_are_translated);
	suite_add_tcase(suite, tcase);
	return suite;
}

int main(void)
{
	return suite_main(explain_suite());
}
