/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Connections in the Elastic Common Schema, one JSON object a line, as Elasticsearch takes them. What ECS has no field for is below
 * "synfin", by the names of synfin-json(5). ECS has no nulls: what is not known has no key.
 */
#ifndef SYNFIN_VIEWS_ECS_H
#define SYNFIN_VIEWS_ECS_H

#include "views/connection_log.h"

extern const struct connection_format ecs_connections;

#endif
