/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A recursive descent parser that makes a tree in an array, and a walk over the tree. What a value means depends on its field, so that is
 * settled when it is parsed: a word that a field can never be is an error, not a comparison that never holds.
 */
#include "views/select.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "views/select_field.h"

enum { NODES_MAX = 256, DEPTH_MAX = 32 };

enum operation { OPERATION_COMPARE, OPERATION_AND, OPERATION_OR, OPERATION_NOT };

struct node {
	enum operation operation;
	enum comparison comparison;
	const struct field *field;
	struct value value;
	unsigned left, right; /* indices */
};

struct select {
	char *text;
	unsigned count;
	unsigned root;
	struct node nodes[NODES_MAX];
};

struct parser {
	struct select *select;
	const char *at;
	unsigned depth;
	struct synfin_error *error;
};

static void skip_blanks(struct parser *parser)
{
	parser->at += strspn(parser->at, " \t\n");
}

static int wrong(const struct parser *parser, const char *what)
{
	if (!*parser->at)
		return error_set(parser->error, SYNFIN_E_ARGUMENT, NULL, "%s at the end", what);
	return error_set(parser->error, SYNFIN_E_ARGUMENT, NULL, "%s at '%.40s'", what, parser->at);
}

static size_t word_length(const char *text)
{
	return strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:/+-");
}

/* Take a sign, or a word that stands alone. */
static bool take(struct parser *parser, const char *sign, const char *word)
{
	skip_blanks(parser);
	size_t length = strlen(sign);
	if (length && strncmp(parser->at, sign, length) == 0) {
		parser->at += length;
		return true;
	}
	length = word ? strlen(word) : 0;
	if (!length || strncmp(parser->at, word, length) != 0 || word_length(parser->at) != length)
		return false;
	parser->at += length;
	return true;
}

static int add(struct parser *parser, const struct node *node)
{
	struct select *select = parser->select;
	if (select->count == NODES_MAX)
		return error_set(parser->error, SYNFIN_E_ARGUMENT, NULL, "the expression has more than %d parts", NODES_MAX);
	select->nodes[select->count] = *node;
	return (int)select->count++;
}

static bool in_list(const char *list, const char *word, size_t length)
{
	for (; *list; list += strcspn(list, " "), list += *list == ' ')
		if (strcspn(list, " ") == length && memcmp(list, word, length) == 0)
			return true;
	return false;
}

static int read_number(const struct parser *parser, const struct field *field, struct value *value)
{
	static const struct {
		const char *unit;
		int64_t factor;
		bool of_durations;
	} units[] = {
		{ "", 1, false }, { "k", 1000, false }, { "M", 1000000, false }, { "G", 1000000000, false }, { "ns", 1, true }, { "us", 1000, true },
		{ "ms", 1000000, true }, { "s", 1000000000, true }, { "min", INT64_C(60000000000), true }, { "h", INT64_C(3600000000000), true },
	};
	char *end = NULL;
	char copy[32];
	if (value->length >= sizeof copy)
		return wrong(parser, "no number");
	memcpy(copy, value->text, value->length);
	copy[value->length] = '\0';
	errno = 0;
	value->number = strtoll(copy, &end, 10);
	if (end == copy || errno)
		return error_set(parser->error, SYNFIN_E_ARGUMENT, NULL, "%s is a number, and '%.30s' is none", field->name, copy);
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (strcmp(end, units[i].unit) == 0 && (!units[i].of_durations || field->kind == FIELD_DURATION)) {
			if (__builtin_mul_overflow(value->number, units[i].factor, &value->number))
				return error_set(parser->error, SYNFIN_E_ARGUMENT, NULL, "%s is too large", copy);
			return SYNFIN_OK;
		}
	return error_set(parser->error, SYNFIN_E_ARGUMENT, NULL, "%s has no unit '%.20s'", field->name, end);
}

