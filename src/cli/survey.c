/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/survey.h"

#include <sys/stat.h>

#include "base/error.h"
#include "cli/cli.h"
#include "cli/file_list.h"
#include "cli/open.h"
#include "views/text.h"

static bool is_regular(const char *path)
{
	struct stat what;
	return strcmp(path, "-") != 0 && stat(path, &what) == 0 && S_ISREG(what.st_mode);
}

bool survey_is_possible(const struct options *options)
{
	struct synfin_error ignored;
	struct file_list list = { 0 };
	bool possible = options->read_count > 0 || options->list_file;
	for (size_t i = 0; i < options->read_count; i++)
		possible = possible && is_regular(options->read_files[i]);
	if (!possible || !options->list_file)
		return possible;
	/* A list that is not there is told of later. */
	if (!is_regular(options->list_file) || file_list_open(&list, options->list_file, options->plain, &ignored) < 0)
		return false;
	for (const char *path = file_list_next(&list); path && possible; path = file_list_next(&list))
		possible = is_regular(path);
	file_list_close(&list);
	return possible;
}

enum { FRAME_ENOUGH = SYNFIN_SOURCE_LAST + 1, FRAME_FAILED };

static int frames(void *context, const struct synfin_frame *found, unsigned count)
{
	struct survey *survey = context;
	count = limits_take(&survey->limits, found, count);
	survey->status = count ? synfin_engine_feed_frames(survey->engine, found, count) : SYNFIN_OK;
	if (survey->status < 0)
		return FRAME_FAILED;
	return limits_reached(&survey->limits) ? FRAME_ENOUGH : 0;
}

static int set_filter(const struct survey *survey, struct synfin_error *error)
{
	return synfin_source_filter(survey->source, survey->filter, !survey->options->no_optimize, error);
}

int survey_open(struct survey *survey, struct chosen *chosen, const struct options *options, const struct synfin_engine_options *tracking,
	const char *filter, struct synfin_error *error)
{
	struct synfin_error ignored;
	struct synfin_sink sink = chosen_sink(chosen);
	*survey = (struct survey){ .options = options, .filter = filter };
	limits_begin(&survey->limits, options, false);
	int status = synfin_engine_create(&survey->engine, tracking, error);
	if (status == 0)
		status = synfin_engine_add_sink(survey->engine, &sink);
	if (status == 0 && options->list_file)
		(void)file_list_open(&survey->list, options->list_file, options->plain, &ignored);
	else if (status == 0 && open_files_quietly(&survey->source, options, &ignored) == 0)
		status = set_filter(survey, error);
	return status;
}

static int read_source(struct survey *survey, struct synfin_error *error)
{
	struct synfin_error ignored;
	int got = SYNFIN_SOURCE_MORE;
	limits_source(&survey->limits);
	signals_watch(survey->source);
	while (got == SYNFIN_SOURCE_MORE && !signals_interrupted())
		got = synfin_source_dispatch_frames(survey->source, frames, survey, &ignored);
	signals_watch(NULL);
	synfin_source_close(survey->source);
	survey->source = NULL;
	if (survey->status < 0)
		return error_set(error, survey->status, NULL, "%s", synfin_status_text(survey->status));
	if (signals_interrupted())
		return error_set(error, SYNFIN_E_IO, NULL, "%s", T("interrupted while it was read for the first time of two: nothing is shown or saved"));
	return SYNFIN_OK;
}

int survey_read(struct survey *survey, struct synfin_error *error)
{
	struct synfin_error ignored;
	int status = survey->source ? read_source(survey, error) : SYNFIN_OK;
	const char *path = survey->list.stream ? file_list_next(&survey->list) : NULL;
	while (path && status == 0 && !survey->limits.over && open_next_file(&survey->source, survey->options, path, &ignored) == 0) {
		status = set_filter(survey, error);
		if (status == 0)
			status = read_source(survey, error);
		path = file_list_next(&survey->list);
	}
	if (status < 0)
		return status;
	status = synfin_engine_finish(survey->engine);
	return status < 0 ? error_set(error, status, NULL, "%s", synfin_status_text(status)) : SYNFIN_OK;
}

void survey_close(struct survey *survey)
{
	synfin_engine_destroy(survey->engine);
	synfin_source_close(survey->source);
	file_list_close(&survey->list);
	*survey = (struct survey){ .engine = NULL };
}
