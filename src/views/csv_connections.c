/* SPDX-License-Identifier: BSD-3-Clause */
/* Connections as CSV: the fields of the JSON record, an object's name in front of its members'. */
#include "views/csv.h"

struct end_names {
	const char *ip, *name, *port, *state, *proof, *packets, *bytes, *retransmitted_packets, *missed_bytes, *isn, *mss, *window_scale, *window;
	const char *fin, *rst, *rtt_samples, *rtt_min_ns, *rtt_mean_ns, *rtt_max_ns, *rtt_p90_ns;
};

#define END_NAMES(end) { \
	end "_ip", end "_name", end "_port", end "_state", end "_proof", end "_packets", end "_bytes", end "_retransmitted_packets", end "_missed_bytes", \
	end "_isn", end "_mss", end "_window_scale", end "_window", end "_fin", end "_rst", end "_rtt_samples", end "_rtt_min_ns", \
	end "_rtt_mean_ns", end "_rtt_max_ns", end "_rtt_p90_ns" }

static void put_end(struct csv *csv, const struct end_names *names, const struct record_end *end, unsigned ip_version)
{
	bool rtt = end->rtt_samples > 0;

	csv_address(csv, names->ip, &end->address, ip_version);
	csv_text(csv, names->name, end->name);
	csv_number(csv, names->port, true, end->port);
	csv_text(csv, names->state, end->state);
	csv_text(csv, names->proof, end->proof);
	csv_number(csv, names->packets, true, end->packets);
	csv_number(csv, names->bytes, true, end->bytes);
	csv_number(csv, names->retransmitted_packets, true, end->retransmitted_packets);
	csv_number(csv, names->missed_bytes, true, end->missed_bytes);
	csv_number(csv, names->isn, end->has_isn, end->isn);
	csv_number(csv, names->mss, end->mss, end->mss);
	csv_number(csv, names->window_scale, end->has_scale, end->window_scale);
	csv_number(csv, names->window, end->has_window, end->window);
	csv_bool(csv, names->fin, end->fin);
	csv_bool(csv, names->rst, end->rst);
	csv_number(csv, names->rtt_samples, true, end->rtt_samples);
	csv_number(csv, names->rtt_min_ns, rtt, (uint64_t)end->rtt_min_ns);
	csv_number(csv, names->rtt_mean_ns, rtt, (uint64_t)end->rtt_mean_ns);
	csv_number(csv, names->rtt_max_ns, rtt, (uint64_t)end->rtt_max_ns);
	csv_number(csv, names->rtt_p90_ns, rtt, (uint64_t)end->rtt_p90_ns);
}

static void put_row(struct csv *csv, const struct connection_record *record)
{
	static const struct end_names client = END_NAMES("client"), server = END_NAMES("server");

	csv_number(csv, "conn", true, record->id);
	csv_text(csv, "uid", record->uid);
	csv_text(csv, "community_id", record->community_id);
	csv_time(csv, "start", record->start_ns);
	csv_time(csv, "end", record->end_ns);
	put_end(csv, &client, &record->client, record->ip_version);
	put_end(csv, &server, &record->server, record->ip_version);
	csv_text(csv, "roles", record->roles_guessed ? "guessed" : "seen");
	csv_text(csv, "outcome", record->outcome);
	csv_text(csv, "history", record->history);
	csv_text(csv, "conn_state", record->conn_state);
	csv_number(csv, "missed_bytes", true, record->missed_bytes);
	csv_bool(csv, "handshake_complete", record->handshake_complete);
	csv_duration(csv, "handshake_rtt_ns", record->rtt_ns);
	csv_duration(csv, "handshake_syn_rtt_ns", record->syn_rtt_ns);
	csv_duration(csv, "handshake_ack_rtt_ns", record->ack_rtt_ns);
	csv_number(csv, "handshake_syn_tries", record->syn_tries, record->syn_tries);
	csv_text(csv, "close_first", record->close_first);
	csv_text(csv, "close_kind", record->close_kind);
	csv_duration(csv, "close_half_closed_ns", record->half_closed_ns);
	csv_number(csv, "incarnation", true, record->incarnation);
	/* Columns instead of JSON's arrays: the outer tag, the inner one; each note. */
	csv_number(csv, "vlan", record->vlan_count > 0, record->vlan[0]);
	csv_number(csv, "inner_vlan", record->vlan_count > 1, record->vlan[1]);
	csv_number(csv, "tunnel", record->tunnel, record->tunnel);
	csv_bool(csv, "mid_stream", record->mid_stream);
	csv_bool(csv, "one_sided", record->one_sided);
	csv_bool(csv, "simultaneous_open", record->simultaneous_open);
	csv_bool(csv, "simultaneous_close", record->simultaneous_close);
	csv_bool(csv, "syn_challenged", record->challenged);
	csv_bool(csv, "clock_backwards", record->clock_backwards);
	csv_end(csv);
}

static void begin(struct output *out, int64_t first_ns)
{
	static const struct connection_record none;
	struct csv csv = { .out = out, .header = true };

	(void)first_ns;
	put_row(&csv, &none);
}

static void put(struct output *out, const struct connection_record *record)
{
	struct csv csv = { .out = out };

	put_row(&csv, record);
}

const struct connection_format csv_connections = { .begin = begin, .put = put };
