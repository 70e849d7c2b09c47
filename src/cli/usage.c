/* SPDX-License-Identifier: BSD-3-Clause */
/* What --help, --version and a wrong command line print. --help is made from the option table. */
#include "cli/cli.h"

#include <limits.h>
#include <stdarg.h>

#include "base/utf8.h"
#include "views/explain_say.h"
#include "cli/resolver.h"
#include "cli/sandbox.h"
#include "views/text.h"

#define HELP_COLUMN 30
#define HELP_WIDTH 80

static const char *const headings[OPTION_GROUPS] = {
	[GROUP_SOURCE] = N_("Where packets come from"),
	[GROUP_FILTER] = N_("Which packets"),
	[GROUP_SAVE] = N_("Saving packets"),
	[GROUP_VIEW] = N_("What is shown"),
	[GROUP_TIMELINE] = N_("Of a timeline"),
	[GROUP_LINE] = N_("What a line shows (as in tcpdump)"),
	[GROUP_ANNOTATION] = N_("What stands beside it"),
	[GROUP_TRACKING] = N_("How connections are tracked"),
	[GROUP_GENERAL] = N_("About synfin"),
};

/* A file's name is whoever's it was who made the file, and an interface's is not always root's. */
__attribute__((format(printf, 1, 0))) static void tell_all(const char *format, va_list arguments, const char *end)
{
	char text[2 * PATH_MAX + 1024];
	if (vsnprintf(text, sizeof text, format, arguments) < 0)
		return;
	utf8_tame(text);
	fprintf(stderr, "%s%s", text, end);
}

void tell(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	tell_all(format, arguments, "");
	va_end(arguments);
}

void message(const struct options *options, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	tell("%s: ", options->program);
	tell_all(format, arguments, "\n");
	va_end(arguments);
}

const char *plural(uint64_t number)
{
	return number == 1 ? "" : "s";
}

/* An option whose name is too long for its column has its text below it. */
static void help_line(struct output *out, const struct option_entry *entry)
{
	char left[80];
	unsigned at = HELP_COLUMN + 1;
	int used = entry->letter ? snprintf(left, sizeof left, "  -%c%s", entry->letter, entry->name ? ", " : "")
				 : snprintf(left, sizeof left, "      ");
	if (entry->name)
		used += snprintf(left + used, sizeof left - (size_t)used, "--%s", entry->name);
	if (entry->argument)
		used += snprintf(left + used, sizeof left - (size_t)used, "%c%s", entry->name ? '=' : ' ', entry->argument);
	output_text(out, left);
	if (used >= HELP_COLUMN) {
		output_char(out, '\n');
		used = 0;
	}
	output_repeat(out, ' ', at - (unsigned)used);
	say_fold(out, T(entry->help), strlen(T(entry->help)), at, at, HELP_WIDTH);
}

static void print_help(struct output *out, const struct options *options)
{
	output_format(out, T("Usage: %s [OPTION]... [EXPRESSION]\n"), options->program);
	output_text(out, options->as_tcpdump ? "Print the packets on a network or in a file, as tcpdump does.\n"
					: T("Print the packets on a network or in a file, and beside every TCP packet the\nstate of both ends of its connection.\n"));
	output_text(out, T("EXPRESSION says which packets, see pcap-filter(7).\n"));
	for (unsigned group = 0; group < OPTION_GROUPS; group++) {
		if (options->as_tcpdump && (group == GROUP_VIEW || group == GROUP_TIMELINE || group == GROUP_ANNOTATION || group == GROUP_TRACKING))
			continue;
		output_format(out, "\n%s:\n", T(headings[group]));
		for (const struct option_entry *entry = option_table; entry->take; entry++)
			if (entry->help && entry->group == group && !(options->as_tcpdump && entry->own))
				help_line(out, entry);
	}
	output_text(out, T("\nLong names may be shortened as long as they are unambiguous; options may follow\nthe expression. More in synfin(1).\n"));
}

void usage_help(const struct options *options)
{
	struct output out;
	output_init(&out, NULL, NULL, 0);
	print_help(&out, options);
	if (!out.status)
		fwrite(out.start, 1, output_length(&out), stdout);
	output_free(&out);
}

void usage_version(void)
{
	printf("synfin version %s\n%s\nsandbox: %s\nresolver: %s\n", SYNFIN_VERSION, synfin_capture_library(), sandbox_built(), resolver_built());
}

void usage_error(const struct options *options, const struct synfin_error *error)
{
	message(options, "%s", error->text);
	if (options->unreadable || !options->plain)
		fprintf(stderr, T("Usage: %s [OPTION]... [EXPRESSION]; %s --help lists the options.\n"), options->program, options->program);
}
