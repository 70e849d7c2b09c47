/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A savefile as a source. libpcap opens it; the frames of a regular file are then read in place where that is known how (direct.h), and
 * everything else by libpcap.
 *
 * Frames are taken one by one, and the filter is applied here and not inside libpcap: libpcap would go on to the next frame that matches,
 * and wait for it, while frames of this batch have not been shown yet. Before a frame is asked for, except a batch's first,
 * frame_ready() looks whether all of it has arrived (stream.h); if not, the batch ends.
 *
 * libpcap's messages go into the error as they are: they are what tcpdump prints.
 */
#include "capture/capture.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "capture/direct.h"
#include "capture/rejected.h"
#include "capture/stream.h"

/* A frame that the filter does not let through. */
enum { PASSED = SYNFIN_SOURCE_LAST + 1 };

/* The filter for frames of one link type. */
struct program {
	uint16_t link_type;
	struct bpf_program code;
};

struct savefile {
	struct synfin_source source;
	struct stream stream;
	struct direct direct;
	struct program *programs; /* the source's own link type first; others as they come */
	size_t program_count;     /* 0: no filter */
	struct synfin_frame batch[SYNFIN_FRAMES_MAX];
	bool ended; /* after the end, a failure or a stop within a record there is nothing more to read */
};

/* Whether libpcap can read up to and including the next packet without waiting. */
static bool frame_ready(struct savefile *file)
{
	struct record_layout layout = file->stream.layout;
	uint64_t ahead = 0;
	bool packet = false;
	/* Within a record there is nothing to look at. That does not happen: libpcap has just read one to its end. */
	if (file->stream.left > 0)
		return true;
	while (!packet) {
		if (!stream_ready(&file->stream, (size_t)ahead + RECORD_PROBE))
			return false;
		const uint8_t *start = stream_peek(&file->stream, (size_t)ahead, RECORD_PROBE);
		uint64_t length = start ? record_measure(&layout, start, &packet) : 0;
		ahead += length;
		/* The end of the file, not a length, or more than fits: libpcap's business. */
		if (length == 0 || ahead > STREAM_CAPACITY - RECORD_PROBE)
			return true;
	}
	return stream_ready(&file->stream, (size_t)ahead);
}

/* What libpcap's failure to read means: a negative status, or 0 because a stop while it waited is one of those. */
static int savefile_failed(struct savefile *file, struct synfin_error *error)
{
	if (file->source.stopped && (file->stream.failure == 0 || file->stream.failure == EINTR))
		return 0;
	return error_set(error, file->stream.failure ? SYNFIN_E_IO : SYNFIN_E_FORMAT, file->source.name, "%s", pcap_geterr(file->source.pcap));
}

/* The next frame by libpcap. 1, 0 at the end, or a negative status. */
static int frame_by_libpcap(struct savefile *file, struct synfin_frame *frame, struct synfin_error *error)
{
	struct pcap_pkthdr *header;
	const u_char *bytes;
	int got = pcap_next_ex(file->source.pcap, &header, &bytes);
	if (got == PCAP_ERROR_BREAK)
		return 0;
	if (got != 1)
		return savefile_failed(file, error);
	*frame = source_frame(&file->source, header, bytes);
	return 1;
}

/* The filter for frames of this link type, which is compiled when the first one comes. NULL with *error filled. */
static const struct program *program_for(struct savefile *file, uint16_t link_type, struct synfin_error *error)
{
	struct synfin_source *source = &file->source;
	for (size_t i = 0; i < file->program_count; i++)
		if (file->programs[i].link_type == link_type)
			return &file->programs[i];
	struct program *larger = realloc(file->programs, (file->program_count + 1) * sizeof *larger);
	if (larger)
		file->programs = larger;
	struct synfin_source other = { .netmask = source->netmask };
	other.pcap = larger ? pcap_open_dead(link_type_to_dlt(link_type), (int)source->snapshot_length) : NULL;
	if (!other.pcap) {
		(void)error_set(error, SYNFIN_E_MEMORY, source->name, "out of memory");
		return NULL;
	}
	struct program *program = &file->programs[file->program_count];
	program->link_type = link_type;
	int status = filter_compile(&other, &program->code, source->expression, !source->no_optimize, error);
	pcap_close(other.pcap);
	if (status < 0)
		return NULL;
	file->program_count++;
	return program;
}

