/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Makes the completion of a shell from the option table: generate bash|zsh|fish < FRAME > FILE. The frame has the shell's functions, and
 * a line @options@ in the place of what the table says.
 */
#include <stdio.h>
#include <string.h>

#include <synfin/event.h>

#include "cli/option_take.h"
#include "views/state_names.h"

/* What an option's argument is completed with. */
enum kind { NONE, FREE, WORDS, LIST, FILES, INTERFACES, USERS, PROGRAMS };

static const char *const kind_names[] = { "none", "free", "words", "list", "files", "interfaces", "users", "programs" };

struct argument {
	enum kind kind;
	char words[2000]; /* parted by blanks */
};

static void add_word(struct argument *argument, const char *word)
{
	size_t used = strlen(argument->words);
	snprintf(argument->words + used, sizeof argument->words - used, "%s%s", used ? " " : "", word);
}

static void add_selection(struct argument *argument, unsigned list)
{
	argument->kind = LIST;
	if (list == LIST_PARTS)
		add_word(argument, "handshake teardown problem");
	else if (list == LIST_STATES)
		for (unsigned state = 0; state < SYNFIN_UNKNOWN; state++)
			add_word(argument, state_name(STATE_NAMES_RFC, state));
	else if (list == LIST_EVENTS)
		for (unsigned event = 0; event < SYNFIN_EVENTS; event++)
			add_word(argument, synfin_event_name(event));
	else
		argument->kind = FREE;
}

/* By the function that takes it: the words that it accepts; otherwise by what --help calls it. */
static void argument_of(struct argument *argument, const struct option_entry *entry)
{
	static const struct {
		option_take_fn *take;
		const char *words;
	} closed[] = {
		{ take_when, "auto always never" },
		{ take_charset, "auto ascii unicode" },
		{ take_language, "en ja" },
		{ take_precision, "micro nano" },
		{ take_direction, "in out inout" },
	};
	static const struct {
		const char *name;
		enum kind kind;
	} named[] = { { "FILE", FILES }, { "IF", INTERFACES }, { "USER", USERS }, { "COMMAND", PROGRAMS } };

	*argument = (struct argument){ .kind = entry->argument ? FREE : NONE };
	if (!entry->argument)
		return;
	for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
		if (entry->take == closed[i].take) {
			argument->kind = WORDS;
			add_word(argument, closed[i].words);
		}
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (strcmp(entry->argument, named[i].name) == 0)
			argument->kind = named[i].kind;
	if (entry->take == take_word) {
		argument->kind = WORDS;
		add_word(argument, entry->what);
	} else if (entry->take == take_names) {
		argument->kind = WORDS;
		for (unsigned names = 0; state_names_word(names); names++)
			add_word(argument, state_names_word(names));
	} else if (entry->take == take_selection) {
		add_selection(argument, entry->least);
	}
}

/* Within '...' of a shell. zsh has its own meaning for brackets and colons in a description. */
static void put_quoted(const char *text, const char *escaped)
{
	for (; *text; text++) {
		if (*text == '\'')
			fputs("'\\'", stdout);
		else if (strchr(escaped, *text))
			putchar('\\');
		putchar(*text);
	}
}

static void put_bash_names(const struct option_entry *entry)
{
	if (entry->letter)
		printf("-%c", entry->letter);
	if (entry->letter && entry->name)
		putchar('|');
	if (entry->name)
		printf("--%s", entry->name);
}

static void put_bash(void)
{
	printf("_synfin_options='");
	for (const struct option_entry *entry = option_table; entry->take; entry++) {
		if (!entry->help)
			continue;
		if (entry->letter)
			printf("-%c ", entry->letter);
		if (entry->name)
			printf("--%s%s ", entry->name, entry->argument ? "=" : "");
	}
	printf("'\n\n_synfin_argument() {\n    case $1 in\n");
	for (const struct option_entry *entry = option_table; entry->take; entry++) {
		struct argument argument;
		argument_of(&argument, entry);
		if (argument.kind == NONE || entry->take == take_refusal)
			continue;
		printf("    ");
		put_bash_names(entry);
		printf(") kind=%s words='%s' ;;\n", kind_names[argument.kind], argument.words);
	}
	printf("    *) kind=none words='' ;;\n    esac\n}\n");
}

