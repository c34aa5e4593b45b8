#!/usr/bin/env bash
# Fuzz every target for some seconds each, with the address and undefined-behaviour sanitizers.
#
#   tests/fuzz/fuzz.sh SECONDS [NAME]      NAME: only the targets whose name holds it
#
# Everything lies in build/fuzz/: objects, programs, and what is found (NAME.found/: new inputs,
# NAME.crash-*: inputs that fail).  The corpus in tests/fuzz/corpus/ is only read; an input worth
# keeping is copied there by hand, under a name that says what it is.
set -euo pipefail
seconds=${1:-60}
name=${2:-}
cd "$(dirname "$0")/../.."
out=build/fuzz
sanitize=address,undefined
flags="-O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,$sanitize"
flags="$flags -fno-sanitize-recover=undefined"

have_fuzzer() {
	echo 'int LLVMFuzzerTestOneInput(const char *d, unsigned long n) { return d && n && 0; }' |
		clang -x c -fsanitize=fuzzer,address,undefined -o /dev/null - 2>/dev/null
}

if ! have_fuzzer; then
	root=$([ "$(id -u)" = 0 ] || echo sudo)
	$root apt-get -qq update
	DEBIAN_FRONTEND=noninteractive $root apt-get -qq install -y --no-install-recommends \
		clang libclang-rt-14-dev libomp-14-dev >/dev/null
	have_fuzzer || { echo "clang cannot link a fuzzer" >&2; exit 1; }
fi

# The library, built with coverage and sanitizers; its own folder, the Makefile's own rules.
mkdir -p $out
make --no-print-directory BUILD=debug out=$out CC=clang CXX=clang++ \
	CFLAGS="$flags" CXXFLAGS="$flags" $out/libnewsbraid.a

bad=0 ran=0
for source in tests/fuzz/fuzz_*"$name"*.c; do
	[ -e "$source" ] || continue
	target=$(basename "$source" .c)
	kind=${target#fuzz_}
	program=$out/$target
	# shellcheck disable=SC2086
	clang -std=c11 -Iinclude -Isrc -Itests -D_GNU_SOURCE $flags -fopenmp -c \
		-o "$program.o" "$source"
	# shellcheck disable=SC2086
	clang++ -fsanitize=fuzzer,$sanitize -fopenmp -o "$program" "$program.o" \
		$out/libnewsbraid.a -lzstd -lxxhash -ldeflate -lisal -lsimdjson -lexpat -lbrotlidec -lstemmer -licui18n -licuuc -lfasttext -lcld2 -lm
	mkdir -p "$out/$kind.found" "tests/fuzz/corpus/$kind"
	echo "--- $target, $seconds s"
	ran=1
	OMP_NUM_THREADS=2 "$program" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3000 \
		-print_final_stats=1 -verbosity=0 -artifact_prefix="$out/$kind." \
		"$out/$kind.found" "tests/fuzz/corpus/$kind" || bad=1
done
[ $ran -eq 1 ] || { echo "no fuzz target is called *$name*" >&2; bad=1; }
exit $bad
