/* SPDX-License-Identifier: BSD-3-Clause */
/* Filling a caller's error record. */
#ifndef SYNFIN_BASE_ERROR_H
#define SYNFIN_BASE_ERROR_H

#include <synfin/status.h>

/*
 * Fill *error (which may be NULL) and return `code`, so that a function can end with `return error_set(...)`. `where` may be NULL.
 * Texts that do not fit are cut.
 */
int error_set(struct synfin_error *error, int code, const char *where, const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
