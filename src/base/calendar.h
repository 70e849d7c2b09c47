/* SPDX-License-Identifier: BSD-3-Clause */
/* The Gregorian calendar, extended to all years both ways, as arithmetic on days since 1970-01-01. */
#ifndef SYNFIN_BASE_CALENDAR_H
#define SYNFIN_BASE_CALENDAR_H

#include <stdint.h>

/* a / b rounded down, for b > 0: times before the epoch belong to the second, and the day, that had begun. */
static inline int64_t calendar_floor(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Days since the epoch of a date; month and day from 1. */
int64_t calendar_day(int64_t year, int month, int day);
/* The date of a day. */
void calendar_date(int64_t days, int64_t *year, int *month, int *day);

#endif
