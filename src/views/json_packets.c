/* SPDX-License-Identifier: BSD-3-Clause */
/* event() collects the verdicts, packet_end() writes the record: only then are all known. */
#include "views/json_packets.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/sequence.h"
#include "decode/decode.h"
#include "views/event_text.h"
#include "views/json_parts.h"
#include "views/record.h"

/* More than one packet can have. */
#define VERDICTS_MAX 16

struct json_packets_view {
	struct json_packets_options options;
	struct line_printer *printer;
	struct output *out;
	struct output line;     /* the line before it is a JSON string; never drained */
	unsigned verdict_count;
	uint16_t verdicts[VERDICTS_MAX];
	uint64_t connection;    /* id of the packet's connection, whose events count; 0 for none */
};

/* tcpdump's letters in tcpdump's order, and e for AE. Nothing for no flag. */
static void put_flags(struct json *json, uint16_t flags)
{
	static const char letters[] = "FSRP.UEWe";

	json_comma(json);
	output_char(json->out, '"');
	for (unsigned i = 0; letters[i]; i++)
		if (flags & 1u << i)
			output_char(json->out, letters[i]);
	output_char(json->out, '"');
}
_Static_assert(SYNFIN_TCP_FIN == 1 && SYNFIN_TCP_ACK == 1 << 4 && SYNFIN_TCP_AE == 1 << 8, "letters stand in the order of the bits");

/* Relative to an end's ISN, as the tracker unwraps it; null without one. */
static void put_relative(struct json *json, const struct synfin_endpoint *end, uint32_t number)
{
	if (end && (end->flags & SYNFIN_END_BASE))
		json_signed(json, sequence_unwrap(number, end->isn, end->next));
	else
		json_null(json);
}

/* S4: a SYN's own window is never scaled, later ones only if both offered it, and not knowing a SYN is not knowing the scale. */
static void put_scaled_window(struct json *json, const struct synfin_tcp *tcp, const struct synfin_observation *observation)
{
	const struct synfin_connection *connection = observation->connection;
	uint16_t both = connection ? connection->end[0].flags & connection->end[1].flags : 0;
	unsigned shift = both & SYNFIN_END_SCALE_OFFERED ? connection->end[observation->from].window_scale : 0;

	if (tcp->flags & SYNFIN_TCP_SYN)
		json_unsigned(json, tcp->window);
	else if (both & SYNFIN_END_SYN)
		json_unsigned(json, (uint32_t)tcp->window << shift);
	else
		json_null(json);
}

static void put_state(struct json *json, const struct synfin_endpoint *end)
{
	json_begin(json, '{');
	json_state_members(json, end);
	json_end(json, '}');
}

static void put_states(struct json *json, const struct synfin_connection *connection)
{
	json_key(json, "client");
	if (connection)
		put_state(json, &connection->end[connection->client]);
	else
		json_null(json);
	json_key(json, "server");
	if (connection)
		put_state(json, &connection->end[!connection->client]);
	else
		json_null(json);
}

static void put_steps(struct json *json, unsigned steps)
{
	static const char *const names[] = { "handshake/1", "handshake/2", "handshake/3", "teardown/1", "teardown/2", "teardown/3", "teardown/4" };

	json_begin(json, '[');
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		if (steps & 1u << i)
			json_word(json, names[i]);
	json_end(json, ']');
}
_Static_assert(SYNFIN_STEP_HANDSHAKE_1 == 1 && SYNFIN_STEP_TEARDOWN_4 == 1 << 6, "names stand in the order of the bits");

static bool has_bad_checksum(const struct json_packets_view *view, const struct synfin_packet *packet)
{
	if (view->options.line.no_checksums)
		return false;
	uint16_t sum = decode_checksum(packet, packet->tcp_layer);
	return sum != 0 && sum != 0xffff;
}

static void put_verdicts(struct json *json, const struct json_packets_view *view, const struct synfin_packet *packet)
{
	json_begin(json, '[');
	for (unsigned i = 0; i < view->verdict_count; i++)
		json_word(json, synfin_event_name(view->verdicts[i]));
	if (has_bad_checksum(view, packet))
		json_word(json, "bad_checksum");
	json_end(json, ']');
}

static void put_sockets(struct json *json, struct hosts *hosts, const struct synfin_packet *packet)
{
	const uint16_t *from = packet->has_tcp ? &packet->tcp.source_port : packet->has_udp ? &packet->udp_source_port : NULL;
	const uint16_t *to = packet->has_tcp ? &packet->tcp.destination_port : packet->has_udp ? &packet->udp_destination_port : NULL;

	json_key(json, "src");
	json_socket(json, hosts, &packet->ip.source, packet->ip_version, from);
	json_key(json, "dst");
	json_socket(json, hosts, &packet->ip.destination, packet->ip_version, to);
}

