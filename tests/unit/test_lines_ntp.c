/* SPDX-License-Identifier: BSD-3-Clause */
/* NTP, a message each. The expected texts were printed by tcpdump 4.99.3. */
#include "lines_application.h"
#include "suite.h"

#define ZEROS_8 "\000\000\000\000\000\000\000\000"
#define ZEROS_16 ZEROS_8 ZEROS_8

static const struct application_example examples[] = {
	{ "modes and versions, short", 0, false, 123, 123,
	  BYTES("\033\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"),
	  0,
	  "NTPv3, Client, length 48" },
	{ "a reserved mode", 1, false, 123, 123,
	  BYTES("'\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"),
	  0,
	  "NTPv4, Reserved, length 48\n"
	  "\tLeap indicator:  (0)" },
	{ "a server", 1, false, 123, 123,
	  BYTES("$\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"),
	  0,
	  "NTPv4, Server, length 48\n"
	  "\tLeap indicator:  (0), Stratum 2 (secondary reference), poll 6 (64s), precision -20\n"
	  "\tRoot Delay: 1.007858, Root dispersion: 5.023544, Reference-ID: 0x0a010203\n"
	  "\t  Reference Timestamp:  3913056000.500000000 (2024-01-01T00:00:00Z)\n"
	  "\t  Originator Timestamp: 3913056001.000000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Receive Timestamp:    3913056001.250000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Transmit Timestamp:   3913056002.071111110 (2024-01-01T00:00:02Z)\n"
	  "\t    Originator - Receive Timestamp:  +0.250000000\n"
	  "\t    Originator - Transmit Timestamp: +1.071111110" },
	{ "a primary server", 1, false, 123, 123,
	  BYTES("$\001\006\354" "\000\001\002\003\000\005\006\007" "GPS\000" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"),
	  0,
	  "NTPv4, Server, length 48\n"
	  "\tLeap indicator:  (0), Stratum 1 (primary reference), poll 6 (64s), precision -20\n"
	  "\tRoot Delay: 1.007858, Root dispersion: 5.023544, Reference-ID: GPS^@\n"
	  "\t  Reference Timestamp:  3913056000.500000000 (2024-01-01T00:00:00Z)\n"
	  "\t  Originator Timestamp: 3913056001.000000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Receive Timestamp:    3913056001.250000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Transmit Timestamp:   3913056002.071111110 (2024-01-01T00:00:02Z)\n"
	  "\t    Originator - Receive Timestamp:  +0.250000000\n"
	  "\t    Originator - Transmit Timestamp: +1.071111110" },
	{ "a clock that is not synchronized", 1, false, 123, 123,
	  BYTES("\343\000\310\003" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000" ZEROS_8
		"\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"),
	  0,
	  "NTPv4, Client, length 48\n"
	  "\tLeap indicator: clock unsynchronized (192), Stratum 0 (unspecified), poll -56, precision 3\n"
	  "\tRoot Delay: 1.007858, Root dispersion: 5.023544, Reference-ID: (unspec)\n"
	  "\t  Reference Timestamp:  3913056000.500000000 (2024-01-01T00:00:00Z)\n"
	  "\t  Originator Timestamp: 0.000000000\n"
	  "\t  Receive Timestamp:    3913056001.250000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Transmit Timestamp:   3913056002.071111110 (2024-01-01T00:00:02Z)\n"
	  "\t    Originator - Receive Timestamp:  3913056001.250000000 (2024-01-01T00:00:01Z)\n"
	  "\t    Originator - Transmit Timestamp: 3913056002.071111110 (2024-01-01T00:00:02Z)" },
	{ "a reserved stratum", 1, false, 123, 123,
	  BYTES("$\020\376\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"),
	  0,
	  "NTPv4, Server, length 48\n"
	  "\tLeap indicator:  (0), Stratum 16 (reserved), poll -2 (1/4s), precision -20\n"
	  "\tRoot Delay: 1.007858, Root dispersion: 5.023544, Reference-ID: 0x0a010203\n"
	  "\t  Reference Timestamp:  3913056000.500000000 (2024-01-01T00:00:00Z)\n"
	  "\t  Originator Timestamp: 3913056001.000000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Receive Timestamp:    3913056001.250000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Transmit Timestamp:   3913056002.071111110 (2024-01-01T00:00:02Z)\n"
	  "\t    Originator - Receive Timestamp:  +0.250000000\n"
	  "\t    Originator - Transmit Timestamp: +1.071111110" },
	{ "a question for information", 1, false, 123, 123,
	  BYTES("$>\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"),
	  0,
	  "NTPv4, Server, length 48\n"
	  "\tLeap indicator:  (0), Stratum 62 (reserved), poll 6 (64s), precision -20\n"
	  "\tRoot Delay: 1.007858, Root dispersion: 5.023544, Reference-ID: 10.1.2.3 INFO_QUERY" },
	{ "a difference below zero", 1, false, 123, 123,
	  BYTES("$\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\005\000\000\000\007" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"),
	  0,
	  "NTPv4, Server, length 48\n"
	  "\tLeap indicator:  (0), Stratum 2 (secondary reference), poll 6 (64s), precision -20\n"
	  "\tRoot Delay: 1.007858, Root dispersion: 5.023544, Reference-ID: 0x0a010203\n"
	  "\t  Reference Timestamp:  3913056000.500000000 (2024-01-01T00:00:00Z)\n"
	  "\t  Originator Timestamp: 3913056005.000000001 (2024-01-01T00:00:05Z)\n"
	  "\t  Receive Timestamp:    3913056001.250000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Transmit Timestamp:   3913056002.071111110 (2024-01-01T00:00:02Z)\n"
	  "\t    Originator - Receive Timestamp:  -3.750000001\n"
	  "\t    Originator - Transmit Timestamp: -2.928888890" },
	{ "a key without a digest", 1, false, 123, 123,
	  BYTES("$\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx" "\000\000\000\011"),
	  0,
	  "NTPv4, Server, length 52\n"
	  "\tLeap indicator:  (0), Stratum 2 (secondary reference), poll 6 (64s), precision -20\n"
	  "\tRoot Delay: 1.007858, Root dispersion: 5.023544, Reference-ID: 0x0a010203\n"
	  "\t  Reference Timestamp:  3913056000.500000000 (2024-01-01T00:00:00Z)\n"
	  "\t  Originator Timestamp: 3913056001.000000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Receive Timestamp:    3913056001.250000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Transmit Timestamp:   3913056002.071111110 (2024-01-01T00:00:02Z)\n"
	  "\t    Originator - Receive Timestamp:  +0.250000000\n"
	  "\t    Originator - Transmit Timestamp: +1.071111110\n"
	  "\tKey id: 9" },
	{ "an MD5 digest", 1, false, 123, 123,
	  BYTES("$\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"
		"\000\000\000\011\000\001\002\003\004\005\006\007\010\011\012\013\014\015\016\017"),
	  0,
	  "NTPv4, Server, length 68\n"
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
	{ "a SHA-1 digest", 1, false, 123, 123,
	  BYTES("$\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"
		"\000\000\000\011\000\001\002\003\004\005\006\007\010\011\012\013\014\015\016\017\020\021\022\023"),
	  0,
	  "NTPv4, Server, length 72\n"
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
	{ "something else behind the message", 1, false, 123, 123,
	  BYTES("$\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx" "12345678"),
	  0,
	  "NTPv4, Server, length 56\n"
	  "\tLeap indicator:  (0), Stratum 2 (secondary reference), poll 6 (64s), precision -20\n"
	  "\tRoot Delay: 1.007858, Root dispersion: 5.023544, Reference-ID: 0x0a010203\n"
	  "\t  Reference Timestamp:  3913056000.500000000 (2024-01-01T00:00:00Z)\n"
	  "\t  Originator Timestamp: 3913056001.000000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Receive Timestamp:    3913056001.250000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Transmit Timestamp:   3913056002.071111110 (2024-01-01T00:00:02Z)\n"
	  "\t    Originator - Receive Timestamp:  +0.250000000\n"
	  "\t    Originator - Transmit Timestamp: +1.071111110\n"
	  "\t(8 more bytes after the header)" },
	{ "a message that is too short", 1, false, 123, 123,
	  BYTES("$\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000"),
	  0,
	  "NTPv4, Server, length 40\n"
	  "\tLeap indicator:  (0) (invalid)" },
	{ "an empty datagram", 0, false, 123, 123,
	  BYTES(""),
	  0,
	  " [|ntp]" },
	{ "a message that is cut in a time", 1, false, 123, 123,
	  BYTES("$\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"),
	  39,
	  "NTPv4, Server, length 48\n"
	  "\tLeap indicator:  (0), Stratum 2 (secondary reference), poll 6 (64s), precision -20\n"
	  "\tRoot Delay: 1.007858, Root dispersion: 5.023544, Reference-ID: 0x0a010203\n"
	  "\t  Reference Timestamp:  3913056000.500000000 (2024-01-01T00:00:00Z)\n"
	  "\t  Originator Timestamp: 3913056001.000000000 (2024-01-01T00:00:01Z) [|ntp]" },
	{ "a message that is cut in a number", 1, false, 123, 123,
	  BYTES("$\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx"),
	  2,
	  "NTPv4, Server, length 48\n"
	  "\tLeap indicator:  (0), Stratum 2 (secondary reference) [|ntp]" },
	{ "a digest that is cut", 1, false, 123, 123,
	  BYTES("$\002\006\354" "\000\001\002\003\000\005\006\007" "\012\001\002\003" "\351<\177\000\200\000\000\000"
		"\351<\177\001\000\000\000\000" "\351<\177\001@\000\000\000" "\351<\177\002\0224Vx" "\000\000\000\011" ZEROS_16),
	  60,
	  "NTPv4, Server, length 68\n"
	  "\tLeap indicator:  (0), Stratum 2 (secondary reference), poll 6 (64s), precision -20\n"
	  "\tRoot Delay: 1.007858, Root dispersion: 5.023544, Reference-ID: 0x0a010203\n"
	  "\t  Reference Timestamp:  3913056000.500000000 (2024-01-01T00:00:00Z)\n"
	  "\t  Originator Timestamp: 3913056001.000000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Receive Timestamp:    3913056001.250000000 (2024-01-01T00:00:01Z)\n"
	  "\t  Transmit Timestamp:   3913056002.071111110 (2024-01-01T00:00:02Z)\n"
	  "\t    Originator - Receive Timestamp:  +0.250000000\n"
	  "\t    Originator - Transmit Timestamp: +1.071111110\n"
	  "\tKey id: 9 [|ntp]" },
	{ "a control message", 1, false, 123, 123,
	  BYTES("&\202" "\000\005\006\024\000\007\000\000\000\004" "abcd"),
	  0,
	  "NTPv4, Control Message, length 16\n"
	  "\tLeap indicator:  (0), Response, OK, Last, OpCode=2\n"
	  "\tSequence=5, Status=0x614, Assoc.=7, Offset=0, Count=4\n"
	  "\tTO-BE-DONE: data not interpreted" },
	{ "a control message with an error", 1, false, 123, 123,
	  BYTES("&\377" "\000\005\006\024\000\007\000\000\000\000"),
	  0,
	  "NTPv4, Control Message, length 12\n"
	  "\tLeap indicator:  (0), Response, Error, More, OpCode=31\n"
	  "\tSequence=5, Status=0x614, Assoc.=7, Offset=0, Count=0" },
	{ "a count that goes beyond the control message", 1, false, 123, 123,
	  BYTES("&\002" "\000\005\006\024\000\007\000\000\000\011" "abcd"),
	  0,
	  "NTPv4, Control Message, length 16\n"
	  "\tLeap indicator:  (0), Request, OK, Last, OpCode=2\n"
	  "\tSequence=5, Status=0x614, Assoc.=7, Offset=0, Count=9 (invalid)" },
	{ "a control message that is cut", 1, false, 123, 123,
	  BYTES("&\002" "\000\005\006\024\000\007\000\000\000\004" "abcd"),
	  13,
	  "NTPv4, Control Message, length 16\n"
	  "\tLeap indicator:  (0), Request, OK, Last, OpCode=2\n"
	  "\tSequence=5, Status=0x614, Assoc.=7, Offset=0, Count=4 [|ntp]" },
	{ "half a control message", 1, false, 123, 123,
	  BYTES("&\002"),
	  0,
	  "NTPv4, Control Message, length 2\n"
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
