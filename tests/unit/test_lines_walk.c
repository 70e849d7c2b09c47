/* SPDX-License-Identifier: BSD-3-Clause */
/* The frame of a line: number, time stamp, record headers that make no sense, summary, dump; and names. */
#include <arpa/inet.h>
#include <netdb.h>
#include <stdint.h>

#include "lines/print.h"
#include "lines_text.h"
#include "names/services.h"
#include "names/vendors.h"
#include "suite.h"

/* Ethernet, IPv4, TCP: 10.0.0.1.40000 > 10.0.0.2.80, a segment with 16 bytes of HTTP. */
static const uint8_t segment[] = {
	0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff, 0x08, 0x00, 0x45, 0x00, 0x00, 0x38, 0x00, 0x01, 0x00, 0x00,
	0x40, 0x06, 0x66, 0xbd, 0x0a, 0x00, 0x00, 0x01, 0x0a, 0x00, 0x00, 0x02, 0x9c, 0x40, 0x00, 0x50, 0x00, 0x00, 0x00, 0x64, 0x00, 0x00,
	0x00, 0xc8, 0x50, 0x18, 0x20, 0x00, 0x00, 0x00, 0x00, 0x00, 'G', 'E', 'T', ' ', '/', ' ', 'H', 'T', 'T', 'P', '/', '1', '.', '1',
	'\r', '\n',
};

static struct synfin_packet whole_segment(void)
{
	return packet_of(SYNFIN_LINK_ETHERNET, segment, sizeof segment, sizeof segment);
}

START_TEST(record_headers)
{
	static const struct line_options options = { .numeric = 1, .number = true, .hex = 2 };
	static const struct {
		uint32_t captured, length;
		const char *line;
	} examples[] = {
		{ 0, 10, "    7  [Invalid header: caplen==0]\n" },
		{ 0, 0, "    7  [Invalid header: caplen==0, len==0]\n" },
		{ 14, 0, "    7  [Invalid header: len==0]\n" },
		{ 14, 10, "    7  [Invalid header: len(10) < caplen(14)]\n" },
		{ 0, 300000, "    7  [Invalid header: caplen==0, len(300000) > 262144]\n" },
		{ 14, 262145, "    7  [Invalid header: len(262145) > 262144]\n" },
	};
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
		struct synfin_packet packet = packet_of(SYNFIN_LINK_ETHERNET, segment, examples[i].captured, examples[i].length);
		expect_line(&options, &packet, examples[i].line);
	}
	struct synfin_packet packet = whole_segment();
	packet.captured = 262200;
	packet.length = 262150;
	expect_line(&options, &packet,
	            "    7  [Invalid header: len(262150) < caplen(262200), caplen(262200) > 262144, len(262150) > 262144]\n");
}
END_TEST

START_TEST(wide_numbers)
{
	static const struct line_options options = { .numeric = 1, .number = true, .time = LINE_TIME_EPOCH };
	struct synfin_packet packet = packet_of(SYNFIN_LINK_ETHERNET, segment, 13, 60);
	packet.frame = 1234567;
	expect_line(&options, &packet, "1234567  1.000000  [|ether]\n");
}
END_TEST

/* Hard truncation: the dump begins at the link header. Soft: behind it, where nothing is left. */
START_TEST(dump_of_cut_packets)
{
	static const struct line_options options = { .numeric = 1, .time = LINE_TIME_NONE, .hex = 1 };
	struct synfin_packet packet = packet_of(SYNFIN_LINK_ETHERNET, segment, 13, 60);
	expect_line(&options, &packet, " [|ether]\n");
	packet = packet_of(SYNFIN_LINK_ETHERNET, segment, 14, 60);
	expect_line(&options, &packet, " [|ip]\n\t0x0000:  0011 2233 4455 aabb ccdd eeff 0800\n");
}
END_TEST

