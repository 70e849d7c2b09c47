/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/sandbox.h"

#include <string.h>
#include <time.h>

#include <synfin/status.h>

unsigned sandbox_available(void)
{
	return (sandbox_seccomp_built() ? SANDBOX_SECCOMP : 0) | (sandbox_landlock_version() > 0 ? SANDBOX_LANDLOCK : 0);
}

const char *sandbox_built(void)
{
#ifdef __linux__
	return sandbox_seccomp_built() ? "seccomp, Landlock" : "Landlock";
#else
	return "none";
#endif
}

/* What libc reads on first use, and could not any more. */
static void load_late_files(void)
{
	tzset();
	(void)strerror(1); /* in the locale's language, from its catalogue */
}

int sandbox_enter(const struct sandbox_needs *needs, struct synfin_error *error)
{
	unsigned parts = sandbox_available();
	load_late_files();
	/* Landlock's own calls are among those that seccomp forbids. */
	int status = parts & SANDBOX_LANDLOCK ? sandbox_landlock_enter(needs, error) : SYNFIN_OK;
	if (status < 0 || !(parts & SANDBOX_SECCOMP))
		return status < 0 ? status : (int)parts;
	status = sandbox_seccomp_enter(needs, error);
	if (status == 0)
		parts &= ~(unsigned)SANDBOX_SECCOMP;
	return status < 0 ? status : (int)parts;
}
