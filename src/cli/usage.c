/* SPDX-License-Identifier: BSD-3-Clause */
/* What --help, --version and a wrong command line print. --help is made from the option table. */
#include "cli/cli.h"

#include <stdarg.h>

#define HELP_COLUMN 30

static const char *const headings[OPTION_GROUPS] = {
	[GROUP_SOURCE] = "Where packets come from",
	[GROUP_FILTER] = "Which packets",
	[GROUP_SAVE] = "Saving packets",
	[GROUP_VIEW] = "What is shown",
	[GROUP_TIMELINE] = "Of a timeline",
	[GROUP_LINE] = "What a line shows (as in tcpdump)",
	[GROUP_ANNOTATION] = "What stands beside it",
	[GROUP_TRACKING] = "How connections are tracked",
	[GROUP_GENERAL] = "About synfin",
};

void message(const struct options *options, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	fprintf(stderr, "%s: ", options->program);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	va_end(arguments);
}

const char *plural(uint64_t number)
{
	return number == 1 ? "" : "s";
}

static void help_line(const struct option_entry *entry)
{
	char left[80];
	int used = entry->letter ? snprintf(left, sizeof left, "  -%c%s", entry->letter, entry->name ? ", " : "")
				 : snprintf(left, sizeof left, "      ");
	if (entry->name)
		used += snprintf(left + used, sizeof left - (size_t)used, "--%s", entry->name);
	if (entry->argument)
		snprintf(left + used, sizeof left - (size_t)used, "%c%s", entry->name ? '=' : ' ', entry->argument);
	printf("%-*s %s\n", HELP_COLUMN, left, entry->help);
}

void usage_help(const struct options *options)
{
	printf("Usage: %s [OPTION]... [EXPRESSION]\n"
	       "Print the packets on a network or in a file%s\n"
	       "EXPRESSION says which packets, see pcap-filter(7).\n",
	       options->program,
	       options->as_tcpdump ? ", as tcpdump does." : ", and beside every TCP packet the\nstate of both ends of its connection.");
	for (unsigned group = 0; group < OPTION_GROUPS; group++) {
		if (options->as_tcpdump && (group == GROUP_VIEW || group == GROUP_TIMELINE || group == GROUP_ANNOTATION || group == GROUP_TRACKING))
			continue;
		printf("\n%s:\n", headings[group]);
		for (const struct option_entry *entry = option_table; entry->take; entry++)
			if (entry->help && entry->group == group && !(options->as_tcpdump && entry->own))
				help_line(entry);
	}
	printf("\nLong names may be shortened as long as they are unambiguous; options may follow\nthe expression. More in synfin(1).\n");
}

void usage_version(void)
{
	printf("synfin version %s\n%s\n", SYNFIN_VERSION, synfin_capture_library());
}

void usage_error(const struct options *options, const struct synfin_error *error)
{
	message(options, "%s", error->text);
	if (options->unreadable || !options->plain)
		fprintf(stderr, "Usage: %s [OPTION]... [EXPRESSION]; %s --help lists the options.\n", options->program, options->program);
}
