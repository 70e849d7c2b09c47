/* SPDX-License-Identifier: BSD-3-Clause */
/* Options that contradict each other, and options that are given but change nothing. */
#ifndef SYNFIN_CLI_OPTION_CHECK_H
#define SYNFIN_CLI_OPTION_CHECK_H

#include "cli/options.h"

/* Whether the options can be obeyed together; the first contradiction in the order in which tcpdump looks for it. SYNFIN_E_ARGUMENT or 0. */
int options_check(const struct options *options, struct synfin_error *error);

/* Whether the option of this long name was given on the command line. */
bool options_given(const struct options *options, const char *name);

/*
 * Tell of each option that was given and has no effect on what is asked for, in the reader's language. Nothing is said of tcpdump's
 * options where tcpdump's silence is expected, nor of those that people give out of habit and miss nothing by (-n, -v, -l, -p ...).
 */
typedef void option_remark_fn(const struct options *options, const char *text);
void options_remarks(const struct options *options, option_remark_fn *remark);

#endif
