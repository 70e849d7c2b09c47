/* SPDX-License-Identifier: BSD-3-Clause */
/* Pieces that several kinds of JSON records have. Each writes a value, or, where it says so, keys and values of the object at hand. */
#ifndef SYNFIN_VIEWS_JSON_PARTS_H
#define SYNFIN_VIEWS_JSON_PARTS_H

#include <synfin/connection.h>

#include "names/hosts.h"
#include "views/json.h"

/* The version of the records: keys only come, never go or change, within one. */
#define JSON_RECORD_VERSION 1

/* The keys "v" and "type", in front of each record; type is a string literal. */
#define json_record_begin(out, type) json_record_begin_with((out), "{\"v\":1,\"type\":\"" type "\"")
struct json json_record_begin_with(struct output *out, const char *text);

/* An address as text. */
void json_address(struct json *json, const struct synfin_address *address, unsigned ip_version);
/* A name, which never needs escapes; null without one. */
void json_name(struct json *json, struct host_name name);
/* {"ip":...,"name":...,"port":...}; port: NULL for null. */
void json_socket(struct json *json, struct hosts *hosts, const struct synfin_address *address, unsigned ip_version, const uint16_t *port);
/* The keys "ip", "name" and "port" of that. */
void json_socket_members(struct json *json, const struct synfin_address *address, struct host_name name, unsigned ip_version, const uint16_t *port);
/* The keys "state" and "proof" of an end. */
void json_state_members(struct json *json, const struct synfin_endpoint *end);
/* VLAN tags as an array; null without any. */
void json_vlan(struct json *json, const uint16_t *tags, unsigned count);
/* The tunnel's identity; null without one. */
void json_tunnel(struct json *json, uint32_t tunnel);
/* The keys "conn" and "uid". */
void json_connection_members(struct json *json, const struct synfin_connection *connection);

#endif
