#!/usr/bin/env bash
# Run every test of a build and end with "N passed, N failed".
#
#   tests/run.sh build/release [NAME]      NAME: only the files whose name holds it
#
# Unit programs, fuzz-corpus replays and the command-line tests all print TAP, so that one
# counter serves them all.  No test run is a failure.
set -u
out=$(cd "$1" && pwd) || exit 1
name=${2:-}
# FAST=1: of the command line only what takes no time; the Makefile leaves out unit programs
fast='missing|usage|injection|run|read|show|explain'
skips() { [ -n "${FAST:-}" ] && ! [[ $1 =~ ^($fast)\.bats$ ]]; }
here=$(cd "$(dirname "$0")" && pwd)
log=$out/tests.tap
export NEWSBRAID=$out/newsbraid CMOCKA_MESSAGE_OUTPUT=TAP OMP_WAIT_POLICY=passive
[ -z "${NEWSBRAID_SETS:-}" ] && [ -d "$here/../../shared/data" ] && NEWSBRAID_SETS=$(cd "$here/../../shared/data" && pwd)
export NEWSBRAID_SETS ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1} TSAN_OPTIONS=${TSAN_OPTIONS:-ignore_noninstrumented_modules=1}
: > "$log"

# run TITLE COMMAND...: a program that prints TAP; one that dies or hangs counts as a failed test
run() {
	local title=$1 status
	shift
	timeout --kill-after=10 "${TEST_TIMEOUT:-900}" "$@" > "$out/one.tap" 2>&1
	status=$?
	sed -i 's/^not ok \(.*# SKIP\)/ok \1/' "$out/one.tap" # how cmocka says that it skipped
	if [ $status -ne 0 ] && ! grep -q '^not ok' "$out/one.tap"; then
		echo "not ok - $title ended with status $status" >> "$out/one.tap"
	fi
	if grep -q '^not ok' "$out/one.tap"; then
		echo "--- $title"
		grep -v '^ok' "$out/one.tap"
	fi
	cat "$out/one.tap" >> "$log"
}

cd "$here/.." || exit 1
for program in "$out"/tests/unit/test_*"$name"*; do
	[ -x "$program" ] && [ ! -d "$program" ] && run "$(basename "$program")" "$program"
done
for program in "$out"/tests/fuzz/fuzz_*"$name"*; do
	[ -x "$program" ] || continue
	kind=$(basename "$program")
	run "$kind" "$program" "$here/fuzz/corpus/${kind#fuzz_}"
done
for script in "$here"/cli/*"$name"*.bats; do
	[ -e "$script" ] && ! skips "$(basename "$script")" &&
		run "$(basename "$script")" bats --tap "$script"
done

passed=$(grep -c '^ok' "$log")
failed=$(grep -c '^not ok' "$log")
skipped=$(grep -ci '^ok.*# *skip' "$log")
[ "$skipped" -gt 0 ] && grep -i '^ok.*# *skip' "$log" | sed 's/^ok [0-9]* *-* */skipped: /'
[ "$passed" -gt 0 ] || { echo "no tests ran"; failed=$((failed + 1)); }
echo "$((passed - skipped)) passed, $failed failed, $skipped skipped" | sed 's/, 0 skipped//'
[ "$failed" -eq 0 ]
