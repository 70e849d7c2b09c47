/* SPDX-License-Identifier: BSD-3-Clause */
/* The register of the IEEE: its lines, what is none, and that it is read only when somebody asks. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "names/vendors.h"
#include "suite.h"

static char path[] = "/tmp/synfin-oui-XXXXXX";

static struct vendors *open_with(const char *text)
{
	memcpy(path + sizeof path - 7, "XXXXXX", 6);
	int descriptor = mkstemp(path);
	ck_assert_int_ge(descriptor, 0);
	FILE *file = fdopen(descriptor, "w");
	fputs(text, file);
	fclose(file);
	struct vendors *vendors = vendors_open(path);
	unlink(path);
	return vendors;
}

START_TEST(names_organisations)
{
	struct vendors *vendors = open_with(
		"OUI/MA-L                                                    Organization\r\n"
		"company_id                                                  Organization\r\n\r\n"
		"AC-DE-48   (hex)\t\tPrivate\r\n"
		"ACDE48     (base 16)\t\tPrivate\r\n\r\n"
		"00-22-72   (hex)\t\tAmerican Micro-Fuel Device Corp.\r\n"
		"\t\t\t\t2181 Buchanan Loop\r\n"
		"00-00-01   (hex)\t\t\r\n"
		"00-0Z-01   (hex)\t\tNobody\r\n"
		"B0-00-B4   (hex)\t\tCisco Systems, Inc");
	ck_assert_ptr_nonnull(vendors);
	ck_assert_str_eq(vendors_name(vendors, 0xacde48), "Private");
	ck_assert_str_eq(vendors_name(vendors, 0x002272), "American Micro-Fuel Device Corp.");
	ck_assert_str_eq(vendors_name(vendors, 0xb000b4), "Cisco Systems, Inc");
	ck_assert_ptr_null(vendors_name(vendors, 0x000001));
	ck_assert_ptr_null(vendors_name(vendors, 0xffffff));
	vendors_close(vendors);
}
END_TEST

START_TEST(needs_no_register)
{
	ck_assert_ptr_null(vendors_open("/nonexistent/oui.txt"));
	vendors_close(NULL);
	struct vendors *vendors = open_with("");
	ck_assert_ptr_nonnull(vendors);
	ck_assert_ptr_null(vendors_name(vendors, 0));
	vendors_close(vendors);
}
END_TEST

/* As many lines as the register has, and more; names of any length. */
START_TEST(large)
{
	enum { LINES = 70000 };
	char *text = malloc(LINES * 60u);
	size_t used = 0;
	for (unsigned i = LINES; i-- > 0;)
		used += (size_t)sprintf(text + used, "%02X-%02X-%02X   (hex)\t\tMaker %u\n", i >> 16, i >> 8 & 255, i & 255, i);
	struct vendors *vendors = open_with(text);
	free(text);
	ck_assert_str_eq(vendors_name(vendors, 0), "Maker 0");
	ck_assert_str_eq(vendors_name(vendors, 12345), "Maker 12345");
	ck_assert_str_eq(vendors_name(vendors, LINES - 1), "Maker 69999");
	ck_assert_ptr_null(vendors_name(vendors, LINES));
	vendors_close(vendors);

	char line[1000] = "00-00-0C   (hex)\t\t";
	memset(line + strlen(line), 'a', 900);
	vendors = open_with(line);
	ck_assert_uint_eq(strlen(vendors_name(vendors, 0xc)), 100);
	vendors_close(vendors);
}
END_TEST

START_TEST(tcpdumps_own)
{
	ck_assert_str_eq(vendor_name(0x00000c), "Cisco");
	ck_assert_ptr_null(vendor_name(0x000001));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("vendors");
	TCase *cases = tcase_create("register");
	tcase_add_test(cases, names_organisations);
	tcase_add_test(cases, needs_no_register);
	tcase_add_test(cases, large);
	tcase_add_test(cases, tcpdumps_own);
	suite_add_tcase(suite, cases);
	return suite_main(suite);
}
