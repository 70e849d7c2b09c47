/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * -Z: go on as another user, once the source is open and before a file is written.
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

int privileges_drop(const char *user, struct synfin_error *error)
{
	if (!user || (getuid() != 0 && geteuid() != 0) || strcmp(user, "root") == 0)
		return SYNFIN_OK;
	errno = 0;
	const struct passwd *entry = getpwnam(user);
	if (!entry)
		return error_set(error, SYNFIN_E_ARGUMENT, user, "Couldn't find user '%.32s'", user);
	uid_t uid = entry->pw_uid;
	gid_t gid = entry->pw_gid;
	/* The user last: without root's rights the groups cannot be set any more. */
	if (initgroups(entry->pw_name, gid) != 0 || setgid(gid) != 0 || setuid(uid) != 0)
		return error_set(error, SYNFIN_E_PERMISSION, user, "Couldn't change to '%.32s' uid=%lu gid=%lu: %s", user, (unsigned long)uid,
			(unsigned long)gid, strerror(errno));
	if (uid != 0 && setuid(0) == 0)
		return error_set(error, SYNFIN_E_PERMISSION, user, "Couldn't change to '%.32s' for good", user);
	return SYNFIN_OK;
}