/* Options that mean more when they stand there twice. */
static bool repeats(const struct option_entry *entry)
{
	return entry->take == take_count || entry->take == take_file || entry->take == take_selection;
}

static void put_zsh_names(const struct option_entry *entry)
{
	const char *more = entry->argument ? "+" : "";
	const char *equals = entry->argument ? "=" : "";
	if (repeats(entry))
		printf("'*'");
	else if (entry->letter && entry->name)
		printf("'(-%c --%s)'", entry->letter, entry->name);
	if (entry->letter && entry->name)
		printf("{'-%c%s','--%s%s'}", entry->letter, more, entry->name, equals);
	else if (entry->letter)
		printf("'-%c%s'", entry->letter, more);
	else
		printf("'--%s%s'", entry->name, equals);
}

static void put_zsh_argument(const struct argument *argument, const char *name)
{
	static const char *const actions[] = { [FREE] = " ", [FILES] = "_files", [INTERFACES] = "_synfin_interfaces", [USERS] = "_users",
		[PROGRAMS] = "_command_names -e" };
	printf(":%s:", name);
	if (argument->kind == WORDS)
		printf("(%s)", argument->words);
	else if (argument->kind == LIST)
		printf("{_values -s , %s %s}", name, argument->words);
	else
		printf("%s", actions[argument->kind]);
}

static void put_zsh(void)
{
	for (const struct option_entry *entry = option_table; entry->take; entry++) {
		struct argument argument;
		if (!entry->help)
			continue;
		argument_of(&argument, entry);
		printf("    ");
		put_zsh_names(entry);
		printf("'[");
		put_quoted(entry->help, "[]:");
		putchar(']');
		if (argument.kind != NONE)
			put_zsh_argument(&argument, entry->argument);
		printf("' \\\n");
	}
}

static void put_fish(void)
{
	for (const struct option_entry *entry = option_table; entry->take; entry++) {
		struct argument argument;
		if (!entry->help)
			continue;
		argument_of(&argument, entry);
		printf("complete -c synfin");
		if (entry->letter)
			printf(" -s '%c'", entry->letter);
		if (entry->name)
			printf(" -l %s", entry->name);
		if (argument.kind == FILES)
			printf(" -r -F");
		else if (argument.kind != NONE)
			printf(" -x");
		if (argument.kind == WORDS)
			printf(" -a '%s'", argument.words);
		else if (argument.kind == LIST)
			printf(" -a '(__synfin_list %s)'", argument.words);
		else if (argument.kind == INTERFACES)
			printf(" -a '(__synfin_interfaces)'");
		else if (argument.kind == USERS)
			printf(" -a '(__fish_complete_users)'");
		else if (argument.kind == PROGRAMS)
			printf(" -a '(__synfin_programs)'");
		printf(" -d '");
		put_quoted(entry->help, "");
		printf("'\n");
	}
}

int main(int argc, char **argv)
{
	static const struct {
		const char *shell;
		void (*put)(void);
	} shells[] = { { "bash", put_bash }, { "zsh", put_zsh }, { "fish", put_fish } };
	void (*put)(void) = NULL;
	char line[1000];

	for (size_t i = 0; argc == 2 && i < sizeof shells / sizeof *shells; i++)
		if (strcmp(argv[1], shells[i].shell) == 0)
			put = shells[i].put;
	if (!put) {
		fprintf(stderr, "usage: generate bash|zsh|fish < FRAME\n");
		return 2;
	}
	while (fgets(line, sizeof line, stdin)) {
		if (strcmp(line, "@options@\n") == 0)
			put();
		else
			fputs(line, stdout);
	}
	return fflush(stdout) != 0 || ferror(stdin);
}
