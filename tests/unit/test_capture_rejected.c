/* SPDX-License-Identifier: BSD-3-Clause */
/* What a filter turned away: tags and fragments are recognized behind each link header that has an ethertype. */
#include <string.h>

#include <synfin/packet.h>

#include "capture/rejected.h"
#include "suite.h"

static const struct {
	uint16_t link_type;
	size_t type, next; /* where the ethertype stands, and what follows the link header */
} links[] = {
	{ SYNFIN_LINK_ETHERNET, 12, 14 },
	{ SYNFIN_LINK_SLL, 14, 16 },
	{ SYNFIN_LINK_SLL2, 0, 20 },
};

static struct synfin_source_rejected counted(uint16_t link_type, const uint8_t *bytes, uint32_t captured)
{
	struct synfin_source_rejected rejected = { .frames = 0 };
	struct synfin_frame frame = { .bytes = bytes, .captured = captured, .length = 60, .link_type = link_type };
	rejected_count(&rejected, &frame);
	ck_assert_uint_eq(rejected.frames, 1);
	return rejected;
}

START_TEST(tags)
{
	static const uint16_t types[] = { 0x8100, 0x88a8, 0x9100, 0x0806 };
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		uint8_t bytes[60] = { 0 };
		bytes[links[_i].type] = (uint8_t)(types[i] >> 8);
		bytes[links[_i].type + 1] = (uint8_t)types[i];
		ck_assert_uint_eq(counted(links[_i].link_type, bytes, sizeof bytes).tagged, i < 3);
		ck_assert_uint_eq(counted(links[_i].link_type, bytes, sizeof bytes).fragments, 0);
	}
}
END_TEST

START_TEST(fragments)
{
	uint8_t bytes[60] = { 0 };
	uint8_t *offset = bytes + links[_i].next + 6;
	bytes[links[_i].type] = 8;
	offset[0] = 0x20; /* the first one: more follow */
	ck_assert_uint_eq(counted(links[_i].link_type, bytes, sizeof bytes).fragments, 0);
	offset[1] = 1;
	ck_assert_uint_eq(counted(links[_i].link_type, bytes, sizeof bytes).fragments, 1);
	/* Not when these bytes were not captured. */
	ck_assert_uint_eq(counted(links[_i].link_type, bytes, (uint32_t)links[_i].next + 7).fragments, 0);
	ck_assert_uint_eq(counted(links[_i].link_type, bytes, 3).tagged, 0);
	/* Nor behind another header. */
	bytes[links[_i].type] = 0x86;
	ck_assert_uint_eq(counted(links[_i].link_type, bytes, sizeof bytes).fragments, 0);
}
END_TEST

START_TEST(others)
{
	uint8_t bytes[60];
	memset(bytes, 0x81, sizeof bytes);
	ck_assert_uint_eq(counted(SYNFIN_LINK_RAW, bytes, sizeof bytes).tagged, 0);
	struct synfin_source_rejected sum = { 1, 2, 3 }, more = { 10, 20, 30 };
	rejected_add(&sum, &more);
	ck_assert_uint_eq(sum.frames, 11);
	ck_assert_uint_eq(sum.tagged, 22);
	ck_assert_uint_eq(sum.fragments, 33);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("capture rejected");
	TCase *tests = tcase_create("frames");
	tcase_add_loop_test(tests, tags, 0, sizeof links / sizeof *links);
	tcase_add_loop_test(tests, fragments, 0, sizeof links / sizeof *links);
	tcase_add_test(tests, others);
	suite_add_tcase(suite, tests);
	return suite_main(suite);
}
