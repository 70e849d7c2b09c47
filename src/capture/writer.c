/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writing savefiles by libpcap.
 *
 * pcap_dump() returns nothing: whether a write worked stands in its FILE. errno is cleared before each call, so that what is found
 * afterwards belongs to the failure. The first failure is latched.
 *
 * stdio writes its buffer out wherever that happens to be full, so when the disk is, the file ends in the middle of a frame. The writer
 * remembers where the last frames ended, more than fit into the buffer, and cuts the file back to the last end that got there.
 */
#include "capture/capture.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

enum {
	FILE_HEADER = 24,
	FRAME_HEADER = 16,
	ENDS = 1024, /* a power of two; glibc's buffer of up to 8 KiB holds the headers of 512 frames */
};

struct synfin_writer {
	pcap_dumper_t *dumper;
	char *path;
	bool standard_output;
	uint16_t link_type; /* that the file's header tells of all frames */
	int failure; /* errno of the first failed write, or 0 */
	uint64_t end;        /* of what was handed to libpcap */
	uint64_t ends[ENDS]; /* of the file's header and the last frames; the newest at frames % ENDS */
	uint64_t frames;
	bool cut;            /* the file is to be cut ... */
	uint64_t whole;      /* ... to this length */
};

static int failure_code(int number)
{
	switch (number) {
	case EPIPE:
		return SYNFIN_E_PIPE;
	case ENOENT:
	case ENOTDIR:
		return SYNFIN_E_NO_FILE;
	case EACCES:
	case EPERM:
	case EROFS:
		return SYNFIN_E_PERMISSION;
	case ENOMEM:
		return SYNFIN_E_MEMORY;
	default:
		return SYNFIN_E_IO;
	}
}

static bool is_own_file(const struct synfin_writer *writer, struct stat *now)
{
	return !writer->standard_output && fstat(fileno(pcap_dump_file(writer->dumper)), now) == 0 && S_ISREG(now->st_mode);
}

/* After the first failure: find the last end that got into the file. What stdio still has, it will write behind that when it is closed. */
static void find_whole(struct synfin_writer *writer)
{
	struct stat now;
	if (!is_own_file(writer, &now))
		return;
	for (uint64_t back = 0; back < ENDS && back <= writer->frames; back++) {
		uint64_t end = writer->ends[(writer->frames - back) % ENDS];
		if (end <= (uint64_t)now.st_size) {
			writer->whole = end;
			writer->cut = true;
			return;
		}
	}
}

/* Look for a failure after a write. */
static int writer_check(struct synfin_writer *writer, bool failed, struct synfin_error *error)
{
	if (writer->failure == 0 && (failed || ferror(pcap_dump_file(writer->dumper)))) {
		writer->failure = errno ? errno : EIO;
		find_whole(writer);
	}
	if (writer->failure == 0)
		return SYNFIN_OK;
	return error_set(error, failure_code(writer->failure), writer->path, "%s: %s", writer->standard_output ? "standard output" : writer->path,
		strerror(writer->failure));
}

int synfin_writer_open(struct synfin_writer **writer, const struct synfin_source *source, const char *path, struct synfin_error *error)
{
	int status;
	struct synfin_writer *one = calloc(1, sizeof *one);
	if (!one)
		return error_set(error, SYNFIN_E_MEMORY, path, "out of memory");
	one->standard_output = strcmp(path, "-") == 0;
	one->link_type = source->link_type;
	one->path = strdup(path);
	if (!one->path) {
		status = error_set(error, SYNFIN_E_MEMORY, path, "out of memory");
		goto out;
	}
	errno = 0;
	one->dumper = pcap_dump_open(source->pcap, path);
	if (!one->dumper) {
		/* Without an errno it was libpcap itself: a link type that has no number in savefiles. */
		status = error_set(error, errno ? failure_code(errno) : SYNFIN_E_UNSUPPORTED, path, "%s", pcap_geterr(source->pcap));
		goto out;
	}
	one->end = one->ends[0] = FILE_HEADER;
	*writer = one;
	return SYNFIN_OK;
out:
	free(one->path);
	free(one);
	return status;
}

int synfin_writer_frame(struct synfin_writer *writer, const struct synfin_frame *frame, struct synfin_error *error)
{
	if (frame->link_type != writer->link_type)
		return error_set(error, SYNFIN_E_LINK_TYPE, writer->path, "%s: a pcap file has one link type for all frames, and this one's is another",
			writer->path);
	if (writer->failure == 0) {
		struct pcap_pkthdr header = { .caplen = frame->captured, .len = frame->length };
		header.ts.tv_sec = (time_t)frame->seconds;
		header.ts.tv_usec = (suseconds_t)frame->fraction;
		errno = 0;
		pcap_dump((u_char *)writer->dumper, &header, frame->bytes);
		writer->end += FRAME_HEADER + (uint64_t)frame->captured;
		writer->ends[++writer->frames % ENDS] = writer->end;
	}
	return writer_check(writer, false, error);
}

int synfin_writer_flush(struct synfin_writer *writer, struct synfin_error *error)
{
	bool failed = false;
	if (writer->failure == 0) {
		errno = 0;
		failed = pcap_dump_flush(writer->dumper) != 0;
	}
	return writer_check(writer, failed, error);
}

int synfin_writer_give(struct synfin_writer *writer, uint32_t user, uint32_t group, struct synfin_error *error)
{
	struct stat now;
	/* By the descriptor: the name could have become another file's. */
	if (is_own_file(writer, &now) && fchown(fileno(pcap_dump_file(writer->dumper)), user, group) != 0)
		return error_set(error, failure_code(errno), writer->path, "%s: %s", writer->path, strerror(errno));
	return SYNFIN_OK;
}

int synfin_writer_size(struct synfin_writer *writer, uint64_t *size, struct synfin_error *error)
{
	int64_t at = pcap_dump_ftell64(writer->dumper);
	if (at < 0)
		return error_set(error, SYNFIN_E_IO, writer->path, "ftell fails on output file");
	*size = (uint64_t)at;
	return SYNFIN_OK;
}

/* pcap_dump_close() is fclose(), and its failure would be lost; but everything has been flushed. */
static void close_file(struct synfin_writer *writer)
{
	/* Closing makes stdio try again, so what is to be cut is cut after it. */
	int descriptor = writer->cut ? dup(fileno(pcap_dump_file(writer->dumper))) : -1;
	pcap_dump_close(writer->dumper);
	if (descriptor >= 0) {
		if (ftruncate(descriptor, (off_t)writer->whole) != 0)
			writer->cut = false; /* then it stays as it is: the failure has been reported */
		close(descriptor);
	}
}

int synfin_writer_close(struct synfin_writer *writer, struct synfin_error *error)
{
	if (!writer)
		return SYNFIN_OK;
	int status = synfin_writer_flush(writer, error);
	/* The program's own standard output stays open. */
	if (!writer->standard_output)
		close_file(writer);
	free(writer->path);
	free(writer);
	return status;
}
