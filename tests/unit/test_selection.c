/* SPDX-License-Identifier: BSD-3-Clause */
/* Which packets a selection has, and which words make one; the names of states, by which it goes too. */
#include <string.h>

#include "suite.h"
#include "views/selection.h"
#include "views/state_names.h"

static struct selection selection;
static struct synfin_connection connection;
static struct synfin_observation observation;
static struct synfin_error error;

static void setup(void)
{
	static const uint8_t v4[16] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 80 };
	selection = (struct selection){ 0 };
	connection = (struct synfin_connection){ .id = 7, .port = { 80, 52044 } };
	memcpy(connection.address[0].bytes, v4, 16);
	connection.address[1].bytes[15] = 1;
	connection.end[0].state = SYNFIN_ESTABLISHED;
	connection.end[1].state = SYNFIN_SYN_RECEIVED;
	observation = (struct synfin_observation){ .connection = &connection };
}

static bool has(uint64_t events)
{
	return selection_has_packet(&selection, &observation, events);
}

static bool has_connection(const char *list)
{
	setup();
	ck_assert_int_eq(selection_add_connections(&selection, list, &error), 0);
	return has(0);
}

START_TEST(empty_has_all)
{
	ck_assert(selection_is_all(&selection));
	ck_assert(has(0));
}
END_TEST

START_TEST(connections)
{
	ck_assert(has_connection("3,7"));
	ck_assert(has_connection("c7"));
	ck_assert(!has_connection("3,8"));
	ck_assert(has_connection("192.0.2.80"));
	ck_assert(has_connection("192.0.2.80:80"));
	ck_assert(has_connection("192.0.2.80.80"));
	ck_assert(!has_connection("192.0.2.80:81"));
	/* The port belongs to its address. */
	ck_assert(!has_connection("192.0.2.80:52044"));
	ck_assert(has_connection("::1"));
	ck_assert(has_connection("[::1]"));
	ck_assert(has_connection("[::1]:52044"));
	ck_assert(has_connection("1,[::2]:9,[::1]:52044"));
	ck_assert(!has_connection("[::1]:80"));
}
END_TEST

START_TEST(no_connections)
{
	static const char *const wrong[] = { "", "3,", "c", "x", "192.0.2", "192.0.2.80:", "192.0.2.80:65536", "[::1", "[::1]80", "[::1]:", "-3",
		"99999999999999999999", "192.0.2.80:8x", ":80", "[]", "]" };
	for (unsigned i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		setup();
		ck_assert_msg(selection_add_connections(&selection, wrong[i], &error) == SYNFIN_E_ARGUMENT, "%s", wrong[i]);
		ck_assert(*error.text);
	}
}
END_TEST

START_TEST(parts)
{
	ck_assert_int_eq(selection_add_parts(&selection, "handshake,problem", &error), 0);
	ck_assert(!has(0));
	ck_assert(has(UINT64_C(1) << SYNFIN_EVENT_RETRANSMISSION));
	ck_assert(!has(UINT64_C(1) << SYNFIN_EVENT_WINDOW_UPDATE));
	observation.steps = SYNFIN_STEP_HANDSHAKE_3;
	ck_assert(has(0));
	observation.steps = SYNFIN_STEP_TEARDOWN_1;
	ck_assert(!has(0));
	ck_assert_int_eq(selection_add_parts(&selection, "teardown", &error), 0);
	ck_assert(has(0));
	ck_assert_int_eq(selection_add_parts(&selection, "hand", &error), SYNFIN_E_ARGUMENT);
}
END_TEST

START_TEST(states)
{
	ck_assert_int_eq(selection_add_states(&selection, "time-wait", &error), 0);
	ck_assert(!has(0));
	/* Either end, by whatever name. */
	ck_assert_int_eq(selection_add_states(&selection, "SYN_RECV", &error), 0);
	ck_assert(has(0));
	ck_assert_int_eq(selection_add_states(&selection, "OPEN", &error), SYNFIN_E_ARGUMENT);
}
END_TEST

