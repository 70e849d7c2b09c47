/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Connections chosen by their records, which are complete only at the end: packets are read twice. The first time a sink remembers which
 * connections match, by their numbers, which are the same in every run over the same packets. The second time another sink lets a
 * view see these only.
 *
 * A connection takes a bit. With summaries it takes its line, too, up to CHOSEN_SUMMARIES_MAX bytes of all; what then has none is counted.
 */
#ifndef SYNFIN_VIEWS_CHOSEN_H
#define SYNFIN_VIEWS_CHOSEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <synfin/sink.h>
#include <synfin/status.h>

#define CHOSEN_SUMMARIES_MAX (512u << 20)

struct chosen;

/* expression: NULL chooses all. On success *chosen is the caller's to destroy. As select_create(). */
int chosen_create(struct chosen **chosen, const char *expression, bool summaries, struct synfin_error *error);
void chosen_destroy(struct chosen *chosen);

/* The first time. */
struct synfin_sink chosen_sink(struct chosen *chosen);
/* Whether a connection matches, once it is over. */
bool chosen_matches(const struct chosen *chosen, const struct synfin_connection *connection);
/* How many were looked at, how many chosen, and how many of these have no summary. */
struct chosen_counts {
	uint64_t seen, chosen, without_summary;
};
void chosen_counts(const struct chosen *chosen, struct chosen_counts *counts);

/* The second time. A connection that was not met the first time is not chosen. */
bool chosen_has(const struct chosen *chosen, uint64_t connection);
/* Its summary and *length, or NULL. Valid until chosen_destroy(). */
const char *chosen_summary(const struct chosen *chosen, uint64_t connection, size_t *length);
/* A sink that hands `inner` what is about chosen connections; both must outlive it. */
struct chosen_view {
	const struct chosen *chosen;
	struct synfin_sink inner;
};
struct synfin_sink chosen_view_sink(struct chosen_view *view);

#endif
