/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/json_connections.h"

#include "views/json_parts.h"

static void put_known(struct json *json, bool known, uint64_t value)
{
	if (known)
		json_unsigned(json, value);
	else
		json_null(json);
}

static void put_rtt(struct json *json, const struct record_end *end)
{
	if (end->rtt_samples == 0) {
		json_null(json);
		return;
	}
	json_begin(json, '{');
	json_key(json, "samples");
	json_unsigned(json, end->rtt_samples);
	json_key(json, "min_ns");
	json_signed(json, end->rtt_min_ns);
	json_key(json, "mean_ns");
	json_signed(json, end->rtt_mean_ns);
	json_key(json, "max_ns");
	json_signed(json, end->rtt_max_ns);
	json_key(json, "p90_ns");
	json_signed(json, end->rtt_p90_ns);
	json_end(json, '}');
}

static void put_end(struct json *json, const struct record_end *end, unsigned ip_version)
{
	json_begin(json, '{');
	json_socket_members(json, &end->address, (struct host_name){ end->name, strlen(end->name) }, ip_version, &end->port);
	json_key(json, "state");
	json_word(json, end->state);
	json_key(json, "proof");
	json_word(json, end->proof);
	json_key(json, "packets");
	json_unsigned(json, end->packets);
	json_key(json, "bytes");
	json_unsigned(json, end->bytes);
	json_key(json, "retransmitted_packets");
	json_unsigned(json, end->retransmitted_packets);
	json_key(json, "missed_bytes");
	json_unsigned(json, end->missed_bytes);
	json_key(json, "isn");
	put_known(json, end->has_isn, end->isn);
	json_key(json, "mss");
	put_known(json, end->mss, end->mss);
	json_key(json, "window_scale");
	put_known(json, end->has_scale, end->window_scale);
	json_key(json, "window");
	put_known(json, end->has_window, end->window);
	json_key(json, "fin");
	json_bool(json, end->fin);
	json_key(json, "rst");
	json_bool(json, end->rst);
	json_key(json, "rtt");
	put_rtt(json, end);
	json_end(json, '}');
}

static void put_handshake(struct json *json, const struct connection_record *record)
{
	json_begin(json, '{');
	json_key(json, "complete");
	json_bool(json, record->handshake_complete);
	json_key(json, "rtt_ns");
	json_unless_negative(json, record->rtt_ns);
	json_key(json, "syn_rtt_ns");
	json_unless_negative(json, record->syn_rtt_ns);
	json_key(json, "ack_rtt_ns");
	json_unless_negative(json, record->ack_rtt_ns);
	json_key(json, "syn_tries");
	put_known(json, record->syn_tries, record->syn_tries);
	json_end(json, '}');
}

static void put_close(struct json *json, const struct connection_record *record)
{
	json_begin(json, '{');
	json_key(json, "first");
	json_word(json, record->close_first);
	json_key(json, "kind");
	json_word(json, record->close_kind);
	json_key(json, "half_closed_ns");
	json_unless_negative(json, record->half_closed_ns);
	json_end(json, '}');
}

/* What else was noticed, by the names that events have. */
static void put_notes(struct json *json, const struct connection_record *record)
{
	const struct {
		bool noted;
		const char *word;
	} notes[] = {
		{ record->mid_stream, "mid_stream" },
		{ record->one_sided, "one_sided" },
		{ record->simultaneous_open, "simultaneous_open" },
		{ record->simultaneous_close, "simultaneous_close" },
		{ record->challenged, "syn_challenged" },
		{ record->clock_backwards, "clock_backwards" },
	};

	json_begin(json, '[');
	for (unsigned i = 0; i < sizeof notes / sizeof *notes; i++)
		if (notes[i].noted)
			json_word(json, notes[i].word);
	json_end(json, ']');
}

void json_connection(struct output *out, const struct connection_record *record)
{
	struct json writer = json_record_begin(out, "connection");
	struct json *json = &writer;

	json_key(json, "conn");
	json_unsigned(json, record->id);
	json_key(json, "uid");
	json_word(json, record->uid);
	json_key(json, "community_id");
	json_word(json, record->community_id);
	json_key(json, "start");
	json_time(json, record->start_ns);
	json_key(json, "end");
	json_time(json, record->end_ns);
	json_key(json, "client");
	put_end(json, &record->client, record->ip_version);
	json_key(json, "server");
	put_end(json, &record->server, record->ip_version);
	json_key(json, "roles");
	json_word(json, record->roles_guessed ? "guessed" : "seen");
	json_key(json, "outcome");
	json_word(json, record->outcome);
	json_key(json, "history");
	json_word(json, record->history);
	json_key(json, "conn_state");
	json_word(json, record->conn_state);
	json_key(json, "missed_bytes");
	json_unsigned(json, record->missed_bytes);
	json_key(json, "handshake");
	put_handshake(json, record);
	json_key(json, "close");
	put_close(json, record);
	json_key(json, "incarnation");
	json_unsigned(json, record->incarnation);
	json_key(json, "vlan");
	json_vlan(json, record->vlan, record->vlan_count);
	json_key(json, "tunnel");
	json_tunnel(json, record->tunnel);
	json_key(json, "notes");
	put_notes(json, record);
	json_line_end(json);
}

const struct connection_format json_connections = { .put = json_connection };
