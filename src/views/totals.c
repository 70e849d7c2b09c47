/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/totals.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

#include "views/text.h"
#include "views/text_parts.h"

/* More pairs than that say nothing; the rest is counted together. */
enum { PAIRS_SHOWN = 8 };

void totals_add(struct totals *totals, const struct synfin_connection *connection)
{
	const struct synfin_endpoint *client = &connection->end[connection->client];
	const struct synfin_endpoint *server = &connection->end[!connection->client];

	totals->connections++;
	totals->outcomes[synfin_connection_outcome(connection)]++;
	totals->states[client->state][server->state]++;
	totals->packets += (uint64_t)client->packets + server->packets;
	totals->retransmitted += (uint64_t)client->retransmitted + server->retransmitted;
	totals->client_bytes += synfin_stream_bytes(client);
	totals->server_bytes += synfin_stream_bytes(server);
}

static const char *words_of(unsigned outcome)
{
	static const char *const words[SYNFIN_OUTCOMES] = {
		[SYNFIN_OUTCOME_OPEN] = N_("open"),
		[SYNFIN_OUTCOME_HALF_CLOSED] = N_("half-closed"),
		[SYNFIN_OUTCOME_CLOSED] = N_("closed"),
		[SYNFIN_OUTCOME_RESET] = N_("reset"),
		[SYNFIN_OUTCOME_REFUSED] = N_("refused"),
		[SYNFIN_OUTCOME_NO_ANSWER] = N_("unanswered"),
		[SYNFIN_OUTCOME_HANDSHAKE_REJECTED] = N_("rejected"),
		[SYNFIN_OUTCOME_MID_STREAM] = N_("without beginning"),
	};
	return T(words[outcome]);
}

/* "3 closed"; in some languages the number stands behind what it counts. */
static void put_counted(struct output *out, uint64_t number, const char *what)
{
	char digits[24];

	snprintf(digits, sizeof digits, "%" PRIu64, number);
	output_format(out, T("%s %s"), digits, what);
}

static void put_outcomes(struct output *out, const struct totals *totals)
{
	const char *before = ": ";

	put_counted(out, totals->connections, totals->connections == 1 ? T("connection") : T("connections"));
	for (unsigned i = 0; i < SYNFIN_OUTCOMES; i++) {
		if (!totals->outcomes[i])
			continue;
		output_text(out, before);
		put_counted(out, totals->outcomes[i], words_of(i));
		before = ", ";
	}
	output_char(out, '\n');
}

static void put_traffic(struct output *out, const struct totals *totals)
{
	put_counted(out, totals->packets, totals->packets == 1 ? T("packet") : T("packets"));
	output_text(out, ", ");
	put_counted(out, totals->retransmitted, T("retransmitted"));
	output_text(out, "; ");
	output_text(out, T("bytes"));
	output_char(out, ' ');
	text_amount(out, totals->client_bytes);
	output_char(out, '/');
	text_amount(out, totals->server_bytes);
	output_char(out, '\n');
}

/* The most frequent pair of states among those that are rarer than, or come after, the one before; false if there is none. */
static bool next_pair(const struct totals *totals, unsigned *client, unsigned *server, bool first)
{
	const uint64_t *counts = &totals->states[0][0];
	size_t before = *client * (size_t)SYNFIN_STATES + *server, found = SIZE_MAX;

	for (size_t i = 0; i < (size_t)SYNFIN_STATES * SYNFIN_STATES; i++) {
		bool later = first || counts[i] < counts[before] || (i > before && counts[i] == counts[before]);
		if (counts[i] && later && (found == SIZE_MAX || counts[i] > counts[found]))
			found = i;
	}
	if (found == SIZE_MAX)
		return false;
	*client = (unsigned)(found / SYNFIN_STATES);
	*server = (unsigned)(found % SYNFIN_STATES);
	return true;
}

static void put_states(struct output *out, const struct totals *totals, enum state_names names)
{
	unsigned client = 0, server = 0;
	uint64_t rest = totals->connections;
	char pair[64];

	output_text(out, T("States:"));
	for (unsigned i = 0; i < PAIRS_SHOWN && next_pair(totals, &client, &server, i == 0); i++) {
		snprintf(pair, sizeof pair, "%s/%s", state_name(names, client), state_name(names, server));
		output_text(out, i ? ", " : " ");
		put_counted(out, totals->states[client][server], pair);
		rest -= totals->states[client][server];
	}
	if (rest) {
		output_text(out, ", ");
		put_counted(out, rest, T("others"));
	}
	output_char(out, '\n');
}

void totals_print(struct output *out, const struct totals *totals, enum state_names names)
{
	put_outcomes(out, totals);
	if (totals->connections)
		put_traffic(out, totals);
	if (totals->connections > 1)
		put_states(out, totals, names);
}
