/* SPDX-License-Identifier: BSD-3-Clause */
/* What a timeline says in words: below a row, beside it in the wide form, in a box's lower edge, and at a connection's end. */
#include "views/timeline_parts.h"

#include <inttypes.h>
#include <stdarg.h>

#include "base/sequence.h"
#include "base/utf8.h"
#include "views/cells.h"
#include "views/text.h"
#include "views/text_parts.h"

#define SECOND INT64_C(1000000000)
#define LINE_MAX_BYTES 64
#define UTF8_LONGEST 4

/*
 * Where the handshake's RTT divides: what lies between SYN and SYN-ACK is the way to the server and back, what lies between SYN-ACK and
 * ACK the way to the client and back. Near is an end that has less than a tenth. Of a round trip that is short it would tell how long
 * kernels need.
 */
#define SHORTEST_RTT_NS 1000000u

static const char *place_of_capture(const struct synfin_connection *connection)
{
	uint64_t server = connection->syn_rtt_ns, client = connection->ack_rtt_ns;
	uint64_t whole = server + client;

	if (server == UINT32_MAX || client == UINT32_MAX || whole < SHORTEST_RTT_NS)
		return NULL;
	if (client * 10 < whole)
		return T("captured near the client");
	if (server * 10 < whole)
		return T("captured near the server");
	return T("captured between the two");
}

#define NOTE_SIZE 256

