/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One function for each way of taking an option into struct options. Numbers are read strictly: digits, nothing else, in range. With
 * --plain they are what tcpdump takes them for, so that a script's command line goes on working.
 */
#include "cli/option_take.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <strings.h>

#include "base/error.h"
#include "cli/language.h"
#include "views/expect.h"
#include "views/select.h"
#include "views/state_names.h"

#define MILLION 1000000

static void *field_of(struct options *options, const struct option_entry *entry)
{
	return (char *)options + entry->field;
}

int take_flag(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	(void)shown, (void)value, (void)error;
	*(bool *)field_of(options, entry) = true;
	return SYNFIN_OK;
}

int take_count(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	(void)shown, (void)value, (void)error;
	unsigned *count = field_of(options, entry);
	/* No option means more beyond three or five times; a thousand -v must not wrap. */
	if (*count < 100)
		++*count;
	return SYNFIN_OK;
}

int take_text(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	(void)shown, (void)error;
	*(const char **)field_of(options, entry) = value;
	return SYNFIN_OK;
}

/* An empty word is what becomes of a variable that is not set. tcpdump looks for something of that name. */
static int refuse_empty(const struct options *options, const struct option_entry *entry, const char *shown, const char *value,
	struct synfin_error *error)
{
	if (*value || options->plain)
		return SYNFIN_OK;
	return error_set(error, SYNFIN_E_ARGUMENT, shown, "%s takes the name of %s, which cannot be empty", shown, entry->what);
}

int take_name(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	int status = refuse_empty(options, entry, shown, value, error);
	return status < 0 ? status : take_text(options, entry, shown, value, error);
}

int take_file(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	int status = refuse_empty(options, entry, shown, value, error);
	if (status < 0)
		return status;
	const char **longer = realloc(options->read_files, (options->read_count + 1) * sizeof *longer);
	if (!longer)
		return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
	longer[options->read_count++] = options->read_file = value;
	options->read_files = longer;
	return SYNFIN_OK;
}

/*
 * tcpdump's words for what is wrong, which scripts may look for; without --plain also what would have been right (`hint`, or NULL).
 */
