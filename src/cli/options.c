/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The parser: getopt_long() over arrays made from the option table. getopt's own messages are off (it prints them); the same words
 * are made here.
 */
#include "cli/option_take.h"

#include <getopt.h>

#include "base/error.h"
#include "cli/cli.h"
#include "cli/language.h"
#include "cli/option_check.h"

#define LONG_VALUE 256  /* getopt's value for entry i is LONG_VALUE + i when a long name was used, so messages can show that name */

struct tables {
	struct option longs[OPTIONS_MAX + 1];
	char shorts[2 * OPTIONS_MAX + 3];
};

/* Called as tcpdump there are none but tcpdump's: so its abbreviations (--co for --count) stay as unambiguous as they were. */
static void tables_fill(struct tables *tables, bool without_own)
{
	unsigned count = 0;
	char *letter = tables->shorts;
	*letter++ = ':'; /* a missing argument is told apart from an unknown option */
	for (unsigned i = 0; i < OPTIONS_MAX && option_table[i].take; i++) {
		const struct option_entry *entry = &option_table[i];
		if (entry->own && without_own)
			continue;
		if (entry->name)
			tables->longs[count++] = (struct option){ entry->name, entry->argument ? required_argument : no_argument, NULL, LONG_VALUE + (int)i };
		if (entry->letter) {
			*letter++ = entry->letter;
			if (entry->argument)
				*letter++ = ':';
		}
	}
	*letter = '\0';
	tables->longs[count] = (struct option){ NULL, 0, NULL, 0 };
}

static const struct option_entry *entry_of(int value)
{
	if (value >= LONG_VALUE)
		return &option_table[value - LONG_VALUE];
	for (const struct option_entry *entry = option_table; entry->take; entry++)
		if (entry->letter == value)
			return entry;
	return NULL;
}

/* getopt's '?' for a long option without a value of its own: it is unknown, or the beginning of several. */
static int unknown_long(const struct tables *tables, const char *word, struct synfin_error *error)
{
	int length = (int)strcspn(word, "=");
	char matches[256] = "";
	size_t used = 0;
	for (const struct option *o = tables->longs; o->name; o++)
		if (strncmp(o->name, word + 2, (size_t)length - 2) == 0 && used < sizeof matches)
			used += (size_t)snprintf(matches + used, sizeof matches - used, " '--%s'", o->name);
	if (used)
		return error_set(error, SYNFIN_E_ARGUMENT, word, "option '%.*s' is ambiguous; possibilities:%s", length, word, matches);
	return error_set(error, SYNFIN_E_ARGUMENT, word, "unrecognized option '%.*s'", length, word);
}

static int refuse(const struct tables *tables, int got, const char *word, struct synfin_error *error)
{
	bool is_long = optopt == 0 || optopt >= LONG_VALUE;
	if (is_long && optopt == 0)
		return unknown_long(tables, word, error);
	if (is_long) {
		const char *name = entry_of(optopt)->name;
		return error_set(error, SYNFIN_E_ARGUMENT, word,
			got == ':' ? "option '--%s' requires an argument" : "option '--%s' doesn't allow an argument", name);
	}
	return error_set(error, SYNFIN_E_ARGUMENT, word, got == ':' ? "option requires an argument -- '%c'" : "invalid option -- '%c'", optopt);
}

/* Join the words of the expression with blanks, as tcpdump does. */
static int join_filter(struct options *options, int count, char **words, struct synfin_error *error)
{
	size_t size = 0;
	for (int i = 0; i < count; i++)
		size += strlen(words[i]) + 1;
	if (size == 0)
		return SYNFIN_OK;
	char *to = options->filter = malloc(size);
	if (!to)
		return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
	for (int i = 0; i < count; i++) {
		size_t length = strlen(words[i]);
		memcpy(to, words[i], length);
		to += length;
		*to++ = ' ';
	}
	to[-1] = '\0';
	return SYNFIN_OK;
}

static void getopt_restart(void)
{
	opterr = 0;
#ifdef __APPLE__
	optreset = 1;
	optind = 1;
#else
	optind = 0; /* glibc and musl: start anew, so that a program (a test) may parse twice */
#endif
}

/*
 * Whether --plain stands anywhere, by whatever abbreviation: it decides how the options before it are taken, and in which words and with
 * which status they are refused. And --lang, for what is said before it is reached: --help asks for no more. On a copy of the words, because
 * getopt_long() permutes them.
 */
static int look_ahead(struct options *options, const struct tables *tables, int argc, char **argv, struct synfin_error *error)
{
	int got;
	char **words = calloc((size_t)argc + 1, sizeof *words);
	if (!words)
		return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
	memcpy(words, argv, (size_t)argc * sizeof *words);
	getopt_restart();
	while ((got = getopt_long(argc, words, tables->shorts, tables->longs, NULL)) != -1) {
		const struct option_entry *entry = got == '?' || got == ':' ? NULL : entry_of(got);
		if (entry && entry->take == take_flag && entry->field == offsetof(struct options, plain))
			options->plain = true;
		if (entry && entry->take == take_language && language_known(optarg)) {
			options->language = optarg;
			options->given[entry - option_table] = true;
		}
	}
	free(words);
	return SYNFIN_OK;
}

/* Remember that it was given, for what must be looked at when all are. */
static void note_given(struct options *options, const struct option_entry *entry)
{
	options->given[entry - option_table] = true;
	if (entry->field == offsetof(struct options, view))
		options->views_named |= 1u << options->view;
	if (entry->field == offsetof(struct options, format))
		options->formats_named |= 1u << options->format;
}

static void options_begin(struct options *options, const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;
	*options = (struct options){ .program = slash ? slash + 1 : path };
	if (!options->program || !*options->program)
		options->program = "synfin";
	options->as_tcpdump = strcmp(options->program, "tcpdump") == 0;
	options->plain = options->as_tcpdump;
}

int options_parse(struct options *options, int argc, char **argv, struct synfin_error *error)
{
	struct tables tables = { .shorts = "" };
	int got;

	options_begin(options, argc > 0 ? argv[0] : NULL);
	tables_fill(&tables, options->as_tcpdump);
	int status = look_ahead(options, &tables, argc, argv, error);
	if (status < 0)
		return status;
	getopt_restart();
	while ((got = getopt_long(argc, argv, tables.shorts, tables.longs, NULL)) != -1) {
		char shown[64];
		options->unreadable = got == '?' || got == ':';
		if (options->unreadable)
			return refuse(&tables, got, argv[optind > 1 ? optind - 1 : 1], error);
		const struct option_entry *entry = entry_of(got);
		if (!entry)
			return error_set(error, SYNFIN_E_ARGUMENT, NULL, "invalid option -- '%c'", got);
		if (got >= LONG_VALUE)
			snprintf(shown, sizeof shown, "--%s", entry->name);
		else
			snprintf(shown, sizeof shown, "-%c", entry->letter);
		status = entry->take(options, entry, shown, optarg, error);
		if (status < 0)
			return status;
		note_given(options, entry);
		if (options->action == ACTION_HELP || options->action == ACTION_VERSION)
			return SYNFIN_OK;
	}
	status = options_check(options, error);
	return status < 0 ? status : join_filter(options, argc - optind, argv + optind, error);
}

void options_free(struct options *options)
{
	free(options->filter);
	options->filter = NULL;
	free(options->config_text);
	options->config_text = NULL;
	free(options->read_files);
	options->read_files = NULL;
	options->read_count = 0;
}

int options_usage_status(const struct options *options)
{
	return options->plain ? EXIT_RUN_TIME : EXIT_USAGE;
}
