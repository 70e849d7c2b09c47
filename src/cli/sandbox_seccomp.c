/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * seccomp: a list of the system calls that are let through; every other fails with EPERM.
 *
 * It fails instead of ending the process, since libc and libpcap know how to go on where a call is not to be had, and a capture of hours is
 * not lost because a new libc tries a new call first. To an intruder it makes no difference: the call is not made.
 *
 * Where the kind of access stands in an argument that is looked at: nothing becomes executable, no process is made (threads are), no
 * terminal gets input pushed into it (TIOCSTI), nobody else gets signals.
 */
#include "cli/sandbox.h"

#include "base/error.h"

#if defined(HAVE_SECCOMP) && !defined(SANDBOX_INSTRUMENTED)

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <seccomp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include <linux/netlink.h>
#include <linux/sockios.h>

/* A call that this machine or this libseccomp does not have gets a negative number, and no rule. */
static const int always[] = {
	/* data and files that are open */
	SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(preadv), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(pwrite64),
	SCMP_SYS(close), SCMP_SYS(lseek), SCMP_SYS(_llseek), SCMP_SYS(dup), SCMP_SYS(fcntl), SCMP_SYS(fcntl64), SCMP_SYS(ftruncate),
	SCMP_SYS(ftruncate64), SCMP_SYS(fsync), SCMP_SYS(fdatasync), SCMP_SYS(fadvise64), SCMP_SYS(fadvise64_64), SCMP_SYS(readahead),
	SCMP_SYS(fstat), SCMP_SYS(fstat64), SCMP_SYS(newfstatat), SCMP_SYS(fstatat64), SCMP_SYS(statx), SCMP_SYS(stat), SCMP_SYS(stat64),
	SCMP_SYS(lstat), SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(getcwd),
	/* memory; mmap and mprotect are below */
	SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise),
	/* waiting, the clock, chance */
	SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(ppoll_time64), SCMP_SYS(select), SCMP_SYS(_newselect), SCMP_SYS(pselect6),
	SCMP_SYS(pselect6_time64), SCMP_SYS(clock_gettime), SCMP_SYS(clock_gettime64), SCMP_SYS(clock_getres), SCMP_SYS(clock_getres_time64),
	SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(nanosleep), SCMP_SYS(clock_nanosleep), SCMP_SYS(clock_nanosleep_time64),
	SCMP_SYS(getrandom), SCMP_SYS(restart_syscall),
	/* signals, to and of this process */
	SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigreturn), SCMP_SYS(rt_sigpending),
	SCMP_SYS(sigaltstack), SCMP_SYS(exit), SCMP_SYS(exit_group),
	/* threads */
	SCMP_SYS(futex), SCMP_SYS(futex_time64), SCMP_SYS(set_robust_list), SCMP_SYS(get_robust_list), SCMP_SYS(rseq), SCMP_SYS(sched_yield),
	SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_setaffinity), SCMP_SYS(membarrier), SCMP_SYS(gettid), SCMP_SYS(set_tid_address),
	SCMP_SYS(arch_prctl),
	/* who and where it is */
	SCMP_SYS(getpid), SCMP_SYS(getppid), SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(uname),
	SCMP_SYS(sysinfo), SCMP_SYS(getrusage), SCMP_SYS(getrlimit), SCMP_SYS(ugetrlimit), SCMP_SYS(getcpu),
};

/* A packet socket is read through memory and poll(); these are for other kinds, and for counters. */
static const int when_live[] = {
	SCMP_SYS(recvfrom), SCMP_SYS(recvmsg), SCMP_SYS(recvmmsg), SCMP_SYS(recvmmsg_time64), SCMP_SYS(getsockopt), SCMP_SYS(setsockopt),
	SCMP_SYS(getsockname), SCMP_SYS(epoll_wait), SCMP_SYS(epoll_pwait),
};

static const int when_removing[] = { SCMP_SYS(unlink), SCMP_SYS(unlinkat) };

