/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/select_field.h"

#include <string.h>

#include "base/output.h"
#include "views/text_parts.h"

#define PLACE(member) .place = offsetof(struct connection_record, member), .size = sizeof(((struct connection_record *)NULL)->member)
#define SECOND(member) .second = offsetof(struct connection_record, member)
#define NUMBER(text, member) { .name = (text), .kind = FIELD_NUMBER, PLACE(member) }
#define UNLESS_ZERO(text, member) { .name = (text), .kind = FIELD_NUMBER, .absent = ABSENT_ZERO, PLACE(member) }
#define IF(text, field_kind, member, flag) \
	{ .name = (text), .kind = (field_kind), .absent = ABSENT_UNLESS, PLACE(member), .unless = offsetof(struct connection_record, flag), \
	  .unless_size = sizeof(((struct connection_record *)NULL)->flag) }
#define DURATION(text, member) { .name = (text), .kind = FIELD_DURATION, .absent = ABSENT_NEGATIVE, PLACE(member) }
#define BOTH(text, how, first, other) { .name = (text), .kind = FIELD_NUMBER, .both = (how), PLACE(first), SECOND(other) }
#define OTHER(text, field_kind, member) { .name = (text), .kind = (field_kind), PLACE(member) }
#define WORD(text, member, list) { .name = (text), .kind = FIELD_WORD, PLACE(member), .words = (list) }

#define STATES_WORDS "CLOSED LISTEN SYN_SENT SYN_RECEIVED ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 CLOSE_WAIT CLOSING LAST_ACK TIME_WAIT UNKNOWN"
#define NOTES_WORDS "mid_stream one_sided simultaneous_open simultaneous_close syn_challenged clock_backwards"

/* A member is named here, which no parentheses may stand around. NOLINTBEGIN(bugprone-macro-parentheses) */
#define END(text, member) \
	OTHER(text ".ip", FIELD_ADDRESS, member.address), \
	NUMBER(text ".port", member.port), \
	WORD(text ".state", member.state, STATES_WORDS), \
	WORD(text ".proof", member.proof, "seen assumed unknown"), \
	NUMBER(text ".packets", member.packets), \
	NUMBER(text ".bytes", member.bytes), \
	NUMBER(text ".retransmitted_packets", member.retransmitted_packets), \
	NUMBER(text ".missed_bytes", member.missed_bytes), \
	IF(text ".isn", FIELD_NUMBER, member.isn, member.has_isn), \
	UNLESS_ZERO(text ".mss", member.mss), \
	IF(text ".window_scale", FIELD_NUMBER, member.window_scale, member.has_scale), \
	IF(text ".window", FIELD_NUMBER, member.window, member.has_window), \
	OTHER(text ".fin", FIELD_BOOL, member.fin), \
	OTHER(text ".rst", FIELD_BOOL, member.rst), \
	UNLESS_ZERO(text ".rtt.samples", member.rtt_samples), \
	IF(text ".rtt.min_ns", FIELD_DURATION, member.rtt_min_ns, member.rtt_samples), \
	IF(text ".rtt.mean_ns", FIELD_DURATION, member.rtt_mean_ns, member.rtt_samples), \
	IF(text ".rtt.max_ns", FIELD_DURATION, member.rtt_max_ns, member.rtt_samples), \
	IF(text ".rtt.p90_ns", FIELD_DURATION, member.rtt_p90_ns, member.rtt_samples)
/* NOLINTEND(bugprone-macro-parentheses) */

