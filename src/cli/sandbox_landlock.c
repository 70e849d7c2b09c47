/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Landlock: everything that it can forbid is forbidden, less what is still needed. What is open already stays open.
 *
 * libc has no calls for it, and its header is of the kernel that libc was built for, not of the one that runs. So the numbers of what
 * came later stand here; each is asked for only if the running kernel's version has it (it refuses what it does not know).
 */
#include "cli/sandbox.h"

#include "base/error.h"

#if defined(__linux__) && defined(__has_include)
#if __has_include(<linux/landlock.h>)
#define HAVE_LANDLOCK 1
#endif
#endif

#ifdef HAVE_LANDLOCK

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* By version: 1 has the first 13 rights to files, 2 linking, 3 truncating, 5 ioctls of devices; 4 has TCP, 6 signals and sockets. */
#define RIGHTS_1 ((UINT64_C(1) << 13) - 1)
#define RIGHT_REFER (UINT64_C(1) << 13)
#define RIGHT_TRUNCATE (UINT64_C(1) << 14)
#define RIGHT_IOCTL (UINT64_C(1) << 15)
#define TCP_BIND_CONNECT UINT64_C(3)
#define TCP_CONNECT UINT64_C(2)
#define SCOPES UINT64_C(3)
/* A rule for a port, of version 4. */
#define RULE_PORT 2
#define PORT_DOMAIN 53

/* struct landlock_ruleset_attr as of version 6; older kernels take its beginning. */
struct ruleset {
	uint64_t files, tcp, scopes;
};

int sandbox_landlock_version(void)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, LANDLOCK_CREATE_RULESET_VERSION);
	return version > 0 ? (int)version : 0;
}

static struct ruleset all_of(int version, const struct sandbox_needs *needs)
{
	struct ruleset all = { .files = RIGHTS_1 };
	if (version >= 2)
		all.files |= RIGHT_REFER;
	if (version >= 3)
		all.files |= RIGHT_TRUNCATE;
	if (version >= 4 && !needs->resolver)
		all.tcp = TCP_BIND_CONNECT;
	if (version >= 5)
		all.files |= RIGHT_IOCTL;
	if (version >= 6)
		all.scopes = needs->resolver ? 0 : SCOPES;
	return all;
}

/* Allow `rights` to a file, or to what is below a directory. What is not there cannot be opened either, and needs no rule. */
static int allow(int rules, const char *path, uint64_t rights)
{
	struct stat about;
	int descriptor = open(path, O_PATH | O_CLOEXEC);
	if (descriptor < 0)
		return 0;
	struct landlock_path_beneath_attr rule = { .parent_fd = descriptor, .allowed_access = rights };
	/* A rule for a file must not speak of what only directories have. */
	if (fstat(descriptor, &about) == 0 && !S_ISDIR(about.st_mode))
		rule.allowed_access &= LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_EXECUTE | RIGHT_TRUNCATE;
	int result = (int)syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	int failure = errno;
	close(descriptor);
	errno = failure;
	return result;
}

/* What libc reads to look up a name, and the modules that it loads for that. */
static int allow_resolver(int rules)
{
	static const char *const places[] = {
		"/etc/hosts", "/etc/resolv.conf", "/etc/nsswitch.conf", "/etc/host.conf", "/etc/gai.conf", "/etc/services", "/etc/protocols",
		"/etc/networks", "/etc/ethers", "/etc/ld.so.cache", "/run/systemd/resolve", "/run/nscd", "/lib", "/lib64", "/usr/lib", "/usr/lib64",
	};
	int result = 0;
	for (size_t i = 0; i < sizeof places / sizeof *places && result == 0; i++)
		result = allow(rules, places[i], LANDLOCK_ACCESS_FS_READ_FILE);
	return result;
}

/* An answer that is too long for a datagram comes over TCP. */
static int allow_queries(int rules, const struct ruleset *all)
{
	struct { uint64_t access, port; } rule = { TCP_CONNECT, PORT_DOMAIN };
	return all->tcp ? (int)syscall(SYS_landlock_add_rule, rules, RULE_PORT, &rule, 0) : 0;
}

static int allow_needs(int rules, const struct ruleset *all, const struct sandbox_needs *needs)
{
	int result = 0;
	uint64_t create = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | RIGHT_TRUNCATE;
	if (needs->remove)
		create |= LANDLOCK_ACCESS_FS_REMOVE_FILE;
	if (needs->write_directory)
		result = allow(rules, needs->write_directory, create & all->files);
	for (size_t i = 0; i < needs->read_count && result == 0; i++)
		result = allow(rules, needs->read[i], LANDLOCK_ACCESS_FS_READ_FILE);
	/* An interface's counters: libpcap reads them below this when it is asked how many packets were lost. */
	if (needs->live && result == 0)
		result = allow(rules, "/sys/class/net", LANDLOCK_ACCESS_FS_READ_FILE);
	if (needs->live && result == 0)
		result = allow(rules, "/sys/devices", LANDLOCK_ACCESS_FS_READ_FILE);
	if (needs->resolver && result == 0)
		result = allow_resolver(rules);
	if (needs->queries && result == 0)
		result = allow_queries(rules, all);
#ifdef SANDBOX_INSTRUMENTED
	if (result == 0)
		result = allow(rules, "/", all->files);
#endif
	return result;
}

int sandbox_landlock_enter(const struct sandbox_needs *needs, struct synfin_error *error)
{
	int version = sandbox_landlock_version();
	struct ruleset all = all_of(version, needs);
	size_t size = version >= 6 ? sizeof all : version >= 4 ? offsetof(struct ruleset, scopes) : offsetof(struct ruleset, tcp);
	int rules = (int)syscall(SYS_landlock_create_ruleset, &all, size, 0);
	if (rules < 0)
		return error_set(error, SYNFIN_E_PERMISSION, NULL, "Landlock: %s; --no-sandbox does without", strerror(errno));
	int result = allow_needs(rules, &all, needs);
	if (result == 0)
		result = (int)syscall(SYS_landlock_restrict_self, rules, 0);
	int failure = errno;
	close(rules);
	if (result != 0)
		return error_set(error, SYNFIN_E_PERMISSION, NULL, "Landlock: %s; --no-sandbox does without", strerror(failure));
	return SYNFIN_OK;
}

#else

int sandbox_landlock_version(void)
{
	return 0;
}

int sandbox_landlock_enter(const struct sandbox_needs *needs, struct synfin_error *error)
{
	(void)needs;
	return error_set(error, SYNFIN_E_UNSUPPORTED, NULL, "Landlock: not in this build");
}

#endif
