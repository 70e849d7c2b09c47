/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The words on an arrow: step, verdict, what it is, numbers. They are put together part by part, and what does not fit between the
 * uprights is left out from the end: a step always stands, an acknowledgment number only where there is room.
 */
#include "views/timeline_parts.h"

#include <inttypes.h>
#include <stdarg.h>

#include "base/sequence.h"
#include "views/cells.h"
#include "views/text.h"

#define MS UINT64_C(1000000)
#define SECOND UINT64_C(1000000000)
#define TEARDOWN_SHIFT 3
#define HANDSHAKE_STEPS 7u

/* Dashes in front and behind, and the arrow's head. */
#define ARROW_CELLS 3

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

/* Append a part, and a blank before it, if there is room for both. */
static void add(struct timeline *view, const char *part)
{
	struct output *label = &view->label;
	size_t room = view->layout.middle - ARROW_CELLS;
	size_t used = cells_width(label->start, output_length(label));
	size_t needed = cells_width_text(part) + (used > 0);

	if (used && used + needed > room)
		return;
	if (used)
		output_char(label, ' ');
	output_text(label, part);
}

/* A part in which translators meet no C types but text. */
static void __attribute__((format(printf, 2, 3))) add_format(struct timeline *view, const char *format, ...)
{
	char text[96];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	add(view, text);
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
	add(view, text);
}

/* In few words, since they stand on an arrow. NULL: said below it or not at all. */
static const char *verdict(unsigned kind)
{
	switch (kind) {
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
	case SYNFIN_EVENT_ACK_UNSEEN: return N_("NOT CAPTURED");
	case SYNFIN_EVENT_RST_UNVERIFIED: return N_("UNVERIFIED");
	case SYNFIN_EVENT_RST_IGNORED: return N_("IGNORED");
	case SYNFIN_EVENT_SYN_CHALLENGED: return N_("UNEXPECTED");
	default: return NULL;
	}
}

/* What warns stands before the kind ("! RETRANS DATA"), the rest behind it ("ACK (duplicate 3)"). True if there is one. */
static bool add_verdicts(struct timeline *view, bool warnings)
{
	const struct annotation_remarks *remarks = &view->moment.remarks;
	bool any = false;

	for (unsigned i = 0; i < remarks->count; i++) {
		const struct annotation_remark *remark = &remarks->list[i];
		const char *words = verdict(remark->kind);
		char digits[DIGITS_SIZE];
		if (!words || (remark->severity == SYNFIN_SEVERITY_WARNING) != warnings)
			continue;
		any = true;
		if (warnings)
			add_format(view, "! %s", T(words));
		else if (remark->kind == SYNFIN_EVENT_DUPLICATE_ACK && remark->number > 0)
			add_format(view, "(%s %s)", T(words), digits_of(digits, remark->number));
		else
			add_format(view, "(%s)", T(words));
	}
	return any;
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

static void add_kind(struct timeline *view, const struct synfin_tcp *tcp)
{
	static const char *const names[] = { "FIN", "SYN", "RST", "PSH", "ACK" };
	const char *usual = usual_kind(tcp->flags, tcp->payload > 0);
	char text[32];
	int used = 0;

	if (usual) {
		add(view, T(usual));
		return;
	}
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		if (tcp->flags >> i & 1 && i != 3)
			used += snprintf(text + used, sizeof text - (size_t)used, used ? "+%s" : "%s", names[i]);
	add(view, text);
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
		add_format(view, view->layout.wide ? "%s" : T("seq %s"), range);
		add_format(view, T("(%s B)"), digits_of(digits, tcp->payload));
	} else if ((tcp->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_FIN | SYNFIN_TCP_RST)) && !view->layout.wide) {
		add_format(view, T("seq %s"), digits_of(digits, seq));
	}
}

static void add_numbers(struct timeline *view, const struct synfin_tcp *tcp)
{
	const struct synfin_observation *observation = view->moment.observation;
	const struct synfin_endpoint *receiver = &observation->connection->end[!observation->from];
	bool base = receiver->flags & SYNFIN_END_BASE;
	bool syn = tcp->flags & SYNFIN_TCP_SYN;
	char digits[DIGITS_SIZE];

	add_sequence(view, tcp, &observation->connection->end[observation->from]);
	if (tcp->flags & SYNFIN_TCP_ACK)
		add_format(view, T("ack %s"), digits_of(digits, base ? sequence_unwrap(tcp->ack, receiver->isn, synfin_acknowledged(receiver)) : tcp->ack));
	if (syn && (tcp->options & SYNFIN_TCPOPT_MSS))
		add_format(view, T("mss %s"), digits_of(digits, tcp->mss));
	if (syn && (tcp->options & SYNFIN_TCPOPT_WINDOW_SCALE))
		add_format(view, T("ws %s"), digits_of(digits, tcp->window_scale));
}

/* A SYN that is tried again is the same attempt. */
static bool is_try(const struct timeline *view)
{
	const struct synfin_tcp *tcp = &view->moment.packet->tcp;
	const struct synfin_observation *observation = view->moment.observation;

	return (tcp->flags & (SYNFIN_TCP_SYN | SYNFIN_TCP_ACK)) == SYNFIN_TCP_SYN && timeline_has(view, SYNFIN_EVENT_RETRANSMISSION) &&
		observation->from == observation->connection->client;
}

static bool in_handshake(const struct synfin_connection *connection)
{
	return (connection->steps & SYNFIN_STEP_HANDSHAKE_1) && !(connection->steps & SYNFIN_STEP_HANDSHAKE_3) &&
		!(connection->flags & SYNFIN_CONN_ONE_SIDED);
}

bool timeline_label(struct timeline *view)
{
	const struct synfin_tcp *tcp = &view->moment.packet->tcp;
	unsigned steps = view->moment.observation->steps;
	bool warning;

	output_truncate(&view->label, 0);
	add_steps(view, steps & HANDSHAKE_STEPS);
	if (is_try(view)) {
		char digits[DIGITS_SIZE];
		add_format(view, T("! SYN again (try %s)"), digits_of(digits, view->moment.observation->connection->syn_tries));
		return true;
	}
	/* A close that begins within the handshake: the numbers alone could not be told apart. */
	if (steps >> TEARDOWN_SHIFT && ((steps & HANDSHAKE_STEPS) || in_handshake(view->moment.observation->connection)))
		add(view, T("close"));
	add_steps(view, steps >> TEARDOWN_SHIFT);
	warning = add_verdicts(view, true);
	add_kind(view, tcp);
	(void)add_verdicts(view, false);
	add_numbers(view, tcp);
	return warning || (tcp->flags & SYNFIN_TCP_RST);
}