static const struct field fields[] = {
	NUMBER("conn", id),
	OTHER("uid", FIELD_TEXT, uid),
	OTHER("community_id", FIELD_TEXT, community_id),
	OTHER("start", FIELD_TIME, start_ns),
	OTHER("end", FIELD_TIME, end_ns),
	END("client", client),
	END("server", server),
	/* A word that is not in the record: true is "guessed". */
	{ .name = "roles", .kind = FIELD_WORD, .both = FIELD_EITHER, PLACE(roles_guessed), .words = "seen guessed" },
	WORD("outcome", outcome, "open half_closed closed reset refused no_answer handshake_rejected mid_stream"),
	OTHER("history", FIELD_TEXT, history),
	WORD("conn_state", conn_state, NULL),
	NUMBER("missed_bytes", missed_bytes),
	OTHER("handshake.complete", FIELD_BOOL, handshake_complete),
	DURATION("handshake.rtt_ns", rtt_ns),
	DURATION("handshake.syn_rtt_ns", syn_rtt_ns),
	DURATION("handshake.ack_rtt_ns", ack_rtt_ns),
	UNLESS_ZERO("handshake.syn_tries", syn_tries),
	WORD("close.first", close_first, "client server"),
	WORD("close.kind", close_kind, "fin refused handshake_rejected reset reset_answer"),
	DURATION("close.half_closed_ns", half_closed_ns),
	NUMBER("incarnation", incarnation),
	OTHER("vlan", FIELD_VLAN, vlan),
	UNLESS_ZERO("tunnel", tunnel),
	{ .name = "notes", .kind = FIELD_NOTES, .words = NOTES_WORDS },
	/* What JSON readers reckon themselves. */
	BOTH("packets", FIELD_SUM, client.packets, server.packets),
	BOTH("bytes", FIELD_SUM, client.bytes, server.bytes),
	BOTH("retransmissions", FIELD_SUM, client.retransmitted_packets, server.retransmitted_packets),
	BOTH("port", FIELD_EITHER, client.port, server.port),
	{ .name = "ip", .kind = FIELD_ADDRESS, .both = FIELD_EITHER, PLACE(client.address), SECOND(server.address) },
	{ .name = "duration_ns", .kind = FIELD_DURATION, .both = FIELD_DIFFERENCE, PLACE(end_ns), SECOND(start_ns) },
};

const struct field *field_find(const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (strlen(fields[i].name) == length && memcmp(fields[i].name, name, length) == 0)
			return &fields[i];
	return NULL;
}

bool field_is_number(const struct field *field)
{
	return field->kind == FIELD_NUMBER || field->kind == FIELD_DURATION || field->kind == FIELD_VLAN;
}

static const void *at(const struct connection_record *record, size_t place)
{
	return (const char *)record + place;
}

static int64_t number_at(const struct connection_record *record, size_t place, size_t size)
{
	const void *from = at(record, place);
	uint16_t two;
	uint32_t four;
	int64_t eight;
	switch (size) {
	case 1:
		return *(const uint8_t *)from;
	case sizeof two:
		memcpy(&two, from, sizeof two);
		return two;
	case sizeof four:
		memcpy(&four, from, sizeof four);
		return four;
	default:
		memcpy(&eight, from, sizeof eight);
		return eight;
	}
}

static bool ordered(int order, enum comparison comparison)
{
	switch (comparison) {
	case COMPARE_EQUAL:
		return order == 0;
	case COMPARE_NOT_EQUAL:
		return order != 0;
	case COMPARE_LESS:
		return order < 0;
	case COMPARE_NOT_MORE:
		return order <= 0;
	case COMPARE_MORE:
		return order > 0;
	case COMPARE_NOT_LESS:
		return order >= 0;
	default:
		return false;
	}
}

static bool compare_known(int64_t number, enum comparison comparison, const struct value *value)
{
	if (value->is_null)
		return comparison == COMPARE_NOT_EQUAL;
	return ordered(number < value->number ? -1 : number > value->number, comparison);
}

/* Null equals null; with anything else it only differs. */
static bool compare_null(enum comparison comparison, const struct value *value)
{
	return comparison == (value->is_null ? COMPARE_EQUAL : COMPARE_NOT_EQUAL);
}

/* Of a "not equal" none may be equal, of the others one is enough. */
static bool either(bool one, bool other, enum comparison comparison)
{
	return comparison == COMPARE_NOT_EQUAL ? one && other : one || other;
}

static bool compare_number(const struct field *field, const struct connection_record *record, enum comparison comparison, const struct value *value)
{
	int64_t number = number_at(record, field->place, field->size);
	int64_t other = field->both == FIELD_ONE ? 0 : number_at(record, field->second, field->size);
	if (field->both == FIELD_EITHER)
		return either(compare_known(number, comparison, value), compare_known(other, comparison, value), comparison);
	if (field->both == FIELD_DIFFERENCE)
		other = -other;
	/* Both are sums of 32-bit counts, or times of one capture. */
	number = (int64_t)((uint64_t)number + (uint64_t)other);
	bool absent = (field->absent == ABSENT_NEGATIVE && number < 0) || (field->absent == ABSENT_ZERO && number == 0) ||
		(field->absent == ABSENT_UNLESS && number_at(record, field->unless, field->unless_size) == 0);
	return absent ? compare_null(comparison, value) : compare_known(number, comparison, value);
}

