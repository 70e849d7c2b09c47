/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Frames that wait until it is known whether they are wanted: those of each connection by themselves, the oldest first.
 *
 * Of a connection the first HOLD_BEGINNING frames stay, which say how it was opened; of the others the latest, up to
 * HOLD_CONNECTION_BYTES. All together take no more than HOLD_BYTES. What has to go for that is counted.
 */
#ifndef SYNFIN_CLI_HOLD_H
#define SYNFIN_CLI_HOLD_H

#include <stdint.h>

#include "cli/save.h"

#define HOLD_BEGINNING 16u
#define HOLD_CONNECTION_BYTES (4u << 20)
#define HOLD_BYTES (512u << 20)

struct hold;

/* NULL: no memory. */
struct hold *hold_create(void);
void hold_destroy(struct hold *hold);

/* Keep a copy of a frame with its comment ("" for none). 0, or SYNFIN_E_MEMORY. */
int hold_put(struct hold *hold, uint64_t connection, const struct synfin_frame *frame, const char *comment, size_t length);

/*
 * Call `each` for the frames of a connection in the order in which they came, until it returns something else than 0, and forget them.
 * *lost: how many had to go before. Returns what `each` did.
 */
typedef int hold_fn(void *context, const struct synfin_frame *frame, const struct synfin_comment *comment);
int hold_take(struct hold *hold, uint64_t connection, hold_fn *each, void *context, uint64_t *lost);
/* Forget the frames of a connection. */
void hold_drop(struct hold *hold, uint64_t connection);

#endif
