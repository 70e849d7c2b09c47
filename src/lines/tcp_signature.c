/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What RFC 2385 s2.0 signs: the pseudo header, the TCP header without options and with checksum 0, the data, the secret.
 */
#include "lines/tcp_signature.h"

#include <string.h>

#include "base/md5.h"
#include "lines/carrier.h"

enum { HEADER = 20, PROTOCOL_TCP = 6 };

/*
 * The length is that of all the IP header's payload. Behind an extension header or AH it should be the segment's, but then tcpdump calls
 * valid what is not, and the reverse, and so does this.
 */
static void add_pseudo_header(struct md5 *md5, const struct carrier *carrier)
{
	const uint8_t *ip = carrier->header;
	uint32_t length = carrier->version == 4 ? bytes_u16(ip + 2) - (ip[0] & 0x0fu) * 4 : bytes_u16(ip + 4);
	const uint8_t four[4] = { 0, PROTOCOL_TCP, (uint8_t)(length >> 8), (uint8_t)length };
	const uint8_t six[8] = { (uint8_t)(length >> 24), (uint8_t)(length >> 16), (uint8_t)(length >> 8), (uint8_t)length, 0, 0, 0,
		PROTOCOL_TCP };

	if (carrier->version == 4) {
		md5_add(md5, carrier->header + 12, 8);
		md5_add(md5, four, sizeof four);
	} else {
		md5_add(md5, carrier->header + 8, 32);
		md5_add(md5, six, sizeof six);
	}
}

bool signature_valid(const struct line *line, const uint8_t *signature)
{
	const struct synfin_layer *layer = &line->packet->layers[line->index];
	uint32_t size = line->packet->tcp.header;
	struct cursor at = cursor_over(line->packet->bytes + layer->offset, layer->captured);
	const uint8_t *segment = cursor_take(&at, layer->length);
	struct carrier carrier;
	uint8_t header[HEADER];
	uint8_t digest[16];
	struct md5 md5;

	if (!segment || size > layer->length || !carrier_find(line, &carrier))
		return false;
	memcpy(header, segment, HEADER);
	header[16] = header[17] = 0;
	md5_start(&md5);
	add_pseudo_header(&md5, &carrier);
	md5_add(&md5, header, HEADER);
	md5_add(&md5, segment + size, layer->length - size);
	md5_add(&md5, (const uint8_t *)line->options->md5_secret, strlen(line->options->md5_secret));
	md5_finish(&md5, digest);
	return memcmp(digest, signature, sizeof digest) == 0;
}
