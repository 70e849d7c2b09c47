/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What stands around the declarations of a public header: C names also for C++, and visible outside the shared library, whose other
 * functions are hidden (-fvisibility=hidden). A function that is new here belongs into src/libsynfin.map and libsynfin(3), too.
 */
#ifndef SYNFIN_API_H
#define SYNFIN_API_H

#ifdef __cplusplus
#define SYNFIN_C_BEGIN extern "C" {
#define SYNFIN_C_END }
#else
#define SYNFIN_C_BEGIN
#define SYNFIN_C_END
#endif

#ifdef __GNUC__
#define SYNFIN_DECLARATIONS_BEGIN _Pragma("GCC visibility push(default)") SYNFIN_C_BEGIN
#define SYNFIN_DECLARATIONS_END SYNFIN_C_END _Pragma("GCC visibility pop")
#else
#define SYNFIN_DECLARATIONS_BEGIN SYNFIN_C_BEGIN
#define SYNFIN_DECLARATIONS_END SYNFIN_C_END
#endif

#endif
