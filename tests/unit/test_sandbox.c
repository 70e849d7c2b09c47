/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the sandbox refuses and what it lets through: each attempt in a process of its own that has closed the sandbox behind itself, and
 * once more in one that has not, where it must succeed (or fail otherwise), so that no refusal is mistaken for the sandbox's.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#include <sys/ptrace.h>
#endif

#include "cli/sandbox.h"
#include "suite.h"

static char inside[64], outside[64];
static int terminal; /* the end of a new one that keeps it open */

static char *path_in(const char *directory, const char *name)
{
	static char path[128];
	snprintf(path, sizeof path, "%s/%s", directory, name);
	return path;
}

static int try_open(const char *path, int flags)
{
	int descriptor = open(path, flags, 0600);
	return descriptor < 0 ? errno : (close(descriptor), 0);
}

#define FAILURE(call) ((call) < 0 ? errno : 0)

/* Each returns 0 or an errno. */
static int reads_file(void) { return try_open("/etc/passwd", O_RDONLY); }
static int reads_listed(void) { return try_open(path_in(inside, "listed"), O_RDONLY); }
static int reads_unlisted(void) { return try_open(path_in(inside, "unlisted"), O_RDONLY); }
static int reads_and_writes(void) { return try_open(path_in(inside, "listed"), O_RDWR); }
static int creates_inside(void) { return try_open(path_in(inside, "new"), O_WRONLY | O_CREAT | O_TRUNC); }
static int overwrites_inside(void) { return try_open(path_in(inside, "listed"), O_WRONLY | O_CREAT | O_TRUNC); }
static int creates_outside(void) { return try_open(path_in(outside, "new"), O_WRONLY | O_CREAT | O_TRUNC); }
static int climbs_out(void)
{
	char path[200];
	snprintf(path, sizeof path, "%s/..%s/new", inside, strrchr(outside, '/'));
	return try_open(path, O_WRONLY | O_CREAT);
}
static int removes(void) { return FAILURE(unlink(path_in(inside, "listed"))); }
static int renames(void)
{
	char to[128];
	snprintf(to, sizeof to, "%s", path_in(inside, "renamed"));
	return FAILURE(rename(path_in(inside, "listed"), to));
}
static int changes_mode(void) { return FAILURE(chmod(path_in(inside, "listed"), 0644)); }
static int makes_directory(void) { return FAILURE(mkdir(path_in(inside, "directory"), 0700)); }
static int makes_link(void) { return FAILURE(symlink("/etc/passwd", path_in(inside, "link"))); }
static int executes(void)
{
	char *const arguments[] = { (char[]){ "true" }, NULL };
	char *const environment[] = { NULL };
	/* A sandbox that lets it through ends here with true's status, which is 0. */
	(void)execve("/bin/true", arguments, environment);
	return errno;
}
static int forks(void)
{
	pid_t child = fork();
	if (child == 0)
		_exit(0);
	return child < 0 ? errno : (waitpid(child, NULL, 0), 0);
}
static int makes_tcp_socket(void) { return FAILURE(socket(AF_INET, SOCK_STREAM, 0)); }
static int makes_udp_socket(void) { return FAILURE(socket(AF_INET6, SOCK_DGRAM, 0)); }
static int makes_unix_socket(void) { return FAILURE(socket(AF_UNIX, SOCK_STREAM, 0)); }
static int makes_socket_pair(void)
{
	int two[2];
	return FAILURE(socketpair(AF_UNIX, SOCK_STREAM, 0, two));
}
static int signals_other(void) { return FAILURE(kill(getppid(), 0)); }
static int maps_code(void)
{
	void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return at == MAP_FAILED ? errno : 0;
}
/* 0 also if nobody is there. */
static int connects(unsigned port)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int failure = descriptor < 0 ? errno : connect(descriptor, (struct sockaddr *)&to, sizeof to) < 0 ? errno : 0;
	if (descriptor >= 0)
		close(descriptor);
	return failure == ECONNREFUSED ? 0 : failure;
}
static int connects_to_dns(void) { return connects(53); }
static int connects_elsewhere(void) { return connects(9); }
static int listens(void)
{
	int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int failure = descriptor < 0 ? errno : FAILURE(listen(descriptor, 1));
	if (descriptor >= 0)
		close(descriptor);
	return failure;
}
static int makes_code(void)
{
	void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return at == MAP_FAILED ? ENOMEM : FAILURE(mprotect(at, 4096, PROT_READ | PROT_EXEC));
}
static int changes_directory(void) { return FAILURE(chdir("/")); }
static int changes_limit(void) { return FAILURE(nice(1)); }

