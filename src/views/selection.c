/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/selection.h"

#include <arpa/inet.h>
#include <assert.h>
#include <string.h>

#include "base/error.h"
#include "views/state_names.h"

static_assert(SYNFIN_EVENTS <= 64, "a bit for each kind of event");

#define HANDSHAKE_STEPS (SYNFIN_STEP_HANDSHAKE_1 | SYNFIN_STEP_HANDSHAKE_2 | SYNFIN_STEP_HANDSHAKE_3)
#define BIT(event) (UINT64_C(1) << SYNFIN_EVENT_##event)
/* A connection that these end has no teardown, and a handshake that they end was one. */
#define REFUSALS (BIT(REFUSED) | BIT(HANDSHAKE_REJECTED))
#define ENDS (BIT(ABORTED) | BIT(ANSWERED) | BIT(CLOSED) | REFUSALS)

typedef int take_word(struct selection *selection, const char *word, size_t n, struct synfin_error *error);

static int take_words(struct selection *selection, const char *list, take_word *take, struct synfin_error *error)
{
	for (;;) {
		size_t n = strcspn(list, ",");
		int status = take(selection, list, n, error);
		if (status < 0 || list[n] == '\0')
			return status;
		list += n + 1;
	}
}

static int refuse(struct synfin_error *error, const char *what, const char *word, size_t n, const char *right)
{
	return error_set(error, SYNFIN_E_ARGUMENT, NULL, "%s '%.*s': %s", what, n > 80 ? 80 : (int)n, word, right);
}

/* Decimal digits and nothing else, at most `most`. */
static bool read_number(const char *text, size_t n, uint64_t most, uint64_t *number)
{
	*number = 0;
	for (size_t i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9' || *number > (most - (uint64_t)(text[i] - '0')) / 10)
			return false;
		*number = *number * 10 + (uint64_t)(text[i] - '0');
	}
	return n > 0;
}

static bool read_address(const char *text, size_t n, struct synfin_address *address)
{
	char copy[INET6_ADDRSTRLEN];

	if (n >= sizeof copy)
		return false;
	memcpy(copy, text, n);
	copy[n] = '\0';
	if (inet_pton(AF_INET6, copy, address->bytes) == 1)
		return true;
	memcpy(address->bytes, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);
	return inet_pton(AF_INET, copy, address->bytes + 12) == 1;
}

/* 192.0.2.80, 192.0.2.80:80, 192.0.2.80.80 as lines have it, 2001:db8::1, [2001:db8::1], [2001:db8::1]:80 */
static bool read_endpoint(const char *text, size_t n, struct selection_endpoint *endpoint)
{
	const char *close = *text == '[' ? memchr(text, ']', n) : NULL;
	uint64_t port = 0;
	size_t address = n;

	endpoint->any_port = true;
	if (close) {
		size_t rest = n - (size_t)(close + 1 - text);
		endpoint->any_port = rest == 0;
		endpoint->port = 0;
		if (rest && (close[1] != ':' || !read_number(close + 2, rest - 1, UINT16_MAX, &port)))
			return false;
		endpoint->port = (uint16_t)port;
		return read_address(text + 1, (size_t)(close - text) - 1, &endpoint->address);
	}
	if (read_address(text, n, &endpoint->address))
		return true;
	while (address > 0 && text[address - 1] != ':' && text[address - 1] != '.')
		address--;
	if (address == 0 || !read_number(text + address, n - address, UINT16_MAX, &port))
		return false;
	endpoint->any_port = false;
	endpoint->port = (uint16_t)port;
	return read_address(text, address - 1, &endpoint->address);
}

static int take_connection(struct selection *selection, const char *word, size_t n, struct synfin_error *error)
{
	bool named = n > 1 && *word == 'c';
	uint64_t id;

	if (read_number(word + named, n - named, UINT64_MAX, &id)) {
		if (selection->id_count == SELECTION_IDS)
			return error_set(error, SYNFIN_E_ARGUMENT, NULL, "more than %d connections", SELECTION_IDS);
		selection->ids[selection->id_count++] = id;
		return SYNFIN_OK;
	}
	if (selection->endpoint_count == SELECTION_ENDPOINTS)
		return error_set(error, SYNFIN_E_ARGUMENT, NULL, "more than %d addresses", SELECTION_ENDPOINTS);
	if (n == 0 || !read_endpoint(word, n, &selection->endpoints[selection->endpoint_count]))
		return refuse(error, "no connection", word, n, "it is a number, ADDRESS, ADDRESS:PORT or [ADDRESS]:PORT");
	selection->endpoint_count++;
	return SYNFIN_OK;
}

