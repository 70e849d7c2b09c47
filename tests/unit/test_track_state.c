/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The state table, cell by cell, against a table of its own: RFC 9293 s3.10 read once more, in the short form of a page.
 */
#include <string.h>

#include "suite.h"
#include "track/state.h"

/* C CLOSED, L LISTEN, s SYN_SENT, r SYN_RECEIVED, E ESTABLISHED, 1 FIN_WAIT_1, 2 FIN_WAIT_2, W CLOSE_WAIT, c CLOSING, A LAST_ACK, T TIME_WAIT, ? UNKNOWN */
static const char letters[] = "CLsrE12WcAT?";

static const struct {
	enum synfin_state state;
	const char *next; /* one letter an input, in the order of the columns; . stays */
} rows[] = {
	/*                            transmit        receive
	 *                       S SA seg TFO aF F R  S SA aS aF F R  2MSL */
	{ SYNFIN_CLOSED,       "s" "r" "." "." "." "." "." "." "." "." "." "." "." "." },
	{ SYNFIN_LISTEN,       "s" "r" "." "." "." "." "." "r" "." "." "." "." "." "." },
	{ SYNFIN_SYN_SENT,     "." "r" "E" "." "W" "." "C" "r" "E" "." "." "." "C" "." },
	{ SYNFIN_SYN_RECEIVED, "." "." "E" "." "W" "1" "C" "." "E" "E" "." "W" "C" "." },
	{ SYNFIN_ESTABLISHED,  "." "." "." "." "W" "1" "C" "." "." "." "." "W" "C" "." },
	{ SYNFIN_FIN_WAIT_1,   "." "." "." "." "c" "." "C" "." "." "." "2" "c" "C" "." },
	{ SYNFIN_FIN_WAIT_2,   "." "." "." "." "T" "." "C" "." "." "." "." "T" "C" "." },
	{ SYNFIN_CLOSE_WAIT,   "." "." "." "." "." "A" "C" "." "." "." "." "." "C" "." },
	{ SYNFIN_CLOSING,      "." "." "." "." "." "." "C" "." "." "." "T" "." "C" "." },
	{ SYNFIN_LAST_ACK,     "." "." "." "." "." "." "C" "." "." "." "C" "." "C" "." },
	{ SYNFIN_TIME_WAIT,    "." "." "." "." "." "." "C" "." "." "." "." "." "C" "C" },
	{ SYNFIN_UNKNOWN,      "s" "r" "E" "E" "W" "1" "C" "r" "E" "E" "." "W" "C" "." },
};

static const enum input columns[] = {
	TX_SYN, TX_SYN_ACK, TX_SEGMENT, TX_FAST_OPEN, TX_ACKS_FIN, TX_FIN, TX_RST,
	RX_SYN, RX_SYN_ACK, RX_ACKS_SYN, RX_ACKS_FIN, RX_FIN, RX_RST, TIMEOUT,
};

START_TEST(every_cell)
{
	ck_assert_uint_eq(sizeof(rows) / sizeof(rows[0]), SYNFIN_STATES);
	ck_assert_uint_eq(sizeof(columns) / sizeof(columns[0]), INPUTS);
	for (unsigned row = 0; row < SYNFIN_STATES; row++) {
		ck_assert_uint_eq(strlen(rows[row].next), INPUTS);
		for (unsigned column = 0; column < INPUTS; column++) {
			const struct transition *cell = state_transition(rows[row].state, columns[column]);
			char expected = rows[row].next[column] == '.' ? letters[rows[row].state] : rows[row].next[column];
			ck_assert_msg(letters[cell->next] == expected, "%s, %s: expected %c, got %c", synfin_state_name(rows[row].state),
				state_input_name(columns[column]), expected, letters[cell->next]);
		}
	}
}
END_TEST

START_TEST(every_cell_cites)
{
	for (unsigned state = 0; state < SYNFIN_STATES; state++)
		for (unsigned input = 0; input < INPUTS; input++) {
			const char *section = state_transition(state, input)->section;
			ck_assert_ptr_nonnull(section);
			ck_assert_msg(strncmp(section, "3.", 2) == 0 || strncmp(section, "RFC ", 4) == 0, "%s", section);
		}
}
END_TEST

/* The cells with an event are these and no others. */
START_TEST(events)
{
	for (unsigned state = 0; state < SYNFIN_STATES; state++)
		for (unsigned input = 0; input < INPUTS; input++) {
			unsigned expected = NO_EVENT;
			if (state == SYNFIN_SYN_SENT && input == RX_SYN)
				expected = SYNFIN_EVENT_SIMULTANEOUS_OPEN;
			if (state == SYNFIN_FIN_WAIT_1 && input == RX_FIN)
				expected = SYNFIN_EVENT_SIMULTANEOUS_CLOSE;
			ck_assert_uint_eq(state_transition(state, input)->event, expected);
		}
}
END_TEST

START_TEST(names)
{
	ck_assert_str_eq(synfin_state_name(SYNFIN_SYN_RECEIVED), "SYN_RECEIVED");
	ck_assert_str_eq(synfin_state_name(SYNFIN_UNKNOWN), "?");
	ck_assert_str_eq(synfin_state_name(SYNFIN_STATES), "?");
	ck_assert_str_eq(state_input_name(RX_ACKS_FIN), "RX_ACKS_FIN");
	for (unsigned kind = 0; kind < SYNFIN_EVENTS; kind++)
		ck_assert_uint_gt(strlen(synfin_event_name(kind)), 0);
	ck_assert_str_eq(synfin_event_name(SYNFIN_EVENTS), "");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("state table");
	TCase *cells = tcase_create("cells");

	tcase_add_test(cells, every_cell);
	tcase_add_test(cells, every_cell_cites);
	tcase_add_test(cells, events);
	tcase_add_test(cells, names);
	suite_add_tcase(suite, cells);
	return suite_main(suite);
}
