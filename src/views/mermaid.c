/* SPDX-License-Identifier: BSD-3-Clause */
/* Mermaid ends a line at ';' and takes '#' for an entity: none of our words has them, and nothing of a packet's text is shown. */
#include "views/mermaid.h"

#include "base/sequence.h"
#include "views/text_parts.h"

/* So many packets of a run have arrows. */
enum { RUN_DRAWN = 4, TEARDOWN_SHIFT = 3, HANDSHAKE_STEPS = 7 };

#define INDENT "    "

/* "c1a" for the client of connection 1, "c1b" for its server. */
static void put_name(struct output *out, const struct synfin_connection *connection, unsigned end)
{
	output_char(out, 'c');
	output_decimal(out, connection->id);
	output_char(out, end == connection->client ? 'a' : 'b');
}

static void put_participant(struct output *out, struct hosts *hosts, const struct synfin_connection *connection, unsigned end)
{
	output_text(out, INDENT "participant ");
	put_name(out, connection, end);
	output_text(out, " as c");
	output_decimal(out, connection->id);
	output_text(out, end == connection->client ? " client " : " server ");
	text_socket(out, hosts, connection, end, ':');
	output_char(out, '\n');
}

static void begin_note(struct output *out, const struct synfin_connection *connection)
{
	output_text(out, INDENT "Note over ");
	put_name(out, connection, connection->client);
	output_char(out, ',');
	put_name(out, connection, !connection->client);
	output_text(out, ": ");
}

/* What has been drawn of this connection; its participants are introduced if nothing was. */
static struct mermaid_drawn *drawn_of(struct mermaid *view, const struct synfin_connection *connection)
{
	struct mermaid_drawn *drawn = &view->drawn[connection->id % MERMAID_CONNECTIONS];

	if (drawn->id == connection->id)
		return drawn;
	*drawn = (struct mermaid_drawn){ .id = connection->id, .state = { SYNFIN_STATES, SYNFIN_STATES } };
	put_participant(view->out, view->hosts, connection, connection->client);
	put_participant(view->out, view->hosts, connection, !connection->client);
	return drawn;
}

static bool states_changed(struct mermaid_drawn *drawn, const struct synfin_connection *connection)
{
	bool changed = false;

	for (unsigned i = 0; i < 2; i++) {
		const struct synfin_endpoint *end = &connection->end[i == 0 ? connection->client : !connection->client];
		changed |= drawn->state[i] != end->state || drawn->proof[i] != end->proof;
		drawn->state[i] = end->state;
		drawn->proof[i] = end->proof;
	}
	return changed;
}

static void put_states(struct mermaid *view, const struct synfin_connection *connection)
{
	const struct synfin_endpoint *client = &connection->end[connection->client], *server = &connection->end[!connection->client];

	begin_note(view->out, connection);
	state_put(view->out, view->names, client->state, client->proof);
	output_text(view->out, " / ");
	state_put(view->out, view->names, server->state, server->proof);
	output_char(view->out, '\n');
}

/* "(1) ", "close (2+3) " */
static void put_steps(struct output *out, unsigned steps)
{
	char before = '(';

	for (unsigned i = 0; i < 3; i++)
		if (steps >> i & 1) {
			output_char(out, '(');
			output_decimal(out, i + 1);
			output_text(out, ") ");
		}
	if (!(steps >> TEARDOWN_SHIFT))
		return;
	output_text(out, "close ");
	for (unsigned i = 0; i < 4; i++)
		if (steps >> (i + TEARDOWN_SHIFT) & 1) {
			output_char(out, before);
			output_decimal(out, i + 1);
			before = '+';
		}
	output_text(out, ") ");
}

static void put_flags(struct output *out, const struct synfin_tcp *tcp)
{
	static const struct {
		uint16_t flag;
		const char *name;
	} names[] = { { SYNFIN_TCP_SYN, "SYN" }, { SYNFIN_TCP_FIN, "FIN" }, { SYNFIN_TCP_RST, "RST" }, { SYNFIN_TCP_ACK, "ACK" } };
	const char *before = "";

	if (tcp->payload) {
		output_text(out, "DATA");
		before = "+";
	}
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
		/* Data acknowledges as a matter of course. */
		if (!(tcp->flags & names[i].flag) || (tcp->payload && names[i].flag == SYNFIN_TCP_ACK))
			continue;
		output_text(out, before);
		output_text(out, names[i].name);
		before = "+";
	}
	if (!*before)
		output_text(out, "no flags");
}

