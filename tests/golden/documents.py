"""What the documents say synfin prints is what it prints.

A fenced block whose first line is `$ build/synfin ARGUMENTS` holds the standard output of that command below it. Lines of a document
may be cut: `...` alone on the last line stands for the rest of the output.
"""

import difflib
import os
import re
import shlex
import subprocess

DOCUMENTS = ("README.md", "README.ja.md", os.path.join("pcaps", "README.md"))
BLOCK = re.compile(r"^```\n\$ build/synfin (.*)\n((?:(?!```).*\n)*)```$", re.M)
REST = "...\n"


def output(program, arguments):
    done = subprocess.run([program] + shlex.split(arguments), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, timeout=60, check=False, encoding="utf-8",
                          env={**os.environ, "TZ": "UTC", "LC_ALL": "C.UTF-8"})
    return done.stdout


def fresh(program, match):
    """The block as it ought to be."""
    printed, shown = output(program, match.group(1)), match.group(2)
    if shown.endswith(REST):
        count = shown.count("\n") - 1
        printed = "".join(line + "\n" for line in printed.split("\n")[:count]) + REST
    return "```\n$ build/synfin %s\n%s```" % (match.group(1), printed)


def check(program, update):
    """The names of the documents whose blocks are not what synfin prints, having shown how; with update they are rewritten."""
    wrong = []
    for path in DOCUMENTS:
        if not os.path.exists(path):
            continue
        with open(path, encoding="utf-8") as stream:
            text = stream.read()
        new = BLOCK.sub(lambda match: fresh(program, match), text)
        if new == text:
            continue
        if update:
            with open(path, "w", encoding="utf-8") as stream:
                stream.write(new)
            continue
        wrong.append(path)
        print("\n".join(difflib.unified_diff(text.split("\n"), new.split("\n"), path, "this run", lineterm="")))
    return wrong
