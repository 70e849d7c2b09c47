/* SPDX-License-Identifier: BSD-3-Clause */
/* What a writer is; and the blocks of a pcapng file. */
#ifndef SYNFIN_CAPTURE_WRITER_H
#define SYNFIN_CAPTURE_WRITER_H

#include <stdio.h>

#include "capture/capture.h"

enum {
	FILE_HEADER = 24,
	FRAME_HEADER = 16,
	ENDS = 1024, /* a power of two; glibc's buffer of up to 8 KiB holds the headers of 512 frames */
};

struct blocks;

struct synfin_writer {
	pcap_dumper_t *dumper; /* of a pcap file ... */
	struct blocks *blocks; /* ... or of a pcapng file */
	FILE *file;            /* the dumper's, or one's own */
	char *path;
	bool standard_output;
	uint16_t link_type; /* that a pcap file's header tells of all frames */
	int failure; /* errno of the first failed write, or 0 */
	uint64_t end;        /* of what was handed to stdio */
	uint64_t ends[ENDS]; /* of the file's header and the last frames; the newest at frames % ENDS */
	uint64_t frames;
	bool cut;            /* the file is to be cut ... */
	uint64_t whole;      /* ... to this length */
};

/* blocks.c. Whether what is handed to `file` gets there stands in that. NULL: no memory. */
struct blocks *blocks_create(const struct synfin_source *source, const char *application);
void blocks_free(struct blocks *blocks);
void blocks_source(struct blocks *blocks, const struct synfin_source *source);
void blocks_statistics(struct blocks *blocks, const struct synfin_source_statistics *statistics);
/* What the file begins with; returns its length. */
uint64_t blocks_begin(struct blocks *blocks, FILE *file);
/* A frame, and its interface if it is the first one of it; *end is moved behind it. false with errno: no memory to remember the interface. */
bool blocks_frame(struct blocks *blocks, FILE *file, const struct synfin_frame *frame, const struct synfin_comment *comments, unsigned count,
	uint64_t *end);
/* The statistics of each interface. */
void blocks_end(struct blocks *blocks, FILE *file);

#endif
