/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * tcpdump's line for a packet.
 *
 * A line is made in two calls, so that an annotation can stand between what the packet is and its bytes: line_text() appends number, time
 * stamp and the text of every layer (more than one text line with -v), line_rest() the hex dump that was asked for and the newline.
 * What tcpdump 4.99.3 prints is right, byte for byte; the rules observed are in the tests (tests/conformance).
 *
 * A printer keeps what tcpdump keeps from packet to packet: the bases of relative sequence numbers and the times that differences
 * are taken from. Text from packets is written as tcpdump writes it, which never emits a control byte from a packet other than what its
 * own -A dump does.
 */
#ifndef SYNFIN_LINES_LINE_H
#define SYNFIN_LINES_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <synfin/packet.h>
#include <synfin/status.h>

#include "base/output.h"

struct hosts;
struct vendors;

enum line_time {
	LINE_TIME_CLOCK,    /* hh:mm:ss.frac in local time */
	LINE_TIME_NONE,     /* -t */
	LINE_TIME_EPOCH,    /* -tt */
	LINE_TIME_DELTA,    /* -ttt: since the previous line */
	LINE_TIME_DATE,     /* -tttt: date and clock in local time */
	LINE_TIME_ELAPSED,  /* -ttttt: since the first line */
};

/* A zeroed struct is tcpdump without options. */
struct line_options {
	unsigned verbose;         /* count of -v, 0 to 3 */
	unsigned quick;           /* count of -q */
	unsigned numeric;         /* count of -n: 0 prints ports (and protocols, MAC vendors) by name */
	unsigned hex;             /* count of -x: 2 dumps the link header too */
	unsigned hex_ascii;       /* count of -X */
	unsigned ascii;           /* count of -A */
	enum line_time time;
	bool nanoseconds;         /* nine digits instead of six */
	bool number;              /* -#: the frame's number first */
	bool link_header;         /* -e */
	bool absolute;            /* -S */
	bool no_checksums;        /* -K */
	bool suppress_default;    /* a packet without a printer gets no default dump (set by the program as tcpdump does for -q, -x and -X) */
	const char *md5_secret;   /* -M; NULL without */
	struct hosts *hosts;      /* names of addresses, names/hosts.h; NULL prints numbers */
	struct vendors *vendors;  /* makers that tcpdump does not know, names/vendors.h; NULL: nobody does */
};

struct line_printer;

/* options are copied (what they point to is not: it must outlive the printer). SYNFIN_E_MEMORY, SYNFIN_E_IO. */
int line_printer_create(struct line_printer **printer, const struct line_options *options, struct synfin_error *error);
void line_printer_destroy(struct line_printer *printer);

/*
 * Append the packet's text, without a newline at its end. Returns the offset in *out (an output_length()) of the end of the text line
 * that carries the TCP summary (`Flags [..], seq ..`): where an annotation belongs; normally the end of what was appended.
 *
 * packet->length must be the record's own, also where it is less than what was captured (decode_frame() raises it then): a record header
 * that contradicts itself is all that is printed of its packet.
 */
size_t line_text(struct line_printer *printer, const struct synfin_packet *packet, struct output *out);
/* As synfin_sink.ahead. */
bool line_ahead(struct line_printer *printer, const struct synfin_packet *packets, unsigned count);
/* Append the dump (-x, -X, -A), if any, and the newline. For the packet of the last line_text(). */
void line_rest(struct line_printer *printer, const struct synfin_packet *packet, struct output *out);

#endif
