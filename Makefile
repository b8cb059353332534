# Taizhang (台账). Every verb is one target; `make help` lists them.
#
#   make                 the program, build/taizhang
#   make demo            everything: packages, program, demo county, annual workbook, the desk
#   make test            everything: packages, tests of each layer, lint
#   make MODE=asan test  the same tests under AddressSanitizer and UBSan
#   make interop         opens every export with LibreOffice, gnumeric and openpyxl, and renders it
#   make lint            layers, file sizes, forbidden calls
#   make fuzz            the readers under libFuzzer for ten minutes (FUZZ_SECONDS=600)
#   make bench           ratios, each pair measured in one run
#   make install DESTDIR= PREFIX=/usr/local
#   make clean

PREFIX ?= /usr/local
MODE   ?= release
BUILD  ?= build$(if $(filter-out release,$(MODE)),/$(MODE))

CC      ?= cc
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes
CFLAGS  ?= -O2 -g
EXTRA_release :=
EXTRA_fuzz    := -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all \
                 -fno-omit-frame-pointer
EXTRA_asan    := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
ALL_CFLAGS    := -std=c11 -D_XOPEN_SOURCE=700 -I. $(WARN) $(CFLAGS) $(EXTRA_$(MODE))
ALL_LDFLAGS   := $(LDFLAGS) $(EXTRA_$(MODE))

# The layers, lowest first. An archive may call only archives to its left.
LAYERS   := core db imports exports tui cli
LIBS_core    :=
LIBS_db      := -lsqlite3 -lsodium
LIBS_imports := -lminizip -lz -lexpat
LIBS_exports := -lxlsxwriter -lminizip
LIBS_tui     := -lncursesw -ltinfo
BELOW_core    :=
BELOW_db      := core
BELOW_imports := db core
BELOW_exports := imports db core
BELOW_tui     := exports imports db core
BELOW_cli     := tui exports imports db core

sources = $(wildcard $(1)/*.c $(1)/*/*.c)
objects = $(patsubst %.c,$(BUILD)/%.o,$(1))
libs    = $(foreach l,$(1),$(BUILD)/lib$(l).a) $(foreach l,$(1),$(LIBS_$(l)))

all: $(BUILD)/taizhang

help:
	@sed -n 's/^#   make/make/p' Makefile

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# How characters are read, from Debian's package unicode-data.
UNIHAN ?= /usr/share/unicode/Unihan_Readings.txt.bz2
$(BUILD)/core/pinyin_table.c: core/pinyin_table.awk
	@mkdir -p $(@D)
	bzcat $(UNIHAN) | LC_ALL=C awk -f $< >$@.part
	@mv $@.part $@
$(BUILD)/core/pinyin_table.o: $(BUILD)/core/pinyin_table.c
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<
$(BUILD)/libcore.a: $(BUILD)/core/pinyin_table.o

# Which simplified character stands for a traditional one, from the same package.
UNIHAN_VARIANTS ?= /usr/share/unicode/Unihan_Variants.txt.bz2
$(BUILD)/core/simplify_table.c: core/simplify_table.awk
	@mkdir -p $(@D)
	bzcat $(UNIHAN_VARIANTS) | LC_ALL=C awk -f $< >$@.part
	@mv $@.part $@
$(BUILD)/core/simplify_table.o: $(BUILD)/core/simplify_table.c
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<
$(BUILD)/libcore.a: $(BUILD)/core/simplify_table.o

define layer
$(BUILD)/lib$(1).a: $(call objects,$(call sources,$(1)))
	@rm -f $$@
	$(AR) rcs $$@ $$^
endef
$(foreach l,$(filter-out cli,$(LAYERS)),$(eval $(call layer,$(l))))

$(BUILD)/taizhang: $(call objects,$(call sources,cli)) $(foreach l,$(BELOW_cli),$(BUILD)/lib$(l).a)
	$(CC) $(ALL_LDFLAGS) -o $@ $(filter %.o,$^) $(call libs,$(BELOW_cli))

