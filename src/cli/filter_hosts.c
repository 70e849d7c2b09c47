/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * pcap-filter(7): a name is a host's behind `host`, `gateway`, `src` and `dst`, and in a list that begins so (`host a or b`); not behind
 * another type (`net`, `port` ...), nor of stations (`ether host`), whose names stand in another file.
 */
#include "cli/filter_hosts.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <string.h>

#include "cli/filter_tokens.h"

#define HOSTS "host gateway"
#define DIRECTIONS "src dst"
#define STATIONS "ether link fddi tr wlan"
/* Of lists, which go on behind them. */
#define JOINTS "and or not && || ! ( )"

static bool is_address(const char *text, size_t length)
{
	char copy[INET6_ADDRSTRLEN];
	uint8_t bytes[16];
	if (length >= sizeof copy)
		return false;
	memcpy(copy, text, length);
	copy[length] = '\0';
	return inet_pton(AF_INET, copy, bytes) == 1 || inet_pton(AF_INET6, copy, bytes) == 1;
}

static bool is_name(const char *text, size_t length)
{
	bool letter = false;
	for (size_t i = 0; i < length; i++)
		letter |= isalpha((unsigned char)text[i]) != 0;
	return letter && !is_address(text, length);
}

/* Words of the language that may follow `or` where a further host might stand, as in "host a or tcp". */
static bool is_word(const struct token *token)
{
	return token_is(token, HOSTS " " DIRECTIONS " " STATIONS " net mask port portrange less greater proto protochain ip ip6 arp rarp tcp udp sctp icmp icmp6 "
		"igmp igrp pim vrrp carp ah esp atalk aarp decnet lat moprc mopdl sca stp ipx netbeui iso clnp esis isis es-is is-is l1 l2 iih lsp snp "
		"csnp psnp broadcast multicast inbound outbound ifname on ifindex rnr rulenum reason rset ruleset srnr subrulenum action type subtype dir "
		"addr1 addr2 addr3 addr4 ra ta vlan mpls pppoed pppoes geneve vxlan llc ppp slip len radio oam metac bcc sc ilmic vpi vci lane");
}

void filter_hosts(const char *expression, filter_host_fn *each, void *context)
{
	struct tokens tokens;
	bool stations = false, hosts = false;
	tokens_split(&tokens, expression);
	for (size_t i = 0; i < tokens.count; i++) {
		const struct token *token = &tokens.list[i];
		if (token_is(token, JOINTS))
			continue;
		if (tokens_at(&tokens, i + 1, "[") || token_is(token, "[")) {
			while (i < tokens.count && !tokens_at(&tokens, i, "]"))
				i++;
			hosts = false;
		} else if (token_is(token, STATIONS)) {
			stations = true;
			hosts = false;
		} else if (token_is(token, HOSTS " " DIRECTIONS)) {
			hosts = !stations;
		} else if (is_word(token)) {
			hosts = false;
			stations = false;
		} else if (hosts) {
			size_t escape = token->text[0] == '\\';
			if (is_name(token->text + escape, token->length - escape))
				each(context, token->text + escape, token->length - escape);
		} else {
			stations = false;
		}
	}
}
