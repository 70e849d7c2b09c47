/* SPDX-License-Identifier: BSD-3-Clause */
/* The lists of -D and -L, in tcpdump's form. */
#include "cli/cli.h"

#include "base/utf8.h"
#include "decode/decode.h"

static void print_flag(bool set, const char *name, const char **before)
{
	if (!set)
		return;
	printf("%s%s", *before, name);
	*before = ", ";
}

static void print_connection(const struct synfin_interface *interface)
{
	static const char *const wired[] = {
		[SYNFIN_CONNECTION_UNKNOWN] = ", Connection status unknown",
		[SYNFIN_CONNECTION_YES] = ", Connected",
		[SYNFIN_CONNECTION_NO] = ", Disconnected",
		[SYNFIN_CONNECTION_NOT_APPLICABLE] = "",
	};
	static const char *const wireless[] = {
		[SYNFIN_CONNECTION_UNKNOWN] = ", Association status unknown",
		[SYNFIN_CONNECTION_YES] = ", Associated",
		[SYNFIN_CONNECTION_NO] = ", Not associated",
		[SYNFIN_CONNECTION_NOT_APPLICABLE] = "",
	};
	printf("%s", (interface->wireless ? wireless : wired)[interface->connection]);
}

static void print_name(const char *before, const char *name, const char *after)
{
	char text[1024];
	snprintf(text, sizeof text, "%s%s%s", before, name, after);
	utf8_tame(text);
	fputs(text, stdout);
}

static void print_interface(void *context, const struct synfin_interface *interface)
{
	bool any_flag = interface->up || interface->running || interface->loopback || interface->wireless;
	const char *before = "";
	(void)context;

	printf("%u.", interface->number);
	print_name("", interface->name, "");
	if (interface->description)
		print_name(" (", interface->description, ")");
	if (any_flag || interface->connection != SYNFIN_CONNECTION_UNKNOWN) {
		printf(" [");
		print_flag(interface->up, "Up", &before);
		print_flag(interface->running, "Running", &before);
		print_flag(interface->loopback, "Loopback", &before);
		print_flag(interface->wireless, "Wireless", &before);
		if (!any_flag)
			printf("none");
		print_connection(interface);
		printf("]");
	}
	printf("\n");
}

int interfaces_list(const struct options *options)
{
	struct synfin_error error;
	if (synfin_interfaces(print_interface, NULL, &error) < 0) {
		message(options, "%s", error.text);
		return EXIT_RUN_TIME;
	}
	return output_finish_stdout(options);
}

static void print_link_type(void *context, int link_type, const char *name, const char *description)
{
	(void)context;
	if (name)
		fprintf(stderr, "  %s (%s)", name, description ? description : "no description");
	else
		fprintf(stderr, "  DLT %d", link_type);
	if (link_type < 0 || link_type > UINT16_MAX || !decode_knows_link((uint16_t)link_type))
		fprintf(stderr, " (printing not supported)");
	fprintf(stderr, "\n");
}

/* tcpdump prints this list on stderr, too. */
int interfaces_link_types(const struct options *options, struct synfin_source *source)
{
	struct synfin_error error;
	tell("Data link types for %s (use option -y to set):", synfin_source_name(source));
	fputc('\n', stderr);
	if (synfin_source_link_types(source, print_link_type, NULL, &error) < 0) {
		message(options, "%s", error.text);
		return EXIT_RUN_TIME;
	}
	return 0;
}
