/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Handlers set flags and stop the source, which is safe in a handler; the rest happens in the capture loop.
 *
 * A second SIGINT, SIGTERM or SIGHUP has its usual effect: the way out if the output is stuck. But not one that comes with the first:
 * timeout(1) sends its signal to the program, and again to the process group.
 */
#include "cli/cli.h"

#include <signal.h>
#include <stdatomic.h>
#include <time.h>

/* Signals that are nearer to each other than this were sent as one. */
#define TOGETHER_NS INT64_C(200000000)

/* Handlers take no argument of ours, so these must be globals. */
static volatile sig_atomic_t interrupted;
static _Atomic int64_t interrupted_ns;
static _Atomic int64_t first_ns; /* the same, monotonic */
static volatile sig_atomic_t statistics_wanted;
static volatile sig_atomic_t flush_wanted;
static volatile sig_atomic_t resized;
static struct synfin_source *volatile stoppable;

/* Safe in a handler. */
int64_t signals_clock(void)
{
	struct timespec now = { .tv_sec = 0 };
	(void)clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static int64_t monotonic(void)
{
	struct timespec now = { .tv_sec = 0 };
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static void install(int number, void (*handler)(int), int flags);

static void on_end(int number)
{
	struct synfin_source *source = stoppable;
	int64_t now = monotonic();
	if (interrupted) {
		if (now - first_ns >= TOGETHER_NS) {
			install(number, SIG_DFL, 0);
			(void)raise(number);
		}
		return;
	}
	first_ns = now;
	interrupted_ns = signals_clock();
	interrupted = 1;
	if (source)
		synfin_source_stop(source);
}

static void on_statistics(int number)
{
	(void)number;
	statistics_wanted = 1;
}

static void on_flush(int number)
{
	(void)number;
	flush_wanted = 1;
}

static void on_resize(int number)
{
	(void)number;
	resized = 1;
}

static void install(int number, void (*handler)(int), int flags)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };
	sigemptyset(&action.sa_mask);
	(void)sigaction(number, &action, NULL);
}

void signals_install(struct synfin_source *source)
{
	struct sigaction before;
	stoppable = source;
	install(SIGINT, on_end, 0);
	install(SIGTERM, on_end, 0);
	/* nohup(1) ignores SIGHUP on our behalf. */
	if (sigaction(SIGHUP, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
		install(SIGHUP, on_end, 0);
	/* The time that the caller allows is over; the kernel's own end comes some time later. */
	install(SIGXCPU, on_end, (int)SA_RESETHAND);
	install(SIGUSR1, on_statistics, SA_RESTART);
	install(SIGUSR2, on_flush, SA_RESTART);
	install(SIGWINCH, on_resize, SA_RESTART);
#ifdef SIGINFO
	install(SIGINFO, on_statistics, SA_RESTART);
#endif
	/* The write that fails says it, and more. */
	install(SIGPIPE, SIG_IGN, 0);
	install(SIGXFSZ, SIG_IGN, 0);
}

void signals_watch(struct synfin_source *source)
{
	stoppable = source;
}

void signals_remove(void)
{
	stoppable = NULL;
}

bool signals_interrupted(void)
{
	return interrupted;
}

int64_t signals_interrupted_at(void)
{
	return interrupted_ns;
}

bool signals_take_statistics(void)
{
	bool wanted = statistics_wanted;
	statistics_wanted = 0;
	return wanted;
}

bool signals_take_resize(void)
{
	if (!resized)
		return false;
	resized = 0;
	return true;
}

bool signals_take_flush(void)
{
	bool wanted = flush_wanted;
	flush_wanted = 0;
	return wanted;
}

void signals_die_of_pipe(void)
{
	install(SIGPIPE, SIG_DFL, 0);
	(void)raise(SIGPIPE);
}
