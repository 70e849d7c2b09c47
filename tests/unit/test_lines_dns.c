/* SPDX-License-Identifier: BSD-3-Clause */
/* DNS and multicast DNS, a message each. The expected texts were printed by tcpdump 4.99.3. */
#include "lines_application.h"
#include "suite.h"

#define ZEROS_8 "\000\000\000\000\000\000\000\000"

static const struct application_example examples[] = {
	{ .what = "a query", .source = 4000, .destination = 53,
	  BYTES("\000\034\001\000" "\000\001\000\000\000\000\000\000" "\003www\007example\003com\000" "\000\001\000\001"),
	  .text = "28+ A? www.example.com. (33)" },
	{ .what = "a query with EDNS", .verbose = 2, .source = 4000, .destination = 53,
	  BYTES("\000\034\001 " "\000\001\000\000\000\000\000\001" "\003www\007example\003com\000" "\000\034\000\001" "\000"
		"\000)\004\320\000\000\200\000\000\027" "\000\012\000\01012345678\000\010\000\007\000\001\030\000\001\002\003"),
	  .text = "28+ [1au] AAAA? www.example.com. ar: . OPT UDPsize=1232 DO [COOKIE 3132333435363738,ECS 1.2.3.0/24/0] (67)" },
	{ .what = "other EDNS options", .verbose = 2, .source = 4000, .destination = 53,
	  BYTES("\000\034\001 " "\000\000\000\000\000\000\000\001" "\000" "\000)\004\320\000\000\000\000\0000"
		"\000\003\000\002ab\000\013\000\002\000i\000\014\000\002\000\000\000\005\000\002\010\011\000\011\000\004\000\000\000\007\000\016\000\002"
		"\000\011\000\024\000\001\377\000\012\000\001\000"),
	  .text = "28+ [0q] [1au] ar: . OPT UDPsize=1232 [NSID 6162,KEEPALIVE 10.5 sec,PADDING (2),DAU RSASHA256 Alg_9,EXPIRE 7 sec,KEY-TAG"
	  " 9,Opt20 ff,COOKIE  (invalid)] (71)" },
	{ .what = "odd flags and counts in a query", .source = 4000, .destination = 53,
	  BYTES("\000\034\006\377" "\000\002\000\001\000\001\000\001" "\003www\007example\003com\000" "\000\377\000\377" "\300\014"
		"\022g\000\007"),
	  .text = "28% [b2&3=0x6ff] [1a] [2q] [1n] [1au] ANY ANY? www.example.com. Type4711 (Class 7)? www.example.com. (39)" },
	{ .what = "an inverse query", .source = 4000, .destination = 53,
	  BYTES("\000\034\010\000" "\000\000\000\002\000\000\000\000"),
	  .text = "28 inv_q [2a] (12)" },
	{ .what = "an update", .verbose = 2, .source = 4000, .destination = 53,
	  BYTES("\000\011(\000" "\000\001\000\000\000\001\000\000" "\003www\007example\003com\000" "\000\006\000\001" "\300\014"
		"\000\001\000\001\000\000\000<\000\004" "\001\002\003\004"),
	  .text = "9 update [1n] SOA? www.example.com. ns: www.example.com. A 1.2.3.4 (49)" },
	{ .what = "a response", .source = 53, .destination = 4000,
	  BYTES("\000\034\201\200" "\000\001\000\002\000\000\000\000" "\003www\007example\003com\000" "\000\001\000\001" "\300\014"
		"\000\005\000\001\000\000\001,\000\004" "\001a\300\014" "\001a\300\014" "\000\001\000\001\000\000\001,\000\004"
		"\001\002\003\004"),
	  .text = "28 2/0/0 CNAME a.www.example.com., A 1.2.3.4 (67)" },
	{ .what = "the names of records with -v", .verbose = 1, .source = 53, .destination = 4000,
	  BYTES("\000\034\205\200" "\000\001\000\001\000\000\000\000" "\003www\007example\003com\000" "\000\001\000\001" "\300\014"
		"\000\001\000\001\000\000\001,\000\004" "\001\002\003\004"),
	  .text = "28* 1/0/0 www.example.com. A 1.2.3.4 (49)" },
	{ .what = "sections and times to live with -vvv", .verbose = 3, .source = 53, .destination = 4000,
	  BYTES("\000\034\205\200" "\000\001\000\001\000\001\000\001" "\003www\007example\003com\000" "\000\001\000\001" "\300\014"
		"\000\001\000\001\000\001_\315\000\004" "\001\002\003\004" "\300\014" "\000\002\000\001\000\000\000\000\000\005"
		"\002ns\300\014" "\002ns\300\014" "\000\034\000\001\001\3413\200\000\020" " \001\015\270" ZEROS_8 "\000\000\000" "\001"),
	  .text = "28* q: A? www.example.com. 1/1/1 www.example.com. [1d1h1m1s] A 1.2.3.4 ns: www.example.com. [0s] NS ns.www.example.com. ar:"
	  " ns.www.example.com. [1y] AAAA 2001:db8::1 (97)" },
	{ .what = "flags and code of a response", .source = 53, .destination = 4000,
	  BYTES("\000\034\206#" "\000\001\000\000\000\000\000\000" "\003www\007example\003com\000" "\000\001\000\001"),
	  .text = "28 NXDomain*-|$ 0/0/0 (33)" },
	{ .what = "the code that EDNS extends", .source = 53, .destination = 4000,
	  BYTES("\000\034\201\200" "\000\000\000\000\000\000\000\001" "\000" "\000)\002\000\001\000\000\000\000\000" ""),
	  .text = "28 BadVers [0q] 0/0/1 (23)" },
	{ .what = "a code without a name", .source = 53, .destination = 4000,
	  BYTES("\000\034\201\201" "\000\000\000\000\000\000\000\001" "\000" "\000)\002\000\002\000\000\000\000\000" ""),
	  .text = "28 Resp33 [0q] 0/0/1 (23)" },
	{ .what = "SOA, MX, TXT", .verbose = 1, .source = 53, .destination = 4000,
	  BYTES("\000\034\201\200" "\000\000\000\003\000\000\000\000" "\001b\001c\000" "\000\006\000\001\000\000\000\001\000\036"
		"\002ns\000\004host\000\000\000\000\001\000\000\000\002\000\000\000\003\000\000\000\004\000\000\000\005" "\300\014"
		"\000\017\000\001\000\000\000\001\000\006" "\000\012\001m\300\014" "\300\014"
		"\000\020\000\001\000\000\000\001\000\011" "\002hi\005a\001\377\012b"),
	  .text = "28 [0q] 3/0/0 b.c. SOA ns. host. 1 2 3 4 5, b.c. MX m.b.c. 10, b.c. TXT \"hi\" \"a^AM-^?^Jb\" (96)" },
	{ .what = "SRV, A6, URI, UNSPECA", .source = 53, .destination = 4000,
	  BYTES("\000\034\201\200" "\000\000\000\004\000\000\000\000" "\001b\001c\000" "\000!\000\001\000\000\000\001\000\012"
		"\000\001\000\002\000\003\001s\300\014" "\300\014" "\000&\000\001\000\000\000\001\000\015"
		"@\000\000\000\000\000\000\000\001\001p\300\014" "\300\014" "\001\000\000\001\000\000\000\001\000\014"
		"\000\001\000\002http://x" "\300\014" "\000h\000\001\000\000\000\001\000\004" "text"),
	  .text = "28 [0q] 4/0/0 SRV s.b.c.:3 1 2, A6 64 ::1 p.b.c., URI 1 2 http://x, UNSPECAtext (102)" },
	{ .what = "types that are named only", .source = 53, .destination = 4000,
	  BYTES("\000\034\201\200" "\000\000\000\003\000\000\000\000" "\001b\001c\000" "\000.\000\001\000\000\000\001\000\004" "1234"
		"\300\014" "\000A\000\003\000\000\000\001\000\002" "12" "\300\014" "\000c\000\376\000\000\000\001\000\003" "\002hi"),
	  .text = "28 [0q] 3/0/0 RRSIG, CHAOS Type65, (Class 254) SPF (60)" },
	{ .what = "a signed message", .verbose = 1, .source = 53, .destination = 4000,
	  BYTES("\000\034\201\200" "\000\000\000\001\000\000\000\000" "\003key\000" "\000\372\000\377\000\000\000\000\000\034"
		"\010hmac-md5" ZEROS_8 "\005\000\002ab\000\007\000\001\000\000"),
	  .text = "28 [0q] 1/0/0 key. ANY TSIG hmac-md5. fudge=5 maclen=2 origid=7 error=1 otherlen=0 (55)" },
	{ .what = "a pointer that leads forward", .source = 4000, .destination = 53,
	  BYTES("\000\034\000\000" "\000\001\000\000\000\000\000\000" "\001a\300\016" "\000\001\000\001"),
	  .text = "28 A? a.<BAD PTR> [|domain]" },
	{ .what = "a pointer to itself", .verbose = 1, .source = 53, .destination = 4000,
	  BYTES("\000\034\201\200" "\000\000\000\001\000\000\000\000" "\300\014" "\000\001\000\001\000\000\000\001\000\004"
		"\001\002\003\004"),
	  .text = "28 [0q] 1/0/0 <BAD PTR> [|domain]" },
	{ .what = "a bit string", .source = 4000, .destination = 53,
	  BYTES("\000\034\000\000" "\000\001\000\000\000\000\000\000" "A\014\253\315\001z\000" "\000\001\000\001"),
	  .text = "28 A? \\[xabc/12].z. (23)" },
	{ .what = "a label of no known type", .verbose = 1, .source = 53, .destination = 4000,
	  BYTES("\000\034\201\200" "\000\000\000\001\000\000\000\000" "\001a\200" "\000\001\000\001\000\000\000\001\000\004"
		"\001\002\003\004"),
	  .text = "28 [0q] 1/0/0 a.<BAD LABEL TYPE> [|domain]" },
	{ .what = "an extended label of no known type", .verbose = 1, .source = 53, .destination = 4000,
	  BYTES("\000\034\201\200" "\000\000\000\001\000\000\000\000" "\001aB" "\000\001\000\001\000\000\000\001\000\004"
		"\001\002\003\004"),
	  .text = "28 [0q] 1/0/0 a.<ELT 2> [|domain]" },
	{ .what = "a name that is too long", .source = 4000, .destination = 53,
	  BYTES("\000\034\000\000" "\000\001\000\000\000\000\000\000"
		"?aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"?bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
		"?ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
		"?ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd" "\003eee\000" "\000\001\000\001"),
	  .text = "28 A? aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
	  "bbbbbbbb.ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.dddddddddddddddddddddddddddddddddddddddddddddddddddd"
	  "ddddddddddd.<DOMAIN NAME TOO LONG> (277)" },
	{ .what = "control characters in a name", .source = 4000, .destination = 53,
	  BYTES("\000\034\000\000" "\000\001\000\000\000\000\000\000" "\004\012\033\200.\000" "\000\001\000\001"),
	  .text = "28 A? ^J^[M-^@.. (22)" },
	{ .what = "a header that does not fit", .source = 4000, .destination = 53,
	  BYTES("\000\000\000\000\000"),
	  .text = "domain [length 5 < 12] (invalid)" },
	{ .what = "no data at all", .source = 4000, .destination = 53,
	  BYTES(""),
	  .text = "domain [length 0 < 12] (invalid)" },
	{ .what = "a header that is cut", .source = 4000, .destination = 53, .captured = 11,
	  BYTES("\000\034\001\000" "\000\001\000\000\000\000\000\000" "\003www\007example\003com\000" "\000\001\000\001"),
	  .text = " [|domain]" },
	{ .what = "a question that is cut", .source = 4000, .destination = 53, .captured = 30,
	  BYTES("\000\034\001\000" "\000\001\000\000\000\000\000\000" "\003www\007example\003com\000" "\000\001\000\001"),
	  .text = "28+ [|domain]" },
	{ .what = "an answer that is cut", .source = 53, .destination = 4000, .captured = 46,
	  BYTES("\000\034\201\200" "\000\001\000\001\000\000\000\000" "\003www\007example\003com\000" "\000\001\000\001" "\300\014"
		"\000\001\000\001\000\000\001,\000\004" "\001\002\003\004"),
	  .text = "28 1/0/0 A [|domain]" },
	{ .what = "an answer whose name is cut", .source = 53, .destination = 4000, .captured = 34,
	  BYTES("\000\034\201\200" "\000\001\000\001\000\000\000\000" "\003www\007example\003com\000" "\000\001\000\001" "\300\014"
		"\000\001\000\001\000\000\001,\000\004" "\001\002\003\004"),
	  .text = "28 1/0/0 (49)" },
	{ .what = "a text that is cut", .source = 53, .destination = 4000, .captured = 30,
	  BYTES("\000\034\201\200" "\000\000\000\001\000\000\000\000" "\001a\000" "\000\020\000\001\000\000\000\001\000\006"
		"\005abcde"),
	  .text = "28 [0q] 1/0/0 TXT [|domain]" },
	{ .what = "an answer behind the length of the UDP header", .source = 53, .destination = 4000, .declared = 20,
	  BYTES("\000\034\201\200" "\000\001\000\001\000\000\000\000" "\003www\007example\003com\000" "\000\001\000\001" "\300\014"
		"\000\001\000\001\000\000\001,\000\004" "\001\002\003\004"),
	  .text = "28 1/0/0 A 1.2.3.4 (12)" },
	{ .what = "an answer behind the IP packet", .source = 53, .destination = 4000, .behind = 4,
	  BYTES("\000\034\201\200" "\000\001\000\001\000\000\000\000" "\003www\007example\003com\000" "\000\001\000\001" "\300\014"
		"\000\001\000\001\000\000\001,\000\004" "\001\002\003\004"),
	  .text = "28 1/0/0 A [|domain]" },
	{ .what = "multicast questions", .source = 5353, .destination = 5353,
	  BYTES("\000\000\000\000" "\000\002\000\000\000\000\000\000" "\001a\005local\000" "\000\377\200\001" "\001b\005local\000"
		"\000\014\000\001"),
	  .text = "0 [2q] ANY (QU)? a.local. PTR (QM)? b.local. (38)" },
	{ .what = "multicast answers", .verbose = 1, .source = 5353, .destination = 5353,
	  BYTES("\000\000\204\000" "\000\000\000\002\000\000\000\000" "\001a\005local\000" "\000\001\200\001\000\000\000x\000\004"
		"\001\002\003\004" "\300\014" "\000\001\200\004\000\000\000x\000\004" "\001\002\003\004"),
	  .text = "0*- [0q] 2/0/0 a.local. (Cache flush) A 1.2.3.4, a.local. HS (Cache flush) A 1.2.3.4 (51)" },
	{ .what = "a message over TCP", .tcp = true, .source = 4000, .destination = 53,
	  BYTES("\000!" "\000\034\001\000" "\000\001\000\000\000\000\000\000" "\003www\007example\003com\000" "\000\001\000\001"),
	  .text = "Flags [P.], seq 100:135, ack 200, win 8192, length 35 28+ A? www.example.com. (33)" },
	{ .what = "half a length over TCP", .tcp = true, .source = 4000, .destination = 53,
	  BYTES("\000"),
	  .text = "Flags [P.], seq 100:101, ack 200, win 8192, length 1 [DNS over TCP: length 1 < 2] (invalid)" },
	{ .what = "a length that is not that of the segment", .tcp = true, .source = 4000, .destination = 53,
	  BYTES("\000\"" "\000\034\001\000" "\000\001\000\000\000\000\000\000" "\003www\007example\003com\000" "\000\001\000\001"),
	  .text = "Flags [P.], seq 100:135, ack 200, win 8192, length 35 [prefix length(34) != length(33)] (invalid)" },
	{ .what = "a message over TCP that is too short", .tcp = true, .source = 53, .destination = 4000,
	  BYTES("\000\001a"),
	  .text = "Flags [P.], seq 100:103, ack 200, win 8192, length 3 domain [length 1 < 12] (invalid)" },
};

