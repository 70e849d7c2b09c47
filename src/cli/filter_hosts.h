/* SPDX-License-Identifier: BSD-3-Clause */
/* The names of hosts that a filter has: what libpcap looked up when it compiled it. */
#ifndef SYNFIN_CLI_FILTER_HOSTS_H
#define SYNFIN_CLI_FILTER_HOSTS_H

#include <stddef.h>

typedef void filter_host_fn(void *context, const char *name, size_t length);

/* Tell each word of an expression that compiles which stands where a host does and is no address. */
void filter_hosts(const char *expression, filter_host_fn *each, void *context);

#endif
