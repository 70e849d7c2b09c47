/* SPDX-License-Identifier: BSD-3-Clause */
/* Lines of application bytes. What is expected was printed by tcpdump 4.99.3. */
#include <stdio.h>

#include "lines_message.h"
#include "suite.h"

/* The end of TCP's own text. */
static const char *after_tcp(const struct example *example)
{
	static char before[40];
	(void)snprintf(before, sizeof before, "win 512, length %zu", example->size);
	return before;
}

/* Requests and responses only. */
static const struct example http_examples[] = {
	{ 0, BYTES("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), 0,
		": HTTP: GET / HTTP/1.1" },
	{ 1, BYTES("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), 0,
		": HTTP, length: 27\n"
		"\tGET / HTTP/1.1\n"
		"\tHost: x\n"
		"\t" },
	{ 0, BYTES("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), 8,
		": HTTP [|http]" },
	{ 0, BYTES("HTTP/1.1 200 OK\r\n\r\n<html>"), 0,
		": HTTP: HTTP/1.1 200 OK" },
	{ 1, BYTES("HTTP/1.1 404 No\nA: b\r\n\x00\x01" "bin"), 0,
		": HTTP, length: 27\n"
		"\tHTTP/1.1 404 No\n"
		"\tA: b" },
	{ 0, BYTES("get /\r\n"), 0,
		": HTTP: get /" },
	{ 0, BYTES("FOO /\r\n"), 0,
		": HTTP" },
	{ 0, BYTES("FOO 2000\r\n"), 0,
		": HTTP" },
	{ 0, BYTES("binary\x00\r\n"), 0,
		": HTTP" },
	{ 0, BYTES("GET /\x01\r\n"), 0,
		": HTTP" },
	{ 0, BYTES("GET /\tx\r\n"), 0,
		": HTTP: GET /\tx" },
	{ 0, BYTES("GET /"), 0,
		": HTTP: GET / [|http]" },
	{ 0, BYTES("GET /\r"), 0,
		": HTTP" },
	{ 0, BYTES("GET /\rx\n"), 0,
		": HTTP" },
	{ 1, BYTES("GET /\r\nA: \x80\r\n"), 0,
		": HTTP, length: 13\n"
		"\tGET /" },
};

START_TEST(http)
{
	expect_example(4, 6, 80, after_tcp(&http_examples[_i]), &http_examples[_i]);
}
END_TEST

/* Whatever is text. */
static const struct example smtp_examples[] = {
	{ 0, BYTES("220 mx ready\r\n"), 0,
		": SMTP: 220 mx ready" },
	{ 0, BYTES("any text\n"), 0,
		": SMTP: any text" },
	{ 1, BYTES("a\nb\nc"), 0,
		": SMTP, length: 5\n"
		"\ta\n"
		"\tb\n"
		"\tc [|smtp]" },
	{ 0, BYTES("\r\n"), 0,
		": SMTP: " },
	{ 0, BYTES("\xff\r\n"), 0,
		": SMTP" },
	{ 0, BYTES("EHLO x\r\n"), 3,
		": SMTP [|smtp]" },
};

START_TEST(smtp)
{
	expect_example(4, 6, 25, after_tcp(&smtp_examples[_i]), &smtp_examples[_i]);
}
END_TEST

/* The identification string. */
static const struct example ssh_examples[] = {
	{ 0, BYTES("SSH-2.0-OpenSSH_9\r\n"), 0,
		": SSH: SSH-2.0-OpenSSH_9" },
	{ 1, BYTES("SSH-2.0-x\nmore\n"), 0,
		": SSH: SSH-2.0-x" },
	{ 0, BYTES("SSH-2.0-x"), 0,
		"" },
	{ 0, BYTES("SSH-2.0-x\r\n"), 6,
		" [|ssh]" },
	{ 0, BYTES("hello\n"), 0,
		"" },
	{ 0, BYTES("SSH-\x01\n"), 0,
		"" },
	{ 0, BYTES("SS"), 0,
		" [|ssh]" },
};

START_TEST(ssh)
{
	expect_example(4, 6, 22, after_tcp(&ssh_examples[_i]), &ssh_examples[_i]);
}
END_TEST

/* Commands before text. */
static const struct example telnet_examples[] = {
	{ 0, BYTES("\xff\xfb\x01\xff\xfd\x03"), 0,
		" [telnet WILL ECHO, DO SUPPRESS GO AHEAD]" },
	{ 0, BYTES("\xff\xfa\x18\x01\xff\xf0\xff\xf1"), 0,
		" [telnet SB TERMINAL TYPE SEND SE, NOP]" },
	{ 0, BYTES("\xff\xfa%\x01\x02\x07\xff\xf0"), 0,
		" [telnet SB AUTHENTICATION SEND KERBEROS_V5 0x7 SE]" },
	{ 0, BYTES("\xff\xff"), 0,
		" [telnet IAC IAC]" },
	{ 0, BYTES("login: "), 0,
		"" },
	{ 0, BYTES("\xff\xfe" "c"), 0,
		" [telnet DONT 0x63]" },
	{ 0, BYTES("\xff\xfb"), 0,
		"" },
	{ 0, BYTES("\xff\xfa\x18\x00xterm\xff"), 0,
		" [telnet SB TERMINAL TYPE IS 0x78 0x74 0x65 0x72 0x6d SE [|telnet]" },
};

START_TEST(telnet)
{
	expect_example(4, 6, 23, after_tcp(&telnet_examples[_i]), &telnet_examples[_i]);
}
END_TEST

/* Values of Redis. */
static const struct example resp_examples[] = {
	{ 0, BYTES("*2\r\n$3\r\nGET\r\n$1\r\nk\r\n"), 0,
		": RESP \"GET\" \"k\"" },
	{ 0, BYTES("+OK\r\n-ERR\r\n:7\r\n"), 0,
		": RESP \"OK\" \"ERR\" \"7\"" },
	{ 0, BYTES("$-1\r\n*0\r\n"), 0,
		": RESP null empty" },
	{ 0, BYTES("PING\r\n"), 0,
		": RESP \"PING\"" },
	{ 0, BYTES("$x\r\n"), 0,
		": RESP invalid [|resp]" },
	{ 0, BYTES("$-7\r\n"), 0,
		": RESP length negative and not -1" },
	{ 0, BYTES("$99999999999\r\n"), 0,
		": RESP length too large" },
	{ 0, BYTES("*3\r\n+a\r\n"), 0,
		": RESP \"a\" [|resp]" },
	{ 0, BYTES("$3\r\n\x00\xff" "a\r\n"), 0,
		": RESP \"^@M-^?a\"" },
	{ 0, BYTES("+OK\r\n"), 3,
		": RESP [|resp]" },
};

START_TEST(resp)
{
	expect_example(4, 6, 6379, after_tcp(&resp_examples[_i]), &resp_examples[_i]);
}
END_TEST

/* Over UDP there is nothing before the name. */
static const struct example sip_examples[] = {
	{ 0, BYTES("INVITE sip:a SIP/2.0\r\nVia: b\r\n\r\n"), 0,
		"SIP: INVITE sip:a SIP/2.0" },
	{ 1, BYTES("SIP/2.0 200 OK\r\n\r\n"), 0,
		"SIP, length: 18\n"
		"\tSIP/2.0 200 OK\n"
		"\t" },
	{ 0, BYTES("junk\r\n"), 0,
		"SIP" },
};

START_TEST(sip)
{
	expect_example(4, 17, 5060, "10.0.0.1.1000 > 10.0.0.2.5060: ", &sip_examples[_i]);
}
END_TEST

static Suite *lines_text_suite(void)
{
	Suite *suite = suite_create("lines/text");
	TCase *tests = tcase_create("messages");
	tcase_add_loop_test(tests, http, 0, sizeof http_examples / sizeof *http_examples);
	tcase_add_loop_test(tests, smtp, 0, sizeof smtp_examples / sizeof *smtp_examples);
	tcase_add_loop_test(tests, ssh, 0, sizeof ssh_examples / sizeof *ssh_examples);
	tcase_add_loop_test(tests, telnet, 0, sizeof telnet_examples / sizeof *telnet_examples);
	tcase_add_loop_test(tests, resp, 0, sizeof resp_examples / sizeof *resp_examples);
	tcase_add_loop_test(tests, sip, 0, sizeof sip_examples / sizeof *sip_examples);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return suite_main(lines_text_suite());
}
