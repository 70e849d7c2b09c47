/* SPDX-License-Identifier: BSD-3-Clause */
/* The fields of a TCP packet, one row each, in the order of the line. */
#include "views/explain_parts.h"

#include "decode/decode.h"
#include "views/explain_ports.h"
#include "views/explain_table.h"
#include "views/text.h"
#include "views/text_parts.h"

#define OPENING (SYNFIN_TCP_SYN)

static void put_span(struct explain *explain, enum explain_field field, size_t skip)
{
	const struct explain_span *span = &explain->line.fields[field];
	if (span->length > skip)
		output_bytes(&explain->say.text, explain->line.text + span->start + skip, span->length - skip);
}

static void row(struct explain *explain, enum explain_field field)
{
	say_row(&explain->say, explain_field_label(field, explain->packet->has_tcp && (explain->packet->tcp.flags & OPENING)));
}

void explain_time(struct explain *explain)
{
	static const char *const kinds[] = {
		[LINE_TIME_CLOCK] = N_("when the packet was captured (local time)"),
		[LINE_TIME_NONE] = "",
		[LINE_TIME_EPOCH] = N_("when the packet was captured (seconds since January 1, 1970, UTC)"),
		[LINE_TIME_DELTA] = N_("how long after the packet before it was captured"),
		[LINE_TIME_DATE] = N_("when the packet was captured (local time)"),
		[LINE_TIME_ELAPSED] = N_("how long after the first packet it was captured"),
	};
	if (explain->line.fields[FIELD_TIME].length == 0)
		return;
	put_span(explain, FIELD_TIME, 0);
	explain_say(explain, "  ");
	explain_say(explain, T(kinds[explain->options.line.time]));
	row(explain, FIELD_TIME);
}

/* ---- addresses */

/* The number, behind the name if there is one. */
static void put_address(struct explain *explain, const struct synfin_address *address)
{
	struct output *text = &explain->say.text;
	struct host_name name = hosts_name(explain->options.line.hosts, address);

	output_bytes(text, name.text, name.length);
	output_text(text, name.length ? " (" : "");
	text_address(text, address, explain->packet->ip_version);
	output_text(text, name.length ? ")" : "");
}

static void put_role(struct explain *explain, unsigned end)
{
	const struct synfin_connection *connection = explain->connection;
	if (!connection)
		return;
	explain_say(explain, "  ");
	explain_say(explain, explain_role(connection, end));
	if (connection->flags & SYNFIN_CONN_ROLES_GUESSED)
		explain_say(explain, T(" (guessed from the ports)"));
}

static void put_end(struct explain *explain, enum explain_field field, const struct synfin_address *address, uint16_t port, bool tcp, unsigned end)
{
	put_address(explain, address);
	if (tcp || explain->packet->has_udp) {
		const char *name = explain_port_name(port);
		bool is_server = explain->connection && end != explain->connection->client;
		explain_number(explain, NAME_N, port);
		explain_say(explain, T(" port {n}"));
		put_role(explain, end);
		if (name) {
			explain_say(explain, "  (");
			explain_say(explain, name);
			explain_say(explain, ")");
		} else if (port >= 32768 && !is_server) {
			explain_say(explain, T("  (a temporary port, chosen by its operating system)"));
		}
	}
	row(explain, field);
}

void explain_ends(struct explain *explain)
{
	const struct synfin_packet *packet = explain->packet;
	bool tcp = packet->has_tcp;
	unsigned from = explain->observation->from;
	uint16_t source = tcp ? packet->tcp.source_port : packet->udp_source_port;
	uint16_t destination = tcp ? packet->tcp.destination_port : packet->udp_destination_port;

	if (packet->ip_version == 0)
		return;
	put_end(explain, FIELD_SOURCE, &packet->ip.source, source, tcp, from);
	put_end(explain, FIELD_DESTINATION, &packet->ip.destination, destination, tcp, !from);
}

/* ---- flags */

static unsigned combination(uint16_t flags)
{
	return (flags & 7u) | (flags & SYNFIN_TCP_ACK ? 8 : 0);
}
_Static_assert(SYNFIN_TCP_FIN == 1 && SYNFIN_TCP_SYN == 2 && SYNFIN_TCP_RST == 4, "explained_combinations is indexed by them");

