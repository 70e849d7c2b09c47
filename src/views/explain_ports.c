/* SPDX-License-Identifier: BSD-3-Clause */
#include "views/explain_ports.h"

#include <stddef.h>

static const struct {
	uint16_t port;
	const char *name;
} ports[] = {
	{ 7, "echo" }, { 20, "FTP data" }, { 21, "FTP" }, { 22, "SSH" }, { 23, "Telnet" }, { 25, "SMTP" }, { 53, "DNS" }, { 67, "DHCP" },
	{ 68, "DHCP" }, { 69, "TFTP" }, { 80, "HTTP" }, { 88, "Kerberos" }, { 110, "POP3" }, { 111, "RPC" }, { 123, "NTP" }, { 143, "IMAP" },
	{ 161, "SNMP" }, { 162, "SNMP" }, { 179, "BGP" }, { 389, "LDAP" }, { 443, "HTTPS" }, { 445, "SMB" }, { 465, "SMTPS" },
	{ 514, "syslog" }, { 546, "DHCPv6" }, { 547, "DHCPv6" }, { 554, "RTSP" }, { 587, "SMTP" }, { 631, "IPP" }, { 636, "LDAPS" },
	{ 853, "DNS/TLS" }, { 993, "IMAPS" }, { 995, "POP3S" }, { 1883, "MQTT" }, { 1900, "SSDP" }, { 2049, "NFS" }, { 3306, "MySQL" },
	{ 3389, "RDP" }, { 5060, "SIP" }, { 5353, "mDNS" }, { 5355, "LLMNR" }, { 5432, "PostgreSQL" }, { 5900, "VNC" }, { 6379, "Redis" },
	{ 8080, "HTTP" }, { 8443, "HTTPS" },
};

const char *explain_port_name(uint16_t port)
{
	for (size_t i = 0; i < sizeof ports / sizeof *ports; i++)
		if (ports[i].port == port)
			return ports[i].name;
	return NULL;
}
