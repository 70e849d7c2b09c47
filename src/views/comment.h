/* SPDX-License-Identifier: BSD-3-Clause */
/* A connection in one line, in the reader's language: what a capture file says beside its first packet. */
#ifndef SYNFIN_VIEWS_COMMENT_H
#define SYNFIN_VIEWS_COMMENT_H

#include <synfin/connection.h>

#include "base/output.h"

/* "c1 10.0.0.2:52044 > 192.0.2.80:80: closed, handshake 10.430 ms, 41/75 bytes, 11 packets, 1 sent again, 512 bytes not captured" */
void comment_summary(struct output *out, const struct synfin_connection *connection);
/* The same while nobody knows yet: "c1 10.0.0.2:52044 > 192.0.2.80:80: begins" */
void comment_beginning(struct output *out, const struct synfin_connection *connection);

#endif
