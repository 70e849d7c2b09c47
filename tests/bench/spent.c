/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Runs a command without output and prints what it took: processor and elapsed seconds, peak memory in bytes, wait status.
 *
 * Not in Python, because a process that Python starts counts Python's own memory as its first peak.
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <fcntl.h>

static double now(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static double seconds(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
	int status = 0;
	struct rusage usage;
	double started = now();
	if (argc < 2)
		return 2;
	pid_t child = fork();
	if (child == 0) {
		int nowhere = open("/dev/null", O_RDWR);
		for (int fd = 0; fd < 3; fd++)
			dup2(nowhere, fd);
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &usage) != child)
		return 1;
#ifdef __APPLE__
	long unit = 1;
#else
	long unit = 1024;
#endif
	printf("%.6f %.6f %ld %d\n", seconds(usage.ru_utime) + seconds(usage.ru_stime), now() - started, usage.ru_maxrss * unit,
		WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	return 0;
}
