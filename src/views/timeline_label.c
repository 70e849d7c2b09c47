/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The words on an arrow: step, verdict, what it is, numbers. They are put together part by part, and a part that does not fit between
 * the uprights is left out. Step and kind always stand: where there is little room the kind is its flags alone, and a verdict takes no
 * room from it.
 */
#include "views/timeline_parts.h"

#include <inttypes.h>
#include <stdarg.h>

#include "base/sequence.h"
#include "views/cells.h"
#include "views/text.h"
#include "views/text_parts.h"

#define MS UINT64_C(1000000)
#define SECOND UINT64_C(1000000000)
#define TEARDOWN_SHIFT 3
#define HANDSHAKE_STEPS 7u

/* Dashes in front and behind, and the arrow's head. */
#define ARROW_CELLS 3

/* Bytes of a part and its end. */
#define PART_SIZE 96

void timeline_delta(char text[DELTA_SIZE], int64_t later_ns, int64_t earlier_ns)
{
	bool backwards = later_ns < earlier_ns;
	/* Unsigned: times of a damaged file may lie further apart than 63 bits tell. */
	uint64_t ns = backwards ? (uint64_t)earlier_ns - (uint64_t)later_ns : (uint64_t)later_ns - (uint64_t)earlier_ns;
	char sign = backwards ? '-' : '+';
	uint64_t seconds = ns / SECOND;

	if (ns < 100 * MS)
		snprintf(text, DELTA_SIZE, "%c%" PRIu64 ".%03u", sign, ns / MS, (unsigned)(ns % MS / 1000));
	else if (seconds < 10)
		snprintf(text, DELTA_SIZE, "%c%" PRIu64 ".%u", sign, ns / MS, (unsigned)(ns % MS / (MS / 10)));
	else if (seconds < 100)
		snprintf(text, DELTA_SIZE, "%c%" PRIu64 ".%u s", sign, seconds, (unsigned)(ns % SECOND / (SECOND / 10)));
	else if (seconds < 10000)
		snprintf(text, DELTA_SIZE, "%c%" PRIu64 " s", sign, seconds);
	else if (seconds < 360000)
		snprintf(text, DELTA_SIZE, "%c%" PRIu64 " h", sign, seconds / 3600);
	else
		snprintf(text, DELTA_SIZE, "%c%" PRIu64 " d", sign, seconds / 86400);
}

const char *timeline_role_word(const struct synfin_connection *connection, unsigned end)
{
	return timeline_role(connection, end) == CLIENT ? T("client") : T("server");
}

/* Whether a part, a blank before it and so many cells behind it have room. */
static bool fits(const struct timeline *view, const char *part, size_t behind)
{
	const struct output *label = &view->label;
	size_t used = cells_width(label->start, output_length(label));

	return used + (used > 0) + cells_width_text(part) + behind <= view->layout.middle - ARROW_CELLS;
}

/* Append a part, and a blank before it, if there is room for both; returns whether there was. */
static bool add(struct timeline *view, const char *part)
{
	struct output *label = &view->label;

	if (output_length(label) && !fits(view, part, 0))
		return false;
	if (output_length(label))
		output_char(label, ' ');
	output_text(label, part);
	return true;
}

