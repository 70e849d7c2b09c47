/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * -Z: go on as another user once the source is open.
 *
 * As in tcpdump it is for whoever is root; anybody else has nothing to give up, and the option is not even looked at. "root" is
 * Debian's tcpdump's word for giving up nothing.
 */
#include "cli/cli.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include "base/error.h"

int privileges_find(struct user *user, const char *name, struct synfin_error *error)
{
	*user = (struct user){ .name = NULL };
	if (!name || (getuid() != 0 && geteuid() != 0) || strcmp(name, "root") == 0)
		return SYNFIN_OK;
	const struct passwd *entry = getpwnam(name);
	if (!entry)
		return error_set(error, SYNFIN_E_ARGUMENT, name, "Couldn't find user '%.32s'", name);
	*user = (struct user){ .name = name, .uid = entry->pw_uid, .gid = entry->pw_gid };
	return SYNFIN_OK;
}

int privileges_become(const struct user *user, struct synfin_error *error)
{
	if (!user->name)
		return SYNFIN_OK;
	/* The user last: without root's rights the groups cannot be set any more. */
	if (initgroups(user->name, user->gid) != 0 || setgid(user->gid) != 0 || setuid(user->uid) != 0)
		return error_set(error, SYNFIN_E_PERMISSION, user->name, "Couldn't change to '%.32s' uid=%lu gid=%lu: %s", user->name,
			(unsigned long)user->uid, (unsigned long)user->gid, strerror(errno));
	if (user->uid != 0 && setuid(0) == 0)
		return error_set(error, SYNFIN_E_PERMISSION, user->name, "Couldn't change to '%.32s' for good", user->name);
	return SYNFIN_OK;
}