static bool compare_text(const char *text, size_t length, enum comparison comparison, const struct value *value)
{
	if (value->is_null)
		return comparison == COMPARE_NOT_EQUAL;
	if (comparison == COMPARE_CONTAINS)
		return memmem(text, length, value->text, value->length) != NULL;
	size_t shorter = length < value->length ? length : value->length;
	int order = memcmp(text, value->text, shorter);
	return ordered(order ? order : length < value->length ? -1 : length > value->length, comparison);
}

static bool compare_word(const struct field *field, const struct connection_record *record, enum comparison comparison, const struct value *value)
{
	const char *word;
	if (field->both == FIELD_EITHER)
		word = record->roles_guessed ? "guessed" : "seen";
	else
		memcpy(&word, at(record, field->place), sizeof word);
	return word ? compare_text(word, strlen(word), comparison, value) : compare_null(comparison, value);
}

/* A time that is given in part means its beginning: "2026-11-20T02" is before all that begins so, and equals it. */
static bool compare_time(const struct field *field, const struct connection_record *record, enum comparison comparison, const struct value *value)
{
	struct output text;
	output_init(&text, NULL, NULL, 0);
	text_utc(&text, number_at(record, field->place, field->size));
	size_t length = output_length(&text);
	if (comparison == COMPARE_EQUAL || comparison == COMPARE_NOT_EQUAL)
		length = length < value->length ? length : value->length;
	bool found = !text.status && compare_text(text.start, length, comparison, value);
	output_free(&text);
	return found;
}

static bool compare_address(const struct connection_record *record, size_t place, enum comparison comparison, const struct value *value)
{
	const uint8_t *bytes = at(record, place);
	if (value->is_null)
		return comparison == COMPARE_NOT_EQUAL;
	unsigned whole = value->bits / 8, rest = value->bits % 8;
	bool same = memcmp(bytes, value->address.bytes, whole) == 0 &&
		(rest == 0 || ((bytes[whole] ^ value->address.bytes[whole]) & (0xff00u >> rest & 0xff)) == 0);
	return same == (comparison == COMPARE_EQUAL);
}

static bool compare_notes(const struct connection_record *record, enum comparison comparison, const struct value *value)
{
	const struct {
		const char *word;
		bool noted;
	} notes[] = {
		{ "mid_stream", record->mid_stream },
		{ "one_sided", record->one_sided },
		{ "simultaneous_open", record->simultaneous_open },
		{ "simultaneous_close", record->simultaneous_close },
		{ "syn_challenged", record->challenged },
		{ "clock_backwards", record->clock_backwards },
	};
	bool found = false;
	for (size_t i = 0; i < sizeof notes / sizeof *notes && !value->is_null; i++)
		found |= notes[i].noted && compare_text(notes[i].word, strlen(notes[i].word), COMPARE_EQUAL, value);
	return found == (comparison != COMPARE_NOT_EQUAL);
}

static bool compare_vlan(const struct connection_record *record, enum comparison comparison, const struct value *value)
{
	if (record->vlan_count == 0)
		return compare_null(comparison, value);
	return either(compare_known(record->vlan[0], comparison, value),
		compare_known(record->vlan[record->vlan_count - 1], comparison, value), comparison);
}

bool field_compare(const struct field *field, const struct connection_record *record, enum comparison comparison, const struct value *value)
{
	const char *text = at(record, field->place);
	switch (field->kind) {
	case FIELD_NUMBER:
	case FIELD_DURATION:
	case FIELD_BOOL:
		return compare_number(field, record, comparison, value);
	case FIELD_WORD:
		return compare_word(field, record, comparison, value);
	case FIELD_TEXT:
		return compare_text(text, strlen(text), comparison, value);
	case FIELD_TIME:
		return compare_time(field, record, comparison, value);
	case FIELD_ADDRESS:
		if (field->both == FIELD_ONE)
			return compare_address(record, field->place, comparison, value);
		return either(compare_address(record, field->place, comparison, value), compare_address(record, field->second, comparison, value),
			comparison);
	case FIELD_NOTES:
		return compare_notes(record, comparison, value);
	case FIELD_VLAN:
		return compare_vlan(record, comparison, value);
	}
	return false;
}
