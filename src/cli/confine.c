/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the program may do, and when. Everything that needs a right comes before the first byte of a packet is looked at.
 *
 *   phase        who it is                    what it may do
 *   1 opening    the caller (root)            anything: options, -F, -V, locale, names; open the source, compile the filter
 *   2 output     the caller (root)            create the file of -w as the user's of phase 3; one that is there keeps its owner
 *   3 leaving    the user of -Z, sudo's       become that user; drop capabilities; renounce new ones; close the fences
 *                caller, or nobody
 *   4 packets    that user, fenced in         what is open; memory, time, signals of its own; and to open, of all files, the next of
 *                                             -C and -G (in their directory; with --ring to remove the oldest) or of -V (the listed ones);
 *                                             with --resolve to ask DNS
 *
 * A file of -w that is opened once is opened in phase 2, so that root can write it where only root may; with -C and -G it is opened in
 * phase 3 behind the change of user, by whom all the others will be, as tcpdump does it.
 *
 * A user whom the caller did not choose, nobody above all, may not be able to create the next file, or to read the next one of -V. The one
 * capability which that takes is then kept, but only if Landlock is there to confine it to the directory or the files in question; if not,
 * this is an error at the start, instead of one after an hour. A user chosen by -Z is never helped: with tcpdump it is an error, too.
 */
#include "cli/confine.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "cli/cli.h"
#include "cli/file_list.h"
#include "cli/naming.h"
#include "cli/privileges.h"
#include "cli/sandbox.h"
#include "views/text.h"

struct confinement {
	bool was_root;
	struct user user;
	struct sandbox_needs needs;
	char *directory; /* of -C and -G, or of -z */
	char **paths;    /* of -V */
	size_t count, room;
	unsigned keep; /* enum privileges_keep */
	unsigned parts; /* of the sandbox, in force */
};

static int no_memory(struct synfin_error *error)
{
	return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
}

char *confine_directory(const struct options *options)
{
	const char *pattern = options->write_file;
	size_t length = strlen(pattern);
	const char *varies = options->rotate_seconds ? strchr(pattern, '%') : NULL;
	if (varies)
		length = (size_t)(varies - pattern);
	while (length > 0 && pattern[length - 1] != '/')
		length--;
	/* "file" is in ".", "/file" in "/", "a/b/file" in "a/b". */
	if (length == 0)
		return strdup(".");
	return strndup(pattern, length > 1 ? length - 1 : 1);
}

static int add_path(struct confinement *all, const char *path, struct synfin_error *error)
{
	if (all->count == all->room) {
		size_t room = all->room ? 2 * all->room : 16;
		char **paths = realloc(all->paths, room * sizeof *paths);
		if (!paths)
			return no_memory(error);
		all->paths = paths;
		all->room = room;
	}
	all->paths[all->count] = strdup(path);
	return all->paths[all->count] ? (all->count++, SYNFIN_OK) : no_memory(error);
}

/* The files that are still to be read. What comes through a pipe cannot be known, so then it is any. */
static int find_paths(struct confinement *all, const struct options *options, struct synfin_error *error)
{
	struct file_list list = { .stream = NULL };
	struct stat about;
	if (strcmp(options->list_file, "-") == 0 || stat(options->list_file, &about) != 0 || !S_ISREG(about.st_mode))
		return add_path(all, "/", error);
	int status = file_list_open(&list, options->list_file, options->plain, error);
	for (const char *path = status < 0 ? NULL : file_list_next(&list); path && status == SYNFIN_OK; path = file_list_next(&list))
		status = add_path(all, path, error);
	file_list_close(&list);
	return status;
}

static int find_needs(struct confinement *all, const struct options *options, const struct synfin_source *source, struct synfin_error *error)
{
	int status = SYNFIN_OK;
	if (save_rotates(options) || (options->finished_command && options->write_file)) {
		all->directory = confine_directory(options);
		status = all->directory ? SYNFIN_OK : no_memory(error);
	}
	if (status == SYNFIN_OK && options->list_file)
		status = find_paths(all, options, error);
	all->needs = (struct sandbox_needs){
		.write_directory = save_rotates(options) ? all->directory : NULL,
		.remove = save_rotates(options) && options->ring,
		.read = (const char *const *)all->paths,
		.read_count = all->count,
		.live = synfin_source_is_live(source),
		/* The filter is compiled anew for each file, and may name hosts. */
		.resolver = options->list_file && (options->filter || options->filter_file),
		.queries = naming_asks(options),
	};
	return status;
}

/* The first of the files of -V that the user may not read, or NULL. */
static const char *unreadable(const struct confinement *all)
{
	for (size_t i = 0; i < all->count; i++)
		if (!privileges_may_read(all->paths[i]))
			return all->paths[i];
	return NULL;
}