# Tests: tests/LAYER/test_*.c links its layer and what lies below it, nothing else.
# tests/LAYER/*.c without the prefix are helpers of that folder.
TEST_LAYERS := core db imports exports tui
define layer_tests
TESTS_$(1)   := $(patsubst tests/$(1)/%.c,%,$(wildcard tests/$(1)/test_*.c))
HELPERS_$(1) := $(call objects,$(filter-out $(wildcard tests/$(1)/test_*.c),$(wildcard tests/$(1)/*.c)))
$(BUILD)/tests/$(1)/test_%: $(BUILD)/tests/$(1)/test_%.o $$(HELPERS_$(1)) $(foreach l,$(1) $(BELOW_$(1)),$(BUILD)/lib$(l).a)
	$$(CC) $$(ALL_LDFLAGS) -o $$@ $$(filter %.o,$$^) $(call libs,$(1) $(BELOW_$(1))) -lcmocka
endef
$(foreach l,$(TEST_LAYERS),$(eval $(call layer_tests,$(l))))
TEST_PROGRAMS := $(foreach l,$(TEST_LAYERS),$(TESTS_$(l):%=$(BUILD)/tests/$(l)/%))

# What the fuzzer is fed with, and its corpus, which a test replays.
$(BUILD)/tests/imports/test_corpus: $(BUILD)/tests/fuzz/readers.o
FUZZ_SECONDS ?= 600
$(BUILD)/fuzz_readers: $(BUILD)/tests/fuzz/readers.o $(BUILD)/tests/imports/storedzip.o \
                       $(foreach l,imports $(BELOW_imports),$(BUILD)/lib$(l).a)
	$(CC) $(ALL_LDFLAGS) -fsanitize=fuzzer -o $@ $(filter %.o,$^) $(call libs,imports $(BELOW_imports))
run-fuzz: $(BUILD)/fuzz_readers
	@mkdir -p $(BUILD)/corpus
	$< -max_total_time=$(FUZZ_SECONDS) -max_len=8192 -timeout=10 -rss_limit_mb=2048 \
	    -artifact_prefix=$(BUILD)/found_ -print_final_stats=1 $(BUILD)/corpus tests/fuzz/corpus

# One test program: make check T=core/test_text
check: $(BUILD)/tests/$(T)
	XDG_DATA_HOME=/nonexistent $<

# End to end: the program itself in a pseudo terminal.
E2E_TESTS   := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/e2e/test_*.c))
E2E_HELPERS := $(call objects,$(filter-out $(wildcard tests/e2e/test_*.c),$(wildcard tests/e2e/*.c)))
$(BUILD)/tests/e2e/test_%: $(BUILD)/tests/e2e/test_%.o $(E2E_HELPERS) $(foreach l,tui $(BELOW_tui),$(BUILD)/lib$(l).a)
	$(CC) $(ALL_LDFLAGS) -o $@ $(filter %.o,$^) $(call libs,tui $(BELOW_tui)) -lcmocka -lvterm -lutil

# ---- packages of Debian 12; nothing is asked for that is there already ----

PACKAGES_build   := gcc libc6-dev make libncurses-dev libsqlite3-dev libxlsxwriter-dev \
                    libminizip-dev libexpat1-dev zlib1g-dev libsodium-dev unicode-data bzip2
PACKAGES_test    := $(PACKAGES_build) libcmocka-dev libvterm-dev python3-openpyxl strace
PACKAGES_fuzz    := $(PACKAGES_build) clang libclang-rt-14-dev
PACKAGES_bench   := $(PACKAGES_test) python3-xlsxwriter
PACKAGES_interop := $(PACKAGES_test) libreoffice-calc gnumeric poppler-utils fonts-noto-cjk

packages-%:
	@missing=$$(for p in $(PACKAGES_$*); do \
	    dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	if [ -n "$$missing" ]; then \
	    sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	    $$sudo apt-get -q update && \
	    $$sudo env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends $$missing; \
	fi

# ---- the verbs ----

demo: packages-build
	@$(MAKE) --no-print-directory all
	@$(BUILD)/taizhang demo demo
	@if [ -t 0 ] && [ -t 1 ]; then $(BUILD)/taizhang --db demo/taizhang.db; fi

test: packages-test
	@$(MAKE) --no-print-directory all test-programs lint
	@BUILD=$(BUILD) MODE=$(MODE) tests/run $(TEST_PROGRAMS) $(E2E_TESTS) $(wildcard tests/e2e/test_*.sh)

test-programs: $(TEST_PROGRAMS) $(E2E_TESTS)

interop: packages-interop
	@$(MAKE) --no-print-directory all
	@BUILD=$(BUILD) tests/run tests/interop/test_*.sh

fuzz: packages-fuzz
	@$(MAKE) --no-print-directory MODE=fuzz CC=clang BUILD=$(BUILD)/fuzz run-fuzz

lint:
	@tests/lint

golden: $(BUILD)/tests/db/test_schema
	TAIZHANG_GOLDEN=write $<

BENCH_PROGRAMS := $(patsubst %.c,$(BUILD)/%,$(wildcard bench/*.c))
$(BUILD)/bench/%: $(BUILD)/bench/%.o $(E2E_HELPERS) $(foreach l,tui $(BELOW_tui),$(BUILD)/lib$(l).a)
	$(CC) $(ALL_LDFLAGS) -o $@ $(filter %.o,$^) $(call libs,tui $(BELOW_tui)) -lcmocka -lvterm -lutil

bench: packages-bench
	@$(MAKE) --no-print-directory all $(BENCH_PROGRAMS)
	@BUILD=$(BUILD) bench/run

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/taizhang $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $(BUILD)/taizhang $(DESTDIR)$(PREFIX)/bin/taizhang
	cd data && find . \( -name '*.csv' -o -path './demo/*' -type f \) -exec install -D -m 644 {} $(abspath $(DESTDIR)$(PREFIX)/share/taizhang)/{} \;
	$(BUILD)/taizhang help --man >$(BUILD)/taizhang.1
	install -m 644 $(BUILD)/taizhang.1 $(DESTDIR)$(PREFIX)/share/man/man1/taizhang.1

clean:
	rm -rf build demo

.PHONY: all help check demo test test-programs interop fuzz run-fuzz lint golden bench install clean
.SECONDARY:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
