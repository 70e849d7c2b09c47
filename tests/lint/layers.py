#!/usr/bin/env python3
"""Holds the sources to the layers of the design: layers.py [--self-test] [ROOT].

A file in src/FOLDER includes its own folder, the folders that ALLOWED gives it, and include/synfin/.
include/synfin/ builds on the C library and itself. Only src/capture includes libpcap. Only src/cli exits,
prints, or touches signals and the locale. No file includes itself, however long the way round.

Each violation is one line, FILE:LINE: message; exit 1 when there is any. Python's standard library only.
"""

import os
import re
import sys
import tempfile

PUBLIC = "include/synfin"

# Peers do not see each other: capture and decode. Views get data from the engine, never from a source.
# track works on numbers: it knows no byte of a packet and nobody who looks at it.
ALLOWED = {
    "base": set(),
    "capture": {"base"},
    "decode": {"base"},
    "track": {"base"},
    "engine": {"base", "capture", "decode", "track"},
    "names": {"base"},
    "lines": {"base", "decode", "names"},
    "views": {"base", "decode", "track", "engine", "lines", "names"},
    "cli": {"base", "capture", "decode", "track", "engine", "lines", "names", "views"},
}

# The public headers must compile wherever C17 and POSIX do, with nothing else installed.
LIBC = {
    "assert", "ctype", "errno", "float", "inttypes", "limits", "stdalign", "stdarg", "stdbool",
    "stddef", "stdint", "stdio", "stdlib", "string", "time", "sys/types", "sys/time", "sys/socket",
    "netinet/in", "arpa/inet", "unistd",
}

FORBIDDEN = {
    "ends the process": "exit _exit _Exit quick_exit abort",
    "prints": "printf vprintf fprintf vfprintf dprintf vdprintf puts fputs putchar putc fputc perror",
    "touches signals": "signal sigaction sigprocmask raise",
    "touches the locale": "setlocale",
    "writes": "write",
}
# Where frames go to is capture's business, so a savefile may be written there.
EXEMPT = {("capture", "write")}

WHY = {name: why for why, names in FORBIDDEN.items() for name in names.split()}
# A member (sink->write(...), ops.signal(...)) is somebody's own function and no concern here.
CALL = re.compile(r"(?<![\w.])(?<!->)(%s)\s*\(" % "|".join(sorted(WHY, key=len, reverse=True)))
STREAM = re.compile(r"\b(stdout|stderr)\b")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]*)"|<([^>]*)>|(\S+))', re.MULTILINE)
TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.DOTALL)


