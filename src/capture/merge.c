/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Several savefiles as one source, their frames in the order of time.
 *
 * Each input has its next frame at hand, which stays valid until the input is asked for another; the earliest is the next of all. Within a
 * file frames keep their order, even where time goes backwards. An input that fails ends; the others are read to their end, and then the
 * failure is told.
 *
 * Frames count interfaces through all files, in the order in which they appear.
 */
#include "capture/capture.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "capture/rejected.h"

struct input {
	struct synfin_source *source;
	struct synfin_frame frame; /* the next, if `open` */
	bool open;
	bool ended;
	uint32_t *numbers;         /* of its interfaces, from 1 on; 0: has not appeared yet */
	uint32_t number_count;
};

/* An interface among all: of which input, and its number there. */
struct appeared {
	const struct input *input;
	uint32_t own;
};

struct merge {
	struct synfin_source source;
	struct input *inputs;
	size_t count;
	struct appeared *appeared;
	uint32_t interfaces, room;
	struct synfin_error failure; /* of the first input that failed; code 0: none */
};

/* Get an input's next frame. */
static void advance(struct merge *merge, struct input *input)
{
	struct synfin_error error = { .code = 0 };
	int got = input->source->kind->next(input->source, &input->frame, &error);
	input->open = got == SYNFIN_SOURCE_MORE;
	/* A stop ends nothing: the frame is asked for again. */
	input->ended = got < 0 || (got == SYNFIN_SOURCE_END && !merge->source.stopped);
	if (got < 0 && merge->failure.code == 0) {
		merge->failure = error;
		merge->failure.code = got;
	}
}

/* One more interface among all. false: no memory. */
static bool add_interface(struct merge *merge, const struct input *input, uint32_t own)
{
	if (merge->interfaces == merge->room) {
		uint32_t room = merge->room ? 2 * merge->room : 4;
		struct appeared *larger = realloc(merge->appeared, room * sizeof *larger);
		if (!larger)
			return false;
		merge->appeared = larger;
		merge->room = room;
	}
	merge->appeared[merge->interfaces++] = (struct appeared){ input, own };
	return true;
}

/* The number of a frame's interface among all. Without memory for the lists, the number in its own file. */
static uint32_t interface_number(struct merge *merge, struct input *input)
{
	uint32_t own = input->frame.interface;
	if (own >= input->number_count) {
		uint32_t count = own + 1 > 2 * input->number_count ? own + 1 : 2 * input->number_count;
		uint32_t *larger = realloc(input->numbers, count * sizeof *larger);
		if (!larger)
			return own;
		memset(larger + input->number_count, 0, (count - input->number_count) * sizeof *larger);
		input->numbers = larger;
		input->number_count = count;
	}
	uint32_t *number = &input->numbers[own];
	if (*number == 0 && add_interface(merge, input, own))
		*number = merge->interfaces;
	return *number ? *number - 1 : own;
}

/* The input with the earliest frame, the first of several; NULL when all have ended. */
static struct input *earliest(struct merge *merge)
{
	struct input *found = NULL;
	for (size_t i = 0; i < merge->count; i++) {
		struct input *input = &merge->inputs[i];
		if (!input->open && !input->ended)
			advance(merge, input);
		if (input->open && (!found || input->frame.time_ns < found->frame.time_ns))
			found = input;
	}
	return found;
}

/* Go on after a stop. What an input had at hand it still has. */
static int stopped(struct merge *merge)
{
	for (size_t i = 0; i < merge->count; i++)
		merge->inputs[i].source->stopped = false;
	return SYNFIN_SOURCE_END;
}

static int merge_dispatch(struct synfin_source *source, synfin_frame_fn *frame, void *context, struct synfin_error *error)
{
	struct merge *merge = (struct merge *)source;
	for (int delivered = 0; delivered < CAPTURE_BATCH; delivered++) {
		struct input *input = earliest(merge);
		if (source->stopped)
			return stopped(merge);
		if (!input)
			return merge->failure.code == 0 ? SYNFIN_SOURCE_END
				: error_set(error, merge->failure.code, merge->failure.where, "%s", merge->failure.text);
		struct synfin_frame one = input->frame;
		one.interface = interface_number(merge, input);
		int result = frame(context, &one);
		input->open = false;
		if (result != 0)
			return result;
	}
	return SYNFIN_SOURCE_MORE;
}