static void __attribute__((format(printf, 3, 4))) say(struct timeline *view, uint64_t id, const char *format, ...)
{
	char text[NOTE_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	timeline_put_note(view, id, text, strlen(text));
}

static void say_refused(struct timeline *view, const struct synfin_connection *connection)
{
	struct output *text = &view->scratch;

	output_truncate(text, 0);
	text_socket(text, view->options.hosts, connection, !connection->client, ':');
	output_char(text, '\0');
	if (!text->status)
		say(view, connection->id, T("refused: nothing listens on %s, or a firewall rejects it"), text->start);
}

static void say_mid_stream(struct timeline *view, const struct synfin_connection *connection)
{
	bool syn = (connection->end[0].flags | connection->end[1].flags) & SYNFIN_END_SYN;

	if (syn)
		return;
	if (connection->flags & SYNFIN_CONN_ROLES_GUESSED)
		say(view, connection->id, "%s", T("joined mid-stream: no SYN seen; window scale unknown, roles guessed by port"));
	else
		say(view, connection->id, "%s", T("joined mid-stream: no SYN seen; window scale unknown"));
}

static void say_event(struct timeline *view, const struct annotation_remark *remark)
{
	const struct synfin_observation *observation = view->moment.observation;
	const struct synfin_connection *connection = observation->connection;
	const char *sender = timeline_role_word(connection, observation->from);
	const char *receiver = timeline_role_word(connection, !observation->from);
	uint64_t id = connection->id;

	switch (remark->kind) {
	case SYNFIN_EVENT_REFUSED: say_refused(view, connection); break;
	case SYNFIN_EVENT_ABORTED: say(view, id, T("aborted: the %s gave the connection up with a RST"), sender); break;
	case SYNFIN_EVENT_ANSWERED: say(view, id, T("reset: the %s has no such connection"), sender); break;
	case SYNFIN_EVENT_HANDSHAKE_REJECTED: say(view, id, T("rejected: the %s answered the SYN+ACK with a RST"), sender); break;
	case SYNFIN_EVENT_RST_UNVERIFIED:
		say(view, id, T("this RST is not exactly in sequence: nothing changes unless the %s falls silent (RFC 5961)"), receiver);
		break;
	case SYNFIN_EVENT_RST_IGNORED:
		/* X1: where there is no window yet, a RST must acknowledge the SYN. */
		if (connection->end[!observation->from].state == SYNFIN_SYN_SENT)
			say(view, id, T("this RST does not acknowledge the SYN: the %s ignores it"), receiver);
		else
			say(view, id, T("this RST is outside the window: the %s ignores it"), receiver);
		break;
	case SYNFIN_EVENT_SYN_CHALLENGED: say(view, id, T("a SYN in a living connection: nothing changes, the %s asks back"), receiver); break;
	case SYNFIN_EVENT_SIMULTANEOUS_OPEN: say(view, id, "%s", T("simultaneous open: both ends sent a SYN")); break;
	case SYNFIN_EVENT_SIMULTANEOUS_CLOSE: say(view, id, "%s", T("simultaneous close: both ends sent a FIN")); break;
	case SYNFIN_EVENT_MID_STREAM: say_mid_stream(view, connection); break;
	case SYNFIN_EVENT_ONE_SIDED: say(view, id, T("one-sided capture: no packet of the %s is in it"), receiver); break;
	case SYNFIN_EVENT_PORT_REUSE: say(view, id, "%s", T("the addresses and ports of an earlier connection, used again")); break;
	case SYNFIN_EVENT_ACK_UNSEEN:
		say(view, id, T("it acknowledges bytes of the %s that the capture does not show: they are missing here, or were never sent"), receiver);
		break;
	case SYNFIN_EVENT_STATE_CORRECTED:
		/* It is its sender that the packet tells of. */
		say(view, id, T("corrected: the %s's assumed %s was wrong"), sender, state_name(view->options.names, (unsigned)remark->number));
		break;
	default: break;
	}
}

/* What no event tells, since nothing comes of it: but a reader wonders why. */
static void say_without_effect(struct timeline *view)
{
	const struct synfin_observation *observation = view->moment.observation;
	const struct synfin_connection *connection = observation->connection;
	const struct synfin_endpoint *sender = &connection->end[observation->from];
	const struct synfin_tcp *tcp = &view->moment.packet->tcp;
	const char *receiver = timeline_role_word(connection, !observation->from);
	unsigned opening = SYNFIN_TCP_SYN | SYNFIN_TCP_ACK;
	unsigned role = timeline_role(connection, !observation->from);

	/* H3 */
	if ((tcp->flags & opening) == opening && !observation->steps && connection->end[!observation->from].state == SYNFIN_SYN_SENT)
		say(view, connection->id, "%s", T("this SYN+ACK does not acknowledge the SYN: nothing changes"));
	if (tcp->payload && !(tcp->flags & SYNFIN_TCP_SYN) && (sender->flags & SYNFIN_END_BASE) &&
		sequence_unwrap(tcp->seq, sender->isn, sender->next) + tcp->payload < 1)
		say(view, connection->id, T("these bytes lie before the first of the connection: the %s ignores them"), receiver);
	/* C5 */
	if ((tcp->flags & SYNFIN_TCP_RST) && view->moment.before[role] == SYNFIN_TIME_WAIT && connection->end[!observation->from].state == SYNFIN_CLOSED)
		say(view, connection->id, T("this RST ends the %s's TIME_WAIT before its time (RFC 1337)"), receiver);
}

void timeline_notes(struct timeline *view)
{
	const struct annotation_remarks *remarks = &view->moment.remarks;

	for (unsigned i = 0; i < remarks->count; i++)
		say_event(view, &remarks->list[i]);
	say_without_effect(view);
}

/* Append to view->note, parted from what stands there. */
static void __attribute__((format(printf, 3, 4))) add(struct timeline *view, const char *separator, const char *format, ...)
{
	char text[NOTE_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	if (output_length(&view->note))
		output_text(&view->note, separator);
	output_text(&view->note, text);
}

/* The same beside a row, whole or not at all. */
static void __attribute__((format(printf, 2, 3))) add_side(struct timeline *view, const char *format, ...)
{
	char text[NOTE_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	if (cells_width(view->note.start, output_length(&view->note)) + 2 + cells_width_text(text) <= view->layout.note + 2)
		add(view, "  ", "%s", text);
}

#define DURATION_SIZE 40

static const char *milliseconds(char text[DURATION_SIZE], int64_t ns)
{
	snprintf(text, DURATION_SIZE, "%" PRId64 ".%03u ms", ns / 1000000, (unsigned)(ns % 1000000 / 1000));
	return text;
}

/* Whether a character begins there and ends behind what is looked at. */
static bool is_cut(const uint8_t *data, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if ((data[i] & 0xc0) != 0x80)
			return false;
	return n < UTF8_LONGEST && data[0] >= 0xc2;
}

/* How many bytes of the data make its first line; 0 if that is no text: who reads \xb5\xd8 learns nothing. What is cut short is text as far as it goes. */
static size_t text_length(const uint8_t *data, size_t n)
{
	for (size_t i = 0; i < n;) {
		uint32_t character;
		size_t length = 1;
		if (data[i] == '\r' || data[i] == '\n')
			return i;
		if (data[i] < ' ' || data[i] == 0x7f)
			return 0;
		if (data[i] >= 0x80)
			length = utf8_read(data + i, n - i, &character);
		if (length == 0)
			return is_cut(data + i, n - i) ? i : 0;
		i += length;
	}
	return n;
}

/* The first line of the data, escaped: a peer chose it. */
static void add_payload(struct timeline *view)
{
	const struct synfin_packet *packet = view->moment.packet;
	const struct synfin_tcp *tcp = &packet->tcp;
	const uint8_t *data;
	size_t n = tcp->payload_captured;

	/* Of a packet that was held back there are no bytes. */
	if (!packet->bytes || tcp->payload_offset > packet->captured)
		return;
	if (n > packet->captured - tcp->payload_offset)
		n = packet->captured - tcp->payload_offset;
	if (n > LINE_MAX_BYTES)
		n = LINE_MAX_BYTES;
	data = packet->bytes + tcp->payload_offset;
	n = text_length(data, n);
	if (n == 0)
		return;
	if (output_length(&view->note))
		output_text(&view->note, "  ");
	(view->options.unicode ? output_escaped : output_escaped_ascii)(&view->note, data, n);
}

void timeline_side_note(struct timeline *view, const uint64_t proves[2])
{
	const struct synfin_observation *observation = view->moment.observation;
	unsigned flags = view->moment.packet->tcp.flags;
	char text[DURATION_SIZE];

	output_truncate(&view->note, 0);
	if (flags & SYNFIN_TCP_SYN)
		add_side(view, "ISN");
	if (observation->handshake_ns >= 0) {
		/* On one machine it is a few microseconds. */
		if (observation->handshake_ns < 1000000)
			snprintf(text, sizeof text, "0.%03u", (unsigned)(observation->handshake_ns / 1000));
		else
			snprintf(text, sizeof text, "%" PRId64 ".%02u", observation->handshake_ns / 1000000, (unsigned)(observation->handshake_ns % 1000000 / 10000));
		add_side(view, T("RTT %s"), text);
	}
	for (unsigned role = 0; role < 2; role++)
		if (proves[role] && (role == 0 || proves[0] != proves[1])) {
			snprintf(text, sizeof text, "%" PRIu64, proves[role]);
			add_side(view, T("proves %s"), text);
		}
	add_payload(view);
}

void timeline_box_summary(struct timeline *view, const struct timeline_lane *lane, const struct synfin_connection *connection, int64_t now_ns,
	int64_t handshake_ns)
{
	char text[DURATION_SIZE];
	bool handshake = lane->box == BOX_HANDSHAKE;
	int64_t half_closed = synfin_half_closed_ns(connection);
	const char *place = handshake && (connection->flags & SYNFIN_CONN_ESTABLISHED) ? place_of_capture(connection) : NULL;

	output_truncate(&view->note, 0);
	add(view, ", ", lane->box_packets == 1 ? T("%u packet") : T("%u packets"), (unsigned)lane->box_packets);
	if (lane->box_packets > 1 && now_ns >= lane->box_ns)
		add(view, ", ", "%s", milliseconds(text, now_ns - lane->box_ns));
	/* T1: from the SYN that was answered. Where that is the first one, it is the time of the whole box. */
	if (handshake && handshake_ns >= 0 && handshake_ns != now_ns - lane->box_ns)
		add(view, ", ", T("RTT %s"), milliseconds(text, handshake_ns));
	if (place)
		add(view, ", ", "%s", place);
	if (!handshake && half_closed > 0)
		add(view, ", ", T("half-closed for %s"), milliseconds(text, half_closed));
}

static void say_no_answer(struct timeline *view, const struct synfin_connection *connection)
{
	uint64_t tenths = ((uint64_t)connection->last_ns - (uint64_t)connection->first_ns) / (uint64_t)(SECOND / 10);
	char span[DURATION_SIZE];

	if (connection->syn_tries <= 1) {
		say(view, connection->id, "%s", T("1 SYN, no reply: filtered or host down"));
		return;
	}
	snprintf(span, sizeof span, "%" PRIu64 ".%u", tenths / 10, (unsigned)(tenths % 10));
	say(view, connection->id, T("%u SYNs in %s s, no reply: filtered or host down; one attempt, not %u"), (unsigned)connection->syn_tries, span,
		(unsigned)connection->syn_tries);
}

static bool is_opening(unsigned state)
{
	return state == SYNFIN_SYN_SENT || state == SYNFIN_SYN_RECEIVED;
}

void timeline_last_words(struct timeline *view, const struct timeline_lane *lane, const struct synfin_connection *connection, unsigned event)
{
	enum synfin_outcome outcome = synfin_connection_outcome(connection);
	uint64_t id = connection->id;

	if (outcome == SYNFIN_OUTCOME_NO_ANSWER && event != SYNFIN_EVENT_EVICTED) {
		say_no_answer(view, connection);
		return;
	}
	if (lane->over)
		return;
	if (event == SYNFIN_EVENT_EVICTED)
		say(view, id, "%s", T("no longer tracked: too many connections (--max-connections)"));
	else if (event == SYNFIN_EVENT_EXPIRED)
		say(view, id, "%s", T("silent for too long: no longer tracked (--idle)"));
	else if (event == SYNFIN_EVENT_PORT_REUSE)
		say(view, id, "%s", T("gone: its addresses and ports are used again"));
	else if (outcome == SYNFIN_OUTCOME_HALF_CLOSED)
		say(view, id, "%s", T("the capture ends here: half-closed"));
	else if (is_opening(connection->end[0].state) || is_opening(connection->end[1].state))
		say(view, id, "%s", T("the capture ends here: the handshake is not complete"));
	else
		say(view, id, "%s", T("the capture ends here: still open"));
}
