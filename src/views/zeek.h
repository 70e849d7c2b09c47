/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Connections as Zeek's conn.log: tab-separated, with the header lines that zeek-cut reads.
 *
 * The columns are those of Zeek 6, and behind them those of its scripts for Community IDs and VLANs. Unset is what is not tracked:
 * the service, what is local, bytes with IP headers, parents of tunnels. As in Zeek, a connection that took no time has no
 * duration and no byte counts. Opened and closed are the capture's times, so that the same packets give the same log.
 */
#ifndef SYNFIN_VIEWS_ZEEK_H
#define SYNFIN_VIEWS_ZEEK_H

#include "views/connection_log.h"

extern const struct connection_format zeek_connections;

#endif
