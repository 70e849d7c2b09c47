/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Functions that are not used here, because they are unsafe or know no length: so that their
 * use does not compile: the Makefile puts this file in front of every source (-include).
 */
#ifndef SYNFIN_BASE_POISON_H
#define SYNFIN_BASE_POISON_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Where calls are checked (_FORTIFY_SOURCE) a C library may have macros for these. */
#undef strcpy
#undef strcat
#undef sprintf
#undef vsprintf
#undef gets
#undef strncpy
#undef strncat

#pragma GCC poison strcpy strcat sprintf vsprintf strtok atoi atol gets localtime gmtime ctime asctime strncpy strncat

#endif