static const int when_resolving[] = {
	SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(sendto), SCMP_SYS(sendmsg), SCMP_SYS(sendmmsg), SCMP_SYS(recvfrom), SCMP_SYS(recvmsg),
	SCMP_SYS(getsockname), SCMP_SYS(getpeername), SCMP_SYS(getsockopt), SCMP_SYS(setsockopt), SCMP_SYS(eventfd2), SCMP_SYS(statfs),
	SCMP_SYS(epoll_create1), SCMP_SYS(epoll_ctl), SCMP_SYS(epoll_wait), SCMP_SYS(timerfd_create), SCMP_SYS(timerfd_settime),
};

static const int when_querying[] = {
	SCMP_SYS(connect), SCMP_SYS(sendto), SCMP_SYS(sendmsg), SCMP_SYS(recvfrom), SCMP_SYS(recvmsg), SCMP_SYS(getsockname), SCMP_SYS(getsockopt),
	SCMP_SYS(setsockopt),
};

/* The size of a terminal, and its modes; the latter for a program that is asked for keys. And an interface's name (names/interfaces.c). */
static const unsigned long questions[] = { TIOCGWINSZ, TCGETS, TCSETS, TCSETSW, TCSETSF, FIONREAD, SIOCGIFNAME };

/* Whether an interface is still there, up, and how it is doing. */
static const unsigned long of_interface[] = { SIOCGIFFLAGS, SIOCGIFINDEX, SIOCGIFMTU, SIOCGIFHWADDR };

/* The kernel's USB monitor is an interface of libpcap's; its ioctls are of this type. */
#define USB_MONITOR 0x9200u
#define IOCTL_TYPE 0xff00u

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int allow(scmp_filter_ctx filter, const int *calls, size_t count)
{
	int result = 0;
	for (size_t i = 0; i < count && result == 0; i++)
		if (calls[i] >= 0)
			result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
	return result;
}

/* Allow a call if, of one of its arguments, the bits of `mask` are `value`. */
static int allow_if(scmp_filter_ctx filter, int call, unsigned argument, uint64_t mask, uint64_t value)
{
	return call < 0 ? 0 : seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, SCMP_CMP64(argument, SCMP_CMP_MASKED_EQ, mask, value));
}

static int allow_ioctls(scmp_filter_ctx filter, const unsigned long *requests, size_t count)
{
	int result = 0;
	for (size_t i = 0; i < count && result == 0; i++)
		result = allow_if(filter, SCMP_SYS(ioctl), 1, UINT32_MAX, requests[i]);
	return result;
}

static int allow_memory(scmp_filter_ctx filter, bool loads_code)
{
	static const int calls[] = { SCMP_SYS(mmap), SCMP_SYS(mmap2), SCMP_SYS(mprotect) };
	int result = 0;
	for (size_t i = 0; i < COUNT(calls) && result == 0; i++)
		result = allow_if(filter, calls[i], 2, loads_code ? 0 : PROT_EXEC, 0);
	return result;
}

/* clone3() has its flags where a filter cannot see them; told that there is none, libc takes clone(). */
static int allow_threads(scmp_filter_ctx filter)
{
	int result = allow_if(filter, SCMP_SYS(clone), 0, CLONE_THREAD, CLONE_THREAD);
	return result ? result : seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
}

/* raise() and abort(). */
static int allow_own_signals(scmp_filter_ctx filter)
{
	int result = allow_if(filter, SCMP_SYS(tgkill), 0, UINT32_MAX, (uint64_t)getpid());
	return result ? result : allow_if(filter, SCMP_SYS(kill), 0, UINT32_MAX, (uint64_t)getpid());
}

static int allow_open(scmp_filter_ctx filter, int call, unsigned flags, bool read, bool write)
{
	int result = read ? allow_if(filter, call, flags, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY) : 0;
	return result || !write ? result : allow_if(filter, call, flags, O_ACCMODE, O_WRONLY);
}