/* Whether the new user can do what is still to be done; if not, what to keep for it. In tcpdump's place nothing is looked at. */
static int find_missing(struct confinement *all, const struct options *options, struct synfin_error *error)
{
	if (!all->user.name[0] || (all->user.chosen && options->plain))
		return SYNFIN_OK;
	const char *directory = save_rotates(options) && !privileges_may_create(all->directory) ? all->directory : NULL;
	const char *file = all->user.chosen ? NULL : unreadable(all);
	bool fenced = !options->no_sandbox && sandbox_available() & SANDBOX_LANDLOCK;
	if (!all->user.chosen && fenced) {
		all->keep = (directory ? PRIVILEGES_KEEP_WRITE : 0) | (file ? PRIVILEGES_KEEP_READ : 0);
		return SYNFIN_OK;
	}
	if (directory)
		return error_set(error, SYNFIN_E_PERMISSION, directory,
			"%s: user %s may not create the files of %s there; choose another directory, or another user with -Z (root: go on as root)",
			directory, all->user.name, options->rotate_bytes ? "-C" : "-G");
	if (file)
		return error_set(error, SYNFIN_E_PERMISSION, file, "%s: user %s may not read it; choose another user with -Z (root: go on as root)", file,
			all->user.name);
	return SYNFIN_OK;
}

static int open_output(const struct confinement *all, const struct options *options, struct synfin_source *source, struct save *save,
	struct synfin_error *error)
{
	/* Files of nobody's would be everybody's who runs as nobody: this one stays the caller's. */
	if ((all->user.chosen || all->user.invoking) && strcmp(options->write_file, "-") != 0)
		privileges_create(&all->user, options->write_file);
	return save_open(save, options, source, time(NULL), error);
}

/* It may work all the same; but most programs put something beside the file, and the first one ends only after a while. */
static void warn_of_program(const struct confinement *all, const struct options *options)
{
	if (options->finished_command && all->directory && all->user.name[0] && !options->plain && !privileges_may_create(all->directory))
		message(options, T("-z %s: it will run as %s, who may not create files in %s; -Z chooses another user"), options->finished_command,
			all->user.name, all->directory);
}

/* Phases 2 and 3 but for the fences. */
static int leave(struct confinement *all, const struct options *options, struct synfin_source *source, struct save *save,
	struct synfin_error *error)
{
	bool first = options->write_file && !save_rotates(options);
	bool as_root = getuid() == 0 && !all->user.name[0];
	int status = first ? open_output(all, options, source, save, error) : SYNFIN_OK;
	if (status == SYNFIN_OK)
		status = privileges_become(&all->user, error);
	if (status == SYNFIN_OK) {
		warn_of_program(all, options);
		status = find_missing(all, options, error);
	}
	if (status == SYNFIN_OK)
		status = privileges_limit(all->keep, as_root, error);
	if (status == SYNFIN_OK && options->write_file && !first)
		status = save_open(save, options, source, time(NULL), error);
	return status;
}

/* "synfin: privileges given up: now nobody (uid 65534); sandbox: seccomp, Landlock" */
static void announce(const struct confinement *all, const struct options *options)
{
	char who[128] = "none to give up";
	const char *parts[] = { "off", "seccomp", "Landlock", "seccomp, Landlock" };
	const char *kept[] = { "", ", who may still read the files of -V", ", who may still create files beside that of -w",
		", who may still read the files of -V and create files beside that of -w" };
	if (all->user.name[0])
		snprintf(who, sizeof who, "given up, now %s (uid %lu, gid %lu)", all->user.name, (unsigned long)all->user.uid, (unsigned long)all->user.gid);
	else if (getuid() == 0)
		snprintf(who, sizeof who, "%s", options->user ? "kept" : "given up but for being root, who cannot become another user here");
	message(options, "privileges: %s%s; sandbox: %s", who, kept[all->keep], parts[all->parts]);
}

static void free_paths(struct confinement *all)
{
	for (size_t i = 0; i < all->count; i++)
		free(all->paths[i]);
	free(all->paths);
	free(all->directory);
}

int confine(const struct options *options, struct synfin_source *source, struct save *save, struct synfin_error *error)
{
	struct confinement all = { .was_root = getuid() == 0 };
	int status = privileges_find(&all.user, options->user, error);
	if (status == SYNFIN_OK)
		status = find_needs(&all, options, source, error);
	if (status == SYNFIN_OK)
		status = leave(&all, options, source, save, error);
	if (status == SYNFIN_OK && !options->no_sandbox) {
		int parts = sandbox_enter(&all.needs, error);
		all.parts = parts < 0 ? 0 : (unsigned)parts;
		status = parts < 0 ? parts : SYNFIN_OK;
	}
	/* tcpdump's -v says nothing of this; and a file that anybody may read is no occasion. */
	bool tells = options->verbose && !options->plain && !options->quiet && (all.was_root || synfin_source_is_live(source));
	if (status == SYNFIN_OK && tells)
		announce(&all, options);
	free_paths(&all);
	return status;
}
