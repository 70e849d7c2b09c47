/* SPDX-License-Identifier: BSD-3-Clause */
/* What DNS answers say about addresses and names (RFC 1035, RFC 3596, RFC 6762). */
#ifndef SYNFIN_DECODE_DNS_H
#define SYNFIN_DECODE_DNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <synfin/packet.h>

/*
 * An address and its name in small letters, which need not be that of a host; valid during the callback. `reverse`: the address was asked for,
 * and the name is what was answered.
 */
typedef void dns_answer_fn(void *context, const struct synfin_address *address, const char *name, size_t length, bool reverse);

/*
 * Tell what a message answers. An address is told under the name that was asked for, whatever names led on from there (CNAME); answers to
 * what was not asked are passed over. Multicast messages ask nothing: there each record speaks for itself. A message that makes no sense, or
 * ends, tells what stands before that place; of more than 32 records, or 4096 bytes in names, the first are looked at.
 */
void dns_answers(const uint8_t *bytes, size_t length, bool multicast, dns_answer_fn *each, void *context);

#endif