/* A part in which translators meet no C types but text. */
static bool __attribute__((format(printf, 2, 3))) add_format(struct timeline *view, const char *format, ...)
{
	char text[PART_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	return add(view, text);
}

#define DIGITS_SIZE 24

static const char *digits_of(char digits[DIGITS_SIZE], int64_t number)
{
	snprintf(digits, DIGITS_SIZE, "%" PRId64, number);
	return digits;
}

/* "(1)", "(2+3)" */
static void add_steps(struct timeline *view, unsigned steps)
{
	char text[16];
	char *to = text;
	char before = '(';

	for (unsigned number = 1; steps; number++, steps >>= 1) {
		if (!(steps & 1))
			continue;
		*to++ = before;
		*to++ = (char)('0' + number);
		before = '+';
	}
	if (to == text)
		return;
	*to++ = ')';
	*to = '\0';
	(void)add(view, text);
}

/* In few words, since they stand on an arrow. NULL: said below it or not at all. */
const char *timeline_word(unsigned event)
{
	switch (event) {
	case SYNFIN_EVENT_CAPTURE_DUPLICATE: return N_("CAPTURED TWICE");
	case SYNFIN_EVENT_WINDOW_PROBE: return N_("window probe");
	case SYNFIN_EVENT_WINDOW_PROBE_ACK: return N_("probe answer");
	case SYNFIN_EVENT_KEEP_ALIVE: return N_("keep-alive");
	case SYNFIN_EVENT_KEEP_ALIVE_ACK: return N_("keep-alive answer");
	case SYNFIN_EVENT_SPURIOUS_RETRANSMISSION: return N_("SPURIOUS RETRANS");
	case SYNFIN_EVENT_FAST_RETRANSMISSION: return N_("FAST RETRANS");
	case SYNFIN_EVENT_OUT_OF_ORDER: return N_("OUT OF ORDER");
	case SYNFIN_EVENT_AMBIGUOUS_ORDER: return N_("LATE OR RETRANS");
	case SYNFIN_EVENT_RETRANSMISSION: return N_("RETRANS");
	case SYNFIN_EVENT_LOST_SEGMENT: return N_("GAP BEFORE");
	case SYNFIN_EVENT_DATA_AFTER_FIN: return N_("AFTER FIN");
	case SYNFIN_EVENT_ZERO_WINDOW: return N_("ZERO WINDOW");
	case SYNFIN_EVENT_WINDOW_FULL: return N_("window full");
	case SYNFIN_EVENT_WINDOW_UPDATE: return N_("window update");
	case SYNFIN_EVENT_DUPLICATE_ACK: return N_("duplicate");
	case SYNFIN_EVENT_DSACK: return N_("dup. SACK");
	case SYNFIN_EVENT_OUT_OF_WINDOW: return N_("OUTSIDE WINDOW");
	case SYNFIN_EVENT_ACK_UNSEEN: return N_("NOT CAPTURED");
	case SYNFIN_EVENT_RST_UNVERIFIED: return N_("UNVERIFIED");
	case SYNFIN_EVENT_RST_IGNORED: return N_("IGNORED");
	case SYNFIN_EVENT_SYN_CHALLENGED: return N_("UNEXPECTED");
	default: return NULL;
	}
}

/* Flags that go together in any connection have words; a reader of a tutorial meets them there. */
static const char *usual_kind(unsigned flags, bool data)
{
	switch (flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_FIN | SYNFIN_TCP_RST | SYNFIN_TCP_ACK)) {
	case SYNFIN_TCP_SYN: return data ? N_("SYN+DATA") : N_("SYN");
	case SYNFIN_TCP_SYN | SYNFIN_TCP_ACK: return data ? N_("SYN+ACK+DATA") : N_("SYN+ACK");
	case SYNFIN_TCP_ACK: return data ? N_("DATA") : N_("ACK");
	case SYNFIN_TCP_FIN | SYNFIN_TCP_ACK: return data ? N_("DATA+FIN+ACK") : N_("FIN+ACK");
	case SYNFIN_TCP_FIN: return data ? N_("DATA+FIN") : N_("FIN");
	case SYNFIN_TCP_RST: return N_("RST");
	case SYNFIN_TCP_RST | SYNFIN_TCP_ACK: return N_("RST+ACK");
	case 0: return data ? N_("DATA without ACK") : N_("no flags");
	default: return NULL;
	}
}

#define FLAGS_SIZE 32

/* "SYN+ACK"; of a segment that is nothing but data, the word for it. */
static const char *short_kind(char text[FLAGS_SIZE], const struct synfin_tcp *tcp)
{
	static const char *const names[] = { "SYN", "FIN", "RST", "ACK" };
	static const unsigned bits[] = { SYNFIN_TCP_SYN, SYNFIN_TCP_FIN, SYNFIN_TCP_RST, SYNFIN_TCP_ACK };
	size_t used = 0;

	if (tcp->payload && !(tcp->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_FIN | SYNFIN_TCP_RST)))
		return T("DATA");
	if (!(tcp->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_FIN | SYNFIN_TCP_RST | SYNFIN_TCP_ACK)))
		return T("no flags");
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		if (tcp->flags & bits[i])
			used += (size_t)snprintf(text + used, FLAGS_SIZE - used, used ? "+%s" : "%s", names[i]);
	return text;
}

/* "! RETRANS", in as few words as leave room for the kind. */
static void add_warning(struct timeline *view, unsigned kind, const char *words)
{
	char text[PART_SIZE], flags[FLAGS_SIZE];
	size_t behind = 1 + cells_width_text(short_kind(flags, &view->moment.packet->tcp));

	snprintf(text, sizeof text, "! %s", words);
	/* One that was not needed is a retransmission, too. */
	if (kind == SYNFIN_EVENT_SPURIOUS_RETRANSMISSION && !fits(view, text, behind))
		snprintf(text, sizeof text, "! %s", T("RETRANS"));
	(void)add(view, fits(view, text, behind) ? text : "!");
}

