/* SPDX-License-Identifier: BSD-3-Clause */
/* The filter expression: of a file (-F), which then replaces the command line's, or of the command line. */
#include "cli/cli.h"

#include <errno.h>

#include "base/error.h"
#include "cli/lint.h"

#define FILTER_MAX ((size_t)1 << 20)

/* "# ..." to the end of a line is a comment, as in tcpdump's filter files. */
static void blank_comments(char *text)
{
	for (bool comment = false; *text; text++) {
		if (*text == '\n')
			comment = false;
		else if (*text == '#')
			comment = true;
		if (comment)
			*text = ' ';
	}
}

/* The whole of the stream into `text`, which has room for FILTER_MAX + 1 bytes; it is ended with a NUL. */
static int read_all(FILE *stream, const char *path, char *text, struct synfin_error *error)
{
	size_t length = fread(text, 1, FILTER_MAX + 1, stream);
	if (ferror(stream))
		return error_set(error, SYNFIN_E_IO, path, "read %s: %s", path, strerror(errno));
	if (length > FILTER_MAX)
		return error_set(error, SYNFIN_E_ARGUMENT, path, "%s is no filter: it is longer than 1 MiB", path);
	text[length] = '\0';
	if (strlen(text) != length)
		return error_set(error, SYNFIN_E_ARGUMENT, path, "%s is no filter: it contains a NUL byte", path);
	return SYNFIN_OK;
}

static int read_filter(const char *path, char **filter, struct synfin_error *error)
{
	FILE *stream = fopen(path, "r");
	if (!stream)
		return error_set(error, SYNFIN_E_IO, path, "can't open %s: %s", path, strerror(errno));
	char *text = malloc(FILTER_MAX + 1);
	int status = text ? read_all(stream, path, text, error) : error_set(error, SYNFIN_E_MEMORY, path, "out of memory");
	fclose(stream);
	if (!text || status < 0) {
		free(text);
		return status;
	}
	blank_comments(text);
	*filter = text;
	return SYNFIN_OK;
}

/* Say what it may not mean. */
static void remark(const struct options *options, const char *filter)
{
	unsigned found = filter && !options->no_lint && !options->plain ? lint_filter(filter) : 0;
	for (unsigned lint = 0; lint < LINTS; lint++)
		if (found >> lint & 1)
			message(options, "%s", lint_text(lint));
}

int filter_apply(struct synfin_source *source, const struct options *options, const char *filter, struct synfin_error *error)
{
	int status = synfin_source_filter(source, filter, !options->no_optimize, error);
	/* libpcap only says that an expression that never matches is one; of what does not compile it says all. */
	if (status == SYNFIN_OK || (status == SYNFIN_E_FILTER && strstr(error->text, "rejects all")))
		remark(options, filter);
	return status;
}

int filter_text(const struct options *options, char **filter, struct synfin_error *error)
{
	*filter = NULL;
	if (options->filter_file)
		return read_filter(options->filter_file, filter, error);
	if (options->filter && !(*filter = strdup(options->filter)))
		return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
	return SYNFIN_OK;
}

int filter_dump(const struct options *options, struct synfin_source *source, const char *filter, struct synfin_error *error)
{
	struct synfin_filter_options how = {
		.link_type = options->link_type,
		.snapshot_length = options->snapshot_length,
		.no_optimize = options->no_optimize,
		.style = (int)options->dump_code,
	};
	if (!source && !options->link_type)
		fprintf(stderr, "Warning: assuming Ethernet\n");
	return synfin_filter_print(source, filter, &how, stdout, error);
}
