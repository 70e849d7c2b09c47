/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Opening a source may need root; looking at packets does not. So who is root becomes somebody else between the two: the user of -Z, else
 * the one who called sudo, else nobody. "root" is Debian's tcpdump's word for giving up nothing.
 *
 * Who is not root may have capabilities instead (setcap, systemd): they go, too.
 *
 * A program that somebody made set-user-ID is its caller's but for opening the interface, as tcpdump is: else its -w and -r would be
 * a way to write and read any file.
 *
 * A user who was not chosen by the caller may lack a right that the caller takes for granted: to create the next file of -C in a
 * directory of root's. One capability for just that can be kept; confine.c keeps it only if the sandbox fences it in.
 */
#include "cli/privileges.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#include "base/error.h"

/* What "nobody" is where the system does not name it. */
#define NOBODY_ID 65534

static bool is_set_id(void)
{
	return getuid() != geteuid() || getgid() != getegid();
}

int privileges_return(struct synfin_error *error)
{
	uid_t user = getuid();
	if (!is_set_id())
		return SYNFIN_OK;
	/* These set the saved ids, too. */
	if (setregid(getgid(), getgid()) != 0 || setreuid(user, user) != 0 || (user != 0 && setuid(0) == 0))
		return error_set(error, SYNFIN_E_PERMISSION, NULL, "Couldn't give up the privileges of the program's owner: %s", strerror(errno));
	return SYNFIN_OK;
}

static void user_set(struct user *user, const char *name, uid_t uid, gid_t gid)
{
	snprintf(user->name, sizeof user->name, "%s", name);
	user->uid = uid;
	user->gid = gid;
}

/* A number of the environment, which sudo sets; false if it is none, or root's. */
static bool number_of(const char *variable, unsigned long *number)
{
	char *end;
	const char *text = getenv(variable);
	if (!text || *text < '0' || *text > '9')
		return false;
	errno = 0;
	*number = strtoul(text, &end, 10);
	return errno == 0 && *end == '\0' && *number > 0 && *number < UINT_MAX;
}

static bool find_invoking(struct user *user)
{
	unsigned long uid, gid;
	char name[PRIVILEGES_NAME_MAX];
	if (!number_of("SUDO_UID", &uid) || !number_of("SUDO_GID", &gid))
		return false;
	const struct passwd *entry = getpwuid((uid_t)uid);
	snprintf(name, sizeof name, "uid %lu", uid);
	user_set(user, entry && strlen(entry->pw_name) < sizeof name ? entry->pw_name : name, (uid_t)uid, (gid_t)gid);
	user->invoking = true;
	return true;
}

int privileges_find(struct user *user, const char *name, struct synfin_error *error)
{
	*user = (struct user){ .name = "" };
	/* Anybody else has nothing to give up but capabilities, and tcpdump does not even look at -Z then. */
	if (getuid() != 0 || (name && strcmp(name, "root") == 0))
		return SYNFIN_OK;
	if (!name && find_invoking(user))
		return SYNFIN_OK;
	const struct passwd *entry = getpwnam(name ? name : "nobody");
	if (!entry && name)
		return error_set(error, SYNFIN_E_ARGUMENT, name, "Couldn't find user '%.32s'", name);
	user->chosen = name != NULL;
	user_set(user, name ? name : "nobody", entry ? entry->pw_uid : NOBODY_ID, entry ? entry->pw_gid : NOBODY_ID);
	return SYNFIN_OK;
}

/*
 * Never the owner of a file that somebody else made, or made a link to: else one whom sudo lets do no more than save packets under a name
 * of his own could have any file of root's for his.
 */
void privileges_create(const struct user *user, const char *path)
{
	int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (descriptor < 0)
		return;
	/* Not every file system knows owners. */
	if (fchown(descriptor, user->uid, user->gid) != 0)
		errno = 0;
	close(descriptor);
}

/* The supplementary groups: those of the user's name, or none but its own where a number has no name. */
static int take_groups(const struct user *user)
{
	return getpwnam(user->name) ? initgroups(user->name, user->gid) : setgroups(1, &user->gid);
}

/* With `kept` in force or not, what was permitted to root stays permitted to the next user. */
static void permit(bool kept)
{
#ifdef __linux__
	(void)prctl(PR_SET_KEEPCAPS, kept, 0, 0, 0);
#else
	(void)kept;
#endif
}

int privileges_become(struct user *user, struct synfin_error *error)
{
	if (!user->name[0])
		return SYNFIN_OK;
	permit(!user->chosen);
	/* The user last: without root's rights the groups cannot be set any more. */
	if (take_groups(user) != 0 || setgid(user->gid) != 0 || setuid(user->uid) != 0) {
		int failure = errno;
		bool alone = !user->chosen && getuid() == 0 && (failure == EPERM || failure == EINVAL);
		if (!alone)
			return error_set(error, SYNFIN_E_PERMISSION, user->name, "Couldn't change to '%.32s' uid=%lu gid=%lu: %s", user->name,
				(unsigned long)user->uid, (unsigned long)user->gid, strerror(failure));
		*user = (struct user){ .name = "" };
		return SYNFIN_OK;
	}
	permit(false);
	/* setuid() of root's sets the saved user, too; to be sure is cheap. */
	if (user->uid != 0 && (setuid(0) == 0 || getuid() == 0 || geteuid() == 0))
		return error_set(error, SYNFIN_E_PERMISSION, user->name, "Couldn't change to '%.32s' for good", user->name);
	return SYNFIN_OK;
}

bool privileges_may_create(const char *directory)
{
	return faccessat(AT_FDCWD, directory, W_OK | X_OK, AT_EACCESS) == 0 || errno != EACCES;
}

bool privileges_may_read(const char *path)
{
	return faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) == 0 || errno != EACCES;
}

#ifdef __linux__

static unsigned bit(unsigned capability)
{
	return 1u << capability;
}

/* glibc has no call for it. Both of the capabilities that may be kept are in the first 32. */
static int set_capabilities(unsigned kept)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3] = { { .effective = kept, .permitted = kept } };
	return (int)syscall(SYS_capset, &header, sets);
}

int privileges_limit(unsigned keep, bool all, struct synfin_error *error)
{
	unsigned kept = (keep & PRIVILEGES_KEEP_READ ? bit(CAP_DAC_READ_SEARCH) : 0) | (keep & PRIVILEGES_KEEP_WRITE ? bit(CAP_DAC_OVERRIDE) : 0);
	/* Before Linux 4.3 there are no ambient capabilities to clear. */
	if (!all)
		(void)prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	if (!all && set_capabilities(kept) != 0)
		return error_set(error, SYNFIN_E_PERMISSION, NULL, "Couldn't give up capabilities: %s", strerror(errno));
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return error_set(error, SYNFIN_E_PERMISSION, NULL, "Couldn't renounce new privileges: %s", strerror(errno));
#ifdef SANDBOX_INSTRUMENTED
	/* The leak checker looks at its own process as a debugger would. */
	(void)prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
#endif
	return SYNFIN_OK;
}

#else

int privileges_limit(unsigned keep, bool all, struct synfin_error *error)
{
	(void)keep;
	(void)all;
	(void)error;
	return SYNFIN_OK;
}

#endif
