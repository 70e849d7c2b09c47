/* SPDX-License-Identifier: BSD-3-Clause */
/* Where names of hosts come from: the filter, /etc/hosts, what is captured, and DNS if it is to be asked; and makers of MAC addresses. */
#ifndef SYNFIN_CLI_NAMING_H
#define SYNFIN_CLI_NAMING_H

#include <synfin/engine.h>
#include <synfin/source.h>

#include "cli/options.h"
#include "cli/resolver.h"
#include "names/vendors.h"
#include "views/learner.h"

/* A zeroed struct knows no name. */
struct naming {
	struct hosts *hosts;       /* NULL with -n, and if nothing is printed */
	struct vendors *vendors;   /* NULL: none but tcpdump's */
	struct resolver *resolver; /* NULL without --resolve */
	struct learner learner;
	bool believes;             /* names in packets and capture files */
};

/* Whether anything is shown that may have names. */
bool naming_is_due(const struct options *options);
/* ... and DNS is asked for them. */
bool naming_asks(const struct options *options);
/*
 * Learn all that takes files and waiting: before anything is captured, and before the sandbox closes. `filter` has been compiled, or is NULL. In
 * tcpdump's place only what it would know: the system's file. naming_close() is due in any case.
 */
int naming_open(struct naming *naming, const struct options *options, const char *filter, struct synfin_error *error);
/* Listen to what a source tells. */
void naming_source(struct naming *naming, struct synfin_source *source);
/* Listen to packets, if there is anything to learn or to ask. To be called before views are added. 0 or a status of synfin_engine_add_sink(). */
int naming_listen(struct naming *naming, struct synfin_engine *engine);
void naming_close(struct naming *naming);

#endif
