/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/output.h"
#include "views/cells.h"
#include "views/text.h"
#include "views/text_parts.h"

#define SECOND_NS INT64_C(1000000000)
#define REDRAW_NS (SECOND_NS / 5)
#define DEFAULT_COLUMNS 80
/* A shorter bar tells nothing. */
#define LEAST_BAR 10
#define MOST_BAR 40
/* How many numbers stand beside it, and bytes of one with its words. */
enum { NUMBERS = 4, TEXT_SIZE = 32 };

int64_t progress_clock(void)
{
	struct timespec now;
	return clock_gettime(CLOCK_MONOTONIC, &now) == 0 ? now.tv_sec * SECOND_NS + now.tv_nsec : 0;
}

/* Views that say nothing before the end leave the terminal alone. */
static bool stdout_is_free(const struct options *options, bool prints)
{
	bool at_end = options->view == VIEW_CONNECTIONS && (options->format == FORMAT_TEXT || options->sort || options->top);
	return !prints || at_end || !isatty(STDOUT_FILENO);
}

void progress_begin(struct progress *progress, const struct options *options, bool prints, uint64_t frames)
{
	*progress = (struct progress){
		.wanted = !options->quiet && !options->plain && isatty(STDERR_FILENO) && stdout_is_free(options, prints),
		.begun_ns = progress_clock(),
		.frames_before = frames,
	};
}

static unsigned columns_of_stderr(void)
{
	struct winsize size;
	return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : DEFAULT_COLUMNS;
}

void progress_update(struct progress *progress, const struct synfin_source *source, uint64_t frames, uint64_t connections)
{
	struct synfin_source_progress place;
	char line[512];
	if (!progress->wanted)
		return;
	int64_t now = progress_clock();
	if (now - progress->begun_ns < SECOND_NS || (progress->shown && now - progress->drawn_ns < REDRAW_NS))
		return;
	synfin_source_progress(source, &place);
	if (!place.known)
		return;
	struct progress_numbers numbers = {
		.read = place.read,
		.total = place.total,
		.frames = frames - progress->frames_before,
		.connections = connections,
		.elapsed_ns = now - progress->begun_ns,
	};
	progress_line(line, sizeof line, columns_of_stderr(), &numbers);
	/* Return, the line, and clear what is left of a longer one. */
	fprintf(stderr, "\r%s\033[K", line);
	progress->shown = true;
	progress->drawn_ns = now;
}

void progress_clear(struct progress *progress)
{
	if (progress->shown)
		fprintf(stderr, "\r\033[K");
	progress->shown = false;
}

static void put_time_left(struct output *out, const struct progress_numbers *numbers)
{
	char text[TEXT_SIZE];
	double left = numbers->read ? (double)numbers->elapsed_ns / (double)SECOND_NS * (double)(numbers->total - numbers->read) / (double)numbers->read : 0;
	unsigned seconds = left > 359999 ? 359999 : (unsigned)(left + 0.5);

	if (seconds >= 3600)
		snprintf(text, sizeof text, "%u:%02u:%02u", seconds / 3600, seconds / 60 % 60, seconds % 60);
	else
		snprintf(text, sizeof text, "%u:%02u", seconds / 60, seconds % 60);
	output_format(out, T("%s left"), text);
}

static const char *amount(char text[TEXT_SIZE], uint64_t number)
{
	struct output out;

	output_init(&out, NULL, NULL, 0);
	text_amount(&out, number);
	output_char(&out, '\0');
	snprintf(text, TEXT_SIZE, "%s", out.status ? "" : out.start);
	output_free(&out);
	return text;
}

/* "1.2G/2.7G  812k packets/s  1234 connections  0:03 left", without the first `fewer` of: packets/s, connections, bytes, time. */
static void put_numbers(struct output *out, const struct progress_numbers *numbers, unsigned fewer)
{
	char text[TEXT_SIZE];

	if (fewer < NUMBERS - 1) {
		text_amount(out, numbers->read);
		output_char(out, '/');
		text_amount(out, numbers->total);
		output_text(out, "  ");
	}
	if (fewer < 1) {
		output_format(out, T("%s packets/s"), amount(text, (uint64_t)((double)numbers->frames * (double)SECOND_NS / (double)numbers->elapsed_ns)));
		output_text(out, "  ");
	}
	if (fewer < 2) {
		output_format(out, T("%s connections"), amount(text, numbers->connections));
		output_text(out, "  ");
	}
	if (fewer < NUMBERS)
		put_time_left(out, numbers);
}

static void put_bar(struct output *out, unsigned width, const struct progress_numbers *numbers)
{
	unsigned filled = (unsigned)((double)numbers->read / (double)numbers->total * width);
	output_char(out, '[');
	output_repeat(out, '=', filled);
	output_repeat(out, ' ', width - filled);
	output_text(out, "]  ");
}

void progress_line(char *line, size_t size, unsigned columns, const struct progress_numbers *numbers)
{
	struct progress_numbers sane = *numbers;
	struct output text, out;
	if (sane.total == 0)
		sane.total = 1;
	if (sane.read > sane.total) /* the file grows */
		sane.read = sane.total;
	output_init(&text, NULL, NULL, 0);
	output_init(&out, NULL, NULL, 0);
	output_format(&out, "%3u%%  ", (unsigned)((double)sane.read / (double)sane.total * 100));
	size_t used = 0;
	for (unsigned fewer = 0; fewer <= NUMBERS; fewer++) {
		output_truncate(&text, 0);
		put_numbers(&text, &sane, fewer);
		used = output_length(&out) + cells_width(text.start, output_length(&text)) + 1;
		if (used <= columns)
			break;
	}
	size_t bar = used + LEAST_BAR + 4 <= columns ? columns - used - 4 : 0;
	if (bar)
		put_bar(&out, bar > MOST_BAR ? MOST_BAR : (unsigned)bar, &sane);
	if (used <= columns && output_length(&text))
		output_bytes(&out, text.start, output_length(&text));
	output_char(&out, '\0');
	/* Where there is no memory there is no bar. */
	snprintf(line, size, "%s", out.status || columns < 8 ? "" : out.start);
	output_free(&text);
	output_free(&out);
}
