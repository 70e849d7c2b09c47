/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One list is made of all tables: entry_at() numbers the terms, states, flags, options and events through. Looking up runs over it
 * linearly, once in a run of the program.
 */
#include "views/glossary.h"

#include <strings.h>

#include "views/cells.h"
#include "views/explain_say.h"
#include "views/explain_table.h"
#include "views/state_names.h"
#include "views/text.h"
#include "views/timeline.h"

#define INDENT 4
#define WORD_MAX 63 /* longer words are unknown, and nothing is near them */

struct entry {
	const char *name;    /* as it stands in the sources; T() for the reader */
	const char *others;  /* other words that find it, with commas between */
	const char *section;
	const char *text;
	const char *group;
	const char *word;    /* in a timeline, or NULL */
};

static const struct entry terms[] = {
#define TERM(name, others, section, text) { name, others, section, text, NULL, NULL },
#include "views/glossary.def"
#undef TERM
};

enum { TERMS = sizeof terms / sizeof *terms };

static unsigned option_count(void)
{
	unsigned count = 0;
	while (explained_options[count].name)
		count++;
	return count;
}

static struct entry of(const struct explained *explained, const char *others, const char *group)
{
	return (struct entry){ explained->name, others, explained->section, explained->text, group, NULL };
}

/* An event is found by its words beside a line and in a timeline, and by its name in JSON. */
static struct entry event_entry(unsigned kind)
{
	struct entry entry = of(&explained_events[kind], synfin_event_message(kind), N_("event"));
	entry.name = synfin_event_name(kind);
	entry.word = timeline_word(kind);
	return entry;
}

/* false beyond the last one. */
static bool entry_at(unsigned i, struct entry *entry)
{
	unsigned options = option_count();
	if (i < TERMS)
		*entry = terms[i];
	else if ((i -= TERMS) < SYNFIN_STATES)
		*entry = of(&explained_states[i], i == SYNFIN_UNKNOWN ? "?" : "", N_("state"));
	else if ((i -= SYNFIN_STATES) < EXPLAINED_FLAGS)
		*entry = of(&explained_flags[i], "", N_("flag"));
	else if ((i -= EXPLAINED_FLAGS) < options)
		*entry = of(&explained_options[i], "", N_("option"));
	else if ((i -= options) < SYNFIN_EVENTS)
		*entry = event_entry(i);
	else
		return false;
	return true;
}

/* "" is no message: its translation is the catalogue's header. */
static const char *translated(const char *english)
{
	return *english ? T(english) : "";
}

/* Terms have names in the reader's language; states, flags, options and events are called the same everywhere. */
static const char *shown_name(const struct entry *entry)
{
	return entry->group ? entry->name : T(entry->name);
}

/*
 * ---- comparing words: case, blanks, hyphens, underscores and middle dots do not matter ("FIN-WAIT-2", "fin_wait 2"). They are compared by
 * characters, since the bytes of two kana are mostly the same.
 */

#define MIDDLE_DOT 0x30fb

/* Returns how many characters are left. */
static size_t fold(uint32_t folded[WORD_MAX], const char *word, size_t length)
{
	size_t used = 0;
	for (size_t i = 0; i < length && used < WORD_MAX;) {
		uint32_t c;
		i += cells_read(word + i, length - i, &c);
		if (c == ' ' || c == '-' || c == '_' || c == '.' || c == MIDDLE_DOT)
			continue;
		folded[used++] = c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
	}
	return used;
}