/* Every input compiles for itself: they may have different link types. */
static int merge_filter(struct synfin_source *source, struct bpf_program *program, struct synfin_error *error)
{
	struct merge *merge = (struct merge *)source;
	int status = SYNFIN_OK;
	pcap_freecode(program);
	for (size_t i = 0; i < merge->count && status == SYNFIN_OK; i++)
		status = synfin_source_filter(merge->inputs[i].source, source->expression, !source->no_optimize, error);
	return status;
}

static void merge_rejected(const struct synfin_source *source, struct synfin_source_rejected *rejected)
{
	const struct merge *merge = (const struct merge *)source;
	for (size_t i = 0; i < merge->count; i++)
		rejected_add(rejected, &merge->inputs[i].source->rejected);
}

static void merge_names(struct synfin_source *source)
{
	struct merge *merge = (struct merge *)source;
	for (size_t i = 0; i < merge->count; i++)
		synfin_source_names(merge->inputs[i].source, source->name_told, source->name_context);
}

/* An input that waits for a pipe is to stop, too. */
static void merge_stop(struct synfin_source *source)
{
	struct merge *merge = (struct merge *)source;
	for (size_t i = 0; i < merge->count; i++)
		merge->inputs[i].source->stopped = true;
}

static void merge_close(struct synfin_source *source)
{
	struct merge *merge = (struct merge *)source;
	for (size_t i = 0; i < merge->count; i++) {
		synfin_source_close(merge->inputs[i].source);
		free(merge->inputs[i].numbers);
	}
	free(merge->inputs);
	free(merge->appeared);
	source_destroy(source);
}

static const char *merge_interface_name(const struct synfin_source *source, uint32_t index)
{
	const struct merge *merge = (const struct merge *)source;
	if (index >= merge->interfaces)
		return NULL;
	return synfin_source_interface_name(merge->appeared[index].input->source, merge->appeared[index].own);
}

static const struct source_kind merge_kind = {
	.live = false,
	.dispatch = merge_dispatch,
	.filter = merge_filter,
	.rejected = merge_rejected,
	.interface_name = merge_interface_name,
	.names = merge_names,
	.stop = merge_stop,
	.close = merge_close,
};

/* The merged source is as the first, but has room for the frames of all. */
static int describe(struct merge *merge)
{
	const struct synfin_source *first = merge->inputs[0].source;
	uint32_t snapshot_length = 0;
	for (size_t i = 0; i < merge->count; i++)
		if (merge->inputs[i].source->snapshot_length > snapshot_length)
			snapshot_length = merge->inputs[i].source->snapshot_length;
	merge->source.netmask = first->netmask;
	merge->source.name = strdup(first->name);
	merge->source.pcap = pcap_open_dead_with_tstamp_precision(first->dlt, (int)snapshot_length,
		first->nanoseconds ? PCAP_TSTAMP_PRECISION_NANO : PCAP_TSTAMP_PRECISION_MICRO);
	if (!merge->source.name || !merge->source.pcap)
		return SYNFIN_E_MEMORY;
	source_describe(&merge->source);
	return SYNFIN_OK;
}

int synfin_source_merge(struct synfin_source **merged, struct synfin_source *const *sources, size_t count, struct synfin_error *error)
{
	struct merge *merge = calloc(1, sizeof *merge);
	int status = count > 0 ? SYNFIN_OK : SYNFIN_E_ARGUMENT;
	for (size_t i = 0; i < count; i++)
		if (!sources[i]->kind->next)
			status = SYNFIN_E_ARGUMENT;
	if (merge && status == SYNFIN_OK)
		merge->inputs = calloc(count, sizeof *merge->inputs);
	if (!merge || !merge->inputs) {
		free(merge);
		status = status == SYNFIN_OK ? SYNFIN_E_MEMORY : status;
		return error_set(error, status, NULL, status == SYNFIN_E_MEMORY ? "out of memory" : "only savefiles can be merged");
	}
	merge->source.kind = &merge_kind;
	for (size_t i = 0; i < count; i++)
		merge->inputs[i].source = sources[i];
	merge->count = count;
	status = describe(merge);
	if (status < 0) {
		merge->count = 0; /* the sources stay the caller's */
		merge_close(&merge->source);
		return error_set(error, status, NULL, "out of memory");
	}
	*merged = &merge->source;
	return SYNFIN_OK;
}