/* "(duplicate 3)" */
static void put_remark(char text[PART_SIZE], const struct annotation_remark *remark)
{
	const char *words = T(timeline_word(remark->kind));

	if (remark->kind == SYNFIN_EVENT_DUPLICATE_ACK && remark->number > 0) {
		char digits[DIGITS_SIZE];
		snprintf(text, PART_SIZE, "(%s %s)", words, digits_of(digits, remark->number));
	} else {
		snprintf(text, PART_SIZE, "(%s)", words);
	}
}

/* What warns stands before the kind ("! RETRANS DATA"), the rest behind it ("ACK (duplicate 3)"). True if there is one. */
static bool add_verdicts(struct timeline *view, bool warnings)
{
	const struct annotation_remarks *remarks = &view->moment.remarks;
	bool any = false;

	for (unsigned i = 0; i < remarks->count; i++) {
		const struct annotation_remark *remark = &remarks->list[i];
		const char *words = timeline_word(remark->kind);
		if (!words || (remark->severity == SYNFIN_SEVERITY_WARNING) != warnings)
			continue;
		any = true;
		if (warnings) {
			add_warning(view, remark->kind, T(words));
		} else {
			char text[PART_SIZE];
			put_remark(text, remark);
			(void)add(view, text);
		}
	}
	return any;
}

/* In full words, unless they take the room of the first thing to remark. */
static void add_kind(struct timeline *view, const struct synfin_tcp *tcp)
{
	const struct annotation_remarks *remarks = &view->moment.remarks;
	const char *usual = usual_kind(tcp->flags, tcp->payload > 0);
	char text[FLAGS_SIZE], behind[PART_SIZE] = "";

	for (unsigned i = 0; i < remarks->count && !*behind; i++)
		if (remarks->list[i].severity != SYNFIN_SEVERITY_WARNING && timeline_word(remarks->list[i].kind))
			put_remark(behind, &remarks->list[i]);
	(void)add(view, usual && fits(view, T(usual), cells_width_text(behind) + (*behind != '\0')) ? T(usual) : short_kind(text, tcp));
}

static void add_sequence(struct timeline *view, const struct synfin_tcp *tcp, const struct synfin_endpoint *sender)
{
	bool base = sender->flags & SYNFIN_END_BASE;
	int64_t seq = base ? sequence_unwrap(tcp->seq, sender->isn, sender->next) : tcp->seq;
	char digits[DIGITS_SIZE];

	if (tcp->payload) {
		char range[48];
		/* A SYN takes the number before its data. */
		seq += tcp->flags & SYNFIN_TCP_SYN ? 1 : 0;
		snprintf(range, sizeof range, "%" PRId64 ":%" PRId64, seq, seq + tcp->payload);
		(void)add_format(view, view->layout.wide ? "%s" : T("seq %s"), range);
		(void)add_format(view, T("(%s B)"), digits_of(digits, tcp->payload));
	} else if ((tcp->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_FIN | SYNFIN_TCP_RST)) && !view->layout.wide) {
		(void)add_format(view, T("seq %s"), digits_of(digits, seq));
	}
}

static void add_numbers(struct timeline *view, const struct synfin_tcp *tcp)
{
	const struct synfin_observation *observation = view->moment.observation;
	const struct synfin_endpoint *receiver = &observation->connection->end[!observation->from];
	bool base = receiver->flags & SYNFIN_END_BASE;
	bool options = tcp->flags & SYNFIN_TCP_SYN;
	char digits[DIGITS_SIZE];

	add_sequence(view, tcp, &observation->connection->end[observation->from]);
	if (tcp->flags & SYNFIN_TCP_ACK)
		(void)add_format(view, T("ack %s"), digits_of(digits, base ? sequence_unwrap(tcp->ack, receiver->isn, synfin_acknowledged(receiver)) : tcp->ack));
	/* One without the other would look as if there were no other. */
	if (options && (tcp->options & SYNFIN_TCPOPT_MSS))
		options = add_format(view, T("mss %s"), digits_of(digits, tcp->mss));
	if (options && (tcp->options & SYNFIN_TCPOPT_WINDOW_SCALE))
		(void)add_format(view, T("ws %s"), digits_of(digits, tcp->window_scale));
	/* Congestion is told by flags alone (RFC 3168); in a SYN both offer it. */
	if (tcp->flags & SYNFIN_TCP_ECE)
		(void)add(view, "ECE");
	if (tcp->flags & SYNFIN_TCP_CWR)
		(void)add(view, "CWR");
}

