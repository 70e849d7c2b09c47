"""What the documents say synfin prints is what it prints.

A fenced block whose first line is `$ build/synfin ARGUMENTS` holds the standard output of that command below it. Lines of a document
may be cut: `...` alone on the last line stands for the rest of the output.

The front pages (README.md and README.ja.md) name commands, options, files and words of the sources besides. Each command of this program's
must work, each goal of make, option, file and word must be there, and both pages must have the same ones.
"""

import difflib
import os
import re
import shlex
import subprocess

DOCUMENTS = ("README.md", "README.ja.md", os.path.join("pcaps", "README.md"))
BLOCK = re.compile(r"^```\n\$ build/synfin (.*)\n((?:(?!```).*\n)*)```$", re.M)
REST = "...\n"

FRONT_PAGES = ("README.md", "README.ja.md")
FENCED = re.compile(r"^```\n.*?^```$", re.M | re.S)
COMMAND = re.compile(r"^ {4}(?:sudo )?((?:build/synfin|make|cc|\.ci/run)\b.*?)(?: {2,}.*)?$", re.M)
CODE = re.compile(r"`([^`]+)`")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
FILE = re.compile(r"^(?:src|include|tests|man|pcaps|packaging)/\S*$|^[A-Z]\w*(?:\.ja)?\.md$")
# What a reader puts there, by something that is there.
EXAMPLES = (("LANGUAGE", "ja"), ("src/lines/NAME", "src/lines/arp"), ("src/views/NAME", "src/views/csv"))
STEP = re.compile(r"^\d\. (?:.+\n)+?(?=\d\. |\n)", re.M)
NAME = re.compile(r"^(?:(?:struct|enum) )?([a-z_]+)(?:\(\))?$")
GOAL = re.compile(r"^([a-z][a-z -]*):(?!=)", re.M)


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


# ---- the front pages

def read(path):
    with open(path, encoding="utf-8") as stream:
        return stream.read()


def codes_in(text):
    """What stands between backticks, also where the line ends in it."""
    return [" ".join(code.split()) for code in CODE.findall(text)]


def example(word):
    for placeholder, instead in EXAMPLES:
        word = word.replace(placeholder, instead)
    return word


def runs(program, command):
    """Whether a command of this program's works: on a capture instead of FILE; what would listen on an interface only compiles its filter."""
    words = [os.path.join("pcaps", "close3.pcap") if word == "FILE" else re.sub(r"^www\..*", "192.0.2.80", word)
             for word in shlex.split(command)[1:]]
    if "-r" not in words:
        words.insert(0, "-d")
    done = subprocess.run([program] + words, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    return done.returncode == 0 and done.stdout


def goals(command):
    return [word for word in command.split()[1:] if "=" not in word]


def wrong_names(text):
    """In a numbered list, words of the sources that are not in the files which the same step names."""
    for step in STEP.findall(text):
        codes = [example(code) for code in codes_in(step)]
        files = [code for code in codes if FILE.match(code) and os.path.isfile(code)]
        sources = "".join(read(path) for path in files)
        for code in codes:
            name = NAME.match(code)
            if name and files and not re.search(r"\b%s\b" % name.group(1), sources):
                yield "no %s in %s" % (code, ", ".join(files))


def wrong_in(program, text, options, makefile):
    """What a front page claims and is not so."""
    plain = FENCED.sub("", text)
    codes = codes_in(plain)
    commands = COMMAND.findall(plain)
    for command in commands:
        if command.startswith("build/synfin") and not runs(program, command):
            yield "does not work: " + command
    known = {goal for line in GOAL.findall(makefile) for goal in line.split()}
    for command in commands + codes:
        if command.startswith("make"):
            yield from ("make has no goal " + goal for goal in goals(command) if goal not in known)
    ours = [code for code in codes if code.startswith(("-", "synfin "))] + commands
    for option in {option for code in ours for option in OPTION.findall(code) if not code.startswith("cc ")}:
        if option not in options:
            yield "there is no option " + option
    for path in [code[4:] if code.startswith("man ") else code for code in codes] + re.findall(r"\]\((\S+?)\)", plain):
        path = example(path)
        if (FILE.match(path) or path.startswith("man")) and not os.path.exists(path):
            yield "there is no file " + path
    yield from wrong_names(plain)


def facts(text):
    """What must be the same in every language: commands, and all between backticks but the words of a language."""
    plain = FENCED.sub("", text)
    shown = {re.sub(r" --lang=ja\b", "", match.group(1)) for match in BLOCK.finditer(text)}
    return set(COMMAND.findall(plain)) | {code.replace("man/ja/", "man/") for code in codes_in(plain) if code.isascii()} | shown


def check_front_pages(program):
    """The names of the front pages that claim what is not so, having said what."""
    options = set(OPTION.findall(output(program, "--lang=en --help")))
    makefile, texts = read("Makefile"), {path: read(path) for path in FRONT_PAGES}
    wrong = {}
    for path, text in texts.items():
        wrong[path] = list(wrong_in(program, text, options, makefile))
        if not COMMAND.search(text) or not CODE.search(text):
            wrong[path].append("no command was found in it")
    first, second = (facts(texts[path]) for path in FRONT_PAGES)
    wrong[FRONT_PAGES[1]] += ["%s does not have: %s" % (FRONT_PAGES[code in first], code) for code in sorted(first ^ second)]
    for path, lines in wrong.items():
        for line in lines:
            print("%s: %s" % (path, line))
    return [path for path in FRONT_PAGES if wrong[path]]
