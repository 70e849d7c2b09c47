/* SPDX-License-Identifier: BSD-3-Clause */
/* What can be read off a connection's record, and the names of things. */
#include <assert.h>

#include <synfin/connection.h>
#include <synfin/event.h>

#include "track/history.h"

int64_t synfin_acknowledged(const struct synfin_endpoint *end)
{
	return end->next - end->unacked;
}

uint64_t synfin_stream_bytes(const struct synfin_endpoint *end)
{
	int64_t bytes = end->next - 1 - (end->flags & SYNFIN_END_FIN ? 1 : 0);

	return (end->flags & SYNFIN_END_BASE) && bytes > 0 ? (uint64_t)bytes : 0;
}

int64_t synfin_half_closed_ns(const struct synfin_connection *connection)
{
	const unsigned both = SYNFIN_STEP_TEARDOWN_2 | SYNFIN_STEP_TEARDOWN_3;

	return (connection->steps & both) == both ? endpoint_half_closed(&connection->end[connection->closer]) : -1;
}

enum synfin_outcome synfin_connection_outcome(const struct synfin_connection *connection)
{
	const unsigned closed = SYNFIN_STEP_TEARDOWN_1 | SYNFIN_STEP_TEARDOWN_2 | SYNFIN_STEP_TEARDOWN_3 | SYNFIN_STEP_TEARDOWN_4;
	const struct synfin_endpoint *server = &connection->end[!connection->client];

	if (connection->flags & SYNFIN_CONN_REFUSED)
		return SYNFIN_OUTCOME_REFUSED;
	if (connection->flags & SYNFIN_CONN_REJECTED)
		return SYNFIN_OUTCOME_HANDSHAKE_REJECTED;
	if (connection->flags & (SYNFIN_CONN_RESET | SYNFIN_CONN_RST_PENDING))
		return SYNFIN_OUTCOME_RESET;
	if ((connection->steps & closed) == closed)
		return SYNFIN_OUTCOME_CLOSED;
	if (connection->steps & SYNFIN_STEP_TEARDOWN_1)
		return SYNFIN_OUTCOME_HALF_CLOSED;
	if (connection->flags & SYNFIN_CONN_MID_STREAM)
		return SYNFIN_OUTCOME_MID_STREAM;
	/* Whose answer was not captured did answer, if the client acknowledges it (O1): then it has a base. */
	if ((connection->steps & SYNFIN_STEP_HANDSHAKE_1) && !(server->flags & (SYNFIN_END_SEEN | SYNFIN_END_BASE)))
		return SYNFIN_OUTCOME_NO_ANSWER;
	return SYNFIN_OUTCOME_OPEN;
}

static const char *const state_names[] = {
	[SYNFIN_CLOSED] = "CLOSED",
	[SYNFIN_LISTEN] = "LISTEN",
	[SYNFIN_SYN_SENT] = "SYN_SENT",
	[SYNFIN_SYN_RECEIVED] = "SYN_RECEIVED",
	[SYNFIN_ESTABLISHED] = "ESTABLISHED",
	[SYNFIN_FIN_WAIT_1] = "FIN_WAIT_1",
	[SYNFIN_FIN_WAIT_2] = "FIN_WAIT_2",
	[SYNFIN_CLOSE_WAIT] = "CLOSE_WAIT",
	[SYNFIN_CLOSING] = "CLOSING",
	[SYNFIN_LAST_ACK] = "LAST_ACK",
	[SYNFIN_TIME_WAIT] = "TIME_WAIT",
	[SYNFIN_UNKNOWN] = "?",
};
static_assert(sizeof(state_names) / sizeof(state_names[0]) == SYNFIN_STATES, "a name for every state");

const char *synfin_state_name(unsigned state)
{
	return state < SYNFIN_STATES ? state_names[state] : "?";
}

static const char *const outcome_names[] = {
	[SYNFIN_OUTCOME_OPEN] = "open",
	[SYNFIN_OUTCOME_HALF_CLOSED] = "half_closed",
	[SYNFIN_OUTCOME_CLOSED] = "closed",
	[SYNFIN_OUTCOME_RESET] = "reset",
	[SYNFIN_OUTCOME_REFUSED] = "refused",
	[SYNFIN_OUTCOME_NO_ANSWER] = "no_answer",
	[SYNFIN_OUTCOME_HANDSHAKE_REJECTED] = "handshake_rejected",
	[SYNFIN_OUTCOME_MID_STREAM] = "mid_stream",
};
static_assert(sizeof(outcome_names) / sizeof(outcome_names[0]) == SYNFIN_OUTCOMES, "a name for every outcome");

const char *synfin_outcome_name(unsigned outcome)
{
	return outcome < SYNFIN_OUTCOMES ? outcome_names[outcome] : "";
}

static const struct {
	const char *name;
	const char *message;
	enum synfin_severity severity;
} event_kinds[] = {
#define SYNFIN_EVENT(symbol, name, severity, message) [SYNFIN_EVENT_##symbol] = { name, message, SYNFIN_SEVERITY_##severity },
#include <synfin/events.def>
#undef SYNFIN_EVENT
};

const char *synfin_event_name(unsigned kind)
{
	return kind < SYNFIN_EVENTS ? event_kinds[kind].name : "";
}

const char *synfin_event_message(unsigned kind)
{
	return kind < SYNFIN_EVENTS ? event_kinds[kind].message : "";
}

enum synfin_severity synfin_event_severity(unsigned kind)
{
	return kind < SYNFIN_EVENTS ? event_kinds[kind].severity : SYNFIN_SEVERITY_INFO;
}