static void put_numbers(struct output *out, const struct synfin_tcp *tcp, const struct synfin_observation *observation)
{
	const struct synfin_endpoint *sender = &observation->connection->end[observation->from];
	const struct synfin_endpoint *receiver = &observation->connection->end[!observation->from];

	if (tcp->payload || (tcp->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_FIN | SYNFIN_TCP_RST))) {
		bool base = sender->flags & SYNFIN_END_BASE;
		int64_t seq = base ? sequence_unwrap(tcp->seq, sender->isn, sender->next) : tcp->seq;
		output_text(out, " seq ");
		output_signed(out, seq);
		if (tcp->payload) {
			output_char(out, ':');
			output_signed(out, seq + tcp->payload);
		}
	}
	if (tcp->flags & SYNFIN_TCP_ACK) {
		bool base = receiver->flags & SYNFIN_END_BASE;
		output_text(out, " ack ");
		output_signed(out, base ? sequence_unwrap(tcp->ack, receiver->isn, synfin_acknowledged(receiver)) : tcp->ack);
	}
}

static void put_arrow(struct mermaid *view, const struct synfin_tcp *tcp, const struct synfin_observation *observation)
{
	struct output *out = view->out;
	bool mere_ack = tcp->payload == 0 && !(tcp->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_FIN | SYNFIN_TCP_RST));

	output_text(out, INDENT);
	put_name(out, observation->connection, observation->from);
	output_text(out, tcp->flags & SYNFIN_TCP_RST ? "-x" : mere_ack ? "-->>" : "->>");
	put_name(out, observation->connection, !observation->from);
	output_text(out, ": ");
	put_steps(out, observation->steps);
	put_flags(out, tcp);
	put_numbers(out, tcp, observation);
	for (unsigned i = 0; i < view->remark_count; i++) {
		output_text(out, i ? ", " : " - ");
		output_text(out, view->remarks[i]);
	}
	output_char(out, '\n');
}

/* The note for the packets of a run that have no arrows. */
static void end_run(struct mermaid *view)
{
	struct output *out = view->out;

	if (view->run_packets > RUN_DRAWN) {
		output_text(out, INDENT "Note over c");
		output_decimal(out, view->run_id);
		output_text(out, "a,c");
		output_decimal(out, view->run_id);
		output_text(out, "b: ");
		output_decimal(out, view->run_packets - RUN_DRAWN);
		output_text(out, " more, ");
		output_decimal(out, view->run_bytes);
		output_text(out, " bytes\n");
	}
	view->run_packets = view->run_bytes = 0;
}

static int on_event(void *self, const struct synfin_event *event, const struct synfin_connection *connection)
{
	struct mermaid *view = self;
	const char *words = synfin_event_message(event->kind);

	(void)connection;
	/* Those without a frame belong to no packet. */
	if (event->frame == 0)
		return 0;
	view->events |= UINT64_C(1) << event->kind;
	if (*words && event->kind != SYNFIN_EVENT_HANDSHAKE_COMPLETE && view->remark_count < MERMAID_REMARKS)
		view->remarks[view->remark_count++] = words;
	return 0;
}

static bool in_run(struct mermaid *view, const struct synfin_packet *packet, const struct synfin_observation *observation, bool changed)
{
	bool plain = !observation->steps && !view->events && !changed && !view->all_packets;

	if (!plain || view->run_id != observation->connection->id)
		end_run(view);
	view->run_id = observation->connection->id;
	if (!plain || ++view->run_packets <= RUN_DRAWN)
		return false;
	view->run_bytes += packet->tcp.payload;
	return true;
}

static void draw(struct mermaid *view, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct mermaid_drawn *drawn = drawn_of(view, observation->connection);
	bool changed = states_changed(drawn, observation->connection);

	if (in_run(view, packet, observation, changed))
		return;
	put_arrow(view, &packet->tcp, observation);
	if (changed)
		put_states(view, observation->connection);
}

static int on_begin(void *self)
{
	struct mermaid *view = self;

	output_text(view->out, "sequenceDiagram\n");
	return view->out->status;
}

static int on_packet(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct mermaid *view = self;

	(void)packet, (void)observation;
	view->events = 0;
	view->remark_count = 0;
	return 0;
}

static int on_packet_end(void *self, const struct synfin_packet *packet, const struct synfin_observation *observation)
{
	struct mermaid *view = self;

	if (observation->connection && selection_has_packet(&view->selection, observation, view->events))
		draw(view, packet, observation);
	return view->flush ? output_drain(view->out) : output_settle(view->out);
}

static int on_end(void *self)
{
	struct mermaid *view = self;

	end_run(view);
	return view->out->status;
}

struct synfin_sink mermaid_sink(struct mermaid *view)
{
	return (struct synfin_sink){ .self = view, .begin = on_begin, .packet = on_packet, .event = on_event, .packet_end = on_packet_end, .end = on_end };
}
