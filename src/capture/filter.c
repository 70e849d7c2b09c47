/* SPDX-License-Identifier: BSD-3-Clause */
/* Filters: pcap-filter(7) expressions, compiled by libpcap, and their listing as tcpdump -d prints it. */
#include "capture/capture.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <string.h>

#include "base/error.h"

int filter_compile(struct synfin_source *source, struct bpf_program *program, const char *expression, bool optimize, struct synfin_error *error)
{
	const char *text = expression ? expression : "";
	if (pcap_compile(source->pcap, program, text, optimize, source->netmask) < 0)
		return error_set(error, SYNFIN_E_FILTER, text, "%s", pcap_geterr(source->pcap));
	return SYNFIN_OK;
}

static void put(FILE *stream, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A line to the caller's stream; a failure stays in its error flag. */
static void put(FILE *stream, const char *format, ...)
{
	char line[256];
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	if (length > 0)
		(void)fwrite(line, 1, (size_t)length < sizeof line ? (size_t)length : sizeof line - 1, stream);
}

/* One line per instruction, as libpcap's bpf_dump() prints them to the standard output. */
static void put_program(const struct bpf_program *program, int style, FILE *stream)
{
	if (style > 2)
		put(stream, "%u\n", program->bf_len);
	for (u_int i = 0; i < program->bf_len; i++) {
		const struct bpf_insn *insn = &program->bf_insns[i];
		unsigned code = insn->code, jt = insn->jt, jf = insn->jf, k = insn->k;
		if (style > 2)
			put(stream, "%u %u %u %u\n", code, jt, jf, k);
		else if (style == 2)
			put(stream, "{ 0x%x, %u, %u, 0x%08x },\n", code, jt, jf, k);
		else
			put(stream, "%s\n", bpf_image(insn, (int)i));
	}
}

/* A handle that only compiles. */
static int open_dead(struct synfin_source *dead, const struct synfin_filter_options *options, struct synfin_error *error)
{
	uint32_t snapshot_length = options->snapshot_length ? options->snapshot_length : CAPTURE_SNAPSHOT_LENGTH;
	int dlt = options->link_type ? pcap_datalink_name_to_val(options->link_type) : DLT_EN10MB;
	if (dlt < 0)
		return error_set(error, SYNFIN_E_ARGUMENT, options->link_type, "invalid data link type %s", options->link_type);
	if (snapshot_length > INT_MAX)
		return error_set(error, SYNFIN_E_ARGUMENT, NULL, "invalid snapshot length %u", (unsigned)snapshot_length);
	dead->pcap = pcap_open_dead(dlt, (int)snapshot_length);
	return dead->pcap ? SYNFIN_OK : error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
}

int synfin_filter_print(struct synfin_source *source, const char *expression, const struct synfin_filter_options *options, FILE *stream,
	struct synfin_error *error)
{
	static const struct synfin_filter_options defaults;
	struct synfin_source dead = { .kind = NULL };
	struct bpf_program program;
	int status;

	if (!options)
		options = &defaults;
	if (!source) {
		status = open_dead(&dead, options, error);
		if (status < 0)
			return status;
		source = &dead;
	}
	status = filter_compile(source, &program, expression, !options->no_optimize, error);
	if (status < 0)
		goto out;
	put_program(&program, options->style, stream);
	pcap_freecode(&program);
	if (ferror(stream))
		status = error_set(error, errno == EPIPE ? SYNFIN_E_PIPE : SYNFIN_E_IO, NULL, "Unable to write output: %s", strerror(errno));
out:
	if (dead.pcap)
		pcap_close(dead.pcap);
	return status;
}
