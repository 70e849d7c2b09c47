# synfin: one non-recursive Makefile. "make help" lists the targets.
#
#   src/cli/*.c, less main.c  -> $(BUILD)/libcli.a      (never installed; unit tests link it too)
#   every other src/*/*.c     -> $(BUILD)/libsynfin.a and libsynfin.so
#   tests/unit/test_*.c       -> $(BUILD)/tests/test_*  (a program each)
#
# No list of files: a source is built because it lies in src/FOLDER. make calls itself only to build
# again elsewhere: BUILD=build/asan, build/lint-gcc, ...

VERSION := 0.1.0
SOVERSION := 0

BUILD ?= build
CFLAGS ?= -O3 -g

PREFIX ?= /usr/local
bindir ?= $(PREFIX)/bin
libdir ?= $(PREFIX)/lib
includedir ?= $(PREFIX)/include
mandir ?= $(PREFIX)/share/man
localedir ?= $(PREFIX)/share/locale
docdir ?= $(PREFIX)/share/doc/synfin
bashdir ?= $(PREFIX)/share/bash-completion/completions
zshdir ?= $(PREFIX)/share/zsh/site-functions
fishdir ?= $(PREFIX)/share/fish/vendor_completions.d

AR ?= ar
INSTALL ?= install
MSGFMT ?= msgfmt
MSGMERGE ?= msgmerge
XGETTEXT ?= xgettext
PKG_CONFIG ?= pkg-config

# ---- Flags

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
  -Wold-style-definition -Wredundant-decls -Wvla -Wformat=2 -Wcast-qual -Wundef \
  -Wpointer-arith -Wwrite-strings -Wimplicit-fallthrough

# What a source needs to mean the same everywhere: the compilers and clang-tidy all get exactly this.
LANGUAGE := -std=c17 -D_GNU_SOURCE -pthread -Iinclude -Isrc

# In front of every source, not of tests (libcheck and the like may call what we do not).
POISON := -include src/base/poison.h

# Two builds of the same sources are the same bytes, wherever they lie: no directory gets into what is built, nor a date.
REPRODUCIBLE := -ffile-prefix-map=$(CURDIR)=.

# What makes an error in memory harder to use, as far as this compiler has it. Asked for once, when a recipe first needs it: "make deps
# demo" may install the compiler. Checked library calls need optimization, and a sanitizer has its own.
HARDENING_TRIES := -fstack-protector-strong -fstack-clash-protection -fcf-protection -mbranch-protection=standard
HARDENING = $(eval HARDENING := $(if $(NO_HARDENING),,-fPIE $(call accepted,$(HARDENING_TRIES)) $(FORTIFY)))$(HARDENING)
accepted = $(shell for flag in $(1); do $(CC) -Werror $$flag -x c -c -o /dev/null /dev/null 2>/dev/null && echo $$flag; done)
FORTIFY = $(if $(SANITIZER)$(filter -O0,$(lastword $(filter -O%,-O0 $(CFLAGS)))),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=$(FORTIFY_LEVEL))
# The C library warns of a level that it must lower.
FORTIFY_LEVEL = $(shell printf '%sinclude <stdio.h>\n' '$(HASH)' | $(CC) -Werror -O1 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -x c -c -o /dev/null - \
  2>/dev/null && echo 3 || echo 2)
HASH := \#

ALL_CFLAGS = $(LANGUAGE) $(WARNINGS) $(if $(WERROR),-Werror) $(REPRODUCIBLE) $(CPPFLAGS) $(CFLAGS) $(SANITIZER) $(HARDENING)
# Only cli knows the version and where translations lie. \" and not '"': see the flags file below.
CLI_DEFINES = -DSYNFIN_VERSION=\"$(VERSION)\" -DSYNFIN_LOCALEDIR=\"$(localedir)\"
ALL_LDFLAGS = $(LDFLAGS) $(SANITIZER) $(if $(NO_HARDENING),,$(HARDENED_LINK))

