/* SPDX-License-Identifier: BSD-3-Clause */
/* Preloaded into the program by tests/faults/run: from the 50th question on, time() is CLOCK_JUMP seconds off. */
#include <stdlib.h>
#include <sys/types.h>
#include <time.h>

time_t time(time_t *result)
{
	static int questions;
	struct timespec now;
	const char *jump = getenv("CLOCK_JUMP");
	clock_gettime(CLOCK_REALTIME, &now);
	if (jump && ++questions >= 50)
		now.tv_sec += strtol(jump, NULL, 10);
	if (result)
		*result = now.tv_sec;
	return now.tv_sec;
}
