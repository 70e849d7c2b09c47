/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Giving up what only opening needed: uid, groups, capabilities.
 *
 * privileges.c has the theory. The calls are made once, in this order and before there is a second thread: capabilities are a thread's.
 */
#ifndef SYNFIN_CLI_PRIVILEGES_H
#define SYNFIN_CLI_PRIVILEGES_H

#include <stdbool.h>
#include <sys/types.h>

#include <synfin/status.h>

#define PRIVILEGES_NAME_MAX 40

/* Who to go on as. */
struct user {
	char name[PRIVILEGES_NAME_MAX]; /* "" : nobody else */
	uid_t uid;
	gid_t gid;
	bool chosen;   /* by -Z: what he may not do is an error, as in tcpdump */
	bool invoking; /* sudo's caller */
};

/* Capabilities that may be kept, if the sandbox fences them in. */
enum privileges_keep { PRIVILEGES_KEEP_NONE, PRIVILEGES_KEEP_READ = 1, PRIVILEGES_KEEP_WRITE = 2 };

/*
 * Of a program that is set-user-ID or set-group-ID: be the caller again. To be called once the interface is open, or before any file is.
 * Without effect in others.
 */
int privileges_return(struct synfin_error *error);
/* Who to become: the user of `name` (-Z; NULL: not given), else sudo's caller, else nobody. Nobody else, unless the caller is root. */
int privileges_find(struct user *user, const char *name, struct synfin_error *error);
/*
 * If there is no such file yet, create it as the user's from its first moment. What is there already, or cannot be created, is left to who
 * opens it: it stays whose it is.
 */
void privileges_create(const struct user *user, const char *path);
/*
 * Become that user, with his groups, for good. Capabilities are out of force but can still be kept. Where there is only root (a user
 * namespace of one) and nobody was chosen, *user becomes nobody else and 0 is returned.
 */
int privileges_become(struct user *user, struct synfin_error *error);
/* Whether the user that this process is now may create files in a directory, and read a file, so far as permissions tell. */
bool privileges_may_create(const char *directory);
bool privileges_may_read(const char *path);
/*
 * Keep of all capabilities those of `keep` (enum privileges_keep), and never get new ones by executing something. With `all` keep all: -Z
 * root. Where there are no capabilities there is nothing to do.
 */
int privileges_limit(unsigned keep, bool all, struct synfin_error *error);

#endif
