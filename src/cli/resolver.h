/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * --resolve: asks DNS for the names of addresses that are shown, by c-ares, and never waits for it.
 *
 * Questions go out and answers are taken when somebody calls resolver_step(), which the capture loop does between batches; a name is used
 * from then on, and is not put where the number has been shown. Each address is asked about once; that DNS has no name is remembered, too
 * (names/hosts.h). No more than 64 questions are on their way at a time.
 */
#ifndef SYNFIN_CLI_RESOLVER_H
#define SYNFIN_CLI_RESOLVER_H

#include <stdint.h>

#include <synfin/status.h>

#include "names/hosts.h"

struct resolver;

/* What of c-ares is in this build, for --version: "c-ares 1.18.1", or "none". */
const char *resolver_built(void);
/* Read who is to be asked, which needs the system's files, and make `hosts` tell which addresses are. SYNFIN_E_UNSUPPORTED, SYNFIN_E_MEMORY, SYNFIN_E_IO. */
int resolver_open(struct resolver **resolver, struct hosts *hosts, struct synfin_error *error);
/* NULL does nothing, here and below. */
void resolver_step(struct resolver *resolver);
/* Until all that was asked is answered, `goes_on` says no, or so many milliseconds are over. */
void resolver_wait(struct resolver *resolver, uint32_t milliseconds, bool (*goes_on)(void));
void resolver_close(struct resolver *resolver);

#endif