static void put_numbers(struct json *json, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	const struct synfin_tcp *tcp = &packet->tcp;
	const struct synfin_connection *connection = observation->connection;
	const struct synfin_endpoint *sender = connection ? &connection->end[observation->from] : NULL;
	const struct synfin_endpoint *receiver = connection ? &connection->end[!observation->from] : NULL;
	bool acks = tcp->flags & SYNFIN_TCP_ACK;

	json_key(json, "flags");
	put_flags(json, tcp->flags);
	json_key(json, "seq");
	json_unsigned(json, tcp->seq);
	json_key(json, "ack");
	if (acks)
		json_unsigned(json, tcp->ack);
	else
		json_null(json);
	json_key(json, "rel_seq");
	put_relative(json, sender, tcp->seq);
	json_key(json, "rel_ack");
	put_relative(json, acks ? receiver : NULL, tcp->ack);
	json_key(json, "win");
	json_unsigned(json, tcp->window);
	json_key(json, "win_scaled");
	put_scaled_window(json, tcp, observation);
	json_key(json, "len");
	json_unsigned(json, tcp->payload);
}

static void put_line(struct json *json, struct json_packets_view *view, const struct synfin_packet *packet)
{
	output_truncate(&view->line, 0);
	(void)line_text(view->printer, packet, &view->line);
	size_t length = output_length(&view->line);
	if (length && view->line.start[length - 1] == '\n')
		length--;
	json_key(json, "line");
	json_string(json, view->line.start, length);
}

/* What is true of every frame. */
static void put_frame(struct json *json, const struct synfin_packet *packet)
{
	uint16_t tags[2] = { 0 };
	unsigned count = record_vlan(tags, packet->vlan);

	json_key(json, "interface");
	json_unsigned(json, packet->interface);
	json_key(json, "length");
	json_unsigned(json, packet->length);
	json_key(json, "captured");
	json_unsigned(json, packet->captured);
	json_key(json, "vlan");
	json_vlan(json, tags, count);
	json_key(json, "tunnel");
	json_tunnel(json, packet->tunnel);
}

static void put_packet(struct json_packets_view *view, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct json writer = json_record_begin(view->out, "packet");
	struct json *json = &writer;

	json_key(json, "frame");
	json_unsigned(json, packet->frame);
	json_key(json, "ts");
	json_time(json, packet->time_ns);
	json_connection_members(json, observation->connection);
	if (packet->has_tcp) {
		json_key(json, "from");
		json_word(json, observation->connection ? record_role(observation->connection, observation->from) : NULL);
	}
	if (packet->ip_version)
		put_sockets(json, view->options.line.hosts, packet);
	if (packet->has_tcp) {
		put_numbers(json, packet, observation);
		put_states(json, observation->connection);
		json_key(json, "steps");
		put_steps(json, observation->steps);
		json_key(json, "verdicts");
		put_verdicts(json, view, packet);
	}
	put_line(json, view, packet);
	put_frame(json, packet);
	json_line_end(json);
}

static int on_packet(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct json_packets_view *view = self;

	(void)packet;
	view->verdict_count = 0;
	view->connection = observation->connection ? observation->connection->id : 0;
	return 0;
}

static int on_event(void *self, const struct synfin_event *event, const struct synfin_connection *connection)
{
	struct json_packets_view *view = self;

	(void)connection;
	/* What a packet does to another connection (an eviction) is not about this packet. */
	if (view->connection && event->connection == view->connection && event_is_verdict(event->kind) && view->verdict_count < VERDICTS_MAX)
		view->verdicts[view->verdict_count++] = event->kind;
	return 0;
}

static int on_packet_end(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct json_packets_view *view = self;

	put_packet(view, packet, observation);
	if (view->line.status)
		return view->line.status;
	return view->options.flush ? output_drain(view->out) : output_settle(view->out);
}

int json_packets_create(struct json_packets_view **view, const struct json_packets_options *options, struct output *out,
	struct synfin_error *error)
{
	struct json_packets_view *made = calloc(1, sizeof *made);
	if (!made)
		return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
	made->options = *options;
	made->out = out;
	output_init(&made->line, NULL, NULL, 0);
	int status = line_printer_create(&made->printer, &options->line, error);
	if (status < 0) {
		json_packets_destroy(made);
		return status;
	}
	*view = made;
	return SYNFIN_OK;
}

void json_packets_destroy(struct json_packets_view *view)
{
	if (!view)
		return;
	line_printer_destroy(view->printer);
	output_free(&view->line);
	free(view);
}

struct synfin_sink json_packets_sink(struct json_packets_view *view)
{
	return (struct synfin_sink){ .self = view, .packet = on_packet, .event = on_event, .packet_end = on_packet_end };
}
