/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/limits.h"

#include "cli/progress.h"

#define SECOND_NS INT64_C(1000000000)

void limits_begin(struct limits *limits, const struct options *options, bool live)
{
	*limits = (struct limits){ .options = options, .live = live };
	if (live && options->duration_s)
		limits->deadline_ns = progress_clock() + options->duration_s * SECOND_NS;
}

void limits_source(struct limits *limits)
{
	limits->frames = 0;
}

/* By subtraction in unsigned numbers: odd files have times that are further apart than a signed one holds. */
static bool is_late(const struct limits *limits, int64_t time_ns)
{
	uint64_t duration = (uint64_t)limits->options->duration_s * (uint64_t)SECOND_NS;
	return time_ns > limits->first_ns && (uint64_t)time_ns - (uint64_t)limits->first_ns >= duration;
}

/* The frames up to the first one that is late, or that with which the bytes are reached. */
static unsigned before_the_end(struct limits *limits, const struct synfin_frame *frames, unsigned count)
{
	const struct options *options = limits->options;
	bool by_time = options->duration_s && !limits->live;
	bool by_bytes = options->stop_bytes && !options->write_file;
	for (unsigned i = 0; i < count && (by_time || by_bytes); i++) {
		if (!limits->begun)
			limits->first_ns = frames[i].time_ns;
		limits->begun = true;
		if (by_time && is_late(limits, frames[i].time_ns)) {
			limits->over = true;
			return i;
		}
		limits->bytes += frames[i].captured;
		if (by_bytes && limits->bytes >= options->stop_bytes) {
			limits->over = true;
			return i + 1;
		}
	}
	return count;
}

unsigned limits_take(struct limits *limits, const struct synfin_frame *frames, unsigned count)
{
	uint64_t left = limits->options->count ? limits->options->count - limits->frames : count;
	if (count > left)
		count = (unsigned)left;
	count = before_the_end(limits, frames, count);
	limits->frames += count;
	return count;
}

void limits_saved(struct limits *limits, uint64_t bytes)
{
	limits->saved_enough = limits->options->stop_bytes && bytes >= limits->options->stop_bytes;
	limits->over |= limits->saved_enough;
}

bool limits_reached(const struct limits *limits)
{
	return limits->over || (limits->options->count && limits->frames == limits->options->count);
}

bool limits_time_is_over(const struct limits *limits)
{
	return limits->deadline_ns && progress_clock() >= limits->deadline_ns;
}
