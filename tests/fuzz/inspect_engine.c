/* SPDX-License-Identifier: BSD-3-Clause */
#include "engine/engine.c"

#include "inspect.h"

struct tracker *inspect_engine(const struct synfin_engine *engine)
{
	return engine->tracker;
}
