/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/config.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

/* ---- Lines */

/* Without the blanks around it; what is a comment has been cut off. */
static char *trim(char *text)
{
	while (isspace((unsigned char)*text))
		text++;
	size_t length = strlen(text);
	while (length && isspace((unsigned char)text[length - 1]))
		length--;
	text[length] = '\0';
	return text;
}

/* A file that is not what it should be may hold anything; a terminal gets to see what is harmless of it. */
static void make_harmless(char *text)
{
	for (; *text; text++)
		if (!isprint((unsigned char)*text) && !isspace((unsigned char)*text))
			*text = '?';
}

static const struct option_entry *setting(const char *name)
{
	for (const struct option_entry *entry = option_table; entry->take; entry++)
		if (entry->configurable && strcmp(entry->name, name) == 0)
			return entry;
	return NULL;
}

/* Whether the command line has it, by whatever name. */
static bool is_decided(const struct options *options, const struct option_entry *wanted)
{
	for (unsigned i = 0; option_table[i].take; i++)
		if (options->given[i] && option_table[i].take == wanted->take && option_table[i].field == wanted->field)
			return true;
	return false;
}

static void list_settings(char *list, size_t size)
{
	size_t used = 0;
	for (const struct option_entry *entry = option_table; entry->take && used < size; entry++)
		if (entry->configurable && entry->help)
			used += (size_t)snprintf(list + used, size - used, "%s%s", used ? ", " : "", entry->name);
}

/* 0, or SYNFIN_E_ARGUMENT with *error filled. */
static int take_line(struct options *options, char *line, struct synfin_error *error)
{
	char *comment = strchr(line, '#');
	if (comment)
		*comment = '\0';
	char *name = trim(line);
	if (!*name)
		return SYNFIN_OK;
	make_harmless(name);
	char *value = strchr(name, '=');
	if (!value)
		return error_set(error, SYNFIN_E_ARGUMENT, NULL, "a line is NAME = VALUE, not '%.60s'", name);
	*value++ = '\0';
	name = trim(name);
	const struct option_entry *entry = setting(name);
	if (!entry) {
		char known[160] = "";
		list_settings(known, sizeof known);
		return error_set(error, SYNFIN_E_ARGUMENT, NULL, "there is no setting '%.60s'; there are %s", name, known);
	}
	/* Also a line that has no effect now must be right. */
	struct options unused = *options;
	return entry->take(is_decided(options, entry) ? &unused : options, entry, name, trim(value), error);
}

void config_take(struct options *options, char *text, size_t length, const char *path, config_complaint_fn *complain)
{
	unsigned number = 0;
	text[length] = '\0';
	if (strlen(text) != length) {
		complain(options, path, 0, "it is no text: it contains a NUL byte");
		return;
	}
	for (char *line = text, *next; line; line = next) {
		struct synfin_error error = { .code = 0 };
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		number++;
		if (take_line(options, line, &error) < 0)
			complain(options, path, number, error.text);
	}
}

/* ---- The file */

bool config_path(char *path, size_t size, const char *config_home, const char *home)
{
	int used = -1;
	/* XDG base directories: a relative path is invalid and to be ignored. */
	if (config_home && *config_home == '/')
		used = snprintf(path, size, "%s/synfin/config", config_home);
	else if (home && *home == '/')
		used = snprintf(path, size, "%s/.config/synfin/config", home);
	return used > 0 && (size_t)used < size;
}

/* Whether the environment is that of the user whose rights the program has. */
static bool environment_is_own(void)
{
	static const char *const others[] = { "SUDO_UID", "SUDO_USER", "DOAS_USER", "PKEXEC_UID" };
	if (getuid() != geteuid() || getgid() != getegid())
		return false;
	for (size_t i = 0; geteuid() == 0 && i < sizeof others / sizeof *others; i++)
		if (getenv(others[i]))
			return false;
	return true;
}

/* What is wrong with an open file, or NULL. */
static const char *distrust(const struct stat *status)
{
	if (!S_ISREG(status->st_mode))
		return "it is ignored: it is no ordinary file";
	if (status->st_uid != geteuid())
		return "it is ignored: it belongs to somebody else";
	if (status->st_mode & (S_IWGRP | S_IWOTH))
		return "it is ignored: others than its owner may write to it";
	if (status->st_size > CONFIG_MAX)
		return "it is ignored: it is longer than 64 KiB";
	return NULL;
}

static ssize_t read_all(int descriptor, char *text, size_t size)
{
	size_t length = 0;
	while (length < size) {
		ssize_t got = read(descriptor, text + length, size - length);
		if (got < 0 && errno != EINTR)
			return got;
		if (got == 0)
			break;
		length += got > 0 ? (size_t)got : 0;
	}
	return (ssize_t)length;
}

static void read_open(struct options *options, int descriptor, const char *path, config_complaint_fn *complain)
{
	struct stat status;
	const char *why = fstat(descriptor, &status) == 0 ? distrust(&status) : strerror(errno);
	if (why) {
		complain(options, path, 0, why);
		return;
	}
	options->config_text = malloc(CONFIG_MAX + 1);
	ssize_t length = options->config_text ? read_all(descriptor, options->config_text, CONFIG_MAX) : -1;
	if (length < 0)
		complain(options, path, 0, strerror(errno));
	else
		config_take(options, options->config_text, (size_t)length, path, complain);
}

void config_read(struct options *options, config_complaint_fn *complain)
{
	char path[PATH_MAX];
	if (options->plain || options->no_config || !isatty(STDOUT_FILENO) || !environment_is_own())
		return;
	if (!config_path(path, sizeof path, getenv("XDG_CONFIG_HOME"), getenv("HOME")))
		return;
	/* Without waiting, should it be a pipe. */
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (descriptor >= 0) {
		read_open(options, descriptor, path, complain);
		close(descriptor);
	} else if (errno != ENOENT && errno != ENOTDIR) {
		complain(options, path, 0, strerror(errno));
	}
}
