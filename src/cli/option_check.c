/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Two tables. What is asked for is a set of bits; a conflict is a set that cannot be obeyed, an effect says which bits an option needs, one
 * at least, to change anything.
 */
#include "cli/option_check.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "cli/cli.h"
#include "cli/keep.h"
#include "cli/naming.h"
#include "views/text.h"

#define BIT(value) (1u << (value))

/* What is asked for. */
enum asked {
	PLAIN = BIT(0),
	READS = BIT(1),             /* files, of -r or -V */
	CAPTURES = BIT(2),
	SAVES = BIT(3),             /* -w */
	SAVES_TO_STDOUT = BIT(4),
	PRINTS_TOO = BIT(5),        /* --print */
	COUNTS = BIT(6),            /* --count */
	EXPECTS = BIT(7),
	ASKS_FOR_NAMES = BIT(8),    /* of hosts, by --resolve */
	SELECTS = BIT(9),           /* --connection, --only, --state, --event */
	RANKS = BIT(10),            /* --sort, --top */
	VIEW_NAMED = BIT(11),       /* a view or a form is given, be it the default */
	OTHER_THAN_LINES = BIT(12), /* ... and not the default */
	CONNECTIONS = BIT(13),
	TIMELINE = BIT(14),
	TRACKS = BIT(15),
	/* What is shown has ... */
	LINES = BIT(16),            /* tcpdump's lines */
	TIMES = BIT(17),            /* times as -t wants them */
	COLOURS = BIT(18),
	BRACKETS = BIT(19),
	DRAWINGS = BIT(20),         /* characters that --charset chooses */
	STATES = BIT(21),           /* names of states for people */
	FOLDS = BIT(22),            /* columns that --width sets */
	ANNOTATES = BIT(23),        /* --annotate */
	SAVES_PCAPNG = BIT(24),
	CHOOSES = BIT(25),          /* --select */
	ROTATES = BIT(26),          /* -C, -G */
	REUSES = BIT(27),           /* -C and -W */
	KEEPS_NEWEST = BIT(28),     /* --ring */
	HANDS_OVER = BIT(29),       /* -z */
	NAMES = BIT(30),            /* of hosts; this is the last bit that there is */
};

bool options_given(const struct options *options, const char *name)
{
	for (unsigned i = 0; option_table[i].take; i++)
		if (option_table[i].name && strcmp(option_table[i].name, name) == 0)
			return options->given[i];
	return false;
}

static unsigned asked_view(const struct options *options)
{
	static const unsigned as_text[VIEWS] = {
		[VIEW_PACKETS] = LINES | TIMES | COLOURS | BRACKETS | DRAWINGS | STATES,
		[VIEW_EVENTS] = TIMES | COLOURS,
		[VIEW_CONNECTIONS] = CONNECTIONS | COLOURS | STATES,
		[VIEW_TIMELINE] = TIMELINE | COLOURS | DRAWINGS | STATES | FOLDS,
		[VIEW_EXPLAIN] = LINES | TIMES | DRAWINGS | STATES | FOLDS,
	};
	if (options->format == FORMAT_TEXT)
		return as_text[options->view] & (options->plain ? LINES | TIMES : ~0u);
	switch (options->view) {
	case VIEW_PACKETS:
		return LINES | TIMES;
	case VIEW_CONNECTIONS:
		return CONNECTIONS;
	case VIEW_TIMELINE:
		return TIMELINE | STATES;
	default:
		return 0;
	}
}

