/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/lint.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "cli/filter_tokens.h"
#include "views/text.h"

static bool has(const struct tokens *tokens, const char *words)
{
	for (size_t i = 0; i < tokens->count; i++)
		if (token_is(&tokens->list[i], words))
			return true;
	return false;
}

bool lint_mentions(const char *expression, const char *words)
{
	struct tokens tokens;
	tokens_split(&tokens, expression);
	return has(&tokens, words);
}

/* ---- Words that move what follows (pcap-filter(7): the offsets of the rest of the expression change) */

#define MOVERS "vlan mpls pppoes geneve"

/*
 * An "or" beside or outside of the mover at `from` is an alternative to it, and what stands there need not be tagged; one within
 * parentheses that are opened behind it is not. Returns where the alternative begins, or count.
 */
static size_t alternative(const struct tokens *tokens, size_t from)
{
	int depth = tokens->list[from].depth;
	bool negated = from > 0 && tokens_at(tokens, from - 1, "not !");
	for (size_t i = from + 1; i < tokens->count; i++) {
		const struct token *token = &tokens->list[i];
		if (token->depth < depth)
			depth = token->depth;
		if (token->depth == depth && (token_is(token, "or ||") || (negated && token_is(token, "and &&"))))
			return i + 1;
	}
	return tokens->count;
}

static unsigned lint_movers(const struct tokens *tokens)
{
	unsigned found = 0;
	for (size_t i = 0; i < tokens->count; i++) {
		if (!tokens_at(tokens, i, MOVERS))
			continue;
		size_t other = alternative(tokens, i);
		while (tokens_at(tokens, other, "( not !"))
			other++;
		if (other < tokens->count)
			found |= 1u << (tokens_at(tokens, i, "vlan") && tokens_at(tokens, other, "vlan") ? LINT_VLAN_IN_VLAN : LINT_BEHIND_VLAN);
	}
	return found;
}

/* ---- Headers by number */

static bool is_ipv6_address(const struct token *token)
{
	char copy[INET6_ADDRSTRLEN];
	struct in6_addr address;
	if (token->length >= sizeof copy)
		return false;
	memcpy(copy, token->text, token->length);
	copy[token->length] = '\0';
	return inet_pton(AF_INET6, copy, &address) == 1;
}

/* pcap-filter(7): "ip6 proto" and tcp[...]: the header chain of IPv6 is not followed, an index into TCP or UDP implies IPv4. */
static unsigned lint_indexes(const struct tokens *tokens)
{
	bool indexed = false, ipv4 = false, ipv6_by_number = false, ipv6 = false;
	for (size_t i = 0; i < tokens->count; i++) {
		bool index = tokens_at(tokens, i + 1, "[");
		indexed |= index && tokens_at(tokens, i, "tcp udp sctp");
		ipv4 |= !index && tokens_at(tokens, i, "ip");
		ipv6_by_number |= index && tokens_at(tokens, i, "ip6");
		ipv6 |= (!index && tokens_at(tokens, i, "ip6")) || is_ipv6_address(&tokens->list[i]);
	}
	/* Who says ip, or looks into IPv6 by himself, knows. */
	if (!indexed || ipv4 || ipv6_by_number)
		return 0;
	return 1u << (ipv6 && !has(tokens, "or || not !") ? LINT_NEVER_IPV6 : LINT_IPV4_ONLY);
}

static unsigned lint_flags(const struct tokens *tokens)
{
	for (size_t i = 0; i < tokens->count; i++)
		if (tokens_at(tokens, i, "tcp") && tokens_at(tokens, i + 1, "[") && tokens_at(tokens, i + 2, "13 tcpflags 0xd") && tokens_at(tokens, i + 3, "]") &&
			tokens_at(tokens, i + 4, "= =="))
			return 1u << LINT_ALL_FLAGS;
	return 0;
}

/* ---- Tunnels */

/* A packet has one IP header for libpcap, the outer one: GRE, IP in IP or UDP to a tunnel's port cannot be TCP as well. */
static unsigned lint_tunnels(const struct tokens *tokens)
{
	bool tunnel = false;
	for (size_t i = 0; i < tokens->count; i++) {
		tunnel |= tokens_at(tokens, i, "proto") && tokens_at(tokens, i + 1, "gre \\gre 47 4 41 \\ipip ipip");
		tunnel |= tokens_at(tokens, i, "port") && tokens_at(tokens, i + 1, "4789 6081 8472 vxlan") && has(tokens, "udp");
	}
	bool otherwise = has(tokens, "or || not ! " MOVERS);
	return tunnel && has(tokens, "tcp") && !otherwise ? 1u << LINT_OUTER_ONLY : 0;
}

unsigned lint_filter(const char *expression)
{
	struct tokens tokens;
	tokens_split(&tokens, expression);
	return lint_movers(&tokens) | lint_indexes(&tokens) | lint_flags(&tokens) | lint_tunnels(&tokens);
}

const char *lint_text(enum lint lint)
{
	static const char *const texts[LINTS] = {
		[LINT_BEHIND_VLAN] = N_("in the filter, what stands behind vlan (or mpls, pppoes, geneve) is looked for in tagged packets only, behind \"or\" and \"not\", too: "
			"write it before, as in 'tcp port 80 or (vlan and tcp port 80)'"),
		[LINT_VLAN_IN_VLAN] = N_("in the filter, the second vlan looks for a tag within the first one, behind \"or\", too"),
		[LINT_IPV4_ONLY] = N_("in the filter, tcp[...] and udp[...] find nothing over IPv6, only over IPv4"),
		[LINT_NEVER_IPV6] = N_("the filter can never match: tcp[...] and udp[...] find nothing over IPv6"),
		[LINT_ALL_FLAGS] = N_("in the filter, '=' compares all of TCP's flags at once, also those of ECN, which many SYNs have: "
			"'tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn' looks at two of them"),
		[LINT_OUTER_ONLY] = N_("the filter can never match: it looks at the outer packet only, which carries the tunnel and not TCP"),
	};
	return T(texts[lint]);
}
