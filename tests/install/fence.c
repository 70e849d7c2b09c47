/* SPDX-License-Identifier: BSD-3-Clause */
/* fence PROGRAM [ARGUMENT]... < CALLS: runs it where no system calls but those of the list are let through, as systemd's SystemCallFilter= does. */
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	char name[100];
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	if (argc < 2 || !filter)
		return 99;
	while (fgets(name, sizeof name, stdin)) {
		name[strcspn(name, "\n")] = '\0';
		int number = seccomp_syscall_resolve_name(name);
		if (number != __NR_SCMP_ERROR && seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 0) != 0)
			return 99;
	}
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || seccomp_load(filter) != 0)
		return 99;
	execv(argv[1], argv + 1);
	return 98;
}
