/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writing savefiles: pcap by libpcap, pcapng by blocks.c.
 *
 * pcap_dump() returns nothing: whether a write worked stands in its FILE. errno is cleared before each call, so that what is found
 * afterwards belongs to the failure. The first failure is latched.
 *
 * stdio writes its buffer out wherever that happens to be full, so when the disk is, the file ends in the middle of a frame. The writer
 * remembers where the last frames ended, more than fit into the buffer, and cuts the file back to the last end that got there.
 */
#include "capture/writer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

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
	return !writer->standard_output && fstat(fileno(writer->file), now) == 0 && S_ISREG(now->st_mode);
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
	if (writer->failure == 0 && (failed || ferror(writer->file))) {
		writer->failure = errno ? errno : EIO;
		find_whole(writer);
	}
	if (writer->failure == 0)
		return SYNFIN_OK;
	return error_set(error, failure_code(writer->failure), writer->path, "%s: %s", writer->standard_output ? "standard output" : writer->path,
		strerror(writer->failure));
}

static void writer_free(struct synfin_writer *writer)
{
	blocks_free(writer->blocks);
	free(writer->path);
	free(writer);
}

static struct synfin_writer *writer_create(const struct synfin_source *source, const char *path, struct synfin_error *error)
{
	struct synfin_writer *one = calloc(1, sizeof *one);
	if (one)
		one->path = strdup(path);
	if (!one || !one->path) {
		free(one);
		(void)error_set(error, SYNFIN_E_MEMORY, path, "out of memory");
		return NULL;
	}
	one->standard_output = strcmp(path, "-") == 0;
	one->link_type = source->link_type;
	return one;
}

int synfin_writer_open(struct synfin_writer **writer, const struct synfin_source *source, const char *path, struct synfin_error *error)
{
	struct synfin_writer *one = writer_create(source, path, error);
	if (!one)
		return SYNFIN_E_MEMORY;
	errno = 0;
	one->dumper = pcap_dump_open(source->pcap, path);
	if (!one->dumper) {
		/* Without an errno it was libpcap itself: a link type that has no number in savefiles. */
		int status = error_set(error, errno ? failure_code(errno) : SYNFIN_E_UNSUPPORTED, path, "%s", pcap_geterr(source->pcap));
		writer_free(one);
		return status;
	}
	one->file = pcap_dump_file(one->dumper);
	one->end = one->ends[0] = FILE_HEADER;
	*writer = one;
	return SYNFIN_OK;
}

/* A stream of one's own: what the program has waiting in its own one is not ours. */
static FILE *open_standard_output(void)
{
	int descriptor = dup(STDOUT_FILENO);
	FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
	if (!file && descriptor >= 0)
		close(descriptor);
	return file;
}

int synfin_writer_open_pcapng(struct synfin_writer **writer, const struct synfin_source *source, const char *path, const char *application,
	struct synfin_error *error)
{
	struct synfin_writer *one = writer_create(source, path, error);
	if (!one)
		return SYNFIN_E_MEMORY;
	errno = 0;
	one->file = one->standard_output ? open_standard_output() : fopen(path, "wb");
	if (one->file)
		one->blocks = blocks_create(source, application);
	if (!one->blocks) {
		int status = error_set(error, errno ? failure_code(errno) : SYNFIN_E_MEMORY, path, "%s: %s", path, strerror(errno ? errno : ENOMEM));
		if (one->file)
			fclose(one->file);
		writer_free(one);
		return status;
	}
	one->end = one->ends[0] = blocks_begin(one->blocks, one->file);
	*writer = one;
	return SYNFIN_OK;
}

void synfin_writer_source(struct synfin_writer *writer, const struct synfin_source *source)
{
	if (writer->blocks)
		blocks_source(writer->blocks, source);
}

void synfin_writer_statistics(struct synfin_writer *writer, const struct synfin_source_statistics *statistics)
{
	if (writer->blocks)
		blocks_statistics(writer->blocks, statistics);
}

/* By libpcap. */
static void put_frame(struct synfin_writer *writer, const struct synfin_frame *frame)
{
	struct pcap_pkthdr header = { .caplen = frame->captured, .len = frame->length };
	header.ts.tv_sec = (time_t)frame->seconds;
	header.ts.tv_usec = (suseconds_t)frame->fraction;
	pcap_dump((u_char *)writer->dumper, &header, frame->bytes);
	writer->end += FRAME_HEADER + (uint64_t)frame->captured;
}

int synfin_writer_commented(struct synfin_writer *writer, const struct synfin_frame *frame, const struct synfin_comment *comments, unsigned count,
	struct synfin_error *error)
{
	bool failed = false;
	if (!writer->blocks && count > 0)
		return error_set(error, SYNFIN_E_UNSUPPORTED, writer->path, "%s: a pcap file has no comments", writer->path);
	if (!writer->blocks && frame->link_type != writer->link_type)
		return error_set(error, SYNFIN_E_LINK_TYPE, writer->path, "%s: a pcap file has one link type for all frames, and this one's is another",
			writer->path);
	if (writer->failure == 0) {
		errno = 0;
		if (writer->blocks)
			failed = !blocks_frame(writer->blocks, writer->file, frame, comments, count, &writer->end);
		else
			put_frame(writer, frame);
		writer->ends[++writer->frames % ENDS] = writer->end;
	}
	return writer_check(writer, failed, error);
}

int synfin_writer_frame(struct synfin_writer *writer, const struct synfin_frame *frame, struct synfin_error *error)
{
	return synfin_writer_commented(writer, frame, NULL, 0, error);
}

int synfin_writer_flush(struct synfin_writer *writer, struct synfin_error *error)
{
	bool failed = false;
	if (writer->failure == 0) {
		errno = 0;
		failed = fflush(writer->file) != 0;
	}
	return writer_check(writer, failed, error);
}

uint64_t synfin_writer_size(const struct synfin_writer *writer)
{
	return writer->end;
}

/* pcap_dump_close() is fclose(), and its failure would be lost; but everything has been flushed. */
static void close_file(struct synfin_writer *writer)
{
	/* Closing makes stdio try again, so what is to be cut is cut after it. */
	int descriptor = writer->cut ? dup(fileno(writer->file)) : -1;
	if (writer->dumper)
		pcap_dump_close(writer->dumper);
	else
		fclose(writer->file);
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
	if (writer->blocks && writer->failure == 0)
		blocks_end(writer->blocks, writer->file);
	int status = synfin_writer_flush(writer, error);
	/* The program's own standard output stays open. */
	if (!writer->standard_output || writer->blocks)
		close_file(writer);
	writer_free(writer);
	return status;
}