/* A SYN that is tried again is the same attempt. With FIN or RST it is none, whatever its number. */
static bool is_try(const struct timeline *view)
{
	const struct synfin_tcp *tcp = &view->moment.packet->tcp;
	const struct synfin_observation *observation = view->moment.observation;

	return (tcp->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_ACK | SYNFIN_TCP_FIN | SYNFIN_TCP_RST)) == SYNFIN_TCP_SYN &&
		timeline_has(view, SYNFIN_EVENT_RETRANSMISSION) && observation->from == observation->connection->client;
}

static bool in_handshake(const struct synfin_connection *connection)
{
	return (connection->steps & SYNFIN_STEP_HANDSHAKE_1) && !(connection->steps & SYNFIN_STEP_HANDSHAKE_3) &&
		!(connection->flags & SYNFIN_CONN_ONE_SIDED);
}

/* "close", unless that takes the room of its step or of the kind. */
static void add_close(struct timeline *view, const struct synfin_tcp *tcp)
{
	char flags[FLAGS_SIZE];

	if (fits(view, T("close"), sizeof " (1) " - 1 + cells_width_text(short_kind(flags, tcp))))
		(void)add(view, T("close"));
}

/* False if there is no room for it. */
static bool add_try(struct timeline *view)
{
	char digits[DIGITS_SIZE], text[PART_SIZE];

	snprintf(text, sizeof text, T("! SYN again (try %s)"), digits_of(digits, view->moment.observation->connection->syn_tries));
	if (!fits(view, text, 0))
		return false;
	(void)add(view, text);
	return true;
}

bool timeline_label(struct timeline *view)
{
	const struct synfin_tcp *tcp = &view->moment.packet->tcp;
	unsigned steps = view->moment.observation->steps;
	bool warning;

	output_truncate(&view->label, 0);
	add_steps(view, steps & HANDSHAKE_STEPS);
	if (is_try(view) && add_try(view))
		return true;
	/* A close that begins within the handshake: the numbers alone could not be told apart. */
	if (steps >> TEARDOWN_SHIFT && ((steps & HANDSHAKE_STEPS) || in_handshake(view->moment.observation->connection)))
		add_close(view, tcp);
	add_steps(view, steps >> TEARDOWN_SHIFT);
	warning = add_verdicts(view, true);
	add_kind(view, tcp);
	if (tcp->flags & SYNFIN_TCP_URG)
		(void)add_format(view, "(%s)", T("urgent"));
	(void)add_verdicts(view, false);
	add_numbers(view, tcp);
	return warning || (tcp->flags & SYNFIN_TCP_RST);
}

#define AMOUNT_SIZE 16

/* "51k" */
static const char *amount(struct timeline *view, char text[AMOUNT_SIZE], uint64_t number)
{
	struct output *out = &view->scratch;

	output_truncate(out, 0);
	text_amount(out, number);
	snprintf(text, AMOUNT_SIZE, "%.*s", (int)output_length(out), output_length(out) ? out->start : "");
	return text;
}

static bool add_packets(struct timeline *view, uint64_t packets, bool words)
{
	char text[AMOUNT_SIZE];

	amount(view, text, packets);
	if (!words)
		return add_format(view, "... %s", text);
	return packets == 1 ? add_format(view, T("... %s packet"), text) : add_format(view, T("... %s packets"), text);
}

/* What that end sent. Who sent nothing but acknowledgments is not named. */
static bool add_bytes(struct timeline *view, unsigned role, uint64_t bytes, bool words)
{
	char text[AMOUNT_SIZE];

	if (!bytes)
		return true;
	amount(view, text, bytes);
	if (!words)
		return role == CLIENT ? add_format(view, ">%s", text) : add_format(view, "<%s", text);
	return role == CLIENT ? add_format(view, T(">%s B"), text) : add_format(view, T("<%s B"), text);
}

void timeline_label_run(struct timeline *view, const struct timeline_lane *lane)
{
	enum { WORDS, NUMBERS, BYTES, FORMS };
	bool whole = false;

	/* A number that is cut would be another number: where there is no room the words go, then how many packets they were. */
	for (int form = WORDS; form < FORMS && !whole; form++) {
		output_truncate(&view->label, 0);
		whole = form == BYTES || add_packets(view, lane->run_packets, form == WORDS);
		whole &= add_bytes(view, CLIENT, lane->run_bytes[CLIENT], form == WORDS);
		whole &= add_bytes(view, SERVER, lane->run_bytes[SERVER], form == WORDS);
	}
}