static int reject(const struct options *options, struct synfin_error *error, const char *shown, const char *hint, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

static int reject(const struct options *options, struct synfin_error *error, const char *shown, const char *hint, const char *format, ...)
{
	char text[sizeof error->text];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	if (options->plain || !hint)
		return error_set(error, SYNFIN_E_ARGUMENT, shown, "%s", text);
	return error_set(error, SYNFIN_E_ARGUMENT, shown, "%s: %s", text, hint);
}

/* Digits and nothing else: strtoull() takes blanks and signs, too. */
static bool read_strictly(const char *value, uint64_t *number)
{
	char *end = NULL;
	errno = 0;
	*number = strtoull(value, &end, 10);
	return isdigit((unsigned char)*value) && !*end && !errno;
}

/* As tcpdump's atoi(): "5x" is 5, "x" is 0. Returns -1 for all numbers below 0. */
static int64_t read_as_tcpdump(const char *value)
{
	int number = (int)strtol(value, NULL, 10);
	return number < 0 ? -1 : number;
}

int take_number(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	uint64_t number = 0;
	bool good;
	if (options->plain && !entry->own) {
		int64_t read = read_as_tcpdump(value);
		good = read >= 0;
		number = good ? (uint64_t)read : 0;
	} else {
		good = read_strictly(value, &number);
	}
	if (!good || number < entry->least || number > entry->most) {
		char hint[96];
		snprintf(hint, sizeof hint, "%s takes a number from %u to %u", shown, (unsigned)entry->least, (unsigned)entry->most);
		return reject(options, error, shown, hint, "invalid %s %s", entry->what, value);
	}
	*(uint32_t *)field_of(options, entry) = (uint32_t)number;
	return SYNFIN_OK;
}

int take_size(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	char hint[96];
	char *end = NULL;
	errno = 0;
	int64_t number = strtoll(value, &end, 10);
	snprintf(hint, sizeof hint, "%s takes a number of millions of bytes", shown);
	if (end == value || *end || errno || number <= 0 || (!options->plain && !isdigit((unsigned char)*value)))
		return reject(options, error, shown, hint, "invalid %s %s", entry->what, value);
	if (number > INT64_MAX / MILLION)
		return reject(options, error, shown, NULL, "%s %s is too large", entry->what, value);
	*(uint64_t *)field_of(options, entry) = (uint64_t)number * MILLION;
	return SYNFIN_OK;
}

int take_period(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	struct option_entry positive = *entry;
	positive.least = options->plain ? 0 : 1;
	return take_number(options, &positive, shown, value, error);
}

struct unit {
	char letter; /* 0: none need follow */
	uint64_t is;
};

/* "15", or "15m" for 15 * 60: the number in the smallest unit. false: it is none, 0, or too large. */
static bool read_with_unit(const char *value, const struct unit *units, uint64_t most, uint64_t *number)
{
	char *end = NULL;
	errno = 0;
	*number = strtoull(value, &end, 10);
	if (!isdigit((unsigned char)*value) || errno || *number == 0 || (*end && end[1]))
		return false;
	while (units->is && units->letter != *end)
		units++;
	if (!units->is || *number > most / units->is)
		return false;
	*number *= units->is;
	return true;
}

int take_duration(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	static const struct unit units[] = { { 0, 1 }, { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 }, { 0, 0 } };
	uint64_t seconds;
	if (!read_with_unit(value, units, INT_MAX, &seconds))
		return error_set(error, SYNFIN_E_ARGUMENT, shown, "%s cannot be %s: it takes a number of seconds, or as 15m, 2h, 1d", shown, value);
	*(uint32_t *)field_of(options, entry) = (uint32_t)seconds;
	return SYNFIN_OK;
}

int take_bytes(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	static const struct unit units[] = { { 0, 1 }, { 'k', 1000 }, { 'M', MILLION }, { 'G', 1000 * UINT64_C(1000000) }, { 0, 0 } };
	uint64_t *field = field_of(options, entry);
	if (!read_with_unit(value, units, INT64_MAX, field))
		return error_set(error, SYNFIN_E_ARGUMENT, shown, "%s cannot be %s: it takes a number of bytes, or as 500k, 20M, 1G", shown, value);
	return SYNFIN_OK;
}

int take_action(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	(void)shown, (void)value, (void)error;
	options->action = entry->least;
	return SYNFIN_OK;
}

int take_snapshot(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	char *end = NULL;
	errno = 0;
	/* Base 0: tcpdump takes 0x40, too. */
	long number = strtol(value, &end, 0);
	if (end == value || *end || errno || number < 0 || number > (long)entry->most)
		return reject(options, error, shown, NULL, "invalid %s %s (must be >= 0 and <= %u)", entry->what, value, (unsigned)entry->most);
	/* tcpdump: "Setting snaplen to 0 sets it to the default". */
	options->snapshot_length = number ? (uint32_t)number : entry->most;
	return SYNFIN_OK;
}

int take_link_type(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	if (!synfin_link_type_known(value))
		return reject(options, error, shown, "-L lists those of an interface", "invalid %s %s", entry->what, value);
	options->link_type = value;
	return SYNFIN_OK;
}

int take_precision(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	(void)entry;
	if (strcmp(value, "micro") != 0 && strcmp(value, "nano") != 0) {
		char hint[96];
		snprintf(hint, sizeof hint, "%s takes micro or nano", shown);
		return reject(options, error, shown, hint, "unsupported time stamp precision");
	}
	options->nanoseconds = *value == 'n';
	return SYNFIN_OK;
}

int take_unit(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	(void)shown, (void)value, (void)error;
	options->nanoseconds = entry->least;
	return SYNFIN_OK;
}

int take_direction(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	char hint[96];
	(void)entry;
	if (strcasecmp(value, "in") == 0) {
		options->direction = SYNFIN_DIRECTION_IN;
	} else if (strcasecmp(value, "out") == 0) {
		options->direction = SYNFIN_DIRECTION_OUT;
	} else if (strcasecmp(value, "inout") == 0) {
		options->direction = SYNFIN_DIRECTION_BOTH;
	} else {
		snprintf(hint, sizeof hint, "%s takes in, out or inout", shown);
		return reject(options, error, shown, hint, "unknown capture direction `%s'", value);
	}
	return SYNFIN_OK;
}

int take_when(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	static const char *const words[] = { [WHEN_AUTO] = "auto", [WHEN_ALWAYS] = "always", [WHEN_NEVER] = "never" };
	for (unsigned i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(value, words[i]) == 0) {
			*(unsigned *)field_of(options, entry) = i;
			return SYNFIN_OK;
		}
	return error_set(error, SYNFIN_E_ARGUMENT, shown, "%s cannot be %s: it takes auto, always or never", shown, value);
}

int take_choice(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	(void)shown, (void)value, (void)error;
	*(unsigned *)field_of(options, entry) = entry->least;
	return SYNFIN_OK;
}

/* "text json csv" as a reader wants it: "text, json or csv". */
static void list_words(char *list, size_t size, const char *words)
{
	size_t used = 0;
	for (size_t length; *words && used < size; words += length + (words[length] == ' ')) {
		length = strcspn(words, " ");
		bool last = !words[length];
		used += (size_t)snprintf(list + used, size - used, "%s%.*s", used == 0 ? "" : last ? " or " : ", ", (int)length, words);
	}
}

int take_word(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	char list[160] = "";
	unsigned place = 0;
	for (const char *word = entry->what; *word; place++) {
		size_t length = strcspn(word, " ");
		if (strlen(value) == length && strncmp(value, word, length) == 0) {
			*(unsigned *)field_of(options, entry) = place;
			return SYNFIN_OK;
		}
		word += length + (word[length] == ' ');
	}
	list_words(list, sizeof list, entry->what);
	return error_set(error, SYNFIN_E_ARGUMENT, shown, "%s cannot be %s: it takes %s", shown, value, list);
}

int take_language(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	(void)entry;
	if (!language_known(value))
		return error_set(error, SYNFIN_E_ARGUMENT, shown, "unknown language %s: %s takes en or ja", value, shown);
	options->language = value;
	return SYNFIN_OK;
}

int take_charset(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	static const char *const words[] = { [CHARSET_AUTO] = "auto", [CHARSET_ASCII] = "ascii", [CHARSET_UNICODE] = "unicode" };
	(void)entry;
	for (unsigned i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(value, words[i]) == 0) {
			options->charset = i;
			return SYNFIN_OK;
		}
	return error_set(error, SYNFIN_E_ARGUMENT, shown, "%s cannot be %s: it takes auto, ascii or unicode", shown, value);
}

int take_names(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	(void)entry;
	for (unsigned i = 0; state_names_word(i); i++)
		if (strcmp(value, state_names_word(i)) == 0) {
			options->state_names = i;
			return SYNFIN_OK;
		}
	return error_set(error, SYNFIN_E_ARGUMENT, shown, "%s cannot be %s: it takes rfc, netstat, ss or windows", shown, value);
}

int take_selection(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	static int (*const add[])(struct selection *, const char *, struct synfin_error *) = {
		[LIST_CONNECTIONS] = selection_add_connections,
		[LIST_PARTS] = selection_add_parts,
		[LIST_STATES] = selection_add_states,
		[LIST_EVENTS] = selection_add_events,
	};
	struct synfin_error why = { 0 };
	if (add[entry->least](&options->selection, value, &why) == 0)
		return SYNFIN_OK;
	return error_set(error, SYNFIN_E_ARGUMENT, shown, "%s: %s", shown, why.text);
}

int take_expect(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	struct synfin_error why = { 0 };
	struct expect *expect = NULL;
	int status = expect_create(&expect, value, &why);
	expect_destroy(expect);
	if (status < 0)
		return error_set(error, status, shown, "%s: %s", shown, why.text);
	return take_text(options, entry, shown, value, error);
}

int take_select(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	struct synfin_error why = { 0 };
	struct select *select = NULL;
	int status = select_create(&select, value, &why);
	select_destroy(select);
	if (status < 0)
		return error_set(error, status, shown, "%s: %s", shown, why.text);
	return take_text(options, entry, shown, value, error);
}

int take_nothing(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	(void)options, (void)entry, (void)shown, (void)value, (void)error;
	return SYNFIN_OK;
}

int take_refusal(struct options *options, const struct option_entry *entry, const char *shown, const char *value, struct synfin_error *error)
{
	(void)options, (void)value;
	return error_set(error, SYNFIN_E_ARGUMENT, shown, "%s is not supported: %s", shown, entry->what);
}
