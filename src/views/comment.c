/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/comment.h"

#include "views/text.h"
#include "views/text_parts.h"

static void put_ends(struct output *out, const struct synfin_connection *connection)
{
	unsigned client = connection->client & 1;
	output_char(out, 'c');
	output_decimal(out, connection->id);
	output_char(out, ' ');
	text_socket(out, NULL, connection, client, ':');
	output_text(out, " > ");
	text_socket(out, NULL, connection, !client, ':');
	output_text(out, ": ");
}

void comment_beginning(struct output *out, const struct synfin_connection *connection)
{
	put_ends(out, connection);
	output_text(out, connection->flags & SYNFIN_CONN_MID_STREAM ? T("under way already") : T("begins"));
}

static const char *outcome_words(enum synfin_outcome outcome)
{
	switch (outcome) {
	case SYNFIN_OUTCOME_HALF_CLOSED:
		return T("half-closed");
	case SYNFIN_OUTCOME_CLOSED:
		return T("closed");
	case SYNFIN_OUTCOME_RESET:
		return T("reset");
	case SYNFIN_OUTCOME_REFUSED:
		return T("refused");
	case SYNFIN_OUTCOME_NO_ANSWER:
		return T("no answer");
	case SYNFIN_OUTCOME_HANDSHAKE_REJECTED:
		return T("rejected");
	case SYNFIN_OUTCOME_OPEN:
	case SYNFIN_OUTCOME_MID_STREAM:
	case SYNFIN_OUTCOMES:
		break;
	}
	return T("open");
}

void comment_summary(struct output *out, const struct synfin_connection *connection)
{
	const struct synfin_endpoint *client = &connection->end[connection->client & 1], *server = &connection->end[!connection->client];
	uint64_t again = (uint64_t)client->retransmitted + server->retransmitted;
	uint64_t missed = (uint64_t)client->missed + server->missed;

	put_ends(out, connection);
	output_text(out, outcome_words(synfin_connection_outcome(connection)));
	if (connection->flags & SYNFIN_CONN_MID_STREAM)
		output_format(out, ", %s", T("no SYN"));
	if (connection->syn_rtt_ns != UINT32_MAX && connection->ack_rtt_ns != UINT32_MAX) {
		output_format(out, ", %s ", T("handshake"));
		text_milliseconds(out, (int64_t)connection->syn_rtt_ns + connection->ack_rtt_ns);
	}
	output_text(out, ", ");
	output_format(out, T("%llu/%llu bytes, %llu packets"), (unsigned long long)synfin_stream_bytes(client),
		(unsigned long long)synfin_stream_bytes(server), (unsigned long long)client->packets + server->packets);
	if (again) {
		output_text(out, ", ");
		output_format(out, T("%llu sent again"), (unsigned long long)again);
	}
	if (missed) {
		output_text(out, ", ");
		output_format(out, T("%llu bytes not captured"), (unsigned long long)missed);
	}
}