#ifdef __linux__
static int traces_itself(void) { return FAILURE(ptrace(PTRACE_TRACEME, 0, NULL, NULL)); }
static int leaves_group(void) { return FAILURE(setsid()); }
/* Only root may push input into a terminal that is not its own; who is not tries another ioctl that is not needed. */
static int pushes_input(void)
{
	int on = 1;
	return FAILURE(geteuid() == 0 ? ioctl(terminal, TIOCSTI, "x") : ioctl(terminal, FIONBIO, &on));
}
#endif

/* The same with what must go on working. */
static int asks_clock(void)
{
	struct timespec now;
	struct tm local;
	time_t when = time(NULL);
	return clock_gettime(CLOCK_MONOTONIC, &now) == 0 && localtime_r(&when, &local) ? 0 : EINVAL;
}
static int sleeps_and_polls(void)
{
	struct timespec tick = { .tv_nsec = 1000 };
	return nanosleep(&tick, NULL) == 0 ? FAILURE(poll(NULL, 0, 1)) : errno;
}
static int takes_memory(void)
{
	char *bytes = malloc(64u << 20);
	if (!bytes)
		return ENOMEM;
	memset(bytes, 1, 64u << 20);
	char *more = realloc(bytes, 128u << 20);
	if (!more) {
		free(bytes);
		return ENOMEM;
	}
	free(more);
	return 0;
}
static int asks_terminal(void)
{
	struct winsize size;
	return FAILURE(ioctl(terminal, TIOCGWINSZ, &size));
}
static volatile sig_atomic_t caught;
static void on_signal(int number) { caught = number; }
static int catches_signal(void)
{
	struct sigaction action = { .sa_handler = on_signal };
	if (sigaction(SIGUSR1, &action, NULL) != 0 || raise(SIGUSR1) != 0)
		return errno;
	return caught == SIGUSR1 ? 0 : EINVAL;
}
static void *thread_body(void *argument)
{
	void *bytes = malloc(1000000);
	*(char *)argument = bytes ? 1 : 2;
	free(bytes);
	return NULL;
}
static int starts_thread(void)
{
	pthread_t thread;
	char ran = 0;
	int failure = pthread_create(&thread, NULL, thread_body, &ran);
	if (failure)
		return failure;
	pthread_join(thread, NULL);
	return ran == 1 ? 0 : EINVAL;
}

enum { IN_NONE, IN_READ = 1, IN_WRITE = 2, IN_LIVE = 4, IN_RESOLVE = 8, IN_QUERY = 16 };

static int enter(unsigned which)
{
	struct synfin_error error;
	char listed[128];
	snprintf(listed, sizeof listed, "%s", path_in(inside, "listed"));
	const char *read[] = { listed };
	struct sandbox_needs needs = {
		.write_directory = which & IN_WRITE ? inside : NULL,
		.read = read,
		.read_count = which & IN_READ ? 1 : 0,
		.live = which & IN_LIVE,
		.resolver = which & IN_RESOLVE,
		.queries = which & IN_QUERY,
	};
#ifdef __linux__
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#endif
	return sandbox_enter(&needs, &error);
}

/* What an attempt comes to in a process of its own, behind the sandbox or not. */
static int outcome(int (*attempt)(void), bool fenced, unsigned needs)
{
	int status = 0;
	fflush(NULL);
	pid_t child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		if (fenced && enter(needs) < 0)
			_exit(255);
		_exit(attempt());
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_msg(WIFEXITED(status), "ended by signal %d", WTERMSIG(status));
	return WEXITSTATUS(status);
}

static void put_file(const char *path)
{
	FILE *file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	fputs("text\n", file);
	fclose(file);
}