/* An address, or "10.0.0.0/8". */
static int read_address(const struct parser *parser, struct value *value)
{
	char copy[INET6_ADDRSTRLEN + 4];
	bool good = value->length < sizeof copy;
	if (good) {
		long bits = -1;
		memcpy(copy, value->text, value->length);
		copy[value->length] = '\0';
		char *slash = strchr(copy, '/');
		char *end = NULL;
		if (slash) {
			*slash = '\0';
			bits = strtol(slash + 1, &end, 10);
			good = end != slash + 1 && !*end && bits >= 0;
		}
		memcpy(value->address.bytes, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);
		long most = 128;
		if (good && inet_pton(AF_INET, copy, value->address.bytes + 12) == 1) {
			most = 32;
			value->bits = 96;
		} else if (good) {
			good = inet_pton(AF_INET6, copy, value->address.bytes) == 1;
		}
		good = good && bits <= most;
		value->bits += (unsigned)(bits < 0 ? most : bits);
	}
	if (!good)
		return error_set(parser->error, SYNFIN_E_ARGUMENT, NULL, "'%.*s' is no address, and no ADDRESS/BITS",
			(int)(value->length < 60 ? value->length : 60), value->text);
	return SYNFIN_OK;
}

/* The beginning of a time as records have it. */
static bool is_time(const struct value *value)
{
	static const char form[] = "0000-00-00T00:00:00.000000000Z";
	bool good = value->length > 0 && value->length < sizeof form;
	for (size_t i = 0; good && i < value->length; i++)
		good = form[i] == '0' ? value->text[i] >= '0' && value->text[i] <= '9' : value->text[i] == form[i];
	return good;
}

/* What the value means to its field. */
static int settle(const struct parser *parser, const struct field *field, bool quoted, struct value *value)
{
	if (!quoted && value->length == 4 && memcmp(value->text, "null", 4) == 0) {
		value->is_null = true;
		return SYNFIN_OK;
	}
	if (field_is_number(field))
		return read_number(parser, field, value);
	if (field->kind == FIELD_ADDRESS)
		return read_address(parser, value);
	if (field->kind == FIELD_TIME && !is_time(value))
		return error_set(parser->error, SYNFIN_E_ARGUMENT, NULL, "%s is a time as 2026-11-20T23:58, or the beginning of one, and '%.*s' is none",
			field->name, (int)(value->length < 40 ? value->length : 40), value->text);
	if (field->kind == FIELD_BOOL) {
		value->number = in_list("true", value->text, value->length);
		if (!value->number && !in_list("false", value->text, value->length))
			return error_set(parser->error, SYNFIN_E_ARGUMENT, NULL, "%s is true or false", field->name);
	}
	if (field->words && !in_list(field->words, value->text, value->length))
		return error_set(parser->error, SYNFIN_E_ARGUMENT, NULL, "%s is never '%.*s': it is one of %s", field->name,
			(int)(value->length < 40 ? value->length : 40), value->text, field->words);
	return SYNFIN_OK;
}

static int parse_value(struct parser *parser, const struct field *field, struct value *value)
{
	skip_blanks(parser);
	char quote = *parser->at;
	bool quoted = quote == '"' || quote == '\'';
	*value = (struct value){ .text = parser->at + quoted };
	value->length = quoted ? strcspn(value->text, quote == '"' ? "\"" : "'") : word_length(value->text);
	if (quoted && value->text[value->length] != quote)
		return wrong(parser, "a text that does not end");
	if (!quoted && value->length == 0)
		return wrong(parser, "a value is missing");
	parser->at = value->text + value->length + quoted;
	return settle(parser, field, quoted, value);
}

/* Whether a field can be compared so. */
static int check_comparison(const struct parser *parser, const struct field *field, enum comparison comparison)
{
	bool equality = comparison == COMPARE_EQUAL || comparison == COMPARE_NOT_EQUAL;
	bool text = field->kind == FIELD_TEXT || field->kind == FIELD_WORD;
	bool good = equality || (comparison == COMPARE_CONTAINS ? text && !field->words : field_is_number(field) || field->kind == FIELD_TIME);
	if (good)
		return SYNFIN_OK;
	return error_set(parser->error, SYNFIN_E_ARGUMENT, NULL, "%s takes == and !=%s", field->name,
		field_is_number(field) || field->kind == FIELD_TIME ? ", <, <=, > and >=" : text && !field->words ? " and ~" : " only");
}

