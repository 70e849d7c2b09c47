/* SPDX-License-Identifier: BSD-3-Clause */
/* NTP, a message each. The expected texts were printed by tcpdump 4.99.3. */
#include "lines_application.h"
#include "suite.h"

#define ZEROS_8 "\000\000\000\000\000\000\000\000"
#define ZEROS_16 ZEROS_8 ZEROS_8

static const struct application_example examples[] = {
	{ .what = "modes and versions, short", .source = 123, .destination = 123,
	  BYTES("\033\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"),
	  .text = "NTPv3, Client, length 48" },
	{ .what = "a reserved mode", .verbose = 1, .source = 123, .destination = 123,
	  BYTES("'\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"),
	  .text = "NTPv4, Reserved, length 48\n"
	  "\tLeap indicator:  (0)" },
	{ .what = "a server", .verbose = 1, .source = 123, .destination = 123,
	  BYTES("$\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"),
	  .text = "NTPv4, Server, length 48\n"
	  "\tLeap indicator:  (0), Stratum 2 (secondary reference), poll 6 (64s), precision -20\n"
	  "\tRoot Delay: 1.007858, Root dispersion: 5.023544, Reference-ID: 0x0a010203\n"
	  "\t  Reference Timestamp:  3913056000.500000000 (2024-01-01T00:00:00Z)\n"
	  "\t  Originator Timestamp: 3913056001.000000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Receive Timestamp:    3913056001.250000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Transmit Timestamp:   3913056002.071111110 (2024-01-01T00:00:02Z)\n"
	  "\t    Originator - Receive Timestamp:  +0.250000000\n"
	  "\t    Originator - Transmit Timestamp: +1.071111110" },
	{ .what = "a primary server", .verbose = 1, .source = 123, .destination = 123,
	  BYTES("$\001\006\354" "\000\001\002\003\000\005\006\007" "GPS\000" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"),
	  .text = "NTPv4, Server, length 48\n"
	  "\tLeap indicator:  (0), Stratum 1 (primary reference), poll 6 (64s), precision -20\n"
	  "\tRoot Delay: 1.007858, Root dispersion: 5.023544, Reference-ID: GPS^@\n"
	  "\t  Reference Timestamp:  3913056000.500000000 (2024-01-01T00:00:00Z)\n"
	  "\t  Originator Timestamp: 3913056001.000000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Receive Timestamp:    3913056001.250000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Transmit Timestamp:   3913056002.071111110 (2024-01-01T00:00:02Z)\n"
	  "\t    Originator - Receive Timestamp:  +0.250000000\n"
	  "\t    Originator - Transmit Timestamp: +1.071111110" },
	{ .what = "a clock that is not synchronized", .verbose = 1, .source = 123, .destination = 123,
	  BYTES("\343\000\310\003" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000" ZEROS_8
		"\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"),
	  .text = "NTPv4, Client, length 48\n"
	  "\tLeap indicator: clock unsynchronized (192), Stratum 0 (unspecified), poll -56, precision 3\n"
	  "\tRoot Delay: 1.007858, Root dispersion: 5.023544, Reference-ID: (unspec)\n"
	  "\t  Reference Timestamp:  3913056000.500000000 (2024-01-01T00:00:00Z)\n"
	  "\t  Originator Timestamp: 0.000000000\n"
	  "\t  Receive Timestamp:    3913056001.250000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Transmit Timestamp:   3913056002.071111110 (2024-01-01T00:00:02Z)\n"
	  "\t    Originator - Receive Timestamp:  3913056001.250000000 (2024-01-01T00:00:01Z)\n"
	  "\t    Originator - Transmit Timestamp: 3913056002.071111110 (2024-01-01T00:00:02Z)" },
	{ .what = "a reserved stratum", .verbose = 1, .source = 123, .destination = 123,
	  BYTES("$\020\376\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"),
	  .text = "NTPv4, Server, length 48\n"
	  "\tLeap indicator:  (0), Stratum 16 (reserved), poll -2 (1/4s), precision -20\n"
	  "\tRoot Delay: 1.007858, Root dispersion: 5.023544, Reference-ID: 0x0a010203\n"
	  "\t  Reference Timestamp:  3913056000.500000000 (2024-01-01T00:00:00Z)\n"
	  "\t  Originator Timestamp: 3913056001.000000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Receive Timestamp:    3913056001.250000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Transmit Timestamp:   3913056002.071111110 (2024-01-01T00:00:02Z)\n"
	  "\t    Originator - Receive Timestamp:  +0.250000000\n"
	  "\t    Originator - Transmit Timestamp: +1.071111110" },
	{ .what = "a question for information", .verbose = 1, .source = 123, .destination = 123,
	  BYTES("$>\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"),
	  .text = "NTPv4, Server, length 48\n"
	  "\tLeap indicator:  (0), Stratum 62 (reserved), poll 6 (64s), precision -20\n"
	  "\tRoot Delay: 1.007858, Root dispersion: 5.023544, Reference-ID: 10.1.2.3 INFO_QUERY" },
	{ .what = "a difference below zero", .verbose = 1, .source = 123, .destination = 123,
	  BYTES("$\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\005\000\000\000\007" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"),
	  .text = "NTPv4, Server, length 48\n"
	  "\tLeap indicator:  (0), Stratum 2 (secondary reference), poll 6 (64s), precision -20\n"
	  "\tRoot Delay: 1.007858, Root dispersion: 5.023544, Reference-ID: 0x0a010203\n"
	  "\t  Reference Timestamp:  3913056000.500000000 (2024-01-01T00:00:00Z)\n"
	  "\t  Originator Timestamp: 3913056005.000000001 (2024-01-01T00:00:05Z)\n"
	  "\t  Receive Timestamp:    3913056001.250000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Transmit Timestamp:   3913056002.071111110 (2024-01-01T00:00:02Z)\n"
	  "\t    Originator - Receive Timestamp:  -3.750000001\n"
	  "\t    Originator - Transmit Timestamp: -2.928888890" },
	{ .what = "a key without a digest", .verbose = 1, .source = 123, .destination = 123,
	  BYTES("$\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx" "\000\000\000\011"),
	  .text = "NTPv4, Server, length 52\n"
	  "\tLeap indicator:  (0), Stratum 2 (secondary reference), poll 6 (64s), precision -20\n"
	  "\tRoot Delay: 1.007858, Root dispersion: 5.023544, Reference-ID: 0x0a010203\n"
	  "\t  Reference Timestamp:  3913056000.500000000 (2024-01-01T00:00:00Z)\n"
	  "\t  Originator Timestamp: 3913056001.000000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Receive Timestamp:    3913056001.250000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Transmit Timestamp:   3913056002.071111110 (2024-01-01T00:00:02Z)\n"
	  "\t    Originator - Receive Timestamp:  +0.250000000\n"
	  "\t    Originator - Transmit Timestamp: +1.071111110\n"
	  "\tKey id: 9" },
	{ .what = "an MD5 digest", .verbose = 1, .source = 123, .destination = 123,
	  BYTES("$\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"
		"\000\000\000\011\000\001\002\003\004\005\006\007\010\011\012\013\014\015\016\017"),
	  .text = "NTPv4, Server, length 68\n"
	  "\tLeap indicator:  (0), Stratum 2 (secondary reference), poll 6 (64s), precision -20\n"
	  "\tRoot Delay: 1.007858, Root dispersion: 5.023544, Reference-ID: 0x0a010203\n"
	  "\t  Reference Timestamp:  3913056000.500000000 (2024-01-01T00:00:00Z)\n"
	  "\t  Originator Timestamp: 3913056001.000000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Receive Timestamp:    3913056001.250000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Transmit Timestamp:   3913056002.071111110 (2024-01-01T00:00:02Z)\n"
	  "\t    Originator - Receive Timestamp:  +0.250000000\n"
	  "\t    Originator - Transmit Timestamp: +1.071111110\n"
	  "\tKey id: 9\n"
	  "\tAuthentication: 000102030405060708090a0b0c0d0e0f" },
	{ .what = "a SHA-1 digest", .verbose = 1, .source = 123, .destination = 123,
	  BYTES("$\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"
		"\000\000\000\011\000\001\002\003\004\005\006\007\010\011\012\013\014\015\016\017\020\021\022\023"),
	  .text = "NTPv4, Server, length 72\n"
	  "\tLeap indicator:  (0), Stratum 2 (secondary reference), poll 6 (64s), precision -20\n"
	  "\tRoot Delay: 1.007858, Root dispersion: 5.023544, Reference-ID: 0x0a010203\n"
	  "\t  Reference Timestamp:  3913056000.500000000 (2024-01-01T00:00:00Z)\n"
	  "\t  Originator Timestamp: 3913056001.000000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Receive Timestamp:    3913056001.250000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Transmit Timestamp:   3913056002.071111110 (2024-01-01T00:00:02Z)\n"
	  "\t    Originator - Receive Timestamp:  +0.250000000\n"
	  "\t    Originator - Transmit Timestamp: +1.071111110\n"
	  "\tKey id: 9\n"
	  "\tAuthentication: 000102030405060708090a0b0c0d0e0f10111213" },
	{ .what = "something else behind the message", .verbose = 1, .source = 123, .destination = 123,
	  BYTES("$\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx" "12345678"),
	  .text = "NTPv4, Server, length 56\n"
	  "\tLeap indicator:  (0), Stratum 2 (secondary reference), poll 6 (64s), precision -20\n"
	  "\tRoot Delay: 1.007858, Root dispersion: 5.023544, Reference-ID: 0x0a010203\n"
	  "\t  Reference Timestamp:  3913056000.500000000 (2024-01-01T00:00:00Z)\n"
	  "\t  Originator Timestamp: 3913056001.000000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Receive Timestamp:    3913056001.250000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Transmit Timestamp:   3913056002.071111110 (2024-01-01T00:00:02Z)\n"
	  "\t    Originator - Receive Timestamp:  +0.250000000\n"
	  "\t    Originator - Transmit Timestamp: +1.071111110\n"
	  "\t(8 more bytes after the header)" },
	{ .what = "a message that is too short", .verbose = 1, .source = 123, .destination = 123,
	  BYTES("$\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000"),
	  .text = "NTPv4, Server, length 40\n"
	  "\tLeap indicator:  (0) (invalid)" },
	{ .what = "an empty datagram", .source = 123, .destination = 123,
	  BYTES(""),
	  .text = " [|ntp]" },
	{ .what = "an empty datagram before the end of the IP packet", .source = 123, .destination = 123, .declared = 8,
	  BYTES("$\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"),
	  .text = "NTPv4, Server, length 0" },
	{ .what = "a message that is cut in a time", .verbose = 1, .source = 123, .destination = 123, .captured = 39,
	  BYTES("$\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"),
	  .text = "NTPv4, Server, length 48\n"
	  "\tLeap indicator:  (0), Stratum 2 (secondary reference), poll 6 (64s), precision -20\n"
	  "\tRoot Delay: 1.007858, Root dispersion: 5.023544, Reference-ID: 0x0a010203\n"
	  "\t  Reference Timestamp:  3913056000.500000000 (2024-01-01T00:00:00Z)\n"
	  "\t  Originator Timestamp: 3913056001.000000000 (2024-01-01T00:00:01Z) [|ntp]" },
	{ .what = "a message that is cut in a number", .verbose = 1, .source = 123, .destination = 123, .captured = 2,
	  BYTES("$\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"),
	  .text = "NTPv4, Server, length 48\n"
	  "\tLeap indicator:  (0), Stratum 2 (secondary reference) [|ntp]" },
	{ .what = "a digest that is cut", .verbose = 1, .source = 123, .destination = 123, .captured = 60,
	  BYTES("$\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx" "\000\000\000\011" ZEROS_16),
	  .text = "NTPv4, Server, length 68\n"
	  "\tLeap indicator:  (0), Stratum 2 (secondary reference), poll 6 (64s), precision -20\n"
	  "\tRoot Delay: 1.007858, Root dispersion: 5.023544, Reference-ID: 0x0a010203\n"
	  "\t  Reference Timestamp:  3913056000.500000000 (2024-01-01T00:00:00Z)\n"
	  "\t  Originator Timestamp: 3913056001.000000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Receive Timestamp:    3913056001.250000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Transmit Timestamp:   3913056002.071111110 (2024-01-01T00:00:02Z)\n"
	  "\t    Originator - Receive Timestamp:  +0.250000000\n"
	  "\t    Originator - Transmit Timestamp: +1.071111110\n"
	  "\tKey id: 9 [|ntp]" },
	{ .what = "a control message", .verbose = 1, .source = 123, .destination = 123,
	  BYTES("&\202" "\000\005\006\024\000\007\000\000\000\004" "abcd"),
	  .text = "NTPv4, Control Message, length 16\n"
	  "\tLeap indicator:  (0), Response, OK, Last, OpCode=2\n"
	  "\tSequence=5, Status=0x614, Assoc.=7, Offset=0, Count=4\n"
	  "\tTO-BE-DONE: data not interpreted" },
	{ .what = "a control message with an error", .verbose = 1, .source = 123, .destination = 123,
	  BYTES("&\377" "\000\005\006\024\000\007\000\000\000\000"),
	  .text = "NTPv4, Control Message, length 12\n"
	  "\tLeap indicator:  (0), Response, Error, More, OpCode=31\n"
	  "\tSequence=5, Status=0x614, Assoc.=7, Offset=0, Count=0" },
	{ .what = "a count that goes beyond the control message", .verbose = 1, .source = 123, .destination = 123,
	  BYTES("&\002" "\000\005\006\024\000\007\000\000\000\011" "abcd"),
	  .text = "NTPv4, Control Message, length 16\n"
	  "\tLeap indicator:  (0), Request, OK, Last, OpCode=2\n"
	  "\tSequence=5, Status=0x614, Assoc.=7, Offset=0, Count=9 (invalid)" },
	{ .what = "a control message that is cut", .verbose = 1, .source = 123, .destination = 123, .captured = 13,
	  BYTES("&\002" "\000\005\006\024\000\007\000\000\000\004" "abcd"),
	  .text = "NTPv4, Control Message, length 16\n"
	  "\tLeap indicator:  (0), Request, OK, Last, OpCode=2\n"
	  "\tSequence=5, Status=0x614, Assoc.=7, Offset=0, Count=4 [|ntp]" },
	{ .what = "half a control message", .verbose = 1, .source = 123, .destination = 123,
	  BYTES("&\002"),
	  .text = "NTPv4, Control Message, length 2\n"
	  "\tLeap indicator:  (0) (invalid)" },
};

START_TEST(prints_as_tcpdump)
{
	application_check(&examples[_i]);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("lines_ntp");
	TCase *tcase = tcase_create("examples");
	tcase_add_loop_test(tcase, prints_as_tcpdump, 0, (int)(sizeof examples / sizeof *examples));
	suite_add_tcase(suite, tcase);
	return suite;
}

int main(void)
{
	return suite_main(make_suite());
}