static void put_flags(struct explain *explain)
{
	uint16_t flags = explain->packet->tcp.flags;
	/* With -q the line does not show them. */
	const char *before = explain->line.fields[FIELD_FLAGS].length ? "  " : "";

	put_span(explain, FIELD_FLAGS, sizeof "Flags " - 1);
	for (unsigned i = 0; i < EXPLAINED_FLAGS; i++) {
		if (!(flags & explained_flags[i].kind))
			continue;
		explain_say(explain, before);
		explain_say(explain, explained_flags[i].name);
		before = "+";
	}
	explain_say(explain, ": ");
	explain_say(explain, T(explained_combinations[combination(flags)]));
	row(explain, FIELD_FLAGS);
	for (unsigned i = 0; i < EXPLAINED_FLAGS; i++) {
		const struct explained *flag = &explained_flags[i];
		if (!(flags & flag->kind & ~(SYNFIN_TCP_FIN | SYNFIN_TCP_SYN | SYNFIN_TCP_RST | SYNFIN_TCP_ACK)))
			continue;
		explain_say(explain, flag->name);
		explain_say(explain, ": ");
		explain_say(explain, T(flag->text));
		say_row(&explain->say, "");
	}
}

/* ---- numbers */

static const char *seq_text(const struct explain *explain)
{
	const struct synfin_tcp *tcp = &explain->packet->tcp;
	bool fin = tcp->flags & SYNFIN_TCP_FIN;

	/* X1: an end in SYN_SENT expects no number yet. */
	if (explain_has(explain, SYNFIN_EVENT_REFUSED) || ((tcp->flags & SYNFIN_TCP_RST) && explain->receiver && explain->receiver->state == SYNFIN_SYN_SENT))
		return N_("counts for nothing here: a RST in answer to a SYN is believed if its ack fits that SYN");
	if (tcp->flags & SYNFIN_TCP_RST)
		return N_("a RST is believed only if this is the number that the receiver expects next");
	if (tcp->flags & SYNFIN_TCP_SYN)
		return tcp->payload ? N_("initial sequence number (ISN), chosen at random. The SYN takes one number and is followed by data: the answer acknowledges up to {after}")
				    : N_("initial sequence number (ISN), chosen at random. The SYN takes one number, so the answer acknowledges it with {after}");
	if (tcp->payload && fin)
		return N_("number of the first byte, and the one behind the last. There the FIN has its number: the answer acknowledges up to {after}");
	if (tcp->payload)
		return N_("number of the first byte, and where the next packet will begin");
	if (fin)
		return N_("the number that the FIN takes; no data. The answer acknowledges it with {after}");
	return N_("the number that this end's next byte will have; no data here");
}

static void put_seq(struct explain *explain)
{
	uint32_t shown = 0;
	if (explain->line.fields[FIELD_SEQ].length == 0)
		return;
	(void)explain_line_number(&explain->line, FIELD_SEQ, sizeof "seq " - 1, &shown);
	put_span(explain, FIELD_SEQ, sizeof "seq " - 1);
	explain_say(explain, "  ");
	explain_say(explain, T(seq_text(explain)));
	if (shown != explain->packet->tcp.seq)
		explain_say(explain, explain->sender && explain->sender->flags & SYNFIN_END_ISN ? T(" (counted from the ISN)")
											   : T(" (counted from the first packet that was seen)"));
	row(explain, FIELD_SEQ);
}

static const char *ack_text(const struct explain *explain)
{
	unsigned steps = explain->observation->steps;
	if (explain->packet->tcp.flags & SYNFIN_TCP_RST)
		return N_("{sender} has seen everything before this number");
	if (explain_is_unfit_syn_ack(explain))
		return N_("not that of the SYN of {receiver}, which would be its ISN plus one: this answers another SYN, perhaps an old one");
	if (explain->packet->tcp.flags & SYNFIN_TCP_SYN)
		return N_("the SYN of {receiver} has arrived: its ISN plus one, for the SYN takes one number");
	if (steps & SYNFIN_STEP_HANDSHAKE_3)
		return N_("the SYN of {receiver} has arrived; its first byte of data is expected next");
	if (steps & (SYNFIN_STEP_TEARDOWN_2 | SYNFIN_STEP_TEARDOWN_4))
		return N_("the FIN of {receiver} has arrived, and with it everything before");
	return N_("everything of {receiver} before this number has arrived; this one is expected next");
}

static void put_ack(struct explain *explain)
{
	if (explain->line.fields[FIELD_ACK].length == 0)
		return;
	put_span(explain, FIELD_ACK, sizeof "ack " - 1);
	explain_say(explain, "  ");
	explain_say(explain, T(ack_text(explain)));
	row(explain, FIELD_ACK);
}

/* ---- window */

