/* SPDX-License-Identifier: BSD-3-Clause */
/* --expect: what is read, where it complains, and what holds. */
#include <stdio.h>
#include <string.h>

#include "suite.h"
#include "views/expect.h"

struct said {
	unsigned terms;
	char last[64];
	uint64_t counted;
};

static void on_unmet(void *context, const char *term, int length, uint64_t counted)
{
	struct said *said = context;
	said->terms++;
	snprintf(said->last, sizeof said->last, "%.*s", length, term);
	said->counted = counted;
}

/* Two connections: one complete and closed, with a retransmission; one refused. Three packets. */
static unsigned judge(const char *text, struct said *said)
{
	const unsigned all = SYNFIN_STEP_TEARDOWN_1 | SYNFIN_STEP_TEARDOWN_2 | SYNFIN_STEP_TEARDOWN_3 | SYNFIN_STEP_TEARDOWN_4;
	struct synfin_connection closed = { .flags = SYNFIN_CONN_ESTABLISHED, .steps = (uint8_t)all };
	struct synfin_connection refused = { .flags = SYNFIN_CONN_RESET | SYNFIN_CONN_REFUSED };
	struct expect *expect;
	struct synfin_error error = { 0 };

	closed.end[0].retransmitted = 2;
	ck_assert_msg(expect_create(&expect, text, &error) == 0, "%s: %s", text, error.text);
	struct synfin_sink sink = expect_sink(expect);
	for (unsigned i = 0; i < 3; i++)
		ck_assert_int_eq(sink.packet(sink.self, NULL, NULL), 0);
	ck_assert_int_eq(sink.connection_closed(sink.self, &closed), 0);
	ck_assert_int_eq(sink.connection_closed(sink.self, &refused), 0);
	*said = (struct said){ .terms = 0 };
	unsigned unmet = expect_judge(expect, on_unmet, said);
	ck_assert_uint_eq(unmet, said->terms);
	expect_destroy(expect);
	return unmet;
}

START_TEST(met)
{
	static const char *const texts[] = {
		"connections==2", "connections = 2", "connections>=2,connections<=2", "connections<3 and connections>1", "connections!=3",
		"refused", "no-reset", "!reset", "not reset", "! not refused", "not no-refused", "closed>=1", "handshake-complete==1", "!closed",
		"retransmissions<=5", "retransmissions==2", "retransmission==1", "packets>0", "packets==3", " no-loss , no-no-answer ",
		"no-open,no-half-closed,no-rejected,no-mid-stream", "missed-bytes=0", "bytes<18446744073709551615",
	};
	struct said said;
	for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++)
		ck_assert_msg(judge(texts[i], &said) == 0, "%s", texts[i]);
}
END_TEST

START_TEST(not_met)
{
	struct said said;

	ck_assert_uint_eq(judge("closed", &said), 1);
	ck_assert_str_eq(said.last, "closed");
	ck_assert_uint_eq(said.counted, 1);
	ck_assert_uint_eq(judge("refused, no-retransmission and connections >= 3", &said), 2);
	ck_assert_str_eq(said.last, "connections >= 3");
	ck_assert_uint_eq(said.counted, 2);
	ck_assert_uint_eq(judge("!refused ,packets", &said), 1);
	ck_assert_str_eq(said.last, "!refused");
	ck_assert_uint_eq(judge("reset", &said), 1);
	ck_assert_uint_eq(judge("handshake-complete", &said), 1);
}
END_TEST

START_TEST(complaints)
{
	static const struct {
		const char *text, *place;
	} cases[] = {
		{ "", "column 1 " }, { "   ", "column 4 " }, { "reset,", "column 7 " }, { "reset refused", "column 7 " }, { "resets", "column 1 " },
		{ "no-", "column 1 " }, { "no-no-reset", "column 1 " }, { "connections>=", "column 14 " }, { "connections>= -1", "column 15 " },
		{ "connections==18446744073709551616", "number is too large" }, { "connections=>3", "column 13 " }, { "!", "column 2 " },
		{ "reset,,refused", "column 7 " }, { "no-reset>1", "column 9 " }, { "(reset)", "column 1 " }, { "and", "column 1 " },
		{ "reset\x01", "column 6 " },
	};
	for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct expect *expect = NULL;
		struct synfin_error error = { 0 };
		ck_assert_int_eq(expect_create(&expect, cases[i].text, &error), SYNFIN_E_ARGUMENT);
		ck_assert_msg(strstr(error.text, cases[i].place) != NULL, "%s: %s", cases[i].text, error.text);
		ck_assert_ptr_null(expect);
	}
}
END_TEST

START_TEST(too_many)
{
	char text[1024] = "reset";
	struct expect *expect;
	struct synfin_error error = { 0 };

	for (unsigned i = 0; i < 64; i++)
		strcat(text, ",reset");
	ck_assert_int_eq(expect_create(&expect, text, &error), SYNFIN_E_ARGUMENT);
	ck_assert_ptr_nonnull(strstr(error.text, "too many"));
	text[64 * 6 - 1] = '\0';
	ck_assert_int_eq(expect_create(&expect, text, &error), 0);
	expect_destroy(expect);
}
END_TEST

static Suite *the_suite(void)
{
	Suite *suite = suite_create("expect");
	TCase *tests = tcase_create("expect");
	tcase_add_test(tests, met);
	tcase_add_test(tests, not_met);
	tcase_add_test(tests, complaints);
	tcase_add_test(tests, too_many);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(the_suite());
}