/* 1 if the frame is one to be seen, 0 if not, or a negative status. */
static int frame_matches(struct savefile *file, const struct synfin_frame *frame, struct synfin_error *error)
{
	const struct program *program = file->programs;
	if (program->link_type != frame->link_type)
		program = program_for(file, frame->link_type, error);
	if (!program)
		return error ? error->code : SYNFIN_E_FILTER;
	struct pcap_pkthdr header = { .caplen = frame->captured, .len = frame->length };
	return pcap_offline_filter(&program->code, &header, frame->bytes) != 0;
}

/* The next frame, whether it matches or not. 1, 0 at the end, or a negative status. */
static int any_next(struct savefile *file, struct synfin_frame *frame, struct synfin_error *error)
{
	int got = file->direct.next ? file->direct.next(&file->direct, frame, error) : frame_by_libpcap(file, frame, error);
	file->ended = got != 1;
	return got;
}

/* The next frame if it matches: SYNFIN_SOURCE_MORE; PASSED if it does not; SYNFIN_SOURCE_END, or a negative status. */
static int matching_next(struct savefile *file, struct synfin_frame *frame, struct synfin_error *error)
{
	if (file->source.stopped || file->ended)
		return SYNFIN_SOURCE_END;
	int got = any_next(file, frame, error);
	if (got != 1)
		return got == 0 ? SYNFIN_SOURCE_END : got;
	if (file->program_count > 0)
		got = frame_matches(file, frame, error);
	if (got == 0)
		rejected_count(&file->source.rejected, frame);
	return got > 0 ? SYNFIN_SOURCE_MORE : got == 0 ? PASSED : got;
}

static int savefile_next(struct synfin_source *source, struct synfin_frame *frame, struct synfin_error *error)
{
	int got;
	do
		got = matching_next((struct savefile *)source, frame, error);
	while (got == PASSED);
	return got;
}

static int savefile_dispatch(struct synfin_source *source, synfin_frame_fn *frame, void *context, struct synfin_error *error)
{
	struct savefile *file = (struct savefile *)source;
	struct synfin_frame one = { .captured = 0 };
	for (int delivered = 0; delivered < CAPTURE_BATCH;) {
		if (delivered > 0 && !file->stream.regular && !frame_ready(file))
			break;
		int result = matching_next(file, &one, error);
		if (result == PASSED)
			continue;
		if (result == SYNFIN_SOURCE_MORE)
			result = frame(context, &one);
		if (result != 0)
			return result;
		delivered++;
	}
	return SYNFIN_SOURCE_MORE;
}

/* Frames that stay where they are until the next call: as many as are in the window. *count is how many; the result is what came after them. */
static int savefile_gather(struct savefile *file, unsigned *count, struct synfin_error *error)
{
	int result;
	*count = 0;
	do {
		result = matching_next(file, &file->batch[*count], error);
		*count += result == SYNFIN_SOURCE_MORE;
	} while ((result == SYNFIN_SOURCE_MORE || result == PASSED) && *count < SYNFIN_FRAMES_MAX && file->direct.next && file->direct.ready(&file->direct));
	return result;
}

static int savefile_dispatch_frames(struct synfin_source *source, synfin_frames_fn *frames, void *context, struct synfin_error *error)
{
	struct savefile *file = (struct savefile *)source;
	for (unsigned delivered = 0, count; delivered < CAPTURE_BATCH; delivered += count) {
		if (delivered > 0 && !file->stream.regular && !frame_ready(file))
			break;
		int result = savefile_gather(file, &count, error);
		int told = count ? frames(context, file->batch, count) : 0;
		if (told != 0)
			return told;
		if (result != SYNFIN_SOURCE_MORE && result != PASSED)
			return result;
	}
	return SYNFIN_SOURCE_MORE;
}

static void forget_programs(struct savefile *file)
{
	for (size_t i = 0; i < file->program_count; i++)
		pcap_freecode(&file->programs[i].code);
	free(file->programs);
	file->programs = NULL;
	file->program_count = 0;
}

static int savefile_filter(struct synfin_source *source, struct bpf_program *program, struct synfin_error *error)
{
	struct savefile *file = (struct savefile *)source;
	forget_programs(file);
	/* Asking libpcap for every frame whether it matches nothing in particular costs more than reading the frame. */
	if (*source->expression == '\0') {
		pcap_freecode(program);
		return SYNFIN_OK;
	}
	file->programs = malloc(sizeof *file->programs);
	if (!file->programs) {
		pcap_freecode(program);
		return error_set(error, SYNFIN_E_MEMORY, source->name, "out of memory");
	}
	file->programs[0] = (struct program){ source->link_type, *program };
	file->program_count = 1;
	return SYNFIN_OK;
}

