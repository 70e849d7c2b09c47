/* SPDX-License-Identifier: BSD-3-Clause */
/* Connections as JSON: one record for each, when it ends or the capture does. synfin-json(5) is the reference. */
#ifndef SYNFIN_VIEWS_JSON_CONNECTIONS_H
#define SYNFIN_VIEWS_JSON_CONNECTIONS_H

#include "views/connection_log.h"
#include "views/json.h"

/* Append one record with its newline. */
void json_connection(struct output *out, const struct connection_record *record);

extern const struct connection_format json_connections;

#endif
