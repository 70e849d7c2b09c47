/* SPDX-License-Identifier: BSD-3-Clause */
/* What holds of every decoded packet, however cut or malformed. */
#ifndef SYNFIN_UNIT_TEST_DECODE_INVARIANTS_H
#define SYNFIN_UNIT_TEST_DECODE_INVARIANTS_H

#include <stddef.h>
#include <string.h>

#include <synfin/packet.h>

#include "decode/decode.h"

#define BROKEN_IF(condition) do { if (condition) return #condition; } while (0)

/* All but the last layer have their whole header, and the next layer begins behind it. */
static inline const char *broken_layer(const struct synfin_packet *p, unsigned i)
{
	const struct synfin_layer *l = &p->layers[i];
	BROKEN_IF(l->kind == SYNFIN_LAYER_NONE || l->kind >= SYNFIN_LAYER_KINDS);
	BROKEN_IF(l->captured > l->length && (l->kind != SYNFIN_LAYER_IPV4 || l->captured != l->header || !(l->fault & SYNFIN_FAULT_LENGTH)));
	BROKEN_IF(l->offset > p->captured || l->captured > p->captured - l->offset);
	BROKEN_IF(l->header > l->captured);
	BROKEN_IF(l->fault & ~p->fault);
	BROKEN_IF(l->fault & SYNFIN_FAULT_SHORT && l->header);
	if (i + 1u < p->layer_count) {
		BROKEN_IF(l[1].offset != l->offset + l->header);
		BROKEN_IF(!l->header && l->kind != SYNFIN_LAYER_RAW);
		BROKEN_IF(l->fault & (SYNFIN_FAULT_CUT | SYNFIN_FAULT_SHORT | SYNFIN_FAULT_VERSION | SYNFIN_FAULT_ORDER | SYNFIN_FAULT_DEPTH));
		BROKEN_IF(l->kind == SYNFIN_LAYER_PAYLOAD || l->kind == SYNFIN_LAYER_IP_FRAGMENT || l->kind >= SYNFIN_LAYER_UNKNOWN_ETHERTYPE);
	} else {
		BROKEN_IF(l->fault & SYNFIN_FAULT_DEPTH && l->kind != SYNFIN_LAYER_MPLS && l->kind != SYNFIN_LAYER_GRE
			&& p->layer_count != SYNFIN_LAYERS_MAX);
	}
	return NULL;
}

static inline const char *broken_tcp(const struct synfin_packet *p)
{
	const struct synfin_tcp *t = &p->tcp;
	const struct synfin_layer *l = &p->layers[p->tcp_layer];
	const struct synfin_layer *last = &p->layers[p->layer_count - 1];
	BROKEN_IF(!p->ip_version);
	BROKEN_IF(p->has_udp);
	BROKEN_IF(p->tcp_layer >= p->layer_count || l->kind != SYNFIN_LAYER_TCP);
	BROKEN_IF(l->captured < 20 || t->header < 20 || t->header > 60);
	BROKEN_IF(t->header > l->length && t->payload);
	BROKEN_IF(t->header <= l->length && (t->declared != l->length - t->header || t->payload > t->declared));
	BROKEN_IF(t->payload_offset != l->offset + t->header);
	BROKEN_IF(t->payload_captured > t->payload);
	BROKEN_IF(t->payload_captured && t->payload_offset + t->payload_captured > p->captured);
	BROKEN_IF(t->sack_count > SYNFIN_SACK_MAX || !t->sack_count != !(t->options & SYNFIN_TCPOPT_SACK));
	BROKEN_IF(t->options && t->header == 20);
	BROKEN_IF((last->kind == SYNFIN_LAYER_PAYLOAD) != (l->header && t->declared > 0));
	BROKEN_IF(last->kind == SYNFIN_LAYER_PAYLOAD && (last->length != t->declared || last->captured < t->payload_captured));
	return NULL;
}

static inline bool carries_tunnel(const struct synfin_packet *p)
{
	for (unsigned i = 0; i < p->layer_count; i++) {
		const struct synfin_layer *l = &p->layers[i];
		if (l->kind == SYNFIN_LAYER_PPPOE || l->kind == SYNFIN_LAYER_GRE || l->kind == SYNFIN_LAYER_VXLAN || l->kind == SYNFIN_LAYER_GENEVE)
			return true;
		if (i && (l->kind == SYNFIN_LAYER_IPV4 || l->kind == SYNFIN_LAYER_IPV6 || l->kind == SYNFIN_LAYER_ETHERNET)
			&& (l->type == 4 || l->type == 41 || l->type == 143))
			return true;
	}
	return false;
}

