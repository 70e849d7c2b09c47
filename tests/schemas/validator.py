"""A validator for the part of JSON Schema (2020-12) that the schemas beside it use. Python's standard library only.

Keywords: type const enum anyOf $ref (into $defs) properties required additionalProperties (false) items minItems maxItems
uniqueItems minimum maximum pattern, and format "ip". A keyword that is not known is an error: a schema must not seem to say more than is
checked. Beyond JSON Schema, with additionalProperties false the order of a record's keys is that of the schema.
"""

import ipaddress
import re

TYPES = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
}
SILENT = {"$schema", "$defs", "title", "description"}


def is_ip(text):
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


class Validator:
    def __init__(self, schema):
        self.root = schema

    def errors(self, value, schema=None, path="$"):
        """Yield "PATH: complaint" for everything that is wrong."""
        schema = self.root if schema is None else schema
        for keyword, argument in schema.items():
            if keyword in SILENT:
                continue
            check = getattr(self, "check_" + keyword.lstrip("$"), None)
            if check is None:
                raise ValueError("keyword %s is not known" % keyword)
            yield from check(value, argument, schema, path)

    def check_type(self, value, names, _schema, path):
        names = [names] if isinstance(names, str) else names
        if not any(TYPES[name](value) for name in names):
            yield "%s: %r is not %s" % (path, value, " or ".join(names))

    def check_const(self, value, wanted, _schema, path):
        if value != wanted:
            yield "%s: %r is not %r" % (path, value, wanted)

    def check_enum(self, value, wanted, _schema, path):
        if value not in wanted:
            yield "%s: %r is none of %r" % (path, value, wanted)

    def check_anyOf(self, value, schemas, _schema, path):
        tried = [list(self.errors(value, schema, path)) for schema in schemas]
        if all(tried):
            yield from min(tried, key=len)

    def check_ref(self, value, reference, _schema, path):
        yield from self.errors(value, self.root["$defs"][reference.rsplit("/", 1)[1]], path)

    def check_properties(self, value, properties, schema, path):
        if not isinstance(value, dict):
            return
        for name, inner in value.items():
            if name in properties:
                yield from self.errors(inner, properties[name], "%s.%s" % (path, name))
            elif schema.get("additionalProperties", True) is False:
                yield "%s: unknown key %s" % (path, name)
        if schema.get("additionalProperties", True) is False:
            wanted = [name for name in properties if name in value]
            if wanted != [name for name in value if name in properties]:
                yield "%s: keys in another order: %s" % (path, " ".join(value))

    def check_additionalProperties(self, _value, allowed, _schema, _path):
        if allowed is not False:
            raise ValueError("additionalProperties can only be false")
        return ()

    def check_required(self, value, names, _schema, path):
        if isinstance(value, dict):
            for name in names:
                if name not in value:
                    yield "%s: key %s is missing" % (path, name)

    def check_items(self, value, schema, _schema, path):
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from self.errors(item, schema, "%s[%d]" % (path, index))

    def check_minItems(self, value, least, _schema, path):
        if isinstance(value, list) and len(value) < least:
            yield "%s: fewer than %d" % (path, least)

    def check_maxItems(self, value, most, _schema, path):
        if isinstance(value, list) and len(value) > most:
            yield "%s: more than %d" % (path, most)

    def check_uniqueItems(self, value, wanted, _schema, path):
        if wanted and isinstance(value, list) and any(item in value[:i] for i, item in enumerate(value)):
            yield "%s: the same twice" % path

    def check_minimum(self, value, least, _schema, path):
        if TYPES["integer"](value) and value < least:
            yield "%s: %d is below %d" % (path, value, least)

    def check_maximum(self, value, most, _schema, path):
        if TYPES["integer"](value) and value > most:
            yield "%s: %d is above %d" % (path, value, most)

    def check_pattern(self, value, pattern, _schema, path):
        if isinstance(value, str) and not re.search(pattern, value):
            yield "%s: %r does not match %s" % (path, value, pattern)

    def check_format(self, value, name, _schema, path):
        if name != "ip":
            raise ValueError("format %s is not known" % name)
        if isinstance(value, str) and not is_ip(value):
            yield "%s: %r is no IP address" % (path, value)
