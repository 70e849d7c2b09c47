/* SPDX-License-Identifier: BSD-3-Clause */
/* Years begin in March here, so that the leap day is the last one; 400 of them, an era, always have the same number of days. */
#include "base/calendar.h"

#define ERA_YEARS 400
#define ERA_DAYS 146097
/* From 0000-03-01 to the epoch. */
#define EPOCH_DAYS 719468

int64_t calendar_day(int64_t year, int month, int day)
{
	int64_t y = month > 2 ? year : year - 1;
	int64_t era = calendar_floor(y, ERA_YEARS);
	int64_t year_of_era = y - era * ERA_YEARS;
	int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * ERA_DAYS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - EPOCH_DAYS;
}

void calendar_date(int64_t days, int64_t *year, int *month, int *day)
{
	int64_t shifted = days + EPOCH_DAYS;
	int64_t era = calendar_floor(shifted, ERA_DAYS);
	int64_t day_of_era = shifted - era * ERA_DAYS;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = (int)(day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100));
	int shifted_month = (5 * day_of_year + 2) / 153;
	*day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
	*month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
	*year = year_of_era + era * ERA_YEARS + (*month <= 2);
}
