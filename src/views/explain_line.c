/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/explain_line.h"

#include <string.h>

#include "names/hosts.h"
#include "views/cells.h"
#include "views/text.h"

#define INDENT 4  /* of the second and further pieces of a folded line */

/* A ruler's label: what the rows call the field, or, where that is too wide, the word of the line. */
static const struct {
	const char *label;
	const char *narrow;
} fields[EXPLAIN_FIELDS] = {
	[FIELD_TIME] = { N_("time"), "t" },
	[FIELD_SOURCE] = { N_("source"), "src" },
	[FIELD_DESTINATION] = { N_("dest"), "dst" },
	[FIELD_FLAGS] = { N_("flags"), "flags" },
	[FIELD_CHECKSUM] = { N_("checksum"), "cksum" },
	[FIELD_SEQ] = { N_("seq"), "seq" },
	[FIELD_ACK] = { N_("ack"), "ack" },
	[FIELD_WINDOW] = { N_("window"), "win" },
	[FIELD_URGENT] = { N_("urgent"), "urg" },
	[FIELD_OPTIONS] = { N_("options"), "options" },
	[FIELD_LENGTH] = { N_("length"), "length" },
};

const char *explain_field_label(enum explain_field field, bool opening)
{
	return field == FIELD_SEQ && opening ? T("ISN") : T(fields[field].label);
}

/* ---- finding */

static const char *find(const char *from, const char *end, const char *what)
{
	return from < end ? memmem(from, (size_t)(end - from), what, strlen(what)) : NULL;
}

static void set(struct explain_line *line, enum explain_field field, const char *from, const char *to)
{
	line->fields[field] = (struct explain_span){ (size_t)(from - line->text), (size_t)(to - from) };
}

/* The number of -# and the blanks before it, then the time. */
static const char *find_time(struct explain_line *line, const struct line_options *options)
{
	const char *end = line->text + line->length;
	const char *at = line->text;
	if (options->number) {
		while (at < end && *at == ' ')
			at++;
		while (at < end && *at != ' ')
			at++;
	}
	while (at < end && *at == ' ')
		at++;
	if (options->time == LINE_TIME_NONE)
		return at;
	const char *begin = at;
	for (unsigned words = options->time == LINE_TIME_DATE ? 2 : 1; words; words--) {
		if (at > begin && at < end)
			at++;
		while (at < end && *at != ' ')
			at++;
	}
	set(line, FIELD_TIME, begin, at);
	return at;
}

/* "A > B:" in front of `colon`. */
static void find_ends(struct explain_line *line, const char *colon)
{
	const char *to = colon;
	while (to > line->text && to[-1] != ' ' && to[-1] != '\t')
		to--;
	static const char arrow[] = " > ";
	size_t before = (size_t)(to - line->text);
	if (before < sizeof arrow || memcmp(to - (sizeof arrow - 1), arrow, sizeof arrow - 1) != 0)
		return;
	const char *from = to - (sizeof arrow - 1);
	const char *from_end = from;
	while (from > line->text && from[-1] != ' ' && from[-1] != '\t')
		from--;
	set(line, FIELD_SOURCE, from, from_end);
	set(line, FIELD_DESTINATION, to, colon);
}