static unsigned asked_of(const struct options *options)
{
	const struct {
		bool is;
		unsigned asked;
	} facts[] = {
		{ options->plain, PLAIN },
		{ options->read_file || options->list_file, READS },
		{ !options->read_file && !options->list_file, CAPTURES },
		{ options->write_file, SAVES },
		{ options->write_file && strcmp(options->write_file, "-") == 0, SAVES_TO_STDOUT },
		{ options->print, PRINTS_TOO },
		{ options->count_only, COUNTS },
		{ options->expect, EXPECTS },
		{ options->annotate, ANNOTATES },
		{ save_is_pcapng(options), SAVES_PCAPNG },
		{ options->select, CHOOSES },
		{ save_rotates(options), ROTATES },
		{ options->rotate_bytes && options->file_limit, REUSES },
		{ options->ring, KEEPS_NEWEST },
		{ options->finished_command, HANDS_OVER },
		{ naming_is_due(options), NAMES },
		{ naming_asks(options), ASKS_FOR_NAMES },
		{ !selection_is_all(&options->selection), SELECTS },
		{ options->sort || options->top, RANKS },
		{ options->views_named || options->formats_named, VIEW_NAMED },
		{ options->view != VIEW_PACKETS || options->format != FORMAT_TEXT, OTHER_THAN_LINES },
	};
	unsigned asked = 0;
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		asked |= facts[i].is ? facts[i].asked : 0;
	bool shows = options->write_file ? options->print : !options->count_only;
	if (!options->plain && (shows || options->expect || keep_is_due(options)))
		asked |= TRACKS;
	return asked | (shows ? asked_view(options) : asked_view(options) & (CONNECTIONS | TIMELINE));
}

/* What is in `all` is asked for, and nothing of `unless`. */
static const struct conflict {
	unsigned all, unless;
	const char *text;
} conflicts[] = {
	{ PLAIN | OTHER_THAN_LINES, 0, "--plain is for packets as text: it tracks no connection" },
	{ PLAIN | EXPECTS, 0, "--expect cannot be judged with --plain, which tracks no connection" },
	{ PLAIN | ANNOTATES, 0, "--annotate needs connections, and --plain tracks none" },
	{ PLAIN | CHOOSES, 0, "--select needs connections, and --plain tracks none" },
	{ ANNOTATES, SAVES_PCAPNG, "--annotate goes with -w FILE.pcapng, or -w -" },
	{ COUNTS | CHOOSES, 0, "--count counts packets: --connections shows which are selected" },
	{ CAPTURES | CHOOSES, SAVES, "--select knows a connection only when it is over: read files by -r, or save by -w" },
	{ CAPTURES | CHOOSES | PRINTS_TOO, 0, "--select knows a connection only when it is over: a capture can be saved so, but not printed" },
	{ SELECTS, TIMELINE, "--connection, --only, --state and --event are for --timeline" },
	{ RANKS, CONNECTIONS, "--sort and --top go with --connections" },
	{ COUNTS | VIEW_NAMED, 0, "--count prints only a number: leave it out, or what is to be shown" },
	{ SAVES | VIEW_NAMED, PRINTS_TOO | PLAIN, "-w saves packets and shows none: add --print to see them as well" },
	{ SAVES_TO_STDOUT | ROTATES, PLAIN, "-C and -G make several files: -w - is only one" },
	{ SAVES_TO_STDOUT | HANDS_OVER, PLAIN, "-z runs a program for a finished file: -w - makes none" },
	{ REUSES | KEEPS_NEWEST, 0, "--ring and -W with -C exclude each other: both limit how many files there are" },
	{ SAVES_TO_STDOUT | PRINTS_TOO, PLAIN, "-w - and --print would both write to standard output" },
};

/* Two of several that exclude each other. */
static int check_one_only(unsigned named, const char *const *names, const char *prefix, struct synfin_error *error)
{
	const char *first = NULL;
	for (unsigned i = 0; named >> i; i++) {
		if (!(named >> i & 1))
			continue;
		if (first)
			return error_set(error, SYNFIN_E_ARGUMENT, NULL, "%s%s and %s%s exclude each other: choose one", prefix, first, prefix, names[i]);
		first = names[i];
	}
	return SYNFIN_OK;
}

