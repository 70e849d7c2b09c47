/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/record.h"

#include <assert.h>
#include <string.h>

#include <synfin/event.h>

#include "views/zeek_state.h"

const char *record_state(const struct synfin_endpoint *end)
{
	return end->state == SYNFIN_UNKNOWN ? "UNKNOWN" : synfin_state_name(end->state);
}

static const char *const proof_names[] = {
	[SYNFIN_PROOF_UNKNOWN] = "unknown",
	[SYNFIN_PROOF_ASSUMED] = "assumed",
	[SYNFIN_PROOF_SEEN] = "seen",
};

const char *record_proof(const struct synfin_endpoint *end)
{
	return end->proof < sizeof proof_names / sizeof *proof_names ? proof_names[end->proof] : "unknown";
}

const char *record_role(const struct synfin_connection *connection, unsigned end)
{
	return end == connection->client ? "client" : "server";
}

unsigned record_vlan(uint16_t tags[2], uint32_t vlan)
{
	unsigned count = 0;

	for (unsigned shift = 16; shift <= 16; shift -= 16)
		if ((vlan >> shift & 0xffff) != 0xffff)
			tags[count++] = (uint16_t)(vlan >> shift & 0xffff);
	return count;
}

static void gather_end(struct record_end *record, const struct synfin_connection *connection, unsigned index)
{
	const struct synfin_endpoint *end = &connection->end[index];
	uint16_t both = connection->end[0].flags & connection->end[1].flags;
	float p90 = synfin_rtt_p90_ns(end);

	*record = (struct record_end){
		.address = connection->address[index],
		.port = connection->port[index],
		.state = record_state(end),
		.proof = record_proof(end),
		.seen = end->flags & SYNFIN_END_SEEN,
		.has_isn = end->flags & SYNFIN_END_ISN,
		.has_window = end->flags & SYNFIN_END_WINDOW,
		/* S4: an offer that the other end did not return has no effect. */
		.has_scale = both & SYNFIN_END_SCALE_OFFERED,
		.fin = end->flags & SYNFIN_END_FIN,
		.rst = end->flags & SYNFIN_END_RST,
		.isn = end->isn,
		.window = end->window,
		.window_scale = end->window_scale,
		.mss = end->mss,
		.packets = end->packets,
		.bytes = synfin_stream_bytes(end),
		.retransmitted_packets = end->retransmitted,
		.missed_bytes = end->missed,
		.rtt_samples = end->rtt_count,
		.rtt_min_ns = (int64_t)end->rtt_min_ns,
		.rtt_mean_ns = (int64_t)end->rtt_mean_ns,
		.rtt_max_ns = (int64_t)end->rtt_max_ns,
		/* Rounded as it is, it may lie above the longest. */
		.rtt_p90_ns = (int64_t)(p90 < end->rtt_max_ns ? p90 : end->rtt_max_ns),
	};
}

static int64_t known_rtt(uint32_t rtt_ns)
{
	return rtt_ns == UINT32_MAX ? -1 : (int64_t)rtt_ns;
}

static void gather_handshake(struct connection_record *record, const struct synfin_connection *connection)
{
	record->handshake_complete = connection->flags & SYNFIN_CONN_ESTABLISHED;
	record->syn_rtt_ns = known_rtt(connection->syn_rtt_ns);
	record->ack_rtt_ns = known_rtt(connection->ack_rtt_ns);
	/* T1: their sum, where both are known. */
	record->rtt_ns = record->syn_rtt_ns < 0 || record->ack_rtt_ns < 0 ? -1 : record->syn_rtt_ns + record->ack_rtt_ns;
	record->syn_tries = connection->syn_tries;
}

/* X3: the kinds of RST have the names of their events. */
static const char *reset_kind(uint16_t flags)
{
	if (flags & SYNFIN_CONN_REFUSED)
		return synfin_event_name(SYNFIN_EVENT_REFUSED);
	if (flags & SYNFIN_CONN_REJECTED)
		return synfin_event_name(SYNFIN_EVENT_HANDSHAKE_REJECTED);
	if (flags & SYNFIN_CONN_ANSWERED)
		return synfin_event_name(SYNFIN_EVENT_ANSWERED);
	return synfin_event_name(SYNFIN_EVENT_ABORTED);
}