comma := ,
# 1, or the names of others: SANITIZE=thread
ifdef SANITIZE
SANITIZER := -fsanitize=$(if $(filter 1,$(SANITIZE)),address$(comma)undefined,$(SANITIZE)) -fno-sanitize-recover=all -fno-omit-frame-pointer
endif
# Lines are counted: "make coverage" sets it.
ifdef COVERAGE
SANITIZER := --coverage -fprofile-update=atomic
NO_HARDENING := 1
# Outside the sandbox, or the counts could not be written (tests/coverage/unfenced.c).
UNFENCED := $(if $(filter Linux,$(shell uname -s)),-Wl$(comma)--wrap=privileges_become$(comma)--wrap=privileges_limit$(comma)--wrap=sandbox_enter)
UNFENCED_OBJ := $(BUILD)/obj/tests/coverage/unfenced.o
endif
# For libFuzzer (clang's): "make fuzz" sets it.
ifdef LIBFUZZER
SANITIZER := -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all -fno-omit-frame-pointer
endif

ifeq ($(shell uname -s),Darwin)
HARDENED_LINK :=
HARDENED_PROGRAM :=
SHARED_FLAGS := -dynamiclib -Wl,-install_name,$(libdir)/libsynfin.$(SOVERSION).dylib
ARCHIVE := rcs
else
# Relocations are done before main() and read-only from then on; no stack is executable.
HARDENED_LINK := -Wl,-z,relro,-z,now,-z,noexecstack
HARDENED_PROGRAM := -pie
# -z defs: the library must stand without cli. (A sanitizer's symbols come from the program.)
SHARED_FLAGS := -shared -Wl,-soname,libsynfin.so.$(SOVERSION) -Wl,--version-script=src/libsynfin.map $(if $(SANITIZE),,-Wl,-z,defs)
# D: no times and owners.
ARCHIVE := rcsD
endif

# "make deps demo" is one call: pkg-config and libpcap may appear while it runs. So these stay
# recursive (=, not :=) and stand only in recipes, which make expands when it runs them.
PCAP_CFLAGS = $(shell $(PKG_CONFIG) --cflags libpcap 2>/dev/null || pcap-config --cflags 2>/dev/null)
PCAP_LIBS = $(shell $(PKG_CONFIG) --libs libpcap 2>/dev/null || pcap-config --libs 2>/dev/null || echo -lpcap)
# Compressed captures are read if the libraries are there: zlib, libzstd, liblz4.
COMPRESSION = $(shell for library in zlib libzstd liblz4; do $(PKG_CONFIG) --exists $$library 2>/dev/null && echo $$library; done)
COMPRESSION_CFLAGS = $(if $(COMPRESSION),$(shell $(PKG_CONFIG) --cflags $(COMPRESSION))) $(if $(filter zlib,$(COMPRESSION)),-DHAVE_ZLIB) \
  $(if $(filter libzstd,$(COMPRESSION)),-DHAVE_ZSTD) $(if $(filter liblz4,$(COMPRESSION)),-DHAVE_LZ4)
COMPRESSION_LIBS = $(if $(COMPRESSION),$(shell $(PKG_CONFIG) --libs $(COMPRESSION)))
# The sandbox's system call filter, if the library is there (Linux). Landlock needs none.
SECCOMP = $(shell $(PKG_CONFIG) --exists libseccomp 2>/dev/null && echo libseccomp)
SECCOMP_CFLAGS = $(if $(SECCOMP),-DHAVE_SECCOMP $(shell $(PKG_CONFIG) --cflags libseccomp))
SECCOMP_LIBS = $(if $(SECCOMP),$(shell $(PKG_CONFIG) --libs libseccomp))
# --resolve, if the library is there.
CARES = $(shell $(PKG_CONFIG) --exists libcares 2>/dev/null && echo libcares)
CARES_CFLAGS = $(if $(CARES),-DHAVE_CARES $(shell $(PKG_CONFIG) --cflags libcares))
CARES_LIBS = $(if $(CARES),$(shell $(PKG_CONFIG) --libs libcares))
# What a program with libcli.a is linked with.
CLI_LIBS = $(PCAP_LIBS) $(COMPRESSION_LIBS) $(SECCOMP_LIBS) $(CARES_LIBS)
CHECK_CFLAGS = $(shell $(PKG_CONFIG) --cflags check)
CHECK_LIBS = $(shell $(PKG_CONFIG) --libs check)

# ---- Files

