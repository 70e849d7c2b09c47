/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The second process outlives the first one's end by signal, crash or kill: it goes on until it has run the program for every file that it
 * was told of. It is a process group of its own, so that ^C ends the capture and not the program that has just begun with a file.
 *
 * One program at a time, in the order of the files, with the lowest priority. What waits stands in the pipe; when that is full, after some
 * thousand files, further ones are left out and told of, since the capture must not wait.
 */
#include "cli/handover.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "cli/cli.h"
#include "cli/privileges.h"
#include "views/text.h"

#define LOWEST_PRIORITY 19

/* The exit status of who could not execute the program. */
#define NOT_EXECUTED 127

/* ---- The second process */

bool handover_accepts(const struct options *options, const char *name)
{
	const char *pattern = options->write_file;
	const char *varies = options->rotate_seconds ? strchr(pattern, '%') : NULL;
	size_t fixed = varies ? (size_t)(varies - pattern) : strlen(pattern);
	return strncmp(name, pattern, fixed) == 0 && !strstr(name + fixed, "../") && (fixed > 0 || *name != '/');
}

/* Never returns. */
static void execute(const struct options *options, const char *name)
{
	char guarded[PATH_MAX + 3];
	const char *program = options->finished_command;
	/* No file is taken for an option. */
	snprintf(guarded, sizeof guarded, "%s%s", *name == '-' ? "./" : "", name);
	/* The program's output is not ours; tcpdump does not mind. */
	if (!options->plain)
		(void)dup2(STDERR_FILENO, STDOUT_FILENO);
	execlp(program, program, guarded, (char *)NULL);
	message(options, "-z %s: %s", program, strerror(errno));
	_exit(NOT_EXECUTED);
}

/* Whether the program has done it. */
static bool run_for(const struct options *options, const char *name)
{
	int ended = 0;
	const char *program = options->finished_command;
	pid_t child = fork();
	if (child == 0)
		execute(options, name);
	if (child < 0)
		message(options, "-z %s %s: %s", program, name, strerror(errno));
	while (child > 0 && waitpid(child, &ended, 0) < 0 && errno == EINTR)
		;
	if (options->plain)
		return true;
	if (child > 0 && WIFSIGNALED(ended))
		message(options, T("-z %s %s: ended by signal %d"), program, name, WTERMSIG(ended));
	else if (child > 0 && WEXITSTATUS(ended) != 0)
		message(options, T("-z %s %s: failed with exit status %d"), program, name, WEXITSTATUS(ended));
	return child > 0 && ended == 0;
}

/* The next name, which ends with a null byte; false at the end. */
static bool read_name(FILE *names, char *name, size_t size)
{
	int c = EOF;
	size_t used = 0;
	while (used < size && (c = getc(names)) != EOF && c != '\0')
		name[used++] = (char)c;
	if (c != '\0')
		return false;
	name[used] = '\0';
	return true;
}

static void serve(const struct options *options, FILE *names, int results)
{
	char name[PATH_MAX + 1];
	uint32_t failed = 0;
	while (read_name(names, name, sizeof name)) {
		if (handover_accepts(options, name))
			failed += !run_for(options, name);
		else
			message(options, T("-z %s: refused for a file that is not one of -w"), options->finished_command);
	}
	while (write(results, &failed, sizeof failed) < 0 && errno == EINTR)
		;
}

/* Become who looks at packets, for good. What fails here fails in the first process, too, which says it. */
static int leave(const struct options *options)
{
	struct user user = { .name = "" };
	struct synfin_error ignored;
	bool root = getuid() == 0;
	int status = privileges_return(&ignored);
	if (status == SYNFIN_OK)
		status = privileges_find(&user, options->user, &ignored);
	if (status == SYNFIN_OK)
		status = privileges_become(&user, &ignored);
	return status < 0 ? status : privileges_limit(PRIVILEGES_KEEP_NONE, root && !user.name[0], &ignored);
}