static void gather_close(struct connection_record *record, const struct synfin_connection *connection)
{
	bool fin = connection->steps & SYNFIN_STEP_TEARDOWN_1;

	record->half_closed_ns = synfin_half_closed_ns(connection);
	if (fin)
		record->close_first = record_role(connection, connection->closer);
	/* A RST after the first FIN is what ended it, but not what began the end. */
	for (unsigned i = 0; i < 2 && !record->close_first; i++)
		if ((connection->flags & SYNFIN_CONN_RESET) && (connection->end[i].flags & SYNFIN_END_RST))
			record->close_first = record_role(connection, i);
	if (connection->flags & (SYNFIN_CONN_RESET | SYNFIN_CONN_RST_PENDING))
		record->close_kind = reset_kind(connection->flags);
	else if (fin)
		record->close_kind = "fin";
}

/* The history keeps the first letters only; what ended the connection must not get lost behind them. */
static const char *conn_state(const struct connection_record *record)
{
	char letters[SYNFIN_HISTORY_MAX + 5];
	size_t length = strlen(record->history);
	const struct {
		bool sent;
		char letter;
	} ends[] = { { record->client.fin, 'F' }, { record->server.fin, 'f' }, { record->client.rst, 'R' }, { record->server.rst, 'r' } };

	memcpy(letters, record->history, length + 1);
	for (unsigned i = 0; length >= SYNFIN_HISTORY_MAX && i < sizeof ends / sizeof *ends; i++)
		if (ends[i].sent && !strchr(record->history, ends[i].letter)) {
			letters[length++] = ends[i].letter;
			letters[length] = '\0';
		}
	return zeek_state(letters, record->client.bytes + record->server.bytes == 0);
}

void record_gather(struct connection_record *record, const struct synfin_connection *connection)
{
	*record = (struct connection_record){
		.id = connection->id,
		.start_ns = connection->first_ns,
		.end_ns = connection->last_ns,
		.ip_version = connection->ip_version,
		.roles_guessed = connection->flags & SYNFIN_CONN_ROLES_GUESSED,
		.outcome = synfin_outcome_name(synfin_connection_outcome(connection)),
		.incarnation = connection->incarnation,
		.tunnel = connection->tunnel,
		.mid_stream = connection->flags & SYNFIN_CONN_MID_STREAM,
		.one_sided = connection->flags & SYNFIN_CONN_ONE_SIDED,
		.simultaneous_open = connection->flags & SYNFIN_CONN_SIMULTANEOUS_OPEN,
		.simultaneous_close = connection->flags & SYNFIN_CONN_SIMULTANEOUS_CLOSE,
		.challenged = connection->flags & SYNFIN_CONN_CHALLENGED,
		.clock_backwards = connection->flags & SYNFIN_CONN_CLOCK_BACKWARDS,
	};
	connection_uid(record->uid, connection);
	community_id(record->community_id, connection->address, connection->port, connection->ip_version);
	gather_end(&record->client, connection, connection->client);
	gather_end(&record->server, connection, !connection->client);
	(void)synfin_history(connection, record->history);
	record->conn_state = conn_state(record);
	record->missed_bytes = record->client.missed_bytes + record->server.missed_bytes;
	gather_handshake(record, connection);
	gather_close(record, connection);
	record->vlan_count = record_vlan(record->vlan, connection->vlan);
}

static void gather_name(struct record_end *end, struct hosts *hosts)
{
	struct host_name name = hosts_name(hosts, &end->address);

	if (name.length)
		memcpy(end->name, name.text, name.length);
	end->name[name.length] = '\0';
}

void record_names(struct connection_record *record, struct hosts *hosts)
{
	gather_name(&record->client, hosts);
	gather_name(&record->server, hosts);
}
