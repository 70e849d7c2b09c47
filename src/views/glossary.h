/* SPDX-License-Identifier: BSD-3-Clause */
/* --glossary: what terms, states, flags, options and events mean, and where it is written. */
#ifndef SYNFIN_VIEWS_GLOSSARY_H
#define SYNFIN_VIEWS_GLOSSARY_H

#include <stdbool.h>

#include "base/output.h"

/*
 * Write every entry that `term` names, in upper or lower case, in English or in the reader's language; NULL: all there are. If there is none,
 * write what is nearest to it, and return false.
 */
bool glossary_put(struct output *out, const char *term, unsigned width);

#endif
