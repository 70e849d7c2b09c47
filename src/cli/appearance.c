/* SPDX-License-Identifier: BSD-3-Clause */
/* How lines look: what was asked for, else what suits the terminal, the environment and the locale. */
#include "cli/cli.h"

#include <langinfo.h>
#include <locale.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "views/text.h"

static bool choose(unsigned when, bool by_itself)
{
	return when == WHEN_ALWAYS || (when == WHEN_AUTO && by_itself);
}

/* https://no-color.org: any value but the empty one. */
static bool terminal_takes_colour(void)
{
	const char *no_colour = getenv("NO_COLOR");
	const char *term = getenv("TERM");
	return isatty(STDOUT_FILENO) && !(no_colour && *no_colour) && term && *term && strcmp(term, "dumb") != 0;
}

/* Terminals for East Asian languages may draw box lines two cells wide, and columns would not line up. */
static bool wide_box_lines(void)
{
	static const char *const languages[] = { "ja", "ko", "zh" };
	const char *locale = setlocale(LC_CTYPE, NULL);
	for (unsigned i = 0; locale && i < sizeof languages / sizeof *languages; i++)
		if (strncmp(locale, languages[i], 2) == 0)
			return true;
	return false;
}

static void choose_line(struct line_options *line, const struct options *options)
{
	*line = (struct line_options){
		.verbose = options->verbose > 3 ? 3 : options->verbose,
		.quick = options->quick,
		.numeric = options->numeric,
		.hex = options->hex,
		.hex_ascii = options->hex_ascii,
		.ascii = options->ascii,
		.time = (enum line_time)options->time,
		.nanoseconds = options->nanoseconds,
		.number = options->number,
		.link_header = options->link_header,
		.absolute = options->absolute,
		.no_checksums = options->no_checksums,
		.md5_secret = options->md5_secret,
		.suppress_default = options->quick || options->hex || options->hex_ascii,
	};
}

void appearance_choose(struct packets_options *view, const struct options *options)
{
	*view = (struct packets_options){ .plain = options->plain, .flush = options->line_buffered || options->packet_buffered };
	choose_line(&view->line, options);
	if (options->plain)
		return;
	view->colour = choose(options->colour, terminal_takes_colour());
	view->bracket = choose(options->bracket, isatty(STDOUT_FILENO));
	view->unicode = options->charset == CHARSET_AUTO ? strcmp(nl_langinfo(CODESET), "UTF-8") == 0 && !wide_box_lines() && !views_text_translated()
							: options->charset == CHARSET_UNICODE;
	view->names = (enum state_names)options->state_names;
}

unsigned appearance_columns(void)
{
	struct winsize size;
	return isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

unsigned appearance_rows(void)
{
	struct winsize size;
	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row ? size.ws_row : 24;
}

bool appearance_can_redraw(void)
{
	const char *term = getenv("TERM");
	return isatty(STDOUT_FILENO) && term && *term && strcmp(term, "dumb") != 0;
}