/* The summary ends before the text of the application, on the line of the TCP header. */
START_TEST(summary)
{
	static const char *const summaries[] = {
		"IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [P.], seq 100:116, ack 200, win 8192, length 16: HTTP: GET / HTTP/1.1",
		"IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto TCP (6), length 56)\n"
		"    10.0.0.1.40000 > 10.0.0.2.80: Flags [P.], seq 100:116, ack 200, win 8192, length 16: HTTP, length: 16",
	};
	for (unsigned verbose = 0; verbose < 2; verbose++) {
		struct line_options options = { .numeric = 1, .time = LINE_TIME_NONE, .verbose = verbose, .no_checksums = true };
		struct line_printer *printer;
		struct output out;
		ck_assert_int_eq(line_printer_create(&printer, &options, NULL), 0);
		output_init(&out, NULL, NULL, 0);
		output_text(&out, "before\n");
		struct synfin_packet packet = whole_segment();
		size_t end = line_text(printer, &packet, &out) - strlen("before\n");
		ck_assert_uint_eq(end, strlen(summaries[verbose]));
		ck_assert_int_eq(memcmp(text_of(&out) + strlen("before\n"), summaries[verbose], end), 0);
		output_free(&out);
		line_printer_destroy(printer);
	}
}
END_TEST

/* An ICMP error that quotes an ICMP error that quotes ...: the walk has an end. */
START_TEST(quotes_without_end)
{
	static const struct line_options options = { .numeric = 1, .time = LINE_TIME_NONE, .verbose = 3 };
	static uint8_t bytes[28 * 2300];
	for (size_t at = 0; at < sizeof bytes; at += 28) {
		uint8_t *p = bytes + at;
		p[0] = 0x45;
		p[2] = (uint8_t)((sizeof bytes - at) >> 8);
		p[3] = (uint8_t)(sizeof bytes - at);
		p[8] = 64;
		p[9] = 1;
		p[20] = 3;
	}
	struct line_printer *printer;
	struct output out;
	ck_assert_int_eq(line_printer_create(&printer, &options, NULL), 0);
	output_init(&out, NULL, NULL, 0);
	struct synfin_packet packet = packet_of(SYNFIN_LINK_RAW, bytes, sizeof bytes, sizeof bytes);
	(void)line_text(printer, &packet, &out);
	line_rest(printer, &packet, &out);
	ck_assert_int_eq(out.status, 0);
	output_free(&out);
	line_printer_destroy(printer);
}
END_TEST

START_TEST(services)
{
	struct services *made;
	ck_assert_int_eq(services_create(&made, NULL), 0);
	static uint8_t seen[2][65536];
	setservent(1);
	for (const struct servent *entry = getservent(); entry; entry = getservent()) {
		bool tcp = strcmp(entry->s_proto, "tcp") == 0;
		unsigned port = ntohs((uint16_t)entry->s_port);
		if ((!tcp && strcmp(entry->s_proto, "udp") != 0) || seen[tcp][port]++)
			continue;
		ck_assert_str_eq(services_name(made, tcp ? SERVICES_TCP : SERVICES_UDP, (uint16_t)port), entry->s_name);
	}
	endservent();
	for (unsigned port = 0; port < 65536; port++) {
		ck_assert(seen[1][port] || !services_name(made, SERVICES_TCP, (uint16_t)port));
		ck_assert(seen[0][port] || !services_name(made, SERVICES_UDP, (uint16_t)port));
	}
	services_destroy(made);
	services_destroy(NULL);
}
END_TEST

START_TEST(other_names)
{
	ck_assert_str_eq(vendor_name(0x00000c), "Cisco");
	ck_assert_ptr_null(vendor_name(0x00000d));
	ck_assert_str_eq(ip_protocol_name(6), "tcp");
	ck_assert_str_eq(ip_protocol_name(0), "hopopt");
	ck_assert_ptr_null(ip_protocol_name(61));
	ck_assert_str_eq(ethertype_name(0x0600), "NS");
	ck_assert_str_eq(ethertype_name(0x86dd), "IPv6");
	ck_assert_str_eq(ethertype_name(0xfefe), "OSI");
	ck_assert_ptr_null(ethertype_name(0x1234));
	ck_assert_ptr_null(ethertype_name(0xffff));
}
END_TEST

static Suite *the_suite(void)
{
	Suite *suite = suite_create("lines_walk");
	TCase *tcase = tcase_create("walk");
	tcase_add_test(tcase, record_headers);
	tcase_add_test(tcase, wide_numbers);
	tcase_add_test(tcase, dump_of_cut_packets);
	tcase_add_test(tcase, summary);
	tcase_add_test(tcase, quotes_without_end);
	tcase_add_test(tcase, services);
	tcase_add_test(tcase, other_names);
	suite_add_tcase(suite, tcase);
	return suite;
}

int main(void)
{
	return suite_main(the_suite());
}
