/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the process cannot do any more, whoever it is, while it looks at packets.
 *
 * Two fences, each with what it is good at. seccomp (sandbox_seccomp.c) lets through the system calls that reading, printing and saving
 * need, and answers every other with an error: no program is executed, no socket made, no other process touched. Landlock
 * (sandbox_landlock.c) knows files: of those that are not open yet only what `needs` lists can be opened. Either may be missing, from the
 * kernel or from the build; the other one still holds.
 */
#ifndef SYNFIN_CLI_SANDBOX_H
#define SYNFIN_CLI_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

#include <synfin/status.h>

/*
 * A sanitizer looks through /proc and at its own threads when the program ends, and a coverage build writes its counters then: Landlock
 * lets them, and seccomp is off.
 */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(SYNFIN_COVERAGE)
#define SANDBOX_INSTRUMENTED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANDBOX_INSTRUMENTED 1
#endif
#endif

/* Parts of the sandbox. */
enum { SANDBOX_SECCOMP = 1, SANDBOX_LANDLOCK = 2 };

/* What is still to be opened. The texts are borrowed, and only during the call. */
struct sandbox_needs {
	const char *write_directory; /* files are created below it; NULL: none */
	bool remove;                 /* ... and removed there */
	const char *const *read;     /* `read_count` files are read, or, if they are directories, what is below them */
	size_t read_count;
	bool live;                   /* an interface is asked about its counters and whether it is there */
	bool resolver;               /* names are looked up: over sockets, with the help of what libc loads */
	bool queries;                /* DNS is asked, by a library that is there already: over sockets of UDP, and of TCP to the port of DNS */
};

/* The parts that this build has and the running kernel knows. */
unsigned sandbox_available(void);
/* For --version: the parts in this build, "none" if there is none. */
const char *sandbox_built(void);
/* From here on, for good, for every thread. The parts in force, or a negative status. no_new_privs must have been set. */
int sandbox_enter(const struct sandbox_needs *needs, struct synfin_error *error);

/* sandbox_landlock.c: the kernel's version of Landlock, 0 without; and to put it into force. */
int sandbox_landlock_version(void);
int sandbox_landlock_enter(const struct sandbox_needs *needs, struct synfin_error *error);
/* sandbox_seccomp.c: 1 when it is in force, 0 where the kernel has none. */
bool sandbox_seccomp_built(void);
int sandbox_seccomp_enter(const struct sandbox_needs *needs, struct synfin_error *error);

#endif