static void be_second(const struct options *options, int names, int results)
{
	int nothing = open("/dev/null", O_RDONLY);
	FILE *stream = fdopen(names, "rb");
	(void)setpgid(0, 0);
	(void)setpriority(PRIO_PROCESS, 0, LOWEST_PRIORITY);
	/* In the background of a terminal that would stop it for what it says. */
	(void)signal(SIGTTOU, SIG_IGN);
	if (nothing > STDIN_FILENO) {
		(void)dup2(nothing, STDIN_FILENO);
		close(nothing);
	}
	if (stream && leave(options) == SYNFIN_OK)
		serve(options, stream, results);
	_exit(0);
}

/* ---- The first process */

static bool is_program(const char *path)
{
	return access(path, X_OK) == 0;
}

static bool is_in_path(const char *name)
{
	char path[PATH_MAX];
	const char *all = getenv("PATH");
	for (size_t length; all && *all; all += length + (all[length] == ':')) {
		length = strcspn(all, ":");
		int used = snprintf(path, sizeof path, "%.*s/%s", length ? (int)length : 1, length ? all : ".", name);
		if (used > 0 && (size_t)used < sizeof path && is_program(path))
			return true;
	}
	return false;
}

/* tcpdump finds out only when the first file is finished. */
static int find_program(const struct options *options, struct synfin_error *error)
{
	const char *name = options->finished_command;
	if (options->plain || (strchr(name, '/') ? is_program(name) : is_in_path(name)))
		return SYNFIN_OK;
	return error_set(error, SYNFIN_E_NO_FILE, name, T("-z %s: there is no such program; it is one word, without arguments, and there is no shell"), name);
}

static int no_process(struct synfin_error *error)
{
	return error_set(error, SYNFIN_E_IO, "-z", "-z: %s", strerror(errno));
}

int handover_begin(struct handover *handover, const struct options *options, struct synfin_error *error)
{
	int names[2], results[2];
	if (!options->finished_command || !options->write_file)
		return SYNFIN_OK;
	int status = find_program(options, error);
	if (status < 0)
		return status;
	if (pipe(names) != 0 || pipe(results) != 0)
		return no_process(error);
	for (int i = 0; i < 2; i++)
		if (fcntl(names[i], F_SETFD, FD_CLOEXEC) != 0 || fcntl(results[i], F_SETFD, FD_CLOEXEC) != 0)
			return no_process(error);
	pid_t second = fork();
	if (second < 0)
		return no_process(error);
	if (second == 0) {
		close(names[1]);
		close(results[0]);
		be_second(options, names[0], results[1]);
	}
	close(names[0]);
	close(results[1]);
	(void)fcntl(names[1], F_SETFL, O_NONBLOCK);
	*handover = (struct handover){ .options = options, .names = names[1], .results = results[0] };
	return SYNFIN_OK;
}

void handover_file(struct handover *handover, const char *name)
{
	size_t size = strlen(name) + 1;
	if (!handover->options)
		return;
	/* A longer one could be written in part. */
	if (size <= PIPE_BUF && write(handover->names, name, size) == (ssize_t)size)
		return;
	const char *why = size > PIPE_BUF ? strerror(ENAMETOOLONG) : errno == EAGAIN ? T("too many files wait for it") : strerror(errno);
	message(handover->options, T("-z %s: not run for %s: %s"), handover->options->finished_command, name, why);
	handover->left_out++;
}

uint32_t handover_end(struct handover *handover)
{
	uint32_t failed = 0;
	ssize_t got = 0;
	if (!handover->options)
		return 0;
	close(handover->names);
	/* A second signal ends the waiting as it ends everything. */
	while (!handover->options->plain && (got = read(handover->results, &failed, sizeof failed)) < 0 && errno == EINTR)
		;
	close(handover->results);
	failed = got == (ssize_t)sizeof failed ? failed : !handover->options->plain;
	uint32_t all = failed + handover->left_out;
	*handover = (struct handover){ .options = NULL };
	return all;
}
