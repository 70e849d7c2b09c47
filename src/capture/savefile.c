/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A savefile as a source, read by libpcap.
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
#include "capture/stream.h"

struct savefile {
	struct synfin_source source;
	struct stream stream;
	struct bpf_program program;
	bool filtered;
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

/* What libpcap's failure to read means; a stop while it waited is one of those. */
static int savefile_failed(struct savefile *file, struct synfin_error *error)
{
	file->ended = true;
	if (file->source.stopped && (file->stream.failure == 0 || file->stream.failure == EINTR))
		return SYNFIN_SOURCE_END;
	return error_set(error, file->stream.failure ? SYNFIN_E_IO : SYNFIN_E_FORMAT, file->source.name, "%s", pcap_geterr(file->source.pcap));
}

static int savefile_dispatch(struct synfin_source *source, synfin_frame_fn *frame, void *context, struct synfin_error *error)
{
	struct savefile *file = (struct savefile *)source;
	for (int delivered = 0; delivered < CAPTURE_BATCH;) {
		struct pcap_pkthdr *header;
		const u_char *bytes;
		if (source->stopped || file->ended)
			return SYNFIN_SOURCE_END;
		if (delivered > 0 && !file->stream.regular && !frame_ready(file))
			break;
		int got = pcap_next_ex(source->pcap, &header, &bytes);
		if (got == PCAP_ERROR_BREAK) {
			file->ended = true;
			return SYNFIN_SOURCE_END;
		}
		if (got != 1)
			return savefile_failed(file, error);
		if (file->filtered && !pcap_offline_filter(&file->program, header, bytes))
			continue;
		struct synfin_frame one = source_frame(source, header, bytes);
		int result = frame(context, &one);
		if (result != 0)
			return result;
		delivered++;
	}
	return SYNFIN_SOURCE_MORE;
}

/* cppcheck-suppress constParameter; a live source's function, of the same type, hands it to libpcap */
static int savefile_filter(struct synfin_source *source, struct bpf_program *program, struct synfin_error *error)
{
	struct savefile *file = (struct savefile *)source;
	(void)error;
	if (file->filtered)
		pcap_freecode(&file->program);
	file->program = *program;
	file->filtered = true;
	return SYNFIN_OK;
}

static void savefile_close(struct synfin_source *source)
{
	struct savefile *file = (struct savefile *)source;
	if (file->filtered)
		pcap_freecode(&file->program);
	/* libpcap closes its FILE, which reads from the stream, so the stream goes last; but it is part of what source_destroy() frees. */
	struct stream stream = file->stream;
	source_destroy(source);
	stream_close(&stream);
}

static const struct source_kind savefile_kind = {
	.live = false,
	.dispatch = savefile_dispatch,
	.filter = savefile_filter,
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
	return error_set(error, code, path, "%s: %s", path, strerror(number));
}

/* Let libpcap read the file's header. */
static int savefile_begin(struct savefile *file, const char *path, bool nanoseconds, struct synfin_error *error)
{
	char text[PCAP_ERRBUF_SIZE] = "";
	FILE *reader = stream_file(&file->stream);
	if (!reader)
		return system_failed(errno, path, error);
	file->source.pcap = pcap_fopen_offline_with_tstamp_precision(reader, nanoseconds ? PCAP_TSTAMP_PRECISION_NANO : PCAP_TSTAMP_PRECISION_MICRO, text);
	if (!file->source.pcap) {
		fclose(reader);
		return error_set(error, file->stream.failure ? SYNFIN_E_IO : SYNFIN_E_FORMAT, path, "%s", text);
	}
	source_describe(&file->source);
	return SYNFIN_OK;
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