static enum explain_field field_of(const char *at, const char *end)
{
	static const struct {
		enum explain_field field;
		const char *word;
	} words[] = {
		{ FIELD_CHECKSUM, "cksum " }, { FIELD_SEQ, "seq " }, { FIELD_ACK, "ack " }, { FIELD_WINDOW, "win " },
		{ FIELD_URGENT, "urg " }, { FIELD_OPTIONS, "options [" }, { FIELD_LENGTH, "length " },
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if ((size_t)(end - at) >= strlen(words[i].word) && memcmp(at, words[i].word, strlen(words[i].word)) == 0)
			return words[i].field;
	return EXPLAIN_FIELDS;
}

static const char *end_of_field(enum explain_field field, const char *at, const char *end)
{
	const char *stop;
	switch (field) {
	case FIELD_OPTIONS:
		/* An option's own text may hold a comma and a blank. */
		stop = find(at, end, "], length ");
		return stop ? stop + 1 : end;
	case FIELD_LENGTH:
		for (stop = at + strlen("length "); stop < end && *stop >= '0' && *stop <= '9';)
			stop++;
		return stop;
	default:
		stop = find(at, end, ", ");
		return stop ? stop : end;
	}
}

/* What follows "A > B: ". */
static void find_summary(struct explain_line *line, const char *at, const char *end)
{
	const char *stop = memchr(at, ']', (size_t)(end - at));
	if (!stop)
		return;
	set(line, FIELD_FLAGS, at, ++stop);
	for (at = stop; end - at > 2 && at[0] == ',' && at[1] == ' '; at = stop) {
		enum explain_field field = field_of(at + 2, end);
		if (field == EXPLAIN_FIELDS)
			return;
		stop = end_of_field(field, at + 2, end);
		set(line, field, at + 2, stop);
		if (field == FIELD_LENGTH)
			return;
	}
}

static void find_addresses(struct explain_line *line, const char *at, const struct line_options *options, const struct synfin_packet *packet)
{
	static char none[1];
	char room[HOSTS_NAME_MAX + 1];
	struct output text = { room, room, room + sizeof room, NULL, NULL, 0, 0 };
	const char *end = line->text + line->length;
	struct host_name name = hosts_name(options->hosts, &packet->ip.source);
	if (name.length)
		output_bytes(&text, name.text, name.length);
	else if (packet->ip_version == 4)
		output_ipv4(&text, packet->ip.source.bytes + 12);
	else if (packet->ip_version == 6)
		output_ipv6(&text, packet->ip.source.bytes);
	output_bytes(&text, none, 1);
	const char *from = *room ? find(at, end, room) : NULL;
	const char *to = from ? find(from, end, " > ") : NULL;
	const char *colon = to ? find(to, end, ": ") : NULL;
	if (colon)
		find_ends(line, colon);
}

void explain_line_find(struct explain_line *line, const char *text, size_t length, const struct line_options *options, const struct synfin_packet *packet)
{
	*line = (struct explain_line){ .text = text, .length = length };
	const char *end = text + length;
	const char *at = find_time(line, options);
	const char *flags = packet->has_tcp ? find(at, end, ": Flags [") : NULL;
	if (flags) {
		find_ends(line, flags);
		find_summary(line, flags + 2, end);
	} else {
		find_addresses(line, at, options, packet);
	}
}

bool explain_line_number(const struct explain_line *line, enum explain_field field, size_t skip, uint32_t *number)
{
	const struct explain_span *span = &line->fields[field];
	uint32_t value = 0;
	bool any = false;
	for (size_t i = skip; i < span->length; i++) {
		char digit = line->text[span->start + i];
		if (digit < '0' || digit > '9')
			break;
		value = value * 10 + (uint32_t)(digit - '0');
		any = true;
	}
	*number = value;
	return any;
}

/* ---- showing */

static bool inside_field(const struct explain_line *line, size_t at)
{
	for (unsigned i = 0; i < EXPLAIN_FIELDS; i++)
		if (at > line->fields[i].start && at < line->fields[i].start + line->fields[i].length)
			return true;
	return false;
}

/* Where the piece that begins at `start` ends: between two fields if possible, else between two words. */
static size_t piece_end(const struct explain_line *line, size_t start, size_t room)
{
	size_t left = line->length - start;
	/* No further than it matters: a line of megabytes has many pieces. */
	const char *newline = memchr(line->text + start, '\n', left <= room ? left : room + 1);
	size_t word = 0;
	size_t between = 0;
	if (newline)
		return (size_t)(newline - line->text);
	if (left <= room)
		return line->length;
	for (size_t at = start + 1; at <= start + room; at++) {
		if (line->text[at] != ' ')
			continue;
		word = at;
		if (!inside_field(line, at))
			between = at;
	}
	/* Better a field in two pieces than a piece of a few words. */
	if (between > start + room / 2)
		return between;
	return word ? word : start + room;
}

static void put_ruler(struct output *out, size_t cells, const char *label, const char *narrow, bool unicode)
{
	const char *left = unicode ? "\u2514" : "+", *line = unicode ? "\u2500" : "-", *right = unicode ? "\u2518" : "+";
	size_t used = cells_width_text(label);
	if (cells < 2) {
		output_text(out, unicode ? "\u2575" : "^");
		return;
	}
	if (used + 2 > cells) {
		label = narrow;
		used = strlen(narrow);
	}
	if (used + 2 > cells)
		label = "", used = 0;
	size_t before = (cells - 2 - used) / 2;
	output_text(out, left);
	for (size_t i = 0; i < before; i++)
		output_text(out, line);
	output_text(out, label);
	for (size_t i = before + used; i < cells - 2; i++)
		output_text(out, line);
	output_text(out, right);
}

/* The rulers under the bytes from `start` to `end`, which stand `indent` columns from the left. */
static void put_rulers(const struct explain_line *line, struct output *out, size_t start, size_t end, size_t indent, bool unicode, bool opening)
{
	size_t at = start;
	bool any = false;
	/* Fields stand in the line in the order of the enum. */
	for (unsigned i = 0; i < EXPLAIN_FIELDS; i++) {
		size_t from = line->fields[i].start;
		size_t to = from + line->fields[i].length;
		from = from > start ? from : start;
		to = to < end ? to : end;
		if (from >= to || from < at)
			continue;
		output_repeat(out, ' ', from - at + (any ? 0 : indent));
		put_ruler(out, to - from, explain_field_label(i, opening), fields[i].narrow, unicode);
		any = true;
		at = to;
	}
	if (any)
		output_char(out, '\n');
}

void explain_line_put(const struct explain_line *line, struct output *out, unsigned width, bool unicode, bool opening)
{
	size_t indent = 0;
	for (size_t start = 0; start < line->length;) {
		size_t end = piece_end(line, start, width - indent);
		output_repeat(out, ' ', indent);
		output_bytes(out, line->text + start, end - start);
		output_char(out, '\n');
		put_rulers(line, out, start, end, indent, unicode, opening);
		bool folded = end < line->length && line->text[end] != '\n';
		indent = folded ? INDENT : 0;
		start = end;
		if (!folded)
			start++;
		while (folded && start < line->length && line->text[start] == ' ')
			start++;
	}
}
