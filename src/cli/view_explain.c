/* SPDX-License-Identifier: BSD-3-Clause */
/* --explain and --glossary. */
#include "cli/cli.h"

#include <unistd.h>

#include "views/explain.h"
#include "views/glossary.h"

static void destroy(void *made)
{
	explain_view_destroy(made);
}

static void resize(void *made, unsigned columns)
{
	explain_view_resize(made, columns);
}

/* What was asked for, else the terminal's; else what every terminal has. */
static unsigned columns(const struct options *options)
{
	unsigned width = options->width ? options->width : appearance_columns();
	return width < EXPLAIN_WIDTH_MIN ? EXPLAIN_WIDTH : width;
}

int explain_open(struct view *view, const struct options *options, const struct packets_options *look, struct output *out,
	struct synfin_error *error)
{
	struct explain_view *made;
	struct explain_options how = { .line = look->line, .width = columns(options), .unicode = look->unicode, .names = look->names, .flush = look->flush };
	int status = explain_view_create(&made, &how, out, error);
	if (status == 0)
		*view = (struct view){ .sink = explain_view_sink(made), .made = made, .destroy = destroy, .resize = options->width ? NULL : resize };
	return status;
}

int explain_glossary(const struct options *options)
{
	struct output_file file = { .descriptor = STDOUT_FILENO };
	struct output out;

	output_init(&out, output_to_file, &file, 0);
	bool found = glossary_put(&out, options->filter, columns(options));
	int status = output_drain(&out);
	output_free(&out);
	if (status == SYNFIN_E_PIPE)
		return status;
	if (status < 0) {
		message(options, "Unable to write output: %s", file.failure ? strerror(file.failure) : synfin_status_text(status));
		return EXIT_RUN_TIME;
	}
	return found ? 0 : EXIT_RUN_TIME;
}
