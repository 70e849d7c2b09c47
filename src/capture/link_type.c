/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Link types have two numberings: DLT_, which libpcap's functions use and in which some values differ between platforms, and LINKTYPE_,
 * which stands in savefiles and is the same everywhere. Most values are equal in both; this is the list of the others
 * (https://www.tcpdump.org/linktypes.html).
 */
#include "capture/capture.h"

#include <stddef.h>

#ifndef DLT_FR
#define DLT_FR 107
#endif

static const struct {
	int dlt;
	uint16_t link_type;
} different[] = {
	{ DLT_ATM_RFC1483, 100 },
	{ DLT_RAW, 101 },
	{ DLT_SLIP_BSDOS, 102 },
	{ DLT_PPP_BSDOS, 103 },
	{ DLT_C_HDLC, 104 },
	{ DLT_ATM_CLIP, 106 },
	{ DLT_FR, 107 },
	{ DLT_LOOP, 108 },
	{ DLT_ENC, 109 },
	{ DLT_PFSYNC, 246 },
	{ DLT_PKTAP, 258 },
};

uint16_t link_type_from_dlt(int dlt)
{
	for (size_t i = 0; i < sizeof different / sizeof different[0]; i++)
		if (different[i].dlt == dlt)
			return different[i].link_type;
	return (uint16_t)dlt;
}

int link_type_to_dlt(uint16_t link_type)
{
	for (size_t i = 0; i < sizeof different / sizeof different[0]; i++)
		if (different[i].link_type == link_type)
			return different[i].dlt;
	return link_type;
}

bool synfin_link_type_known(const char *name)
{
	return pcap_datalink_name_to_val(name) >= 0;
}
