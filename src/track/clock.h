/* SPDX-License-Identifier: BSD-3-Clause */
/* Differences of time stamps, which may be anything (T3): a damaged file has them at both ends of what 64 bits hold. */
#ifndef SYNFIN_TRACK_CLOCK_H
#define SYNFIN_TRACK_CLOCK_H

#include <stdint.h>

/* later - earlier; the nearest value there is if it does not fit. */
static inline int64_t clock_since(int64_t later, int64_t earlier)
{
	int64_t difference;

	if (!__builtin_sub_overflow(later, earlier, &difference))
		return difference;
	return later < earlier ? INT64_MIN : INT64_MAX;
}

#endif
