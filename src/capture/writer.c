/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writing savefiles by libpcap.
 *
 * pcap_dump() returns nothing: whether a write worked stands in its FILE. errno is cleared before each call, so that what is found
 * afterwards belongs to the failure. The first failure is latched.
 */
#include "capture/capture.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

struct synfin_writer {
	pcap_dumper_t *dumper;
	char *path;
	bool standard_output;
	int failure; /* errno of the first failed write, or 0 */
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

/* Look for a failure after a write. */
static int writer_check(struct synfin_writer *writer, bool failed, struct synfin_error *error)
{
	if (writer->failure == 0 && (failed || ferror(pcap_dump_file(writer->dumper))))
		writer->failure = errno ? errno : EIO;
	if (writer->failure == 0)
		return SYNFIN_OK;
	return error_set(error, failure_code(writer->failure), writer->path, "%s: %s", writer->path, strerror(writer->failure));
}

int synfin_writer_open(struct synfin_writer **writer, const struct synfin_source *source, const char *path, struct synfin_error *error)
{
	int status;
	struct synfin_writer *one = calloc(1, sizeof *one);
	if (!one)
		return error_set(error, SYNFIN_E_MEMORY, path, "out of memory");
	one->standard_output = strcmp(path, "-") == 0;
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
	*writer = one;
	return SYNFIN_OK;
out:
	free(one->path);
	free(one);
	return status;
}

int synfin_writer_frame(struct synfin_writer *writer, const struct synfin_frame *frame, struct synfin_error *error)
{
	if (writer->failure == 0) {
		struct pcap_pkthdr header = { .caplen = frame->captured, .len = frame->length };
		header.ts.tv_sec = (time_t)frame->seconds;
		header.ts.tv_usec = (suseconds_t)frame->fraction;
		errno = 0;
		pcap_dump((u_char *)writer->dumper, &header, frame->bytes);
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

int synfin_writer_close(struct synfin_writer *writer, struct synfin_error *error)
{
	if (!writer)
		return SYNFIN_OK;
	int status = synfin_writer_flush(writer, error);
	/* pcap_dump_close() is fclose(), and its failure would be lost; but everything has been flushed. The program's own standard output stays open. */
	if (!writer->standard_output)
		pcap_dump_close(writer->dumper);
	free(writer->path);
	free(writer);
	return status;
}
