/* SPDX-License-Identifier: BSD-3-Clause */
/* What stems from the capture, and how many of it there must be before anything is said. */
#include <string.h>

#include "decode/decode.h"
#include "suite.h"
#include "views/artefacts.h"

/* IPv4 and TCP without data from 10.0.0.1 to 10.0.0.2; the sum over the pseudo header is 0x1400 + 0x0003 + 0x0006 + 0x0014 = 0x141d. */
static const uint8_t due[40] = { 0x45, 0, 0, 40, 0, 1, 0, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, 0, 9, 0, 10, [32] = 0x50, [33] = 0x10, [36] = 0x14, [37] = 0x1d };

static struct synfin_packet made_packet(const uint8_t *bytes, uint32_t captured, uint32_t length)
{
	struct synfin_packet packet = { .captured = 0 };
	decode_frame(&packet, SYNFIN_LINK_IPV4, bytes, captured, length);
	return packet;
}

static void tell(struct artefacts *artefacts, const struct synfin_packet *packet, const struct synfin_observation *observation, int times)
{
	struct synfin_sink sink = artefacts_sink(artefacts);
	for (int i = 0; i < times; i++)
		ck_assert_int_eq(sink.packet(sink.self, packet, observation), 0);
}

/* The lines, each ended by "|". */
static const char *said(const struct artefacts *artefacts)
{
	static char text[1024];
	struct output lines;
	output_init(&lines, NULL, NULL, 0);
	artefacts_put(artefacts, &lines);
	size_t length = output_length(&lines);
	ck_assert_uint_lt(length, sizeof text);
	if (length)
		memcpy(text, lines.start, length);
	text[length] = '\0';
	for (size_t i = 0; i < length; i++)
		if (text[i] == '\0')
			text[i] = '|';
	output_free(&lines);
	return text;
}

START_TEST(checksum_is_due)
{
	uint8_t bytes[40];
	struct synfin_packet packet = made_packet(due, 40, 40);
	ck_assert(decode_checksum_is_due(&packet, packet.tcp_layer));
	ck_assert(!decode_checksum_is_due(&packet, 0));
	ck_assert(!decode_checksum_is_due(&packet, 9));
	memcpy(bytes, due, sizeof bytes);
	bytes[37]++;
	packet = made_packet(bytes, 40, 40);
	ck_assert(!decode_checksum_is_due(&packet, packet.tcp_layer));
	/* A right one is none: the header's other words sum up to 0x0009 + 0x000a + 0x5010. */
	bytes[36] = (uint8_t)~((0x141d + 0x5023) >> 8);
	bytes[37] = (uint8_t)~(0x141d + 0x5023);
	packet = made_packet(bytes, 40, 40);
	ck_assert_uint_eq(decode_checksum(&packet, packet.tcp_layer), 0xffff);
	ck_assert(!decode_checksum_is_due(&packet, packet.tcp_layer));
	/* It does not need the data. */
	memcpy(bytes, due, sizeof bytes);
	bytes[3] = 140;
	bytes[37] = 0x1d + 100;
	packet = made_packet(bytes, 40, 140);
	ck_assert(decode_checksum_is_due(&packet, packet.tcp_layer));
}
END_TEST

START_TEST(checksums)
{
	static const struct synfin_observation none = { .connection = NULL };
	struct artefacts artefacts = { .checksums = true };
	struct synfin_packet packet = made_packet(due, 40, 40);
	tell(&artefacts, &packet, &none, 2);
	ck_assert_str_eq(said(&artefacts), "");
	tell(&artefacts, &packet, &none, 1);
	ck_assert_ptr_nonnull(strstr(said(&artefacts), "checksums not computed yet: 3;"));
	/* As many as chance makes. */
	artefacts.segments = 3 * 4096;
	ck_assert_str_eq(said(&artefacts), "");
	artefacts = (struct artefacts){ .checksums = false };
	tell(&artefacts, &packet, &none, 5);
	ck_assert_str_eq(said(&artefacts), "");
}
END_TEST

START_TEST(sizes)
{
	struct artefacts artefacts = { .checksums = false };
	/* The receiver's is what counts: that of end 0. */
	static const struct synfin_connection unknown = { .end = { [1].mss = 500 } };
	static const struct synfin_connection known = { .end = { [0].mss = 1460, [1].mss = 500 } };
	const struct synfin_observation without = { .connection = &unknown, .from = 1 }, with = { .connection = &known, .from = 1 };
	struct synfin_packet packet = { .has_tcp = true, .captured = 60, .length = 60, .tcp.payload = 1461 };
	tell(&artefacts, &packet, &without, 1);
	ck_assert_str_eq(said(&artefacts), "");
	tell(&artefacts, &packet, &with, 2);
	packet.tcp.payload = 1460;
	tell(&artefacts, &packet, &with, 1);
	ck_assert_ptr_nonnull(strstr(said(&artefacts), "segments larger than their receiver takes: 2, up to 1461 bytes"));
}
END_TEST

START_TEST(cut_and_copies)
{
	static const struct synfin_observation none = { .connection = NULL };
	struct artefacts artefacts = { .copies = 7 };
	struct synfin_packet packet = { .captured = 60, .length = 61 };
	tell(&artefacts, &packet, &none, 4);
	packet.length = 60;
	tell(&artefacts, &packet, &none, 4);
	ck_assert_str_eq(said(&artefacts), "packets cut by the snapshot length: 4; what lies behind the cut is not known|"
		"copies of segments, captured on several interfaces or twice on one: 7; --merge-copies shows each segment once|");
	artefacts = (struct artefacts){ .copies = 7, .merged = true };
	ck_assert_str_eq(said(&artefacts), "copies of segments that are not shown: 7|");
}
END_TEST

/* One may be what it seems; two look like two directions. */
START_TEST(sides_with_tags)
{
	static const struct synfin_connection untagged = { .vlan = UINT32_MAX, .flags = SYNFIN_CONN_ONE_SIDED };
	static const struct synfin_connection tagged = { .vlan = 0xffff0051, .flags = SYNFIN_CONN_ONE_SIDED }, both = { .vlan = 0xffff0051 };
	struct artefacts artefacts = { .checksums = false };
	struct synfin_sink sink = artefacts_sink(&artefacts);
	for (unsigned i = 0; i < 5; i++) {
		ck_assert_int_eq(sink.connection_closed(sink.self, &untagged), 0);
		ck_assert_int_eq(sink.connection_closed(sink.self, &both), 0);
	}
	ck_assert_int_eq(sink.connection_closed(sink.self, &tagged), 0);
	ck_assert_str_eq(said(&artefacts), "");
	ck_assert_int_eq(sink.connection_closed(sink.self, &tagged), 0);
	ck_assert_ptr_nonnull(strstr(said(&artefacts), "only one side was seen: 2;"));
	artefacts.vlan_blind = true;
	ck_assert_str_eq(said(&artefacts), "");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("artefacts");
	TCase *tests = tcase_create("artefacts");
	tcase_add_test(tests, checksum_is_due);
	tcase_add_test(tests, checksums);
	tcase_add_test(tests, sizes);
	tcase_add_test(tests, cut_and_copies);
	tcase_add_test(tests, sides_with_tags);
	suite_add_tcase(suite, tests);
	return suite_main(suite);
}