static void set_up(void)
{
	snprintf(inside, sizeof inside, "/tmp/synfin-in-XXXXXX");
	snprintf(outside, sizeof outside, "/tmp/synfin-out-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(inside));
	ck_assert_ptr_nonnull(mkdtemp(outside));
	put_file(path_in(inside, "listed"));
	put_file(path_in(inside, "unlisted"));
	terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY);
	ck_assert_int_ge(terminal, 0);
}

static void tear_down(void)
{
	static const char *const names[] = { "listed", "unlisted", "new", "renamed", "link" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		(void)unlink(path_in(inside, names[i]));
		(void)unlink(path_in(outside, names[i]));
	}
	close(terminal);
	(void)rmdir(path_in(inside, "directory"));
	(void)rmdir(inside);
	(void)rmdir(outside);
}

#define BOTH (SANDBOX_SECCOMP | SANDBOX_LANDLOCK)

/* `by`: which part is able to refuse; one of them must be there. */
static const struct { const char *name; int (*attempt)(void); unsigned needs, by; } refused[] = {
	{ "read a file", reads_file, IN_NONE, BOTH },
	{ "read a file that is not listed", reads_unlisted, IN_READ, SANDBOX_LANDLOCK },
	{ "read another file while capturing", reads_file, IN_LIVE, SANDBOX_LANDLOCK },
	{ "read what is none of the resolver's files", reads_unlisted, IN_RESOLVE, SANDBOX_LANDLOCK },
	{ "read where files are written", reads_listed, IN_WRITE, BOTH },
	{ "open a file for both", reads_and_writes, IN_READ | IN_WRITE, SANDBOX_SECCOMP },
	{ "create a file", creates_inside, IN_NONE, BOTH },
	{ "create a file where one reads", creates_inside, IN_READ, BOTH },
	{ "overwrite a listed file", overwrites_inside, IN_READ, BOTH },
	{ "create a file elsewhere", creates_outside, IN_WRITE, SANDBOX_LANDLOCK },
	{ "create a file through ..", climbs_out, IN_WRITE, SANDBOX_LANDLOCK },
	{ "remove a file", removes, IN_WRITE, BOTH },
	{ "rename a file", renames, IN_WRITE, BOTH },
	{ "change a file's mode", changes_mode, IN_WRITE, SANDBOX_SECCOMP },
	{ "make a directory", makes_directory, IN_WRITE, BOTH },
	{ "make a link", makes_link, IN_WRITE, BOTH },
	{ "execute a program", executes, IN_READ | IN_WRITE | IN_LIVE | IN_RESOLVE, BOTH },
	{ "fork", forks, IN_LIVE | IN_RESOLVE, SANDBOX_SECCOMP },
	{ "make a TCP socket", makes_tcp_socket, IN_LIVE, SANDBOX_SECCOMP },
	{ "make a UDP socket", makes_udp_socket, IN_LIVE, SANDBOX_SECCOMP },
	{ "make a local socket", makes_unix_socket, IN_LIVE, SANDBOX_SECCOMP },
	{ "make a pair of sockets", makes_socket_pair, IN_RESOLVE, SANDBOX_SECCOMP },
	{ "reach another process", signals_other, IN_NONE, SANDBOX_SECCOMP },
	{ "make a TCP socket without asking DNS", makes_tcp_socket, IN_READ, SANDBOX_SECCOMP },
	{ "make a local socket to ask DNS", makes_unix_socket, IN_QUERY, SANDBOX_SECCOMP },
	{ "wait for connections to ask DNS", listens, IN_QUERY, SANDBOX_SECCOMP },
	{ "read a file to ask DNS", reads_file, IN_QUERY, BOTH },
	{ "fork to ask DNS", forks, IN_QUERY, SANDBOX_SECCOMP },
	{ "map memory to execute to ask DNS", maps_code, IN_QUERY, SANDBOX_SECCOMP },
	{ "map memory to execute", maps_code, IN_NONE, SANDBOX_SECCOMP },
	{ "make memory executable", makes_code, IN_LIVE, SANDBOX_SECCOMP },
	{ "change the directory", changes_directory, IN_WRITE, SANDBOX_SECCOMP },
	{ "change the priority", changes_limit, IN_NONE, SANDBOX_SECCOMP },
#ifdef __linux__
	{ "be traced", traces_itself, IN_NONE, SANDBOX_SECCOMP },
	{ "leave the session", leaves_group, IN_NONE, SANDBOX_SECCOMP },
	{ "push input into a terminal", pushes_input, IN_READ | IN_LIVE, SANDBOX_SECCOMP },
#endif
};

