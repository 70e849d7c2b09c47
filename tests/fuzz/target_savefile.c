/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Savefiles, beside libpcap: read in place (what a regular file is), and through a pipe. The input is the file; its size decides the
 * precision asked for.
 *
 * What libpcap reads must give the same frames and the same last words. Compressed files, and pcapng files of several link types, it does
 * not read; of those it is only asked that they end. A file has no more frames than there is room for; of what a small compressed one
 * unpacks to (zeros are records, and a thousand times as many), only the first frames are read.
 */
#include <pcap.h>
#include <string.h>
#include <unistd.h>

#include <synfin/source.h>

#include "file.h"
#include "fuzz.h"

/* RECORD_LEAST: of a frame of no bytes, in pcap and in pcapng. */
enum { FILE_MOST = 1 << 20, PIPE_MOST = 32768, UNPACKED_MOST = 20000, RECORD_LEAST = 16, ENOUGH = SYNFIN_SOURCE_LAST + 1 };

struct beside {
	pcap_t *pcap;      /* NULL: there is nothing to compare with */
	size_t count, most;
	bool compressed;
};

static bool is_refusal(const char *text)
{
	return strstr(text, "different from the") || strstr(text, "different byte orders");
}

/* libpcap steps over a section that begins before the first interface, whatever stands in it. */
static bool is_stricter(const struct beside *beside, const char *text)
{
	return beside->count == 0 && (strstr(text, "byte order magic") || strstr(text, "major version"));
}

/* libpcap goes no further, or must have said why. */
static void stop_comparing(struct beside *beside)
{
	if (!is_refusal(pcap_geterr(beside->pcap)))
		FUZZ_FAIL("frame %zu, where libpcap has none: %s", beside->count, pcap_geterr(beside->pcap));
	pcap_close(beside->pcap);
	beside->pcap = NULL;
}

static int take(void *context, const struct synfin_frame *frame)
{
	struct beside *beside = context;
	struct pcap_pkthdr *header;
	const u_char *bytes;
	volatile uint8_t last;

	if (beside->count++ == beside->most) {
		FUZZ_CHECK(beside->compressed);
		return ENOUGH;
	}
	if (frame->captured)
		last = frame->bytes[frame->captured - 1];
	(void)last;
	if (beside->pcap && pcap_next_ex(beside->pcap, &header, &bytes) != 1)
		stop_comparing(beside);
	if (!beside->pcap)
		return 0;
	FUZZ_CHECK(frame->seconds == header->ts.tv_sec);
	FUZZ_CHECK(frame->fraction == (uint32_t)header->ts.tv_usec);
	FUZZ_CHECK(frame->captured == header->caplen && frame->length == header->len);
	FUZZ_CHECK(memcmp(frame->bytes, bytes, header->caplen) == 0);
	return 0;
}

static void check_end(struct beside *beside, int status, const struct synfin_error *error)
{
	struct pcap_pkthdr *header;
	const u_char *bytes;
	if (!beside->pcap || (status < 0 && is_stricter(beside, error->text)))
		return;
	int got = pcap_next_ex(beside->pcap, &header, &bytes);
	const char *text = pcap_geterr(beside->pcap);
	if (got == 1)
		FUZZ_FAIL("frame %zu of libpcap's is missing: %s", beside->count, error->text);
	if (got == PCAP_ERROR_BREAK)
		FUZZ_CHECK(status == SYNFIN_SOURCE_END);
	else if (!is_refusal(text) && !(strstr(text, "don't match") && strstr(error->text, "don't match")) && strcmp(text, error->text) != 0)
		FUZZ_FAIL("\"%s\", where libpcap says \"%s\"", error->text, text);
}

static void read_all(const char *path, bool nanoseconds, struct beside *beside)
{
	struct synfin_file_options options = { .nanoseconds = nanoseconds };
	struct synfin_error error = { .code = 0 };
	struct synfin_source *source = NULL;
	int status = synfin_source_open_file(&source, path, &options, &error);

	if (status < 0) {
		FUZZ_CHECK(error.text[0] && error.code == status);
		FUZZ_CHECK(!beside->pcap);
		return;
	}
	do
		status = synfin_source_dispatch(source, take, beside, &error);
	while (status == SYNFIN_SOURCE_MORE);
	FUZZ_CHECK(status == SYNFIN_SOURCE_END || status == ENOUGH || (status < 0 && error.text[0]));
	check_end(beside, status, &error);
	synfin_source_close(source);
}

static struct beside beside_nothing(const uint8_t *data, size_t size)
{
	bool compressed = fuzz_is_compressed(data, size);
	return (struct beside){ .most = compressed ? UNPACKED_MOST : size / RECORD_LEAST, .compressed = compressed };
}

static void read_pipe(const uint8_t *data, size_t size, bool nanoseconds)
{
	int ends[2];
	char path[64];
	FUZZ_CHECK(pipe(ends) == 0);
	FUZZ_CHECK(write(ends[1], data, size) == (ssize_t)size);
	close(ends[1]);
	snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
	struct beside nobody = beside_nothing(data, size);
	read_all(path, nanoseconds, &nobody);
	close(ends[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[PCAP_ERRBUF_SIZE] = "";
	bool nanoseconds = size & 1;
	struct beside beside = beside_nothing(data, size);

	if (size > FILE_MOST)
		return 0;
	const char *path = fuzz_file(data, size);
	if (!beside.compressed)
		beside.pcap = pcap_open_offline_with_tstamp_precision(path, nanoseconds ? PCAP_TSTAMP_PRECISION_NANO : PCAP_TSTAMP_PRECISION_MICRO, text);
	read_all(path, nanoseconds, &beside);
	if (beside.pcap)
		pcap_close(beside.pcap);
	if (size <= PIPE_MOST)
		read_pipe(data, size, nanoseconds);
	return 0;
}
