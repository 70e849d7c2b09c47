/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/ecs.h"

#include "views/json_parts.h"

/* The version of the schema whose fields these are. */
#define ECS_VERSION "8.11.0"

/* What ECS calls success: the handshake was completed. Failure: it came to nothing. */
static const char *outcome_of(const struct connection_record *record)
{
	if (record->handshake_complete)
		return "success";
	if (strcmp(record->outcome, "refused") == 0 || strcmp(record->outcome, "no_answer") == 0 || strcmp(record->outcome, "handshake_rejected") == 0)
		return "failure";
	return "unknown";
}

static bool is_over(const struct connection_record *record)
{
	return record->close_kind && strcmp(record->outcome, "half_closed") != 0;
}

static void put_event(struct json *json, const struct connection_record *record)
{
	json_key(json, "event");
	json_begin(json, '{');
	json_key(json, "kind");
	json_word(json, "event");
	json_key(json, "category");
	json_begin(json, '[');
	json_word(json, "network");
	json_end(json, ']');
	json_key(json, "type");
	json_begin(json, '[');
	json_word(json, "connection");
	if (record->syn_tries)
		json_word(json, "start");
	if (is_over(record))
		json_word(json, "end");
	json_end(json, ']');
	json_key(json, "action");
	json_word(json, record->outcome);
	json_key(json, "outcome");
	json_word(json, outcome_of(record));
	json_key(json, "module");
	json_word(json, "synfin");
	json_key(json, "dataset");
	json_word(json, "synfin.connection");
	json_key(json, "id");
	json_word(json, record->uid);
	json_key(json, "start");
	json_time(json, record->start_ns);
	json_key(json, "end");
	json_time(json, record->end_ns);
	json_key(json, "duration");
	json_signed(json, ranking_difference(record->end_ns, record->start_ns));
	json_end(json, '}');
}

static void put_end(struct json *json, const struct record_end *end, unsigned ip_version)
{
	json_begin(json, '{');
	json_key(json, "address");
	json_address(json, &end->address, ip_version);
	if (end->name[0]) {
		json_key(json, "domain");
		json_word(json, end->name);
	}
	json_key(json, "ip");
	json_address(json, &end->address, ip_version);
	json_key(json, "port");
	json_unsigned(json, end->port);
	json_key(json, "bytes");
	json_unsigned(json, end->bytes);
	json_key(json, "packets");
	json_unsigned(json, end->packets);
	json_end(json, '}');
}

/* {"id":"7"}: ECS has ids as words. */
static void put_vlan(struct json *json, uint16_t tag)
{
	json_key(json, "vlan");
	json_begin(json, '{');
	json_key(json, "id");
	output_char(json->out, '"');
	output_decimal(json->out, tag);
	output_char(json->out, '"');
	json_end(json, '}');
}

static void put_network(struct json *json, const struct connection_record *record)
{
	json_key(json, "network");
	json_begin(json, '{');
	json_key(json, "type");
	json_word(json, record->ip_version == 4 ? "ipv4" : "ipv6");
	json_key(json, "transport");
	json_word(json, "tcp");
	json_key(json, "iana_number");
	json_word(json, "6");
	json_key(json, "community_id");
	json_word(json, record->community_id);
	json_key(json, "bytes");
	json_unsigned(json, record->client.bytes + record->server.bytes);
	json_key(json, "packets");
	json_unsigned(json, record->client.packets + record->server.packets);
	if (record->vlan_count > 0)
		put_vlan(json, record->vlan[0]);
	if (record->vlan_count > 1) {
		json_key(json, "inner");
		json_begin(json, '{');
		put_vlan(json, record->vlan[1]);
		json_end(json, '}');
	}
	json_end(json, '}');
}

static void put_own_end(struct json *json, const struct record_end *end)
{
	json_begin(json, '{');
	json_key(json, "state");
	json_word(json, end->state);
	json_key(json, "proof");
	json_word(json, end->proof);
	json_key(json, "retransmitted_packets");
	json_unsigned(json, end->retransmitted_packets);
	json_key(json, "missed_bytes");
	json_unsigned(json, end->missed_bytes);
	json_end(json, '}');
}

static void put_own(struct json *json, const struct connection_record *record)
{
	json_key(json, "synfin");
	json_begin(json, '{');
	json_key(json, "conn");
	json_unsigned(json, record->id);
	json_key(json, "outcome");
	json_word(json, record->outcome);
	json_key(json, "roles");
	json_word(json, record->roles_guessed ? "guessed" : "seen");
	json_key(json, "history");
	json_word(json, record->history);
	json_key(json, "conn_state");
	json_word(json, record->conn_state);
	if (record->rtt_ns >= 0) {
		json_key(json, "handshake_rtt_ns");
		json_signed(json, record->rtt_ns);
	}
	json_key(json, "client");
	put_own_end(json, &record->client);
	json_key(json, "server");
	put_own_end(json, &record->server);
	json_end(json, '}');
}

static void put(struct output *out, const struct connection_record *record)
{
	struct json writer = json_line_begin(out);
	struct json *json = &writer;

	json_key(json, "@timestamp");
	json_time(json, record->start_ns);
	json_key(json, "ecs");
	json_begin(json, '{');
	json_key(json, "version");
	json_word(json, ECS_VERSION);
	json_end(json, '}');
	put_event(json, record);
	json_key(json, "source");
	put_end(json, &record->client, record->ip_version);
	json_key(json, "destination");
	put_end(json, &record->server, record->ip_version);
	put_network(json, record);
	json_key(json, "related");
	json_begin(json, '{');
	json_key(json, "ip");
	json_begin(json, '[');
	json_address(json, &record->client.address, record->ip_version);
	if (memcmp(&record->client.address, &record->server.address, sizeof record->client.address) != 0)
		json_address(json, &record->server.address, record->ip_version);
	json_end(json, ']');
	json_end(json, '}');
	put_own(json, record);
	json_line_end(json);
}

const struct connection_format ecs_connections = { .put = put };