START_TEST(refuses)
{
	if (!(sandbox_available() & refused[_i].by))
		return;
#ifdef SANDBOX_INSTRUMENTED
	return;
#endif
	int without = outcome(refused[_i].attempt, false, 0);
	int within = outcome(refused[_i].attempt, true, refused[_i].needs);
	ck_assert_msg(without == 0 || (without != EPERM && without != EACCES), "%s: cannot be done outside either (%s)", refused[_i].name,
		strerror(without));
	ck_assert_msg(within == EPERM || within == EACCES, "%s: not refused, but %s", refused[_i].name, within ? strerror(within) : "done");
}
END_TEST

static const struct { const char *name; int (*attempt)(void); unsigned needs; } allowed[] = {
	{ "read a listed file", reads_listed, IN_READ },
	{ "create a file", creates_inside, IN_WRITE },
	{ "overwrite a file", overwrites_inside, IN_WRITE },
	{ "both", creates_inside, IN_READ | IN_WRITE | IN_LIVE },
	{ "make a TCP socket to resolve", makes_tcp_socket, IN_RESOLVE },
	{ "make a UDP socket to resolve", makes_udp_socket, IN_RESOLVE },
	{ "make a TCP socket to ask DNS", makes_tcp_socket, IN_QUERY },
	{ "make a UDP socket to ask DNS", makes_udp_socket, IN_QUERY },
	{ "connect it to DNS", connects_to_dns, IN_QUERY },
	{ "the clock and the time zone", asks_clock, IN_NONE },
	{ "wait", sleeps_and_polls, IN_NONE },
	{ "memory", takes_memory, IN_NONE },
	{ "a terminal's size", asks_terminal, IN_NONE },
	{ "signals", catches_signal, IN_NONE },
	{ "threads", starts_thread, IN_NONE },
};

START_TEST(allows)
{
	int failure = outcome(allowed[_i].attempt, true, allowed[_i].needs);
	ck_assert_msg(failure == 0, "%s: %s", allowed[_i].name, strerror(failure));
}
END_TEST

/* Landlock knows ports from version 4 on. */
START_TEST(connects_nowhere_else)
{
	if (sandbox_landlock_version() < 4)
		return;
	ck_assert_int_ne(outcome(connects_elsewhere, false, 0), EACCES);
	ck_assert_int_eq(outcome(connects_elsewhere, true, IN_QUERY), EACCES);
}
END_TEST

START_TEST(tells_its_parts)
{
	ck_assert_str_ne(sandbox_built(), "");
	ck_assert_int_eq(strstr(sandbox_built(), "seccomp") != NULL, sandbox_seccomp_built());
	ck_assert_int_eq((sandbox_available() & SANDBOX_LANDLOCK) != 0, sandbox_landlock_version() > 0);
}
END_TEST

static Suite *sandbox_suite(void)
{
	Suite *suite = suite_create("sandbox");
	TCase *cases = tcase_create("calls");
	tcase_add_checked_fixture(cases, set_up, tear_down);
	tcase_add_loop_test(cases, refuses, 0, (int)(sizeof refused / sizeof *refused));
	tcase_add_loop_test(cases, allows, 0, (int)(sizeof allowed / sizeof *allowed));
	tcase_add_test(cases, connects_nowhere_else);
	tcase_add_test(cases, tells_its_parts);
	suite_add_tcase(suite, cases);
	return suite;
}

int main(void)
{
	if (sandbox_available() != BOTH)
		printf("sandbox: this build on this kernel has %s%s%s; what only the rest refuses is not tested\n",
			sandbox_available() & SANDBOX_SECCOMP ? "seccomp" : "", sandbox_available() & SANDBOX_LANDLOCK ? "Landlock" : "",
			sandbox_available() ? "" : "no sandbox");
	return suite_main(sandbox_suite());
}
