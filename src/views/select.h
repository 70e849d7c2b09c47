/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which connections: an expression over the members of their JSON records (synfin-json(5)).
 *
 *     expression = conjunction {("||" | "or") conjunction}
 *     conjunction = negation {("&&" | "and") negation}
 *     negation   = ("!" | "not") negation | "(" expression ")" | field | field operator value
 *     operator   = "==" | "=" | "!=" | "<" | "<=" | ">" | ">=" | "~"
 *     value      = number [unit] | "true" | "false" | "null" | word | '"' text '"' | "'" text "'"
 *     unit       = "k" | "M" | "G", and of durations "ns" | "us" | "ms" | "s" | "min" | "h"
 *
 * A field is a member's name, behind its object's and a dot: client.packets. Further ones are packets, bytes and retransmissions of
 * both ends, duration_ns, and ip and port of either end. What is not known is null: it equals null and compares with nothing else. A
 * field alone is for those that are true or false. `~` is for text: contains.
 */
#ifndef SYNFIN_VIEWS_SELECT_H
#define SYNFIN_VIEWS_SELECT_H

#include <stdbool.h>

#include <synfin/status.h>

#include "views/record.h"

struct select;

/* On success *select is the caller's to destroy. SYNFIN_E_ARGUMENT with error->text saying what is wrong, and where; SYNFIN_E_MEMORY. */
int select_create(struct select **select, const char *expression, struct synfin_error *error);
void select_destroy(struct select *select);
bool select_matches(const struct select *select, const struct connection_record *record);

#endif