def blank(text, strings_too):
    """Text without comments (and strings), every remaining character on its old line."""
    def replace(match):
        token = match.group(0)
        if token[0] == "/" or strings_too:
            return re.sub(r"[^\n]", " ", token)
        return token
    return TOKEN.sub(replace, text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def sources(root):
    for top in ("include", "src"):
        for directory, folders, files in os.walk(os.path.join(root, top)):
            folders.sort()
            for name in sorted(files):
                if name.endswith((".c", ".h", ".def", ".inc")):
                    yield os.path.relpath(os.path.join(directory, name), root)


def folder_of(path):
    """src/track/table.c -> track; include/synfin/packet.h -> include/synfin."""
    parts = path.split("/")
    return parts[1] if parts[0] == "src" and len(parts) > 2 else "/".join(parts[:-1])


def resolve(root, path, quoted, angled):
    """The file of this tree that an include means, or None: the compiler's search order."""
    places = [os.path.dirname(path)] if quoted is not None else []
    for place in places + ["include", "src"]:
        found = os.path.normpath(os.path.join(place, quoted if quoted is not None else angled))
        if os.path.isfile(os.path.join(root, found)):
            return found
    return None


class Tree:
    def __init__(self, root):
        self.root = root
        self.violations = []
        self.edges = {}    # file -> [(line, included file)]
        self.files = list(sources(root))
        for path in self.files:
            self.check_file(path)
        self.check_cycles()

    def complain(self, path, line, message):
        self.violations.append("%s:%d: %s" % (path, line, message))

    def check_file(self, path):
        folder = folder_of(path)
        self.edges[path] = []
        if folder != PUBLIC and folder not in ALLOWED:
            self.complain(path, 1, "%s is no layer; the layers are %s, and %s"
                          % (os.path.dirname(path), ", ".join("src/" + name for name in ALLOWED), PUBLIC))
            return
        with open(os.path.join(self.root, path), encoding="utf-8", errors="replace") as stream:
            text = stream.read()
        code = blank(text, strings_too=False)
        for match in INCLUDE.finditer(code):
            self.check_include(path, folder, line_of(code, match.start(match.lastindex)), *match.groups())
        if folder not in ("cli", PUBLIC):
            self.check_calls(path, folder, blank(text, strings_too=True))

    def check_include(self, path, folder, line, quoted, angled, computed):
        if computed is not None:
            self.complain(path, line, "#include %s: the name must stand there, to be checked" % computed)
            return
        name = quoted if quoted is not None else angled
        target = resolve(self.root, path, quoted, angled)
        if target is not None:
            self.edges[path].append((line, target))
            self.check_layer(path, folder, line, target)
        elif quoted is not None or name.startswith("synfin/"):
            self.complain(path, line, "%s is not in this tree" % name)
        elif name == "pcap.h" or name.startswith("pcap/"):
            if folder != "capture":
                self.complain(path, line, "only src/capture includes <%s>" % name)
        elif folder == PUBLIC and name[:-2] not in LIBC:
            self.complain(path, line, "%s includes libc and <synfin/...> only, not <%s>" % (PUBLIC, name))

    def check_layer(self, path, folder, line, target):
        to = folder_of(target)
        if to in (folder, PUBLIC):
            return
        if folder == PUBLIC:
            self.complain(path, line, "%s includes libc and <synfin/...> only, not %s" % (PUBLIC, target))
        elif to not in ALLOWED[folder]:
            allowed = ", ".join([folder] + [name for name in ALLOWED if name in ALLOWED[folder]] + [PUBLIC])
            self.complain(path, line, "%s may not include %s (it may: %s)" % (folder, target, allowed))

    def check_calls(self, path, folder, code):
        for match in CALL.finditer(code):
            name = match.group(1)
            if (folder, name) not in EXEMPT:
                self.complain(path, line_of(code, match.start()),
                              "%s() %s; only src/cli does" % (name, WHY[name]))
        for match in STREAM.finditer(code):
            self.complain(path, line_of(code, match.start()),
                          "%s belongs to src/cli; write to the output you were given" % match.group(1))

    def check_cycles(self):
        done = set()
        for path in self.files:
            self.walk(path, [], done)

    def walk(self, path, trail, done):
        if path in done:
            return
        trail.append(path)
        for line, target in self.edges.get(path, []):
            if target in trail:
                cycle = trail[trail.index(target):] + [target]
                self.complain(path, line, "include cycle: %s" % " -> ".join(cycle))
            else:
                self.walk(target, trail, done)
        trail.pop()
        done.add(path)


# ---- Self-test: each rule fires on a tree that breaks it, and only there.
# (what it proves, {file: text}, the violations expected: (where, words of the message))

CASES = [
    ("a tree that keeps every rule", {
        "include/synfin/packet.h": "#include <stdint.h>\n",
        "include/synfin/sink.h": "#include <synfin/packet.h>\n#include <sys/types.h>\n",
        "src/base/bytes.h": "#include <synfin/packet.h>\n",
        "src/capture/live.c": '#include <pcap.h>\n#include <pcap/sll.h>\n#include "base/bytes.h"\n',
        "src/decode/tcp.h": '#include "base/bytes.h"\n',
        "src/decode/tcp.c": '#include "tcp.h"\n#include "decode/tcp.h"\n#include <string.h>\n',
        "src/track/table.h": '#include "base/bytes.h"\n',
        "src/engine/engine.h": '#include "track/table.h"\n#include "decode/tcp.h"\n',
        "src/names/names.h": "\n",
        "src/lines/tcp.c": '#include "names/names.h"\n#include "decode/tcp.h"\n',
        "src/views/json.c": '#include "engine/engine.h"\n#include "names/names.h"\n',
        "src/cli/main.c": '#include "views/../engine/engine.h"\nint main(void) { printf("x"); exit(1); }\n',
    }, []),
    ("base stands alone", {
        "src/base/a.c": '\n#include "decode/d.h"\n', "src/decode/d.h": "",
    }, [("src/base/a.c:2:", "base may not include src/decode/d.h")]),
    ("capture and decode are peers", {
        "src/capture/c.h": '#include "decode/d.h"\n', "src/decode/d.h": "",
        "src/decode/e.c": '#include "capture/b.h"\n', "src/capture/b.h": "",
    }, [("src/capture/c.h:1:", "capture may not"), ("src/decode/e.c:1:", "decode may not")]),
    ("track knows no bytes and no view", {
        "src/track/t.c": '#include "decode/d.h"\n#include "views/v.h"\n',
        "src/decode/d.h": "", "src/views/v.h": "",
    }, [("src/track/t.c:1:", "track may not"), ("src/track/t.c:2:", "track may not")]),
    ("a way round by .. is seen", {
        "src/track/t.c": '#include "../decode/d.h"\n', "src/decode/d.h": "",
    }, [("src/track/t.c:1:", "src/decode/d.h")]),
    ("angle brackets are no way round", {
        "src/track/t.c": "#include <decode/d.h>\n", "src/decode/d.h": "",
    }, [("src/track/t.c:1:", "src/decode/d.h")]),
    ("engine knows no view", {
        "src/engine/e.c": '#include "lines/l.h"\n', "src/lines/l.h": "",
    }, [("src/engine/e.c:1:", "engine may not")]),
    ("lines know no tracker", {
        "src/lines/l.c": '#include "track/t.h"\n', "src/track/t.h": "",
    }, [("src/lines/l.c:1:", "lines may not")]),
    ("names know no lines", {
        "src/names/n.c": '#include "lines/l.h"\n', "src/lines/l.h": "",
    }, [("src/names/n.c:1:", "names may not")]),
    ("views know no source and no cli", {
        "src/views/v.c": '#include "capture/c.h"\n#include "cli/m.h"\n',
        "src/capture/c.h": "", "src/cli/m.h": "",
    }, [("src/views/v.c:1:", "views may not"), ("src/views/v.c:2:", "views may not")]),
    ("a .def file obeys too", {
        "src/track/x.def": '#include "views/v.h"\n', "src/views/v.h": "",
    }, [("src/track/x.def:1:", "track may not")]),
    ("public headers: no src, no odd system header", {
        "include/synfin/a.h": '#include "../../src/base/b.h"\n#include <linux/tcp.h>\n', "src/base/b.h": "",
    }, [("include/synfin/a.h:1:", "libc"), ("include/synfin/a.h:2:", "<linux/tcp.h>")]),
    ("only capture includes libpcap", {
        "src/cli/main.c": "#include <pcap.h>\n", "src/engine/e.c": "#include <pcap/pcap.h>\n",
        "include/synfin/a.h": "#include <pcap.h>\n",
    }, [("include/synfin/a.h:1:", "only src/capture"), ("src/cli/main.c:1:", "only src/capture"),
        ("src/engine/e.c:1:", "only src/capture")]),
    ("a folder that is no layer", {
        "src/util/u.c": "", "src/loose.c": "",
    }, [("src/loose.c:1:", "no layer"), ("src/util/u.c:1:", "no layer")]),
    ("an include that is not there, or not written out", {
        "src/base/a.c": '#include "base/gone.h"\n#include HEADER\n#include <synfin/gone.h>\n',
    }, [("src/base/a.c:1:", "not in this tree"), ("src/base/a.c:2:", "HEADER"),
        ("src/base/a.c:3:", "not in this tree")]),
    ("a cycle in one folder", {
        "src/base/a.h": '#include "base/b.h"\n', "src/base/b.h": '\n#include "base/c.h"\n',
        "src/base/c.h": '#include "base/a.h"\n',
    }, [("src/base/c.h:1:", "cycle: src/base/a.h -> src/base/b.h -> src/base/c.h -> src/base/a.h")]),
    ("a header that includes itself", {
        "src/base/a.h": '#include "base/a.h"\n',
    }, [("src/base/a.h:1:", "cycle")]),
    ("a diamond is no cycle", {
        "src/base/a.h": '#include "base/b.h"\n#include "base/c.h"\n',
        "src/base/b.h": '#include "base/d.h"\n', "src/base/c.h": '#include "base/d.h"\n', "src/base/d.h": "",
    }, []),
    ("comments and strings neither include nor call", {
        "src/base/a.c": '// #include "decode/d.h"\n/* exit(1);\n#include "decode/d.h"\n*/\n'
                        'const char *s = "exit(1) \\" /* printf(";\nchar q = \'"\'; // abort()\n',
        "src/decode/d.h": "",
    }, []),
    ("names that only look alike", {
        "src/views/v.c": "void f(void) { my_exit(1); snprintf(b, 1, c); s->write(s); s.signal(1); (*puts)(1); }\n"
                         "int g(int) __attribute__((format(printf, 1, 2)));\n",
    }, []),
    ("capture may write", {"src/capture/w.c": "void f(void) { write(1, b, 1); }\n"}, []),
    ("streams outside cli", {
        "src/views/v.c": "\nvoid f(void) { fwrite(b, 1, 1, stdout); g(stderr); }\n",
    }, [("src/views/v.c:2:", "stdout"), ("src/views/v.c:2:", "stderr")]),
] + [
    ("%s() outside cli" % name, {
        "src/track/t.c": "/* one\n   two */\nvoid f(void) { %s (0); }\n" % name,
        "src/cli/main.c": "void f(void) { %s(0); }\n" % name,
    }, [("src/track/t.c:3:", name + "()")]) for name in sorted(WHY)
]


def run_case(files, expected):
    """None, or what went otherwise than expected."""
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            full = os.path.join(root, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w", encoding="utf-8") as stream:
                stream.write(text)
        found = Tree(root).violations
    fits = len(found) == len(expected) and all(
        got.startswith(where) and words in got for got, (where, words) in zip(found, expected))
    return None if fits else "expected %s, got %s" % (expected, found)


def self_test():
    failed = 0
    for what, files, expected in CASES:
        problem = run_case(files, expected)
        if problem:
            failed += 1
            print("layers self-test: %s: %s" % (what, problem))
    print("layers self-test: %d passed, %d failed" % (len(CASES) - failed, failed))
    return 1 if failed else 0


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    if len(arguments) > 1 or (arguments and arguments[0].startswith("-")):
        print(__doc__.splitlines()[0], file=sys.stderr)
        return 2
    here = os.path.dirname(os.path.abspath(__file__))
    tree = Tree(arguments[0] if arguments else os.path.dirname(os.path.dirname(here)))
    for violation in tree.violations:
        print(violation)
    print("layers: %d files, %d violations" % (len(tree.files), len(tree.violations)))
    return 1 if tree.violations else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