/* How many letters must be changed, added or left out to make one word of the other (Levenshtein). */
static unsigned distance(const uint32_t *a, size_t a_length, const uint32_t *b, size_t b_length)
{
	unsigned row[WORD_MAX + 1];
	for (size_t j = 0; j <= b_length; j++)
		row[j] = (unsigned)j;
	for (size_t i = 1; i <= a_length; i++) {
		unsigned diagonal = row[0];
		row[0] = (unsigned)i;
		for (size_t j = 1; j <= b_length; j++) {
			unsigned above = row[j];
			unsigned best = diagonal + (a[i - 1] != b[j - 1]);
			if (above + 1 < best)
				best = above + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			diagonal = above;
			row[j] = best;
		}
	}
	return row[b_length];
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static unsigned word_distance(const uint32_t *wanted, size_t wanted_length, const char *word, size_t length)
{
	uint32_t folded[WORD_MAX];
	size_t used = fold(folded, word, length);
	return used ? distance(wanted, wanted_length, folded, used) : WORD_MAX;
}

/* To the nearest one of a list with commas between; WORD_MAX if it is empty. */
static unsigned list_distance(const uint32_t *wanted, size_t wanted_length, const char *list)
{
	unsigned best = WORD_MAX;
	for (const char *at = list; *at;) {
		size_t length = strcspn(at, ",");
		best = least(best, word_distance(wanted, wanted_length, at, length));
		at += length + (at[length] == ',');
	}
	return best;
}

/* What stands before the first colon or full stop: explanations of flags, options and events begin with what they are called. */
static size_t heading_length(const char *text)
{
	static const char full_stop[] = "\xe3\x80\x82";
	const char *stop = strstr(text, full_stop);
	size_t length = strcspn(text, ":");
	return stop && (size_t)(stop - text) < length ? (size_t)(stop - text) : length;
}

/* The least distance to any word of the entry; 0: it is meant. */
static unsigned entry_distance(const struct entry *entry, const uint32_t *wanted, size_t wanted_length)
{
	const char *shown = shown_name(entry), *text = T(entry->text);
	unsigned best = word_distance(wanted, wanted_length, entry->name, strlen(entry->name));
	best = least(best, word_distance(wanted, wanted_length, shown, strlen(shown)));
	best = least(best, list_distance(wanted, wanted_length, entry->others));
	best = least(best, list_distance(wanted, wanted_length, translated(entry->others)));
	if (entry->word)
		best = least(least(best, word_distance(wanted, wanted_length, entry->word, strlen(entry->word))),
			word_distance(wanted, wanted_length, T(entry->word), strlen(T(entry->word))));
	if (entry->group)
		best = least(least(best, word_distance(wanted, wanted_length, entry->text, heading_length(entry->text))),
			word_distance(wanted, wanted_length, text, heading_length(text)));
	return best;
}

/* ---- writing */

static void put_entry(struct output *out, const struct entry *entry, unsigned width)
{
	const char *separator = "  (";
	const char *words = entry->group && strcmp(entry->group, "event") == 0 && *entry->others ? entry->others : NULL;

	output_text(out, shown_name(entry));
	if (words) {
		output_text(out, "  \"");
		output_text(out, words);
		output_char(out, '"');
		/* Lines have the English words, timelines and comments the reader's. */
		if (strcmp(T(words), words) != 0) {
			output_text(out, "  ");
			output_text(out, T(words));
		}
	}
	if (entry->group) {
		output_text(out, separator);
		output_text(out, T(entry->group));
		separator = ", ";
	}
	if (strcmp(entry->section, "-") != 0) {
		output_text(out, separator);
		output_text(out, entry->section);
		separator = ", ";
	}
	output_text(out, *separator == ',' ? ")\n" : "\n");
	output_repeat(out, ' ', INDENT);
	say_fold(out, T(entry->text), strlen(T(entry->text)), INDENT, INDENT, width);
	output_char(out, '\n');
}

static void put_nearest(struct output *out, const char *term, const uint32_t *wanted, size_t length)
{
	struct entry entry, nearest = { .name = NULL };
	unsigned best = WORD_MAX;
	for (unsigned i = 0; entry_at(i, &entry); i++) {
		unsigned here = entry_distance(&entry, wanted, length);
		if (here < best) {
			best = here;
			nearest = entry;
		}
	}
	output_text(out, T("There is no entry for "));
	output_escaped(out, (const uint8_t *)term, strlen(term));
	/* Where half of the letters differ the word was meant otherwise. */
	if (nearest.name && best <= length / 2) {
		output_text(out, T("; did you mean: "));
		output_text(out, shown_name(&nearest));
	}
	output_text(out, "\n");
}

bool glossary_put(struct output *out, const char *term, unsigned width)
{
	uint32_t wanted[WORD_MAX];
	size_t length = term ? fold(wanted, term, strlen(term)) : 0;
	/* SYN_RECV, ESTAB, LISTENING: by whatever program a state is called so. */
	unsigned state = term ? state_by_name(term, strlen(term)) : SYNFIN_STATES;
	struct entry entry;
	bool found = false;
	for (unsigned i = 0; entry_at(i, &entry); i++)
		if (!term || (length && entry_distance(&entry, wanted, length) == 0) || (state < SYNFIN_STATES && i == TERMS + state)) {
			put_entry(out, &entry, width);
			found = true;
		}
	if (!found)
		put_nearest(out, term, wanted, length);
	return found;
}
