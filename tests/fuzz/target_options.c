/* SPDX-License-Identifier: BSD-3-Clause */
/* The command line. The input is its words, each ended by a NUL or a newline; the first one chooses under which name the program runs. */
#include <string.h>

#include "cli/cli.h"
#include "fuzz.h"

enum { WORDS_MOST = 64, TEXT_MOST = 4096 };

static int split(char *text, char **words)
{
	static char names[2][20] = { "synfin", "/usr/bin/tcpdump" };
	int count = 0;
	words[count++] = names[*text & 1];
	for (char *end = text + strlen(text); text < end && count < WORDS_MOST; text = strchr(text, '\0') + 1) {
		text[strcspn(text, "\n")] = '\0';
		words[count++] = text;
	}
	words[count] = NULL;
	return count;
}

static void check_refusal(const struct options *options, const struct synfin_error *error)
{
	FUZZ_CHECK(error->code < 0);
	FUZZ_CHECK(memchr(error->text, '\0', sizeof error->text) && error->text[0]);
	FUZZ_CHECK(memchr(error->where, '\0', sizeof error->where));
	FUZZ_CHECK(options_usage_status(options) == (options->plain ? EXIT_RUN_TIME : EXIT_USAGE));
}

/* What the rest of the program takes for granted. */
static void check_options(const struct options *options)
{
	FUZZ_CHECK(options->view < VIEWS && options->format < FORMATS);
	FUZZ_CHECK(options->time <= 5 || options->action != ACTION_PACKETS);
	FUZZ_CHECK(options->charset <= CHARSET_UNICODE && options->colour <= WHEN_NEVER && options->bracket <= WHEN_NEVER);
	FUZZ_CHECK(options->selection.id_count <= SELECTION_IDS && options->selection.endpoint_count <= SELECTION_ENDPOINTS);
	FUZZ_CHECK(options->max_connections <= 0x0fffffff);
	FUZZ_CHECK((options->read_count > 0) == (options->read_file != NULL));
	if (options->action == ACTION_PACKETS)
		FUZZ_CHECK(view_goes_with(options->view, options->format));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[TEXT_MOST + 2];
	char *words[WORDS_MOST + 1];
	struct options options;
	struct synfin_error error = { .code = 0 };

	if (size == 0 || size > TEXT_MOST)
		return 0;
	/* A command line has no NUL within a word. */
	for (size_t i = 0; i < size; i++)
		text[i] = data[i] ? (char)data[i] : '\n';
	text[size] = text[size + 1] = '\0';
	int count = split(text, words);
	if (options_parse(&options, count, words, &error) < 0)
		check_refusal(&options, &error);
	else
		check_options(&options);
	options_free(&options);
	return 0;
}