static void savefile_close(struct synfin_source *source)
{
	struct savefile *file = (struct savefile *)source;
	forget_programs(file);
	direct_close(&file->direct);
	/*
	 * libpcap closes its FILE, which reads from the stream, so the stream goes after it; and before what it is part of, where a thread that
	 * reads ahead looks until then.
	 */
	if (source->pcap)
		pcap_close(source->pcap);
	source->pcap = NULL;
	stream_close(&file->stream);
	source_destroy(source);
}

static void savefile_progress(const struct synfin_source *source, struct synfin_source_progress *progress)
{
	const struct savefile *file = (const struct savefile *)source;
	progress->known = stream_progress(&file->stream, &progress->read, &progress->total);
}

static const char *savefile_interface_name(const struct synfin_source *source, uint32_t index)
{
	const struct savefile *file = (const struct savefile *)source;
	return file->direct.pcapng ? pcapng_interface_name(file->direct.pcapng, index) : NULL;
}

static const struct source_kind savefile_kind = {
	.live = false,
	.next = savefile_next,
	.dispatch = savefile_dispatch,
	.dispatch_frames = savefile_dispatch_frames,
	.filter = savefile_filter,
	.progress = savefile_progress,
	.interface_name = savefile_interface_name,
	.close = savefile_close,
};

static int system_failed(int number, const char *path, struct synfin_error *error)
{
	int code = SYNFIN_E_IO;
	if (number == ENOENT || number == ENOTDIR)
		code = SYNFIN_E_NO_FILE;
	else if (number == EACCES || number == EPERM)
		code = SYNFIN_E_PERMISSION;
	else if (number == ENOMEM)
		code = SYNFIN_E_MEMORY;
	else if (number == ENOTSUP)
		return error_set(error, SYNFIN_E_UNSUPPORTED, path, "%s: compressed in a way that this build cannot read", path);
	return error_set(error, code, path, "%s: %s", path, strerror(number));
}

/* Let libpcap read the file's header. */
static int savefile_begin(struct savefile *file, const char *path, bool nanoseconds, struct synfin_error *error)
{
	char text[PCAP_ERRBUF_SIZE] = "";
	if (file->stream.regular)
		direct_look(&file->direct, &file->stream.window);
	FILE *reader = stream_file(&file->stream);
	if (!reader)
		return system_failed(errno, path, error);
	file->source.pcap = pcap_fopen_offline_with_tstamp_precision(reader, nanoseconds ? PCAP_TSTAMP_PRECISION_NANO : PCAP_TSTAMP_PRECISION_MICRO, text);
	if (!file->source.pcap) {
		fclose(reader);
		if (file->stream.regular && file->stream.window.failure)
			return error_set(error, SYNFIN_E_IO, path, "error reading dump file: %s", window_problem(&file->stream.window));
		return error_set(error, file->stream.failure ? SYNFIN_E_IO : SYNFIN_E_FORMAT, path, "%s", text);
	}
	source_describe(&file->source);
	int number = direct_open(&file->direct, &file->source);
	return number == 0 ? SYNFIN_OK : system_failed(number, path, error);
}

int synfin_source_open_file(struct synfin_source **source, const char *path, const struct synfin_file_options *options, struct synfin_error *error)
{
	struct savefile *file = calloc(1, sizeof *file);
	if (!file)
		return error_set(error, SYNFIN_E_MEMORY, path, "out of memory");
	file->source.kind = &savefile_kind;
	file->source.netmask = 0; /* as tcpdump: "ip broadcast" then matches 0.0.0.0 and 255.255.255.255 */
	int status = SYNFIN_OK;
	int number = stream_open(&file->stream, path);
	if (number != 0) {
		status = system_failed(number, path, error);
		goto out;
	}
	file->source.name = strdup(path);
	if (!file->source.name) {
		status = error_set(error, SYNFIN_E_MEMORY, path, "out of memory");
		goto out;
	}
	status = savefile_begin(file, path, options && options->nanoseconds, error);
	if (status < 0)
		goto out;
	file->stream.stopped = &file->source.stopped;
	*source = &file->source;
	return SYNFIN_OK;
out:
	savefile_close(&file->source);
	return status;
}
