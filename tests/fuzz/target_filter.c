/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Filter expressions: a file of -F, or words, through what is ours in front of libpcap's compiler, then compiled and listed as -d does, and
 * used on a frame. libpcap itself is not instrumented; what is looked for is what we do with it.
 *
 * No name is ever looked up: functions of this file stand before the system's.
 */
#include <netdb.h>
#include <string.h>
#include <unistd.h>

#include <pcap.h>

#include "cli/cli.h"
#include "cli/lint.h"
#include "file.h"
#include "fuzz.h"

/* libpcap's optimizer takes seconds for the worst of longer ones. */
enum { EXPRESSION_MOST = 200 };

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **found)
{
	(void)name, (void)service, (void)hints;
	*found = NULL;
	return EAI_NONAME;
}

static const uint8_t capture[] = "\xd4\xc3\xb2\xa1\2\0\4\0\0\0\0\0\0\0\0\0\0\0\4\0\1\0\0\0"
	"\0\0\0\0\0\0\0\0\x36\0\0\0\x36\0\0\0"
	"\2\0\0\0\0\2\2\0\0\0\0\1\x08\0"
	"\x45\0\0\x28\0\1\0\0\x40\6\0\0\x0a\0\0\1\x0a\0\0\2"
	"\0\x50\x1f\x90\0\0\0\1\0\0\0\0\x50\2\x20\0\0\0\0\0";

static int count_frame(void *context, const struct synfin_frame *frame)
{
	FUZZ_CHECK(frame->captured == 54);
	++*(unsigned *)context;
	return 0;
}

/* What is said never to match must not match. */
static void use(const char *expression, bool optimize)
{
	unsigned said = lint_filter(expression);
	FUZZ_CHECK(said < 1u << LINTS);
	bool never = said & (1u << LINT_NEVER_IPV6 | 1u << LINT_OUTER_ONLY);
	struct synfin_error error = { .code = 0 };
	struct synfin_source *source = NULL;
	unsigned count = 0;
	char path[80];
	snprintf(path, sizeof path, "%s", fuzz_file(capture, sizeof capture - 1));
	FUZZ_CHECK(synfin_source_open_file(&source, path, NULL, &error) == 0);
	if (synfin_source_filter(source, expression, optimize, &error) == 0) {
		FUZZ_CHECK(synfin_source_dispatch(source, count_frame, &count, &error) >= 0);
		FUZZ_CHECK(count <= 1 && !(never && count));
	} else {
		FUZZ_CHECK(error.code == SYNFIN_E_FILTER && error.text[0]);
	}
	synfin_source_close(source);
}

static void list(const char *expression, int style, bool optimize)
{
	static FILE *nowhere;
	struct synfin_filter_options how = { .style = style, .no_optimize = !optimize };
	struct synfin_error error = { .code = 0 };
	if (!nowhere)
		nowhere = fopen("/dev/null", "w");
	int status = synfin_filter_print(NULL, expression, &how, nowhere, &error);
	FUZZ_CHECK(status == 0 || (status == SYNFIN_E_FILTER && error.code == status));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = NULL, words[EXPRESSION_MOST + 1], path[80];
	struct synfin_error error = { .code = 0 };
	struct options options = { .program = "synfin" };

	if (size < 1 || size > EXPRESSION_MOST)
		return 0;
	uint8_t how = data[0];
	if (how & 1) {
		snprintf(path, sizeof path, "%s", fuzz_file(data + 1, size - 1));
		options.filter_file = path;
	} else {
		memcpy(words, data + 1, size - 1);
		words[size - 1] = '\0';
		options.filter = words;
	}
	int status = filter_text(&options, &text, &error);
	FUZZ_CHECK(status == 0 || error.text[0]);
	if (status == 0) {
		use(text, how & 2);
		list(text, how >> 2 & 3, how & 2);
	}
	free(text);
	return 0;
}