static int allow_resolver(scmp_filter_ctx filter)
{
	static const int families[] = { AF_INET, AF_INET6, AF_UNIX };
	int result = allow(filter, when_resolving, COUNT(when_resolving));
	for (size_t i = 0; i < COUNT(families) && result == 0; i++)
		result = allow_if(filter, SCMP_SYS(socket), 0, UINT32_MAX, (uint64_t)families[i]);
	/* Which addresses this machine has: libc puts what it found in the order of that. */
	return result ? result
		      : seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 2, SCMP_A0_64(SCMP_CMP_MASKED_EQ, UINT32_MAX, AF_NETLINK),
				SCMP_A2_64(SCMP_CMP_MASKED_EQ, UINT32_MAX, NETLINK_ROUTE));
}

/* UDP and TCP, over either version of IP. */
static int allow_queries(scmp_filter_ctx filter)
{
	static const int families[] = { AF_INET, AF_INET6 }, types[] = { SOCK_DGRAM, SOCK_STREAM };
	const uint64_t type_bits = UINT32_MAX & ~(uint64_t)(SOCK_CLOEXEC | SOCK_NONBLOCK);
	int result = allow(filter, when_querying, COUNT(when_querying));
	for (size_t i = 0; i < COUNT(families) * COUNT(types) && result == 0; i++)
		result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 2,
			SCMP_A0_64(SCMP_CMP_MASKED_EQ, UINT32_MAX, (uint64_t)families[i % COUNT(families)]),
			SCMP_A1_64(SCMP_CMP_MASKED_EQ, type_bits, (uint64_t)types[i / COUNT(families)]));
	return result;
}

static int allow_needs(scmp_filter_ctx filter, const struct sandbox_needs *needs)
{
	bool reads = needs->read_count || needs->live || needs->resolver;
	int result = allow_open(filter, SCMP_SYS(openat), 2, reads, needs->write_directory != NULL);
	if (result == 0)
		result = allow_open(filter, SCMP_SYS(open), 1, reads, needs->write_directory != NULL);
	if (result == 0 && needs->remove)
		result = allow(filter, when_removing, COUNT(when_removing));
	if (result == 0 && needs->live)
		result = allow(filter, when_live, COUNT(when_live));
	if (result == 0 && needs->live)
		result = allow_ioctls(filter, of_interface, COUNT(of_interface));
	if (result == 0 && needs->live)
		result = allow_if(filter, SCMP_SYS(ioctl), 1, IOCTL_TYPE, USB_MONITOR);
	if (result == 0 && needs->resolver)
		result = allow_resolver(filter);
	if (result == 0 && needs->queries)
		result = allow_queries(filter);
	return result;
}

static int allow_all(scmp_filter_ctx filter, const struct sandbox_needs *needs)
{
	int result = allow(filter, always, COUNT(always));
	if (result == 0)
		result = allow_memory(filter, needs->resolver);
	if (result == 0)
		result = allow_threads(filter);
	if (result == 0)
		result = allow_own_signals(filter);
	if (result == 0)
		result = allow_ioctls(filter, questions, COUNT(questions));
	return result ? result : allow_needs(filter, needs);
}

bool sandbox_seccomp_built(void)
{
	return true;
}

int sandbox_seccomp_enter(const struct sandbox_needs *needs, struct synfin_error *error)
{
	if (prctl(PR_GET_SECCOMP, 0, 0, 0, 0) < 0)
		return 0;
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int result = filter ? allow_all(filter, needs) : -ENOMEM;
	/* For threads that there are already, too. */
	if (result == 0)
		result = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
	if (result == 0)
		result = seccomp_load(filter);
	if (filter)
		seccomp_release(filter);
	return result == 0 ? 1 : error_set(error, SYNFIN_E_PERMISSION, NULL, "seccomp: %s; --no-sandbox does without", strerror(-result));
}

#else

bool sandbox_seccomp_built(void)
{
	return false;
}

int sandbox_seccomp_enter(const struct sandbox_needs *needs, struct synfin_error *error)
{
	(void)needs;
	(void)error;
	return 0;
}

#endif
