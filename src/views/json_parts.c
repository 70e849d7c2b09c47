/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/json_parts.h"

#include <assert.h>

#include "views/community_id.h"
#include "views/record.h"
#include "views/text_parts.h"

static_assert(JSON_RECORD_VERSION == 1, "json_record_begin() writes the version");

struct json json_record_begin_with(struct output *out, const char *text)
{
	output_text(out, text);
	return (struct json){ .out = out, .comma = true };
}

void json_address(struct json *json, const struct synfin_address *address, unsigned ip_version)
{
	json_comma(json);
	output_char(json->out, '"');
	text_address(json->out, address, ip_version);
	output_char(json->out, '"');
}

void json_name(struct json *json, struct host_name name)
{
	if (name.length)
		json_string(json, name.text, name.length);
	else
		json_null(json);
}

void json_socket_members(struct json *json, const struct synfin_address *address, struct host_name name, unsigned ip_version, const uint16_t *port)
{
	json_key(json, "ip");
	json_address(json, address, ip_version);
	json_key(json, "name");
	json_name(json, name);
	json_key(json, "port");
	if (port)
		json_unsigned(json, *port);
	else
		json_null(json);
}

void json_socket(struct json *json, struct hosts *hosts, const struct synfin_address *address, unsigned ip_version, const uint16_t *port)
{
	json_begin(json, '{');
	json_socket_members(json, address, hosts_name(hosts, address), ip_version, port);
	json_end(json, '}');
}

void json_state_members(struct json *json, const struct synfin_endpoint *end)
{
	json_key(json, "state");
	json_word(json, record_state(end));
	json_key(json, "proof");
	json_word(json, record_proof(end));
}

void json_vlan(struct json *json, const uint16_t *tags, unsigned count)
{
	if (count == 0) {
		json_null(json);
		return;
	}
	json_begin(json, '[');
	for (unsigned i = 0; i < count; i++)
		json_unsigned(json, tags[i]);
	json_end(json, ']');
}

void json_tunnel(struct json *json, uint32_t tunnel)
{
	if (tunnel)
		json_unsigned(json, tunnel);
	else
		json_null(json);
}

void json_connection_members(struct json *json, const struct synfin_connection *connection)
{
	char uid[UID_SIZE];

	json_key(json, "conn");
	if (!connection) {
		json_null(json);
		json_key(json, "uid");
		json_null(json);
		return;
	}
	json_unsigned(json, connection->id);
	connection_uid(uid, connection);
	json_key(json, "uid");
	json_word(json, uid);
}
