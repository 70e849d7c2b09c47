/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What somebody expects of a capture, and whether it is so:
 *
 *     expression = term {("," | "and") term}
 *     term       = ["!" | "not"] word [comparison number]
 *     comparison = "==" | "=" | "!=" | "<" | "<=" | ">" | ">="
 *
 * A word counts something: connections of some kind (reset, refused ...), or packets and bytes. Alone it means that there is any; alone,
 * handshake-complete and closed mean that there are connections and all are so. With "no-" in front it means that there is none. Judged is
 * at the end, by the records of all connections.
 */
#ifndef SYNFIN_VIEWS_EXPECT_H
#define SYNFIN_VIEWS_EXPECT_H

#include <stdint.h>

#include <synfin/sink.h>
#include <synfin/status.h>

struct expect;

/* SYNFIN_E_ARGUMENT with the column, from 1, of what is wrong with `text`, which must outlive the expectation. */
int expect_create(struct expect **expect, const char *text, struct synfin_error *error);
void expect_destroy(struct expect *expect);
/* The functions to add to an engine. */
struct synfin_sink expect_sink(struct expect *expect);
/* Told each term that is not met, as it was written, and what was counted. */
typedef void expect_unmet_fn(void *context, const char *term, int length, uint64_t counted);
/* How many terms are not met. After the end. */
unsigned expect_judge(const struct expect *expect, expect_unmet_fn *unmet, void *context);

#endif