LIB_SRCS := $(sort $(filter-out src/cli/%,$(wildcard src/*/*.c)))
CLI_SRCS := $(sort $(filter-out src/cli/main.c,$(wildcard src/cli/*.c)))
HEADERS := $(sort $(wildcard include/synfin/*.h include/synfin/*.def src/*/*.h src/*/*.def))
PUBLIC_HEADERS := $(filter include/%,$(HEADERS))
PACKAGED_SRCS := $(sort $(wildcard packaging/*/*.c))
TEST_SRCS := $(sort $(wildcard tests/unit/test_*.c))
MANS := $(sort $(wildcard man/*.[1-8] man/*/*.[1-8]))
LANGUAGES := $(sort $(patsubst src/po/%.po,%,$(wildcard src/po/*.po)))

LIB_OBJS := $(LIB_SRCS:%.c=$(BUILD)/obj/%.o)
PIC_OBJS := $(LIB_SRCS:%.c=$(BUILD)/pic/%.o)
CLI_OBJS := $(CLI_SRCS:%.c=$(BUILD)/obj/%.o)
MAIN_OBJ := $(BUILD)/obj/src/cli/main.o
TESTS := $(TEST_SRCS:tests/unit/%.c=$(BUILD)/tests/%)
FUZZ_TARGETS := $(patsubst tests/fuzz/target_%.c,$(BUILD)/fuzz/%,$(sort $(wildcard tests/fuzz/target_*.c)))
# All but the targets, and what one target or none has: mutate.c knows one target's input, driver.c takes libFuzzer's place.
FUZZ_SHARED := $(filter-out tests/fuzz/target_% tests/fuzz/mutate.c tests/fuzz/driver.c,$(sort $(wildcard tests/fuzz/*.c)))
FUZZ_OBJS := $(patsubst %.c,$(BUILD)/obj/%.o,$(sort $(wildcard tests/fuzz/*.c)))
ATTACK_OBJS := $(patsubst %.c,$(BUILD)/obj/%.o,$(sort $(wildcard tests/attack/*.c)))
CATALOGUES := $(LANGUAGES:%=$(BUILD)/locale/%/LC_MESSAGES/synfin.mo)

LIBSYNFIN_A := $(BUILD)/libsynfin.a
LIBSYNFIN_SO := $(BUILD)/libsynfin.so
LIBCLI_A := $(BUILD)/libcli.a
SYNFIN := $(BUILD)/synfin

# With -j, "make deps demo" must still install before it builds. Everything that needs an installed
# tool waits for this; it is empty unless the caller asked for deps too.
AFTER_DEPS := $(filter deps test-deps fuzz-deps,$(MAKECMDGOALS))

.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: valgrind all po completions deb deb-check help deps test-deps fuzz-deps demo check check-tests conformance kernel-check bench fuzz fuzz-coverage build-fuzz build-attack build-tests layers asan tsan lint install uninstall clean FORCE

all: $(SYNFIN) $(LIBSYNFIN_A) $(LIBSYNFIN_SO) $(CATALOGUES) $(BUILD)/synfin.pc ## program and libraries (the default)

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  Variables: CC CFLAGS LDFLAGS PREFIX DESTDIR BUILD=$(BUILD) WERROR=1 SANITIZE=1"
	@echo "  A second compiler beside the first: make CC=clang BUILD=build/clang check"

# ---- Build

# The flags, in a file that changes only when they do: another CC or CFLAGS rebuilds, nothing else does.
# Likewise the list of sources, so that an archive loses the object of a source that is gone.
define write_if_changed
@mkdir -p $(@D)
@printf '%s\n' '$(1)' | cmp -s - $@ || printf '%s\n' '$(1)' > $@
endef

$(BUILD)/flags: FORCE | $(AFTER_DEPS)
	$(call write_if_changed,$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(COMPRESSION))

$(BUILD)/flags-cli: FORCE
	$(call write_if_changed,$(CLI_DEFINES) $(SECCOMP_CFLAGS) $(CARES_CFLAGS))

$(BUILD)/sources: FORCE
	$(call write_if_changed,$(LIB_SRCS) $(CLI_SRCS))

$(CLI_OBJS) $(MAIN_OBJ): EXTRA_CFLAGS = $(CLI_DEFINES)
$(CLI_OBJS) $(MAIN_OBJ): $(BUILD)/flags-cli
# capture alone includes <pcap.h> ("make layers").
$(BUILD)/obj/src/capture/%.o $(BUILD)/pic/src/capture/%.o: EXTRA_CFLAGS = $(PCAP_CFLAGS) $(COMPRESSION_CFLAGS)

$(BUILD)/obj/src/cli/resolver.o: EXTRA_CFLAGS = $(CLI_DEFINES) $(CARES_CFLAGS)
$(BUILD)/obj/src/cli/sandbox_seccomp.o: EXTRA_CFLAGS = $(CLI_DEFINES) $(SECCOMP_CFLAGS)

$(BUILD)/obj/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(POISON) $(EXTRA_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/pic/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(POISON) $(EXTRA_CFLAGS) -fPIC -fvisibility=hidden -MMD -MP -c -o $@ $<

$(LIBSYNFIN_A): $(LIB_OBJS) $(BUILD)/sources
	rm -f $@
	$(AR) $(ARCHIVE) $@ $(LIB_OBJS)

$(LIBCLI_A): $(CLI_OBJS) $(BUILD)/sources
	rm -f $@
	$(AR) $(ARCHIVE) $@ $(CLI_OBJS)

$(LIBSYNFIN_SO): $(PIC_OBJS) $(BUILD)/sources src/libsynfin.map
	$(CC) $(ALL_CFLAGS) $(SHARED_FLAGS) $(ALL_LDFLAGS) -o $@ $(PIC_OBJS) $(PCAP_LIBS) $(COMPRESSION_LIBS) $(LDLIBS)
	ln -sf libsynfin.so $(BUILD)/libsynfin.so.$(SOVERSION)

$(SYNFIN): $(MAIN_OBJ) $(UNFENCED_OBJ) $(LIBCLI_A) $(LIBSYNFIN_A)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(UNFENCED) $(if $(NO_HARDENING),,$(HARDENED_PROGRAM)) -o $@ $^ $(CLI_LIBS) $(LDLIBS)

$(BUILD)/locale/%/LC_MESSAGES/synfin.mo: src/po/%.po | $(AFTER_DEPS)
	@mkdir -p $(@D)
	$(MSGFMT) --check -o $@ $<

# What T() and N_() mark (src/views/text.h), and the help of each option, which the table names already. No places in the files: a
# catalogue is stale when a text has changed, not when it has moved.
PO_SRCS := $(sort $(wildcard src/views/*.c src/views/*.def src/cli/*.c) include/synfin/events.def)
POT := $(BUILD)/po/synfin.pot

$(POT): $(PO_SRCS) | $(AFTER_DEPS)
	@rm -rf $(BUILD)/po && mkdir -p $(BUILD)/po/src/views $(BUILD)/po/src/cli $(BUILD)/po/include/synfin
	@for file in $(PO_SRCS); do sed 's/\.help = \("\([^"\\]\|\\.\)*"\)/.help = N_(\1)/; /^SYNFIN_EVENT(.*"")/d' $$file > $(BUILD)/po/$$file; done
	@cd $(BUILD)/po && $(XGETTEXT) --language=C --from-code=UTF-8 --keyword=T --keyword=N_ --keyword=SYNFIN_EVENT:4 --no-wrap --no-location --omit-header \
	  --output=messages $(PO_SRCS)
	@{ printf '%s\n' '# SPDX-License-Identifier: BSD-3-Clause' '# Made by "make po".' 'msgid ""' 'msgstr ""' \
	  '"Project-Id-Version: synfin\n"' '"MIME-Version: 1.0\n"' '"Content-Type: text/plain; charset=UTF-8\n"' \
	  '"Content-Transfer-Encoding: 8bit\n"' ''; cat $(BUILD)/po/messages; } > $@

po: $(POT) ## bring src/po up to date with the sources
	cp $(POT) src/po/synfin.pot
	$(foreach language,$(LANGUAGES),$(MSGMERGE) --quiet --no-wrap --no-fuzzy-matching --backup=none --update src/po/$(language).po src/po/synfin.pot && ) true

$(BUILD)/synfin.pc: Makefile FORCE
	$(call write_if_changed,$(PC_FILE))

# One line per item; printf repeats its format. The headers need nobody else's, so what the library needs matters to a static link only.
PC_FILE = prefix=$(PREFIX)'\
 'libdir=$(libdir)'\
 'includedir=$(includedir)'\
 ''\
 'Name: synfin'\
 'Description: reads frames and tracks the state of both ends of every TCP connection'\
 'Version: $(VERSION)'\
 'Libs: -L$${libdir} -lsynfin'\
 'Libs.private: $(strip $(PCAP_LIBS) $(COMPRESSION_LIBS) -pthread)'\
 'Cflags: -I$${includedir}

-include $(LIB_OBJS:.o=.d) $(PIC_OBJS:.o=.d) $(CLI_OBJS:.o=.d) $(FUZZ_OBJS:.o=.d) $(ATTACK_OBJS:.o=.d) $(MAIN_OBJ:.o=.d) $(TESTS:=.d)

# ---- What the build and the tests need

deps: ## install what the build needs
	@CC='$(CC)' .ci/deps build

test-deps: deps ## install what the checks need too
	@CC='$(CC)' .ci/deps test

fuzz-deps: deps ## install what fuzzing needs
	@.ci/deps fuzz

# ---- The main job, on the sample captures

# The command before its output, also under make -s.
define show
@printf '\n$$ %s\n' '$(1)'
@$(1)

endef

demo: $(SYNFIN) ## build, and read sample captures
	$(call show,$(SYNFIN) -nn -r pcaps/http.pcap)
	$(call show,$(SYNFIN) -nn -r pcaps/refused.pcap)
	$(call show,$(SYNFIN) -nn -r pcaps/ipv6.pcap)

# ---- Checks

# Flags as above, so a test may include <pcap/pcap.h> and any header below src.
$(BUILD)/tests/%: tests/unit/%.c $(LIBCLI_A) $(LIBSYNFIN_A) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(CHECK_CFLAGS) $(PCAP_CFLAGS) $(COMPRESSION_CFLAGS) -MMD -MP -MF $@.d $(ALL_LDFLAGS) -o $@ $< \
	  $(LIBCLI_A) $(LIBSYNFIN_A) $(CHECK_LIBS) $(CLI_LIBS) $(LDLIBS)

FLOOD := $(BUILD)/flood/flood
$(FLOOD): tests/flood/flood.c $(LIBSYNFIN_A) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -MF $@.d $(ALL_LDFLAGS) -o $@ $< $(LIBSYNFIN_A) $(PCAP_LIBS) $(COMPRESSION_LIBS) $(LDLIBS)
-include $(FLOOD).d

# The archive of the fuzz targets stands before the library's: it holds files of the library that it looks into (tests/fuzz/inspect.h).
LIBFUZZ_A := $(BUILD)/libfuzz.a
$(LIBFUZZ_A): $(FUZZ_SHARED:%.c=$(BUILD)/obj/%.o)
	rm -f $@
	$(AR) rcs $@ $^

$(FUZZ_OBJS): EXTRA_CFLAGS = $(PCAP_CFLAGS) $(COMPRESSION_CFLAGS)
FUZZ_DRIVER := $(if $(LIBFUZZER),,$(BUILD)/obj/tests/fuzz/driver.o)
$(BUILD)/fuzz/pipeline: $(BUILD)/obj/tests/fuzz/mutate.o
$(FUZZ_TARGETS): $(BUILD)/fuzz/%: $(BUILD)/obj/tests/fuzz/target_%.o $(FUZZ_DRIVER) $(LIBFUZZ_A) $(LIBCLI_A) $(LIBSYNFIN_A)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(if $(LIBFUZZER),-fsanitize=fuzzer) -o $@ $(filter %.o,$^) $(LIBFUZZ_A) $(LIBCLI_A) $(LIBSYNFIN_A) \
	  $(CLI_LIBS) $(LDLIBS)

build-fuzz: $(FUZZ_TARGETS)

# What it allocates is counted by functions of its own (tests/attack/memory.c).
COUNT_MEMORY := $(if $(filter Linux,$(shell uname -s)),-Wl$(comma)--wrap=malloc$(comma)--wrap=calloc$(comma)--wrap=realloc$(comma)--wrap=free$(comma)--wrap=aligned_alloc$(comma)--wrap=mmap$(comma)--wrap=munmap)
$(BUILD)/attack/attack: $(ATTACK_OBJS) $(LIBFUZZ_A) $(LIBCLI_A) $(LIBSYNFIN_A)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(COUNT_MEMORY) -o $@ $(ATTACK_OBJS) $(LIBFUZZ_A) $(LIBCLI_A) $(LIBSYNFIN_A) $(CLI_LIBS) $(LDLIBS)

build-attack: $(BUILD)/attack/attack

TABLE_DUMP := $(BUILD)/table/dump
$(TABLE_DUMP): tests/table/dump.c $(LIBSYNFIN_A) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -MF $@.d $(ALL_LDFLAGS) -o $@ $< $(LIBSYNFIN_A) $(LDLIBS)
-include $(TABLE_DUMP).d

build-tests: $(TESTS) build-fuzz build-attack $(FLOOD) $(TABLE_DUMP) $(BUILD)/obj/tests/coverage/unfenced.o

.PHONY: states
states: $(TABLE_DUMP) ## bring tests/table and the manuals' diagrams up to date with the state table
	@BUILD=$(BUILD) tests/table/run --update

RUN_SUITES = SYNFIN=$(SYNFIN) BUILD=$(BUILD) tests/run

check: all build-tests | $(AFTER_DEPS) ## build, layers and every test
	@$(RUN_SUITES) --layers $(TESTS)

# For another build of the same tree, which need not look at the layers again.
check-tests: all build-tests
	@$(RUN_SUITES) $(TESTS)

conformance: all | $(AFTER_DEPS) ## every line and exit status against tcpdump, every state against kernels
	@SYNFIN=$(SYNFIN) tests/conformance/run

# BENCH_SCALE=0.01 is a run of seconds; tests/bench/README.md has the other variables.
bench: $(SYNFIN) $(BUILD)/bench/generate $(BUILD)/bench/spent ## time and memory beside tcpdump, tcptrace and tshark
	@SYNFIN=$(SYNFIN) BENCH_DIR=$(BUILD)/bench tests/bench/run

bench-flood: $(SYNFIN) $(BUILD)/bench/generate $(BUILD)/bench/flood ## packets lost in a flood, beside tcpdump (root)
	@SYNFIN=$(SYNFIN) BENCH_DIR=$(BUILD)/bench tests/bench/flood || [ $$? -eq 77 ]

$(BUILD)/bench/%: tests/bench/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -o $@ $<

# Each target for FUZZ_SECONDS; tests/fuzz/README.md has the other variables.
FUZZ := $(BUILD)/libfuzzer
fuzz: $(SYNFIN) | $(AFTER_DEPS) ## look for inputs that break a rule (clang), FUZZ_SECONDS=60 for each target
	@$(MAKE) --no-print-directory -s CC=clang BUILD=$(FUZZ) LIBFUZZER=1 CFLAGS='-O1 -g' build-fuzz
	@SYNFIN=$(SYNFIN) FUZZ_DIR=$(FUZZ) tests/fuzz/campaign

fuzz-coverage: ## which lines of src/ the inputs reach that "make fuzz" found
	@$(MAKE) --no-print-directory -s CC=clang BUILD=$(FUZZ)/coverage CFLAGS='-O1 -g -fprofile-instr-generate -fcoverage-mapping' build-fuzz
	@FUZZ_DIR=$(FUZZ) tests/fuzz/coverage

# 77: skipped, and it has said why.
kernel-check: all | $(AFTER_DEPS) ## every state and remark against scenarios of two real kernels (root)
	@SYNFIN=$(SYNFIN) BUILD=$(BUILD) tests/kernel/check || [ $$? -eq 77 ]

.PHONY: flood-check
flood-check: $(SYNFIN) $(FLOOD) | $(AFTER_DEPS) ## SYN floods of millions of sources, at full size
	@SYNFIN=$(SYNFIN) BUILD=$(BUILD) tests/flood/run

layers: | $(AFTER_DEPS) ## include rules, forbidden calls and include cycles
	@python3 tests/lint/layers.py --self-test
	@python3 tests/lint/layers.py

asan: | $(AFTER_DEPS) ## the same tests under the address and undefined behaviour sanitizers
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/asan SANITIZE=1 check-tests

# One engine a thread; libcheck would fork, which the sanitizer does not follow.
tsan: | $(AFTER_DEPS) ## engines in several threads, under the thread sanitizer
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/tsan SANITIZE=thread $(BUILD)/tsan/tests/test_threads
	CK_FORK=no $(BUILD)/tsan/tests/test_threads

valgrind: $(SYNFIN) ## every view of the sample captures under valgrind, for VALGRIND_SECONDS=600
	@SYNFIN=$(SYNFIN) tests/valgrind || [ $$? -eq 77 ]

# The compiler and its gcov must be of one kind.
.PHONY: coverage measure-coverage
coverage: | $(AFTER_DEPS) ## how much of src/ the tests run, a row for each folder; below 90 % fails (gcovr)
	@command -v gcovr >/dev/null || { echo 'coverage: there is no gcovr; Debian has it in the package gcovr'; exit 1; }
	@$(MAKE) --no-print-directory -s CC=gcc BUILD=$(BUILD)/coverage COVERAGE=1 CFLAGS='-O0 -g' measure-coverage

measure-coverage: $(SYNFIN) $(CATALOGUES) $(TESTS) $(TABLE_DUMP)
	@SYNFIN=$(SYNFIN) BUILD=$(BUILD) tests/coverage/measure $(TESTS)

# ---- Lint

LINT := $(BUILD)/lint
LINT_PARTS := lint-gcc lint-clang lint-cppcheck lint-tidy lint-man lint-shell lint-python
.PHONY: $(LINT_PARTS)

# A -j of the caller's is kept; otherwise as many as there are processors.
JOBS = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc 2>/dev/null || echo 2))

lint: | $(AFTER_DEPS) ## both compilers with -Werror, cppcheck, clang-tidy, mandoc, shellcheck
	@$(MAKE) --no-print-directory --output-sync=target -k $(JOBS) $(LINT_PARTS)
	@echo "lint: no complaint"

lint-gcc lint-clang: lint-%:
	@$(MAKE) --no-print-directory -s -k CC=$* BUILD=$(LINT)/$* WERROR=1 all build-tests completions

# Macros: libcheck's START_TEST and END_TEST are no C that cppcheck could read. Suppressed:
#   unusedStructMember  a public struct has members that only its users read
#   checkersReport and the like are information, which is not enabled
lint-cppcheck:
	@mkdir -p $(LINT)/cppcheck
	@cppcheck --quiet -j 2 --std=c11 --enable=warning,style,performance,portability \
	  --error-exitcode=1 --inline-suppr --cppcheck-build-dir=$(LINT)/cppcheck \
	  --suppress=unusedStructMember -Isrc -Iinclude -D_GNU_SOURCE \
	  '-DSTART_TEST(name)=static void name(int _i)' -DEND_TEST= -DSYNFIN_VERSION='""' \
	  -DSYNFIN_LOCALEDIR='""' $(LIB_SRCS) $(CLI_SRCS) $(wildcard src/cli/main.c) $(PACKAGED_SRCS) $(TEST_SRCS)

# A file found clean is not read again until it, a header or the rules change: the analyzer is slow.
TIDY := $(patsubst %,$(LINT)/tidy/%.ok,$(LIB_SRCS) $(CLI_SRCS) $(wildcard src/cli/main.c) $(PACKAGED_SRCS))
lint-tidy: $(TIDY)
	@:

$(LINT)/tidy/%.ok: % $(HEADERS) .clang-tidy
	@mkdir -p $(@D)
	@out=$$(clang-tidy --quiet $< -- $(LANGUAGE) $(WARNINGS) $(POISON) $(CLI_DEFINES) $(SECCOMP_CFLAGS) $(CARES_CFLAGS) $(PCAP_CFLAGS) 2>&1) || \
	  { printf '%s\n' "$$out"; exit 1; }
	@touch $@

lint-man:
	@$(if $(MANS),mandoc -T lint -W warning $(MANS))

# Scripts are known by their first line: the run files below tests/ have no suffix.
SCRIPTS = $(shell grep -rIlE '^.!/.*[/ ]$(1)$$' .ci tests packaging | sort)

lint-shell:
	@shellcheck $(call SCRIPTS,(ba)?sh)

lint-python:
	@PYTHONPYCACHEPREFIX=$(LINT)/pycache python3 -m py_compile $(call SCRIPTS,python3) \
	  $(shell find tests -name '*.py')

# ---- Completion of options in shells, from the option table

COMPLETIONS := $(BUILD)/completions/synfin $(BUILD)/completions/_synfin $(BUILD)/completions/synfin.fish

completions: $(COMPLETIONS) ## for bash, zsh and fish

$(BUILD)/completions/generate: packaging/completions/generate.c $(LIBCLI_A) $(LIBSYNFIN_A) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(POISON) -MMD -MP -MF $@.d $(ALL_LDFLAGS) -o $@ $< $(LIBCLI_A) $(LIBSYNFIN_A) $(CLI_LIBS) $(LDLIBS)

-include $(BUILD)/completions/generate.d

$(BUILD)/completions/synfin: packaging/completions/bash $(BUILD)/completions/generate
	$(BUILD)/completions/generate bash < $< > $@

$(BUILD)/completions/_synfin: packaging/completions/zsh $(BUILD)/completions/generate
	$(BUILD)/completions/generate zsh < $< > $@

$(BUILD)/completions/synfin.fish: packaging/completions/fish $(BUILD)/completions/generate
	$(BUILD)/completions/generate fish < $< > $@

# ---- Install

SO_FILE := libsynfin.so.$(VERSION)
SO_LINKS := libsynfin.so.$(SOVERSION) libsynfin.so
EXAMPLES := $(sort $(wildcard packaging/examples/*))

# Each piece: what, where to. "make uninstall" removes the same ones.
define INSTALLED
$(SYNFIN):$(bindir)/synfin:755
$(LIBSYNFIN_A):$(libdir)/libsynfin.a:644
$(LIBSYNFIN_SO):$(libdir)/$(SO_FILE):644
$(BUILD)/synfin.pc:$(libdir)/pkgconfig/synfin.pc:644
$(foreach header,$(PUBLIC_HEADERS),$(header):$(includedir)/synfin/$(notdir $(header)):644)
$(foreach page,$(MANS),$(BUILD)/$(page):$(call man_path,$(page)):644)
$(foreach language,$(LANGUAGES),$(call catalogue,$(BUILD)/locale):$(call catalogue,$(localedir)):644)
$(BUILD)/completions/synfin:$(bashdir)/synfin:644
$(BUILD)/completions/_synfin:$(zshdir)/_synfin:644
$(BUILD)/completions/synfin.fish:$(fishdir)/synfin.fish:644
$(foreach example,$(EXAMPLES),$(example):$(docdir)/examples/$(notdir $(example)):644)
README.md:$(docdir)/README.md:644
README.ja.md:$(docdir)/README.ja.md:644
LICENSE:$(docdir)/LICENSE:644
endef

# man/synfin.1 -> $(mandir)/man1/synfin.1, man/ja/synfin.1 -> $(mandir)/ja/man1/synfin.1
man_path = $(mandir)/$(patsubst man/%,%,$(dir $(1)))man$(patsubst .%,%,$(suffix $(1)))/$(notdir $(1))
catalogue = $(1)/$(language)/LC_MESSAGES/synfin.mo

# Manuals name the places where things really are. A file beside them, because "make" alone does not know where they are going.
INSTALLED_MANS := $(MANS:%=$(BUILD)/%)
$(INSTALLED_MANS): $(BUILD)/%: % $(BUILD)/flags-cli
	@mkdir -p $(@D)
	@sed -e 's,/usr/local/share/locale,$(localedir),g' -e 's,/usr/local/share/doc/synfin,$(docdir),g' -e 's,/usr/local/bin,$(bindir),g' $< > $@

install: all $(COMPLETIONS) $(INSTALLED_MANS) ## into DESTDIR and PREFIX
	@set -e; for piece in $(strip $(INSTALLED)); do \
	  from=$${piece%%:*} rest=$${piece#*:}; to=$(DESTDIR)$${rest%:*}; \
	  $(INSTALL) -d "$$(dirname "$$to")"; $(INSTALL) -m "$${rest##*:}" "$$from" "$$to"; \
	done
	@for link in $(SO_LINKS); do ln -sf $(SO_FILE) $(DESTDIR)$(libdir)/$$link; done
	@echo "installed below $(DESTDIR)$(PREFIX)$(if $(DESTDIR),,; to capture without root: setcap cap_net_raw+ep $(bindir)/synfin)"

uninstall: ## what install put there
	@for piece in $(strip $(INSTALLED)); do rest=$${piece#*:}; rm -f "$(DESTDIR)$${rest%:*}"; done
	@for link in $(SO_LINKS); do rm -f $(DESTDIR)$(libdir)/$$link; done
	@-rmdir $(DESTDIR)$(includedir)/synfin $(DESTDIR)$(docdir)/examples $(DESTDIR)$(docdir) 2>/dev/null

# ---- The Debian package

# dpkg-buildpackage wants debian/ at the top: in a copy it is there. The packages are left in $(BUILD)/deb.
DEB := $(BUILD)/deb
PACKAGE := $(DEB)/synfin-$(VERSION)

deb: ## packages for Debian, in $(BUILD)/deb
	rm -rf $(DEB)
	mkdir -p $(PACKAGE)
	tar -cf - --exclude=__pycache__ src include man pcaps packaging tests Makefile README.md README.ja.md LICENSE .ci | tar -xf - -C $(PACKAGE)
	cp -R packaging/debian $(PACKAGE)/debian
	cd $(PACKAGE) && env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u BUILD dpkg-buildpackage -us -uc -b $(JOBS)

deb-check: deb ## install them in a scratch Debian, and run their tests there (root, debootstrap or DEBIAN_ROOT=)
	@tests/install/debian $(DEB)

clean: ## remove $(BUILD)
	rm -rf $(BUILD)
