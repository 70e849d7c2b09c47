/* SPDX-License-Identifier: BSD-3-Clause */
/* The way at once and the way layer by layer give the same packet, of ordinary frames and of such as are not quite ordinary. Seeded. */
#include <string.h>

#include "decode/decode.h"
#include "decode/walk.h"
#include "random.h"
#include "suite.h"

enum { ROUNDS = 300000, FRAME = 14 + 20 + 32 + 30 };

/* An ordinary frame; its length. */
static uint32_t ordinary(uint8_t *bytes)
{
	uint32_t header = below(2) ? 32 : 20, payload = below(3) ? below(31) : 0, total = 20 + header + payload;

	for (unsigned i = 0; i < FRAME; i++)
		bytes[i] = (uint8_t)next_random();
	memcpy(bytes + 12, "\x08\x00\x45", 3);
	bytes[16] = (uint8_t)(total >> 8);
	bytes[17] = (uint8_t)total;
	bytes[20] = below(2) ? 0x40 : 0;
	bytes[21] = 0;
	bytes[23] = 6;
	bytes[46] = (uint8_t)(header << 2 | (bytes[46] & 15));
	memcpy(bytes + 54, header == 32 ? "\1\1\x8\xa" : (char *)bytes, 4);
	return 14 + total;
}

static bool same(const uint8_t *bytes, uint32_t captured, uint32_t length, bool *at_once)
{
	static struct synfin_packet one, other;

	memset(&one, 0, sizeof(one));
	memset(&other, 0, sizeof(other));
	decode_frame(&one, SYNFIN_LINK_ETHERNET, bytes, captured, length);
	decode_layers(&other, SYNFIN_LINK_ETHERNET, bytes, captured, length);
	bool equal = memcmp(&one, &other, sizeof(one)) == 0;
	*at_once = decode_ordinary(&one);
	return equal;
}

START_TEST(both_ways_agree)
{
	unsigned taken = 0;

	random_state = 20224;
	for (unsigned round = 0; round < ROUNDS; round++) {
		uint8_t bytes[FRAME];
		uint32_t length = ordinary(bytes), captured;
		bool at_once;
		if (below(2)) /* a byte of its headers that is another */
			bytes[12 + below(46)] ^= (uint8_t)(1u << below(8));
		if (below(4) == 0) /* padding, or a length that is another than the frame's */
			length = below(FRAME + 1);
		captured = below(4) ? length : below(FRAME + 1);
		if (!same(bytes, captured, length, &at_once))
			ck_abort_msg("round %u: captured %u of %u", round, captured, length);
		taken += at_once;
	}
	/* Both ways were taken often. */
	ck_assert_uint_gt(taken, ROUNDS / 5);
	ck_assert_uint_lt(taken, ROUNDS - ROUNDS / 5);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("decode ordinary");
	TCase *decode = tcase_create("decode");
	tcase_set_timeout(decode, 60);
	tcase_add_test(decode, both_ways_agree);
	suite_add_tcase(suite, decode);
	return suite_main(suite);
}