static int take_part(struct selection *selection, const char *word, size_t n, struct synfin_error *error)
{
	static const char *const words[] = { "handshake", "teardown", "problem" };
	for (unsigned i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i]) == n && memcmp(words[i], word, n) == 0) {
			selection->parts |= 1u << i;
			return SYNFIN_OK;
		}
	return refuse(error, "no part of a connection", word, n, "there are handshake, teardown and problem");
}

static int take_state(struct selection *selection, const char *word, size_t n, struct synfin_error *error)
{
	unsigned state = state_by_name(word, n);
	if (state == SYNFIN_STATES)
		return refuse(error, "no state", word, n, "synfin(1) lists them");
	selection->states |= 1u << state;
	return SYNFIN_OK;
}

static int take_event(struct selection *selection, const char *word, size_t n, struct synfin_error *error)
{
	for (unsigned kind = 0; kind < SYNFIN_EVENTS; kind++) {
		const char *name = synfin_event_name(kind);
		size_t i = 0;
		while (i < n && name[i] && (name[i] == word[i] || (name[i] == '_' && word[i] == '-')))
			i++;
		if (i == n && name[i] == '\0') {
			selection->events |= UINT64_C(1) << kind;
			return SYNFIN_OK;
		}
	}
	return refuse(error, "no event", word, n, "synfin-json(5) lists them");
}

int selection_add_connections(struct selection *selection, const char *list, struct synfin_error *error)
{
	return take_words(selection, list, take_connection, error);
}

int selection_add_parts(struct selection *selection, const char *list, struct synfin_error *error)
{
	return take_words(selection, list, take_part, error);
}

int selection_add_states(struct selection *selection, const char *list, struct synfin_error *error)
{
	return take_words(selection, list, take_state, error);
}

int selection_add_events(struct selection *selection, const char *list, struct synfin_error *error)
{
	return take_words(selection, list, take_event, error);
}

bool selection_is_all(const struct selection *selection)
{
	return !selection->parts && !selection->states && !selection->events && !selection->id_count && !selection->endpoint_count;
}

bool selection_has_connection(const struct selection *selection, const struct synfin_connection *connection)
{
	if (!selection->id_count && !selection->endpoint_count)
		return true;
	for (unsigned i = 0; i < selection->id_count; i++)
		if (selection->ids[i] == connection->id)
			return true;
	for (unsigned i = 0; i < 2 * selection->endpoint_count; i++) {
		const struct selection_endpoint *wanted = &selection->endpoints[i / 2];
		if (memcmp(&wanted->address, &connection->address[i & 1], sizeof wanted->address) == 0 &&
			(wanted->any_port || wanted->port == connection->port[i & 1]))
			return true;
	}
	return false;
}

/* A warning is a problem. */
static bool has_problem(uint64_t events)
{
	for (unsigned kind = 0; kind < SYNFIN_EVENTS; kind++)
		if ((events >> kind & 1) && synfin_event_severity(kind) == SYNFIN_SEVERITY_WARNING)
			return true;
	return false;
}

bool selection_has_packet(const struct selection *selection, const struct synfin_observation *observation, uint64_t events)
{
	const struct synfin_connection *connection = observation->connection;
	unsigned states = 1u << connection->end[0].state | 1u << connection->end[1].state;
	unsigned parts = 0;

	if (!selection_has_connection(selection, connection))
		return false;
	if (selection->states && !(selection->states & states))
		return false;
	if (selection->events && !(selection->events & events))
		return false;
	if (!selection->parts)
		return true;
	if ((observation->steps & HANDSHAKE_STEPS) || (events & REFUSALS))
		parts |= SELECTION_HANDSHAKE;
	if ((observation->steps & ~(unsigned)HANDSHAKE_STEPS) || (events & (ENDS & ~REFUSALS)))
		parts |= SELECTION_TEARDOWN;
	if ((selection->parts & SELECTION_PROBLEM) && has_problem(events))
		parts |= SELECTION_PROBLEM;
	return parts & selection->parts;
}
