/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The invariants of every frame of the captures beside the repository, at every snapshot length up to 200 bytes. They are looked
 * for in $SYNFIN_CORPUS, else in ../shared/corpus; without them the test says that it is skipped.
 */
#include <ftw.h>
#include <pcap.h>
#include <stdio.h>

#include "suite.h"
#include "test_decode_invariants.h"

#define SNAPSHOT_MAX 200u

static unsigned long frames;
static uint8_t *room; /* SNAPSHOT_MAX bytes; frames stand at its end, where reading on leaves it */

static uint16_t link_type_of(int data_link)
{
	return data_link == DLT_RAW ? SYNFIN_LINK_RAW : (uint16_t)data_link;
}

static void check_frame(const char *path, uint16_t link_type, const struct pcap_pkthdr *header, const uint8_t *bytes)
{
	static struct synfin_packet whole, cut;

	decode_frame(&whole, link_type, bytes, header->caplen, header->len);
	const char *broken = broken_packet(&whole);
	ck_assert_msg(!broken, "%s, frame %lu: %s", path, frames, broken);
	sum_everything(&whole);
	uint32_t most = header->caplen < SNAPSHOT_MAX ? header->caplen : SNAPSHOT_MAX;
	for (uint32_t n = 0; n <= most; n++) {
		uint8_t *start = room + SNAPSHOT_MAX - n;
		if (n)
			memcpy(start, bytes, n);
		decode_frame(&cut, link_type, start, n, header->len < header->caplen ? header->caplen : header->len);
		broken = broken_packet(&cut);
		ck_assert_msg(!broken, "%s, frame %lu cut to %u: %s", path, frames, n, broken);
		broken = broken_cut(&whole, &cut);
		ck_assert_msg(!broken, "%s, frame %lu cut to %u: %s", path, frames, n, broken);
		sum_everything(&cut);
	}
}

static int check_file(const char *path, const struct stat *status, int type, struct FTW *place)
{
	char error[PCAP_ERRBUF_SIZE];
	struct pcap_pkthdr *header;
	const uint8_t *bytes;

	(void)status;
	(void)place;
	if (type != FTW_F || !strstr(path, "cap"))
		return 0;
	pcap_t *capture = pcap_open_offline(path, error);
	if (!capture)
		return 0;
	uint16_t link_type = link_type_of(pcap_datalink(capture));
	while (pcap_next_ex(capture, &header, &bytes) == 1) {
		frames++;
		check_frame(path, link_type, header, bytes);
	}
	pcap_close(capture);
	return 0;
}

START_TEST(every_capture)
{
	static const char *const folders[] = { "lines", "probe", "states" };
	const char *corpus = getenv("SYNFIN_CORPUS");
	char path[4096];

	room = malloc(SNAPSHOT_MAX);
	ck_assert_ptr_nonnull(room);
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		snprintf(path, sizeof path, "%s/%s", corpus ? corpus : "../shared/corpus", folders[i]);
		(void)nftw(path, check_file, 16, FTW_PHYS);
	}
	free(room);
	if (frames)
		printf("decode: %lu frames of the corpus\n", frames);
	else
		printf("decode: no corpus here, skipped\n");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("decode_corpus");
	TCase *test = tcase_create("captures");
	tcase_set_timeout(test, 600);
	tcase_add_test(test, every_capture);
	suite_add_tcase(suite, test);
	return suite_main(suite);
}
