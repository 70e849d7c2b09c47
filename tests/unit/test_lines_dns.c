/* SPDX-License-Identifier: BSD-3-Clause */
/* DNS and multicast DNS, a message each. The expected texts were printed by tcpdump 4.99.3. */
#include "lines_application.h"
#include "suite.h"

#define ZEROS_8 "\000\000\000\000\000\000\000\000"

static const struct application_example examples[] = {
	{ "a query", 0, false, 4000, 53,
	  BYTES("\000\034\001\000" "\000\001\000\000\000\000\000\000" "\003www\007example\003com\000" "\000\001\000\001"),
	  0,
	  "28+ A? www.example.com. (33)" },
	{ "a query with EDNS", 2, false, 4000, 53,
	  BYTES("\000\034\001 " "\000\001\000\000\000\000\000\001" "\003www\007example\003com\000" "\000\034\000\001" "\000"
		"\000)\004\320\000\000\200\000\000\027" "\000\012\000\01012345678\000\010\000\007\000\001\030\000\001\002\003"),
	  0,
	  "28+ [1au] AAAA? www.example.com. ar: . OPT UDPsize=1232 DO [COOKIE 3132333435363738,ECS 1.2.3.0/24/0] (67)" },
	{ "other EDNS options", 2, false, 4000, 53,
	  BYTES("\000\034\001 " "\000\000\000\000\000\000\000\001" "\000" "\000)\004\320\000\000\000\000\0000"
		"\000\003\000\002ab\000\013\000\002\000i\000\014\000\002\000\000\000\005\000\002\010\011\000\011\000\004\000\000\000\007\000\016\000\002"
		"\000\011\000\024\000\001\377\000\012\000\001\000"),
	  0,
	  "28+ [0q] [1au] ar: . OPT UDPsize=1232 [NSID 6162,KEEPALIVE 10.5 sec,PADDING (2),DAU RSASHA256 Alg_9,EXPIRE 7 sec,KEY-TAG"
	  " 9,Opt20 ff,COOKIE  (invalid)] (71)" },
	{ "odd flags and counts in a query", 0, false, 4000, 53,
	  BYTES("\000\034\006\377" "\000\002\000\001\000\001\000\001" "\003www\007example\003com\000" "\000\377\000\377" "\300\014"
		"\022g\000\007"),
	  0,
	  "28% [b2&3=0x6ff] [1a] [2q] [1n] [1au] ANY ANY? www.example.com. Type4711 (Class 7)? www.example.com. (39)" },
	{ "an inverse query", 0, false, 4000, 53,
	  BYTES("\000\034\010\000" "\000\000\000\002\000\000\000\000"),
	  0,
	  "28 inv_q [2a] (12)" },
	{ "an update", 2, false, 4000, 53,
	  BYTES("\000\011(\000" "\000\001\000\000\000\001\000\000" "\003www\007example\003com\000" "\000\006\000\001" "\300\014"
		"\000\001\000\001\000\000\000<\000\004" "\001\002\003\004"),
	  0,
	  "9 update [1n] SOA? www.example.com. ns: www.example.com. A 1.2.3.4 (49)" },
	{ "a response", 0, false, 53, 4000,
	  BYTES("\000\034\201\200" "\000\001\000\002\000\000\000\000" "\003www\007example\003com\000" "\000\001\000\001" "\300\014"
		"\000\005\000\001\000\000\001,\000\004" "\001a\300\014" "\001a\300\014" "\000\001\000\001\000\000\001,\000\004"
		"\001\002\003\004"),
	  0,
	  "28 2/0/0 CNAME a.www.example.com., A 1.2.3.4 (67)" },
	{ "the names of records with -v", 1, false, 53, 4000,
	  BYTES("\000\034\205\200" "\000\001\000\001\000\000\000\000" "\003www\007example\003com\000" "\000\001\000\001" "\300\014"
		"\000\001\000\001\000\000\001,\000\004" "\001\002\003\004"),
	  0,
	  "28* 1/0/0 www.example.com. A 1.2.3.4 (49)" },
	{ "sections and times to live with -vvv", 3, false, 53, 4000,
	  BYTES("\000\034\205\200" "\000\001\000\001\000\001\000\001" "\003www\007example\003com\000" "\000\001\000\001" "\300\014"
		"\000\001\000\001\000\001_\315\000\004" "\001\002\003\004" "\300\014" "\000\002\000\001\000\000\000\000\000\005"
		"\002ns\300\014" "\002ns\300\014" "\000\034\000\001\001\3413\200\000\020" " \001\015\270" ZEROS_8 "\000\000\000" "\001"),
	  0,
	  "28* q: A? www.example.com. 1/1/1 www.example.com. [1d1h1m1s] A 1.2.3.4 ns: www.example.com. [0s] NS ns.www.example.com. ar:"
	  " ns.www.example.com. [1y] AAAA 2001:db8::1 (97)" },
	{ "flags and code of a response", 0, false, 53, 4000,
	  BYTES("\000\034\206#" "\000\001\000\000\000\000\000\000" "\003www\007example\003com\000" "\000\001\000\001"),
	  0,
	  "28 NXDomain*-|$ 0/0/0 (33)" },
	{ "the code that EDNS extends", 0, false, 53, 4000,
	  BYTES("\000\034\201\200" "\000\000\000\000\000\000\000\001" "\000" "\000)\002\000\001\000\000\000\000\000" ""),
	  0,
	  "28 BadVers [0q] 0/0/1 (23)" },
	{ "a code without a name", 0, false, 53, 4000,
	  BYTES("\000\034\201\201" "\000\000\000\000\000\000\000\001" "\000" "\000)\002\000\002\000\000\000\000\000" ""),
	  0,
	  "28 Resp33 [0q] 0/0/1 (23)" },
	{ "SOA, MX, TXT", 1, false, 53, 4000,
	  BYTES("\000\034\201\200" "\000\000\000\003\000\000\000\000" "\001b\001c\000" "\000\006\000\001\000\000\000\001\000\036"
		"\002ns\000\004host\000\000\000\000\001\000\000\000\002\000\000\000\003\000\000\000\004\000\000\000\005" "\300\014"
		"\000\017\000\001\000\000\000\001\000\006" "\000\012\001m\300\014" "\300\014"
		"\000\020\000\001\000\000\000\001\000\011" "\002hi\005a\001\377\012b"),
	  0,
	  "28 [0q] 3/0/0 b.c. SOA ns. host. 1 2 3 4 5, b.c. MX m.b.c. 10, b.c. TXT \"hi\" \"a^AM-^?^Jb\" (96)" },
	{ "SRV, A6, URI, UNSPECA", 0, false, 53, 4000,
	  BYTES("\000\034\201\200" "\000\000\000\004\000\000\000\000" "\001b\001c\000" "\000!\000\001\000\000\000\001\000\012"
		"\000\001\000\002\000\003\001s\300\014" "\300\014" "\000&\000\001\000\000\000\001\000\015"
		"@\000\000\000\000\000\000\000\001\001p\300\014" "\300\014" "\001\000\000\001\000\000\000\001\000\014"
		"\000\001\000\002http://x" "\300\014" "\000h\000\001\000\000\000\001\000\004" "text"),
	  0,
	  "28 [0q] 4/0/0 SRV s.b.c.:3 1 2, A6 64 ::1 p.b.c., URI 1 2 http://x, UNSPECAtext (102)" },
	{ "types that are named only", 0, false, 53, 4000,
	  BYTES("\000\034\201\200" "\000\000\000\003\000\000\000\000" "\001b\001c\000" "\000.\000\001\000\000\000\001\000\004" "1234"
		"\300\014" "\000A\000\003\000\000\000\001\000\002" "12" "\300\014" "\000c\000\376\000\000\000\001\000\003" "\002hi"),
	  0,
	  "28 [0q] 3/0/0 RRSIG, CHAOS Type65, (Class 254) SPF (60)" },
	{ "a signed message", 1, false, 53, 4000,
	  BYTES("\000\034\201\200" "\000\000\000\001\000\000\000\000" "\003key\000" "\000\372\000\377\000\000\000\000\000\034"
		"\010hmac-md5" ZEROS_8 "\005\000\002ab\000\007\000\001\000\000"),
	  0,
	  "28 [0q] 1/0/0 key. ANY TSIG hmac-md5. fudge=5 maclen=2 origid=7 error=1 otherlen=0 (55)" },
	{ "a pointer that leads forward", 0, false, 4000, 53,
	  BYTES("\000\034\000\000" "\000\001\000\000\000\000\000\000" "\001a\300\016" "\000\001\000\001"),
	  0,
	  "28 A? a.<BAD PTR> [|domain]" },
	{ "a pointer to itself", 1, false, 53, 4000,
	  BYTES("\000\034\201\200" "\000\000\000\001\000\000\000\000" "\300\014" "\000\001\000\001\000\000\000\001\000\004"
		"\001\002\003\004"),
	  0,
	  "28 [0q] 1/0/0 <BAD PTR> [|domain]" },
	{ "a bit string", 0, false, 4000, 53,
	  BYTES("\000\034\000\000" "\000\001\000\000\000\000\000\000" "A\014\253\315\001z\000" "\000\001\000\001"),
	  0,
	  "28 A? \\[xabc/12].z. (23)" },
	{ "a label of no known type", 1, false, 53, 4000,
	  BYTES("\000\034\201\200" "\000\000\000\001\000\000\000\000" "\001a\200" "\000\001\000\001\000\000\000\001\000\004"
		"\001\002\003\004"),
	  0,
	  "28 [0q] 1/0/0 a.<BAD LABEL TYPE> [|domain]" },
	{ "an extended label of no known type", 1, false, 53, 4000,
	  BYTES("\000\034\201\200" "\000\000\000\001\000\000\000\000" "\001aB" "\000\001\000\001\000\000\000\001\000\004"
		"\001\002\003\004"),
	  0,
	  "28 [0q] 1/0/0 a.<ELT 2> [|domain]" },
	{ "a name that is too long", 0, false, 4000, 53,
	  BYTES("\000\034\000\000" "\000\001\000\000\000\000\000\000"
		"?aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"?bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
		"?ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
		"?ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd" "\003eee\000" "\000\001\000\001"),
	  0,
	  "28 A? aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
	  "bbbbbbbb.ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.dddddddddddddddddddddddddddddddddddddddddddddddddddd"
	  "ddddddddddd.<DOMAIN NAME TOO LONG> (277)" },
	{ "control characters in a name", 0, false, 4000, 53,
	  BYTES("\000\034\000\000" "\000\001\000\000\000\000\000\000" "\004\012\033\200.\000" "\000\001\000\001"),
	  0,
	  "28 A? ^J^[M-^@.. (22)" },
	{ "a header that does not fit", 0, false, 4000, 53,
	  BYTES("\000\000\000\000\000"),
	  0,
	  "domain [length 5 < 12] (invalid)" },
	{ "no data at all", 0, false, 4000, 53,
	  BYTES(""),
	  0,
	  "domain [length 0 < 12] (invalid)" },
	{ "a header that is cut", 0, false, 4000, 53,
	  BYTES("\000\034\001\000" "\000\001\000\000\000\000\000\000" "\003www\007example\003com\000" "\000\001\000\001"),
	  11,
	  " [|domain]" },
	{ "a question that is cut", 0, false, 4000, 53,
	  BYTES("\000\034\001\000" "\000\001\000\000\000\000\000\000" "\003www\007example\003com\000" "\000\001\000\001"),
	  30,
	  "28+ [|domain]" },
	{ "an answer that is cut", 0, false, 53, 4000,
	  BYTES("\000\034\201\200" "\000\001\000\001\000\000\000\000" "\003www\007example\003com\000" "\000\001\000\001" "\300\014"
		"\000\001\000\001\000\000\001,\000\004" "\001\002\003\004"),
	  46,
	  "28 1/0/0 A [|domain]" },
	{ "an answer whose name is cut", 0, false, 53, 4000,
	  BYTES("\000\034\201\200" "\000\001\000\001\000\000\000\000" "\003www\007example\003com\000" "\000\001\000\001" "\300\014"
		"\000\001\000\001\000\000\001,\000\004" "\001\002\003\004"),
	  34,
	  "28 1/0/0 (49)" },
	{ "a text that is cut", 0, false, 53, 4000,
	  BYTES("\000\034\201\200" "\000\000\000\001\000\000\000\000" "\001a\000" "\000\020\000\001\000\000\000\001\000\006"
		"\005abcde"),
	  30,
	  "28 [0q] 1/0/0 TXT [|domain]" },
	{ "multicast questions", 0, false, 5353, 5353,
	  BYTES("\000\000\000\000" "\000\002\000\000\000\000\000\000" "\001a\005local\000" "\000\377\200\001" "\001b\005local\000"
		"\000\014\000\001"),
	  0,
	  "0 [2q] ANY (QU)? a.local. PTR (QM)? b.local. (38)" },
	{ "multicast answers", 1, false, 5353, 5353,
	  BYTES("\000\000\204\000" "\000\000\000\002\000\000\000\000" "\001a\005local\000" "\000\001\200\001\000\000\000x\000\004"
		"\001\002\003\004" "\300\014" "\000\001\200\004\000\000\000x\000\004" "\001\002\003\004"),
	  0,
	  "0*- [0q] 2/0/0 a.local. (Cache flush) A 1.2.3.4, a.local. HS (Cache flush) A 1.2.3.4 (51)" },
	{ "a message over TCP", 0, true, 4000, 53,
	  BYTES("\000!" "\000\034\001\000" "\000\001\000\000\000\000\000\000" "\003www\007example\003com\000" "\000\001\000\001"),
	  0,
	  "Flags [P.], seq 100:135, ack 200, win 8192, length 35 28+ A? www.example.com. (33)" },
	{ "half a length over TCP", 0, true, 4000, 53,
	  BYTES("\000"),
	  0,
	  "Flags [P.], seq 100:101, ack 200, win 8192, length 1 [DNS over TCP: length 1 < 2] (invalid)" },
	{ "a length that is not that of the segment", 0, true, 4000, 53,
	  BYTES("\000\"" "\000\034\001\000" "\000\001\000\000\000\000\000\000" "\003www\007example\003com\000" "\000\001\000\001"),
	  0,
	  "Flags [P.], seq 100:135, ack 200, win 8192, length 35 [prefix length(34) != length(33)] (invalid)" },
	{ "a message over TCP that is too short", 0, true, 53, 4000,
	  BYTES("\000\001a"),
	  0,
	  "Flags [P.], seq 100:103, ack 200, win 8192, length 3 domain [length 1 < 12] (invalid)" },
};

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
	suite_add_tcase(suite, tcase);
	return suite;
}

int main(void)
{
	return suite_main(make_suite());
}