START_TEST(events)
{
	ck_assert_int_eq(selection_add_events(&selection, "reset,fast-retransmission", &error), 0);
	ck_assert(!has(UINT64_C(1) << SYNFIN_EVENT_RETRANSMISSION));
	ck_assert(has(UINT64_C(1) << SYNFIN_EVENT_FAST_RETRANSMISSION));
	ck_assert(has(UINT64_C(1) << SYNFIN_EVENT_ABORTED));
	ck_assert_int_eq(selection_add_events(&selection, "resets", &error), SYNFIN_E_ARGUMENT);
	ck_assert_int_eq(selection_add_events(&selection, "", &error), SYNFIN_E_ARGUMENT);
}
END_TEST

/* What several ask for must all hold. */
START_TEST(together)
{
	ck_assert_int_eq(selection_add_connections(&selection, "7", &error), 0);
	ck_assert_int_eq(selection_add_states(&selection, "ESTAB", &error), 0);
	ck_assert(has(0));
	connection.id = 8;
	ck_assert(!has(0));
}
END_TEST

START_TEST(too_many)
{
	for (unsigned i = 0; i < SELECTION_IDS; i++)
		ck_assert_int_eq(selection_add_connections(&selection, "5", &error), 0);
	ck_assert_int_eq(selection_add_connections(&selection, "7", &error), SYNFIN_E_ARGUMENT);
	for (unsigned i = 0; i < SELECTION_ENDPOINTS; i++)
		ck_assert_int_eq(selection_add_connections(&selection, "::", &error), 0);
	ck_assert_int_eq(selection_add_connections(&selection, "::", &error), SYNFIN_E_ARGUMENT);
}
END_TEST

START_TEST(names)
{
	ck_assert_str_eq(state_name(STATE_NAMES_RFC, SYNFIN_SYN_RECEIVED), "SYN_RECEIVED");
	ck_assert_str_eq(state_name(STATE_NAMES_NETSTAT, SYNFIN_SYN_RECEIVED), "SYN_RECV");
	ck_assert_str_eq(state_name(STATE_NAMES_SS, SYNFIN_SYN_RECEIVED), "SYN-RECV");
	ck_assert_str_eq(state_name(STATE_NAMES_WINDOWS, SYNFIN_LISTEN), "LISTENING");
	ck_assert_str_eq(state_name(STATE_NAMES, SYNFIN_LISTEN), "?");
	for (unsigned set = 0; set < STATE_NAMES; set++)
		for (unsigned state = 0; state < SYNFIN_STATES; state++) {
			const char *name = state_name((enum state_names)set, state);
			ck_assert_uint_le(strlen(name), STATE_NAME_MAX);
			ck_assert_uint_eq(state_by_name(name, strlen(name)), state);
		}
	for (unsigned state = 0; state < SYNFIN_STATES; state++)
		ck_assert_str_eq(state_name(STATE_NAMES_RFC, state), synfin_state_name(state));
	ck_assert_uint_eq(state_by_name("UNKNOWN", 7), SYNFIN_UNKNOWN);
	ck_assert_uint_eq(state_by_name("", 0), SYNFIN_STATES);
}
END_TEST

static Suite *selection_suite(void)
{
	Suite *suite = suite_create("selection");
	TCase *tests = tcase_create("selection");
	tcase_add_checked_fixture(tests, setup, NULL);
	tcase_add_test(tests, empty_has_all);
	tcase_add_test(tests, connections);
	tcase_add_test(tests, no_connections);
	tcase_add_test(tests, parts);
	tcase_add_test(tests, states);
	tcase_add_test(tests, events);
	tcase_add_test(tests, together);
	tcase_add_test(tests, too_many);
	tcase_add_test(tests, names);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(selection_suite());
}
