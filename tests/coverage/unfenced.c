/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Lets a program that counts its lines write the counts when it ends: as itself and outside of the sandbox it could not open their files.
 * The linker sends the calls that confine the program here (--wrap). Each is made all the same, but in a task of its own, with the same
 * memory: its lines count and its answer is used, while what it takes away is taken from that task only.
 */
#ifdef __linux__

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/wait.h>

#include <synfin/status.h>

#include "cli/privileges.h"
#include "cli/sandbox.h"

int __real_privileges_become(struct user *user, struct synfin_error *error);
int __real_privileges_limit(unsigned keep, bool all, struct synfin_error *error);
int __real_sandbox_enter(const struct sandbox_needs *needs, struct synfin_error *error);
int __wrap_privileges_become(struct user *user, struct synfin_error *error);
int __wrap_privileges_limit(unsigned keep, bool all, struct synfin_error *error);
int __wrap_sandbox_enter(const struct sandbox_needs *needs, struct synfin_error *error);

struct call {
	struct user *user;
	const struct sandbox_needs *needs;
	struct synfin_error *error;
	unsigned keep;
	bool all;
	int status;
};

static int become(void *argument)
{
	struct call *call = argument;
	call->status = __real_privileges_become(call->user, call->error);
	return 0;
}

static int limit(void *argument)
{
	struct call *call = argument;
	call->status = __real_privileges_limit(call->keep, call->all, call->error);
	return 0;
}

static int enter(void *argument)
{
	struct call *call = argument;
	call->status = __real_sandbox_enter(call->needs, call->error);
	return 0;
}

/* CLONE_VFORK: the caller waits, so the two never run at once. */
static int apart(int (*work)(void *), struct call *call)
{
	static _Alignas(max_align_t) char stack[1 << 20];
	call->status = SYNFIN_E_UNSUPPORTED;
	pid_t task = clone(work, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, call);
	while (task > 0 && waitpid(task, NULL, 0) < 0 && errno == EINTR)
		;
	return call->status;
}

int __wrap_privileges_become(struct user *user, struct synfin_error *error)
{
	return apart(become, &(struct call){ .user = user, .error = error });
}

int __wrap_privileges_limit(unsigned keep, bool all, struct synfin_error *error)
{
	return apart(limit, &(struct call){ .keep = keep, .all = all, .error = error });
}

int __wrap_sandbox_enter(const struct sandbox_needs *needs, struct synfin_error *error)
{
	return apart(enter, &(struct call){ .needs = needs, .error = error });
}

#else

/* Nothing is wrapped elsewhere (Makefile). */
typedef int nothing_to_wrap;

#endif
