/* SPDX-License-Identifier: BSD-3-Clause */
/* Opening the source that the options ask for, and what tcpdump says about it on stderr. */
#include "cli/open.h"

#include <stdlib.h>

#include "base/error.h"
#include "cli/cli.h"
#include "cli/option_check.h"
#include "cli/privileges.h"
#include "cli/save.h"
#include "decode/decode.h"

/* Programs get all that the clock says, unless they want less; lines still show what --nano and --micro say. */
static bool wants_nanoseconds(const struct options *options)
{
	bool for_programs = options->format != FORMAT_TEXT && options->format != FORMAT_MERMAID;
	bool for_wireshark = save_is_pcapng(options);
	bool said = options_given(options, "micro") || options_given(options, "time-stamp-precision");
	return options->nanoseconds || ((for_programs || for_wireshark) && !said);
}

static int open_live(struct synfin_source **source, const struct options *options, struct synfin_error *error)
{
	struct synfin_live_options live = {
		.interface = options->interface,
		.snapshot_length = options->snapshot_length,
		.buffer_kib = options->buffer_kib,
		.no_promiscuous = options->no_promiscuous,
		.immediate = options->immediate,
		.nanoseconds = wants_nanoseconds(options),
		.direction = (enum synfin_direction)options->direction,
		.link_type = options->link_type,
	};
	int status = synfin_source_open_live(source, &live, error);
	/* What was not asked for in so many words may be missing. */
	if (status == SYNFIN_E_UNSUPPORTED && live.nanoseconds && !options->nanoseconds) {
		live.nanoseconds = false;
		status = synfin_source_open_live(source, &live, error);
	}
	return status;
}

/* libpcap does not say which file it could not read, and tcpdump neither; nor what would have been a capture. */
static int name_file(struct synfin_error *error, const char *path)
{
	char text[sizeof error->text];
	memcpy(text, error->text, sizeof text);
	if (strstr(text, path))
		return error->code;
	const char *hint = error->code == SYNFIN_E_FORMAT ? " (it is no pcap or pcapng file, or a damaged one)" : "";
	return error_set(error, error->code, path, "%s: %.300s%s", path, text, hint);
}

/* ", link-type EN10MB (Ethernet), snapshot length 262144" */
static void print_link(const struct synfin_source *source)
{
	const char *name = synfin_source_link_name(source);
	const char *description = synfin_source_link_description(source);
	if (name)
		fprintf(stderr, ", link-type %s (%s)", name, description ? description : "");
	else
		fprintf(stderr, ", link-type %u", (unsigned)synfin_source_link_type(source));
	fprintf(stderr, ", snapshot length %u", (unsigned)synfin_source_snapshot_length(source));
}

static int open_file(struct synfin_source **source, const struct options *options, const char *path, bool nanoseconds, struct synfin_error *error)
{
	struct synfin_file_options file = { .nanoseconds = nanoseconds };
	int status = synfin_source_open_file(source, path, &file, error);
	return status < 0 && !options->plain ? name_file(error, path) : status;
}

void announce_reading(const struct synfin_source *source)
{
	tell("reading from file %s", synfin_source_name(source));
	print_link(source);
	fputc('\n', stderr);
}

/* tcpdump reads all but the first to the microsecond. */
int open_next_file(struct synfin_source **source, const struct options *options, const char *path, struct synfin_error *error)
{
	return open_file(source, options, path, wants_nanoseconds(options) && !options->plain, error);
}

int open_source(struct synfin_source **source, const struct options *options, const char *path, struct synfin_error *error)
{
	int status = path ? open_file(source, options, path, wants_nanoseconds(options), error) : open_live(source, options, error);
	if (status < 0)
		return status;
	if (path && !options->quiet)
		announce_reading(*source);
	if (synfin_source_warning(*source))
		message(options, "WARNING: %s", synfin_source_warning(*source));
	if (path && synfin_source_link_type(*source) == SYNFIN_LINK_SLL2)
		fprintf(stderr, "Warning: interface names might be incorrect\n");
	/* tcpdump says so when it did not take the interface's first link type: after -y, and after -i any. */
	if (!path && (options->link_type || (options->interface && strcmp(options->interface, "any") == 0)))
		message(options, "data link type %s", synfin_source_link_name(*source));
	return SYNFIN_OK;
}

/* One, without a word if it is a file and nothing is to be said. */
static int open_one(struct synfin_source **source, const struct options *options, const char *path, bool quietly, struct synfin_error *error)
{
	if (quietly)
		return open_file(source, options, path, wants_nanoseconds(options), error);
	return open_source(source, options, path, error);
}

static int open_all(struct synfin_source **source, const struct options *options, bool quietly, struct synfin_error *error)
{
	size_t count = 0;
	int status = SYNFIN_OK;
	if (options->read_count == 1 || options->plain)
		return open_one(source, options, options->read_file, quietly, error);
	struct synfin_source **files = calloc(options->read_count, sizeof(struct synfin_source *));
	if (!files)
		return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
	while (status == SYNFIN_OK && count < options->read_count) {
		status = open_one(&files[count], options, options->read_files[count], quietly, error);
		count += status == SYNFIN_OK;
	}
	if (status == SYNFIN_OK)
		status = synfin_source_merge(source, files, count, error);
	for (size_t i = 0; status < 0 && i < count; i++)
		synfin_source_close(files[i]);
	free(files);
	return status;
}

int open_files(struct synfin_source **source, const struct options *options, struct synfin_error *error)
{
	return open_all(source, options, false, error);
}

int open_files_quietly(struct synfin_source **source, const struct options *options, struct synfin_error *error)
{
	return open_all(source, options, true, error);
}

/* The file of -r, the first of -V, an interface; none for tcpdump -d, which compiles for Ethernet or what -y says. */
int open_first(struct synfin_source **source, struct file_list *list, const struct options *options, struct synfin_error *error)
{
	const char *path = options->read_file;
	/* A set-user-ID program's owner opens the interface, and nothing else. */
	if ((path || options->list_file || options->dump_code) && privileges_return(error) < 0)
		return error->code;
	if (options->list_file) {
		int status = file_list_open(list, options->list_file, options->plain, error);
		if (status < 0)
			return status;
		path = file_list_next(list);
		if (!path)
			return error_set(error, SYNFIN_E_FORMAT, options->list_file, "Nothing in %s", options->list_file);
	}
	if (options->dump_code && !path && !options->interface)
		return SYNFIN_OK;
	if (path && !options->list_file)
		return open_files(source, options, error);
	int status = open_source(source, options, path, error);
	return status < 0 ? status : privileges_return(error);
}

/* Whether lines can be made of the frames of a source. */
int open_check_link(const struct synfin_source *source, struct synfin_error *error)
{
	char number[24];
	const char *name = synfin_source_link_name(source);
	if (decode_knows_link(synfin_source_link_type(source)))
		return SYNFIN_OK;
	snprintf(number, sizeof number, "%u", (unsigned)synfin_source_link_type(source));
	return error_set(error, SYNFIN_E_LINK_TYPE, NULL, "packet printing is not supported for link type %s: use -w", name ? name : number);
}

void announce_listening(const struct synfin_source *source, const struct options *options)
{
	if (options->quiet)
		return;
	fprintf(stderr, "%s: ", options->program);
	if (options->verbose == 0 && !options->write_file)
		fprintf(stderr, "verbose output suppressed, use -v[v]... for full protocol decode\n");
	tell("listening on %s", synfin_source_name(source));
	print_link(source);
	fprintf(stderr, " bytes\n");
}