static int parse_comparison(struct parser *parser)
{
	static const struct {
		const char *sign;
		enum comparison comparison;
	} signs[] = {
		{ "==", COMPARE_EQUAL }, { "!=", COMPARE_NOT_EQUAL }, { "<=", COMPARE_NOT_MORE }, { ">=", COMPARE_NOT_LESS }, { "=", COMPARE_EQUAL },
		{ "<", COMPARE_LESS }, { ">", COMPARE_MORE }, { "~", COMPARE_CONTAINS },
	};
	struct node node = { .operation = OPERATION_COMPARE };
	skip_blanks(parser);
	size_t length = word_length(parser->at);
	node.field = field_find(parser->at, length);
	if (!node.field)
		return wrong(parser, length ? "no field of a connection record (synfin-json(5) lists them)" : "a field is missing");
	parser->at += length;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (take(parser, signs[i].sign, NULL)) {
			node.comparison = signs[i].comparison;
			int status = check_comparison(parser, node.field, node.comparison);
			if (status == 0)
				status = parse_value(parser, node.field, &node.value);
			return status < 0 ? status : add(parser, &node);
		}
	if (node.field->kind != FIELD_BOOL)
		return error_set(parser->error, SYNFIN_E_ARGUMENT, NULL, "%s must be compared with something", node.field->name);
	node.value.number = 1;
	return add(parser, &node);
}

static int parse_or(struct parser *parser);

static int parse_not(struct parser *parser)
{
	if (++parser->depth > DEPTH_MAX)
		return wrong(parser, "too many parentheses and negations");
	int found;
	skip_blanks(parser);
	if (strncmp(parser->at, "!=", 2) != 0 && take(parser, "!", "not")) {
		found = parse_not(parser);
		if (found >= 0)
			found = add(parser, &(struct node){ .operation = OPERATION_NOT, .left = (unsigned)found });
	} else if (take(parser, "(", NULL)) {
		found = parse_or(parser);
		if (found >= 0 && !take(parser, ")", NULL))
			found = wrong(parser, "a ) is missing");
	} else {
		found = parse_comparison(parser);
	}
	parser->depth--;
	return found;
}

/* The index of the node that was made, or a negative status; likewise above. */
static int parse_and(struct parser *parser)
{
	int left = parse_not(parser);
	while (left >= 0 && take(parser, "&&", "and")) {
		int right = parse_not(parser);
		left = right < 0 ? right : add(parser, &(struct node){ .operation = OPERATION_AND, .left = (unsigned)left, .right = (unsigned)right });
	}
	return left;
}

static int parse_or(struct parser *parser)
{
	int left = parse_and(parser);
	while (left >= 0 && take(parser, "||", "or")) {
		int right = parse_and(parser);
		left = right < 0 ? right : add(parser, &(struct node){ .operation = OPERATION_OR, .left = (unsigned)left, .right = (unsigned)right });
	}
	return left;
}

int select_create(struct select **select, const char *expression, struct synfin_error *error)
{
	struct select *made = calloc(1, sizeof *made);
	if (made)
		made->text = strdup(expression);
	if (!made || !made->text) {
		free(made);
		return error_set(error, SYNFIN_E_MEMORY, NULL, "out of memory");
	}
	struct parser parser = { .select = made, .at = made->text, .error = error };
	int root = parse_or(&parser);
	skip_blanks(&parser);
	if (root >= 0 && *parser.at)
		root = wrong(&parser, "and, or, or the end is missing");
	if (root < 0) {
		select_destroy(made);
		return root;
	}
	made->root = (unsigned)root;
	*select = made;
	return SYNFIN_OK;
}

void select_destroy(struct select *select)
{
	if (!select)
		return;
	free(select->text);
	free(select);
}

/* A node comes behind those that it joins, so they all have their results when it is its turn. */
bool select_matches(const struct select *select, const struct connection_record *record)
{
	bool results[NODES_MAX] = { false };
	for (unsigned i = 0; i < select->count; i++) {
		const struct node *node = &select->nodes[i];
		switch (node->operation) {
		case OPERATION_COMPARE:
			results[i] = field_compare(node->field, record, node->comparison, &node->value);
			break;
		case OPERATION_AND:
			results[i] = results[node->left] && results[node->right];
			break;
		case OPERATION_OR:
			results[i] = results[node->left] || results[node->right];
			break;
		case OPERATION_NOT:
			results[i] = !results[node->left];
			break;
		}
	}
	return results[select->root];
}
