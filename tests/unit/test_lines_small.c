/* SPDX-License-Identifier: BSD-3-Clause */
/* TFTP and syslog, a datagram each. The expected texts were printed by tcpdump 4.99.3. */
#include "lines_application.h"
#include "suite.h"

static const struct application_example tftp[] = {
	{ .what = "a request with options", .source = 1000, .destination = 69, BYTES("\0\1rfc1350.txt\0octet\0tsize\0" "0\0timeout\0" "6\0"),
	  .text = "TFTP, length 38, RRQ \"rfc1350.txt\" octet tsize 0 timeout 6" },
	{ .what = "a request to write, option without end", .source = 1000, .destination = 69, BYTES("\0\2b\0mail\0x"),
	  .text = "TFTP, length 10, WRQ \"b\" mail x [|tftp]" },
	{ .what = "a request without mode", .source = 1000, .destination = 69, BYTES("\0\1a\0"), .text = "TFTP, length 4, RRQ \"a\" [|tftp]" },
	{ .what = "a request without name", .source = 1000, .destination = 69, BYTES("\0\1"), .text = "TFTP, length 2, RRQ [|tftp]" },
	{ .what = "a request cut before its mode", .source = 1000, .destination = 69, BYTES("\0\1a\0octet\0"), .captured = 4,
	  .text = "TFTP, length 10, RRQ \"a\"  [|tftp]" },
	{ .what = "bytes that are no text", .source = 1000, .destination = 69, BYTES("\0\1a\1b\377c\"\0oc\2tet\0\0"),
	  .text = "TFTP, length 17, RRQ \"a^AbM-^?c\"\" oc^Btet" },
	{ .what = "data", .source = 69, .destination = 1000, BYTES("\0\3\0\5hello"), .text = "TFTP, length 9, DATA block 5" },
	{ .what = "data without number", .source = 69, .destination = 1000, BYTES("\0\3\0"), .text = "TFTP, length 3, DATA [|tftp]" },
	{ .what = "an acknowledgment that is cut", .source = 69, .destination = 1000, BYTES("\0\4\0\7"), .captured = 3, .text = "TFTP, length 4, ACK [|tftp]" },
	{ .what = "an error", .source = 69, .destination = 1000, BYTES("\0\5\0\1oops\0"), .text = "TFTP, length 9, ERROR ENOTFOUND \"oops\"" },
	{ .what = "an unknown error", .source = 69, .destination = 1000, BYTES("\0\5\0\10oops\0"),
	  .text = "TFTP, length 9, ERROR tftp-err-#8 \" \"oops\"" },
	{ .what = "an error without text", .source = 69, .destination = 1000, BYTES("\0\5\0\1"), .text = "TFTP, length 4, ERROR ENOTFOUND [|tftp]" },
	{ .what = "options acknowledged", .source = 69, .destination = 1000, BYTES("\0\6blksize\0" "1432\0\0tsize\0" "12\0"),
	  .text = "TFTP, length 25, OACK blksize 1432 tsize 12" },
	{ .what = "an unknown operation", .source = 69, .destination = 1000, BYTES("\1\1x"), .text = "TFTP, length 3, tftp-#257" },
	{ .what = "nearly nothing", .source = 69, .destination = 1000, BYTES("\0"), .text = "TFTP, length 1 [|tftp]" },
};

static const struct application_example syslog[] = {
	{ .what = "a message", .source = 1000, .destination = 514, BYTES("<30>Oct 10 hello\n"), .text = "SYSLOG daemon.info, length: 17" },
	{ .what = "highest priority", .source = 1000, .destination = 514, BYTES("<0>x"), .text = "SYSLOG kernel.emergency, length: 4" },
	{ .what = "unknown facility", .source = 1000, .destination = 514, BYTES("<999>y"), .text = "SYSLOG unknown (124).debug, length: 6" },
	{ .what = "no digits", .source = 1000, .destination = 514, BYTES("<>abc"), .text = "SYSLOG kernel.emergency, length: 5" },
	{ .what = "too many digits", .source = 1000, .destination = 514, BYTES("<9999>y"), .text = " (invalid)" },
	{ .what = "no priority", .source = 1000, .destination = 514, BYTES("30>x"), .text = " (invalid)" },
	{ .what = "a priority that is cut", .source = 1000, .destination = 514, BYTES("<30>x"), .captured = 3, .text = " [|syslog]" },
	{ .what = "a priority without end", .source = 1000, .destination = 514, BYTES("<30"), .text = " [|syslog]" },
	{ .what = "the message itself", .verbose = 1, .source = 1000, .destination = 514, BYTES("<14>abc\1\377\tq\r\n"),
	  .text = "SYSLOG, length: 13\n\tFacility user (1), Severity info (6)\n\tMsg: abc^AM-^?^Iq^M^J" },
	{ .what = "a message that is cut", .verbose = 1, .source = 1000, .destination = 514, BYTES("<34>abc"), .captured = 6,
	  .text = "SYSLOG, length: 7\n\tFacility auth (4), Severity critical (2)\n\tMsg: ab [|syslog]" },
	{ .what = "its bytes", .verbose = 2, .source = 1000, .destination = 514, BYTES("<191>x"),
	  .text = "SYSLOG, length: 6\n\tFacility local7 (23), Severity debug (7)\n\tMsg: x\n\t0x0000:  3c31 3931 3e78" },
};

START_TEST(prints_tftp)
{
	application_check(&tftp[_i]);
}
END_TEST

START_TEST(prints_syslog)
{
	application_check(&syslog[_i]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("lines small");
	TCase *messages = tcase_create("messages");

	tcase_add_loop_test(messages, prints_tftp, 0, sizeof tftp / sizeof *tftp);
	tcase_add_loop_test(messages, prints_syslog, 0, sizeof syslog / sizeof *syslog);
	suite_add_tcase(suite, messages);
	return suite_main(suite);
}