int options_check(const struct options *options, struct synfin_error *error)
{
	if (options->action == ACTION_LIST_INTERFACES || options->action == ACTION_GLOSSARY)
		return SYNFIN_OK;
	if (options->time > 5)
		return error_set(error, SYNFIN_E_ARGUMENT, "-t", "only -t, -tt, -ttt, -tttt and -ttttt are supported");
	if (options->read_file && options->list_file)
		return error_set(error, SYNFIN_E_ARGUMENT, NULL, "-V and -r are mutually exclusive.");
	int status = check_one_only(options->views_named, view_names, "", error);
	if (status == 0)
		status = check_one_only(options->formats_named, format_names, "--format=", error);
	unsigned asked = asked_of(options);
	for (size_t i = 0; i < sizeof conflicts / sizeof *conflicts && status == 0; i++)
		if ((asked & conflicts[i].all) == conflicts[i].all && !(asked & conflicts[i].unless))
			status = error_set(error, SYNFIN_E_ARGUMENT, NULL, "%s", conflicts[i].text);
	return status == 0 && !view_goes_with(options->view, options->format) ? view_refuse(options, error) : status;
}

/* ---- Without effect */

static const struct effect {
	const char *options; /* letters, and long names without the dashes, parted by blanks */
	unsigned needs;
	const char *what;
} effects[] = {
	{ "i direction linktype snapshot-length", CAPTURES, N_("live captures") },
	{ "C G z", SAVES, N_("saving with -w") },
	{ "W ring", ROTATES, N_("files of -C or -G") },
	{ "width", FOLDS, N_("--timeline and --explain") },
	{ "all-packets", TIMELINE, N_("--timeline") },
	{ "color colour", COLOURS, N_("packets, events, connections and timelines as text") },
	{ "bracket", BRACKETS, N_("packets as text") },
	{ "charset", DRAWINGS, N_("packets, timelines and explanations as text") },
	{ "state-names", STATES, N_("packets, connections, timelines and explanations for people") },
	{ "t", TIMES, N_("lines that begin with a time") },
	{ "number e q absolute-tcp-sequence-numbers dont-verify-checksums M x X A", LINES, N_("lines of packets") },
	{ "resolve", NAMES, N_("names of hosts, and none are shown") },
	{ "resolve-wait", ASKS_FOR_NAMES, "--resolve" },
	{ "max-connections time-wait idle vlan-blind merge-copies", TRACKS, N_("tracked connections, and none are tracked") },
};

static bool has_word(const char *list, const char *word, size_t length)
{
	for (const char *at = list; *at; at += strcspn(at, " "), at += *at == ' ')
		if (strcspn(at, " ") == length && memcmp(at, word, length) == 0)
			return true;
	return false;
}

static const struct effect *effect_of(const struct option_entry *entry)
{
	for (size_t i = 0; i < sizeof effects / sizeof *effects; i++)
		if (has_word(effects[i].options, &entry->letter, entry->letter != 0) ||
			(entry->name && has_word(effects[i].options, entry->name, strlen(entry->name))))
			return &effects[i];
	return NULL;
}

/* "-s 0" is an old habit, and asks for nothing that would be missed. */
static bool asks_for_the_default(const struct options *options, const struct option_entry *entry)
{
	return entry->field == offsetof(struct options, snapshot_length) && options->snapshot_length == entry->most;
}

void options_remarks(const struct options *options, option_remark_fn *remark)
{
	char text[256];
	unsigned asked = asked_of(options);
	if (options->action != ACTION_PACKETS || options->dump_code || options->list_link_types)
		return;
	for (unsigned i = 0; option_table[i].take; i++) {
		const struct option_entry *entry = &option_table[i];
		const struct effect *effect = options->given[i] ? effect_of(entry) : NULL;
		if (!effect || (asked & effect->needs) || (options->plain && !entry->own) || asks_for_the_default(options, entry))
			continue;
		char shown[48];
		if (entry->name)
			snprintf(shown, sizeof shown, "--%s", entry->name);
		else
			snprintf(shown, sizeof shown, "-%c", entry->letter);
		snprintf(text, sizeof text, T("%s has no effect: it is for %s"), shown, T(effect->what));
		remark(options, text);
	}
	if (!options->plain && options->filter && options->filter_file)
		remark(options, T("the expression on the command line is ignored: -F takes it from a file"));
}