/* Its SYN was seen, and without the option: then no window of this connection is scaled, whatever the other SYN had. */
static bool rules_out_scaling(const struct synfin_endpoint *end)
{
	return (end->flags & SYNFIN_END_SYN) && !(end->flags & SYNFIN_END_SCALE_OFFERED);
}

/* S4: a SYN's own window is never scaled; later ones if both SYNs offered it; without the SYNs nobody knows. */
static const char *window_text(struct explain *explain)
{
	const struct synfin_tcp *tcp = &explain->packet->tcp;
	uint16_t both = explain->connection ? explain->sender->flags & explain->receiver->flags : 0;
	unsigned shift = both & SYNFIN_END_SCALE_OFFERED ? explain->sender->window_scale : 0;

	if (tcp->flags & SYNFIN_TCP_RST)
		return N_("means nothing in a RST");
	if (tcp->flags & SYNFIN_TCP_SYN)
		return N_("bytes of receive buffer: so much may be sent without waiting for an acknowledgment (not scaled in a SYN)");
	if (tcp->window == 0)
		return N_("no room: the receive buffer is full, and {receiver} must wait");
	if (!(both & SYNFIN_END_SYN) && !(explain->connection && (rules_out_scaling(explain->sender) || rules_out_scaling(explain->receiver))))
		return N_("room in the receive buffer, in a unit that only the handshake tells (not captured)");
	if (shift == 0)
		return N_("bytes of room in the receive buffer: so much may be sent without waiting for an acknowledgment");
	explain_number(explain, NAME_N, 1u << shift);
	explain_number(explain, NAME_M, (uint64_t)tcp->window << shift);
	return N_("times {n} (window scale) is {m} bytes of room in the receive buffer: so much may be sent without waiting for an acknowledgment");
}

static void put_window(struct explain *explain)
{
	if (explain->line.fields[FIELD_WINDOW].length == 0)
		return;
	const char *text = window_text(explain);
	put_span(explain, FIELD_WINDOW, sizeof "win " - 1);
	explain_say(explain, "  ");
	explain_say(explain, T(text));
	row(explain, FIELD_WINDOW);
}

/* ---- the rest */

static const char *words_of_wrong_checksum(const struct synfin_packet *packet)
{
	if (decode_checksum_is_due(packet, packet->tcp_layer))
		return T("not computed yet, which is no fault: the packet was captured on its way to the network card, which fills it in");
	return T("does not fit the bytes. Where the packet was captured by its sender this is normal: the network card fills it in later");
}

static void put_checksum(struct explain *explain)
{
	const struct explain_span *span = &explain->line.fields[FIELD_CHECKSUM];
	if (span->length == 0)
		return;
	bool wrong = memmem(explain->line.text + span->start, span->length, "incorrect", 9) != NULL;
	put_span(explain, FIELD_CHECKSUM, sizeof "cksum " - 1);
	explain_say(explain, "  ");
	explain_say(explain, wrong ? words_of_wrong_checksum(explain->packet) : T("fits the bytes: nothing was damaged on the way"));
	row(explain, FIELD_CHECKSUM);
}

static void put_urgent(struct explain *explain)
{
	if (explain->line.fields[FIELD_URGENT].length == 0)
		return;
	put_span(explain, FIELD_URGENT, sizeof "urg " - 1);
	explain_say(explain, "  ");
	explain_say(explain, T("so many bytes from the first one on are urgent"));
	row(explain, FIELD_URGENT);
}

static void put_length(struct explain *explain)
{
	const struct synfin_tcp *tcp = &explain->packet->tcp;
	explain_number(explain, NAME_N, tcp->payload);
	explain_number(explain, NAME_M, tcp->payload_captured);
	if (tcp->payload == 0)
		explain_say(explain, T("0: no data"));
	else if (tcp->payload == 1)
		explain_say(explain, T("1 byte of data"));
	else
		explain_say(explain, T("{n} bytes of data"));
	if (tcp->payload_captured < tcp->payload)
		explain_say(explain, T(", of which {m} were captured"));
	if (tcp->payload && (tcp->flags & SYNFIN_TCP_RST))
		explain_say(explain, T("; in a RST it is the reason, in words"));
	row(explain, FIELD_LENGTH);
}

void explain_tcp(struct explain *explain)
{
	put_flags(explain);
	put_checksum(explain);
	put_seq(explain);
	put_ack(explain);
	put_window(explain);
	put_urgent(explain);
	explain_tcp_options(explain);
	put_length(explain);
}
