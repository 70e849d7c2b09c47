/* SPDX-License-Identifier: BSD-3-Clause */
/* Copies (V1) whose originals are some segments back: which places they have is a matter of secrets, and must not matter. */
#include "suite.h"

#include "track/duplicates.h"

enum { SEGMENTS = 64, SECRETS = 200 };

static void choose_secret(struct duplicates *duplicates, uint64_t state)
{
	*duplicates = (struct duplicates){ .secret = { 0 } };
	for (size_t i = 0; i < sizeof duplicates->secret / sizeof *duplicates->secret; i++) {
		state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		duplicates->secret[i] = state ^ state >> 29;
	}
}

static const struct duplicates_source source = { .connection = 1 };

static bool is_copy(struct duplicates *duplicates, unsigned number)
{
	struct synfin_packet packet = { .has_tcp = true, .time_ns = 1000000000, .ip.id = (uint16_t)(number + 1) };
	packet.tcp = (struct synfin_tcp){ .seq = 1000 + 100 * number, .payload = 100, .flags = SYNFIN_TCP_ACK, .window = 1000, .header = 20 };
	return duplicates_is_copy(duplicates, &packet, &source);
}

START_TEST(copies_after_many_segments)
{
	static struct duplicates duplicates;
	unsigned found = 0, invented = 0;
	for (unsigned secret = 1; secret <= SECRETS; secret++) {
		choose_secret(&duplicates, secret);
		for (unsigned i = 0; i < SEGMENTS; i++)
			invented += is_copy(&duplicates, i);
		for (unsigned i = 0; i < SEGMENTS; i++)
			found += is_copy(&duplicates, i);
	}
	ck_assert_uint_eq(invented, 0);
	ck_assert_uint_eq(found, SECRETS * SEGMENTS);
}
END_TEST

/* What came too long ago is new again, and from then on the original of what follows. */
START_TEST(a_late_copy_is_new)
{
	static struct duplicates duplicates;
	struct synfin_packet packet = { .has_tcp = true, .time_ns = 1000000000, .ip.id = 7 };
	packet.tcp = (struct synfin_tcp){ .seq = 1, .payload = 1, .header = 20 };
	choose_secret(&duplicates, 1);
	ck_assert(!duplicates_is_copy(&duplicates, &packet, &source));
	packet.time_ns += 5000000;
	ck_assert(!duplicates_is_copy(&duplicates, &packet, &source));
	packet.time_ns += 4999999;
	ck_assert(duplicates_is_copy(&duplicates, &packet, &source));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("track duplicates");
	TCase *copies = tcase_create("copies");
	tcase_add_test(copies, copies_after_many_segments);
	tcase_add_test(copies, a_late_copy_is_new);
	suite_add_tcase(suite, copies);
	return suite_main(suite);
}