/* The rule that a packet breaks; NULL if it keeps them all. */
static inline const char *broken_packet(const struct synfin_packet *p)
{
	unsigned faults = 0;
	BROKEN_IF(p->layer_count < 1 || p->layer_count > SYNFIN_LAYERS_MAX);
	BROKEN_IF(p->layers[0].offset || p->layers[0].captured != p->captured);
	BROKEN_IF(p->layers[0].length != (p->length < p->captured ? p->captured : p->length));
	for (unsigned i = 0; i < p->layer_count; i++) {
		const char *broken = broken_layer(p, i);
		if (broken)
			return broken;
		faults |= p->layers[i].fault;
	}
	BROKEN_IF(faults != p->fault);
	/* Bytes are missing because they were not recorded, or because a length declared more than there was. */
	BROKEN_IF(faults & SYNFIN_FAULT_CUT && p->captured >= p->length && !(faults & SYNFIN_FAULT_LENGTH));
	BROKEN_IF(p->ip_version != 0 && p->ip_version != 4 && p->ip_version != 6);
	BROKEN_IF(p->ip_version == 4 && memcmp(p->ip.source.bytes, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12) != 0);
	BROKEN_IF(p->ip_version == 4 && memcmp(p->ip.destination.bytes, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12) != 0);
	BROKEN_IF(p->ip_version && p->ip.first_fragment && !p->ip.fragment);
	BROKEN_IF(p->tunnel && !carries_tunnel(p));
	return p->has_tcp ? broken_tcp(p) : NULL;
}

static inline bool same_layer(const struct synfin_layer *a, const struct synfin_layer *b)
{
	return a->kind == b->kind && a->type == b->type && a->offset == b->offset && a->length == b->length;
}

/*
 * The rule that `cut`, the packet with fewer bytes recorded, breaks against `whole`: its layers are the first of the whole one's, and if
 * it has fewer, its last one says that it is cut. A frame in a UDP datagram that is too short for it is refused only when enough of it
 * was recorded to see that, so packets with such a layer are not compared.
 */
static inline const char *broken_cut(const struct synfin_packet *whole, const struct synfin_packet *cut)
{
	for (unsigned i = 1; i < whole->layer_count; i++) {
		if (whole->layers[i].kind == SYNFIN_LAYER_ETHERNET && whole->layers[i].fault)
			return NULL;
	}
	BROKEN_IF(cut->layer_count > whole->layer_count);
	BROKEN_IF(cut->layer_count < whole->layer_count && !(cut->fault & SYNFIN_FAULT_CUT));
	/* With the bytes that show another fault cut off, only a header that does not fit is still seen. */
	BROKEN_IF(cut->fault & ~whole->fault & ~(SYNFIN_FAULT_CUT | SYNFIN_FAULT_SHORT));
	for (unsigned i = 0; i < cut->layer_count; i++) {
		BROKEN_IF(!same_layer(&cut->layers[i], &whole->layers[i]));
		BROKEN_IF(cut->layers[i].captured > whole->layers[i].captured);
		if (i + 1u < cut->layer_count) {
			BROKEN_IF(cut->layers[i].header != whole->layers[i].header);
			BROKEN_IF(cut->layers[i].next != whole->layers[i].next);
			BROKEN_IF(cut->layers[i].fault != whole->layers[i].fault);
		}
	}
	BROKEN_IF(cut->has_tcp && !whole->has_tcp);
	BROKEN_IF(cut->has_tcp && (cut->tcp.seq != whole->tcp.seq || cut->tcp.payload != whole->tcp.payload));
	BROKEN_IF(cut->has_tcp && cut->tcp.options & ~whole->tcp.options);
	return NULL;
}

/* Sum what has a checksum: the result says nothing here, but reading must stay inside. */
static inline void sum_everything(const struct synfin_packet *p)
{
	for (unsigned i = 0; i <= p->layer_count; i++)
		(void)decode_checksum(p, i);
}

#undef BROKEN_IF

#endif