/* A question's name of 248 characters, and as many questions as there is room for that repeat it. Returns the length of the text. */
static size_t repeated_names(unsigned questions, bool *ends_as_cut)
{
	static const struct line_options options = { .numeric = 2, .time = LINE_TIME_NONE, .no_checksums = true, .verbose = 1 };
	static struct frame frame;
	struct line_printer *printer;
	struct output out;

	frame.size = frame.patch_count = 0;
	frame_ipv4(&frame, 17);
	frame_udp(&frame, 53, 53);
	frame_bytes(&frame, "\0\1\1\0", 4);
	frame_u16(&frame, questions);
	frame_fill(&frame, 0, 6);
	for (unsigned i = 0; i < 4; i++) {
		frame_u8(&frame, 61);
		frame_fill(&frame, 'a', 61);
	}
	frame_bytes(&frame, "\0\0\1\0\1", 5);
	for (unsigned i = 1; i < questions; i++)
		frame_bytes(&frame, "\xc0\x0c\0\1\0\1", 6);
	frame_finish(&frame);
	struct synfin_packet packet = packet_of(SYNFIN_LINK_RAW, frame.bytes, (uint32_t)frame.size, (uint32_t)frame.size);
	ck_assert_int_eq(line_printer_create(&printer, &options, NULL), 0);
	output_init(&out, NULL, NULL, 0);
	(void)line_text(printer, &packet, &out);
	size_t length = output_length(&out);
	*ends_as_cut = length > 10 && strcmp(text_of(&out) + length - 10, " [|domain]") == 0;
	output_free(&out);
	line_printer_destroy(printer);
	return length;
}

/* Names that repeat end where they are out of all proportion to the frame, which those of an Ethernet's frame are not. */
START_TEST(repeated_names_are_bounded)
{
	bool cut;
	ck_assert_uint_gt(repeated_names(200, &cut), 200 * 248);
	ck_assert(!cut);
	ck_assert_uint_lt(repeated_names(1200, &cut), 65536 + 5 * 8192);
	ck_assert(cut);
}
END_TEST

START_TEST(prints_as_tcpdump)
{
	application_check(&examples[_i]);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("lines_dns");
	TCase *tcase = tcase_create("examples");
	tcase_add_loop_test(tcase, prints_as_tcpdump, 0, (int)(sizeof examples / sizeof *examples));
	tcase_add_test(tcase, repeated_names_are_bounded);
	suite_add_tcase(suite, tcase);
	return suite;
}

int main(void)
{
	return suite_main(make_suite());
}
