/* SPDX-License-Identifier: BSD-3-Clause */
/* The end of every unit test: `int main(void) { return suite_main(the_suite()); }`. */
#ifndef SYNFIN_UNIT_SUITE_H
#define SYNFIN_UNIT_SUITE_H

#include <check.h>
#include <stdlib.h>

/* Run the suite and free it; EXIT_SUCCESS only if tests ran and none of them failed. */
static inline int suite_main(Suite *suite)
{
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int ran = srunner_ntests_run(runner);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return ran > 0 && failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
