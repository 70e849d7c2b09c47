/* SPDX-License-Identifier: BSD-3-Clause */
/* synfin: reads frames, tells what became of every TCP connection. */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/config.h"
#include "cli/language.h"
#include "cli/option_check.h"

#ifdef O_PATH
#define UNUSABLE O_PATH
#else
#define UNUSABLE O_RDONLY
#endif

static void say_remark(const struct options *options, const char *text)
{
	message(options, "%s", text);
}

static void say_complaint(const struct options *options, const char *path, unsigned line, const char *text)
{
	if (line)
		message(options, "%s:%u: %s", path, line, text);
	else
		message(options, "%s: %s", path, text);
}

static int do_action(const struct options *options)
{
	switch (options->action) {
	case ACTION_HELP:
		usage_help(options);
		return output_finish_stdout(options);
	case ACTION_VERSION:
		usage_version();
		return output_finish_stdout(options);
	case ACTION_LIST_INTERFACES:
		return interfaces_list(options);
	case ACTION_GLOSSARY:
		return explain_glossary(options);
	default:
		return run_packets(options);
	}
}

/*
 * Where the caller left a standard stream closed, the next file opened would be it, and a message part of a savefile, or, behind a socket of
 * libpcap's, a frame on the network. What stands in its place can neither be read nor written.
 */
static void occupy_standard_streams(void)
{
	for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
		if (fcntl(stream, F_GETFD) < 0 && errno == EBADF && open("/", UNUSABLE | O_CLOEXEC) < 0)
			_exit(EXIT_FAILURE);
}

int main(int argc, char **argv)
{
	struct options options;
	struct synfin_error error = { .code = 0 };
	int status;

	occupy_standard_streams();
	setlocale(LC_ALL, "");
	/* The files of -G are called the same everywhere. */
	setlocale(LC_TIME, "C");
	int parsed = options_parse(&options, argc, argv, &error);
	config_read(&options, say_complaint);
	/* What stands for tcpdump says what tcpdump says. */
	if (!options.plain && !language_use(options.language, argc > 0 ? argv[0] : NULL))
		message(&options, "there is no catalogue for --lang=%s; going on in English", options.language);
	if (parsed < 0) {
		usage_error(&options, &error);
		status = options_usage_status(&options);
	} else {
		options_remarks(&options, say_remark);
		status = do_action(&options);
	}
	options_free(&options);
	language_free();
	if (status == SYNFIN_E_PIPE)
		signals_die_of_pipe();
	return status < 0 ? EXIT_FAILURE : status;
}
