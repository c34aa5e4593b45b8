#!/usr/bin/env bats
# newsbraid run: a disk that fails and signals that come while the output is being published.
# FAULTS=all (make faults) goes through every call, else a few are tried.
load helper

setup_file() {
	case ${NEWSBRAID:-} in
	*san/newsbraid) skip "the sanitizer's own library has to be loaded first" ;;
	esac
	${CC:-cc} -std=c11 -D_GNU_SOURCE -O1 -shared -fPIC -o "$BATS_FILE_TMPDIR/faulty.so" \
		"$BATS_TEST_DIRNAME/../faults/faulty.c"
}

text="Dockworkers at the container terminals laid down their work on Tuesday evening"

# faulty VARIABLE=VALUE... -- ARGUMENTS: the program with calls that fail
faulty() {
	local set=()
	while [ "$1" != -- ]; do set+=("$1"); shift; done
	shift
	env "${set[@]}" LD_PRELOAD="$BATS_FILE_TMPDIR/faulty.so" "$NEWSBRAID" "$@"
}

# trial FOLDER VARIABLE=VALUE...: over a good night with seed 0 a run with seed 7 and a fault.
# Whatever happened, the folder holds one whole night, and the exit status says which.
trial() {
	local folder=$1 status=0 seed
	shift
	mkdir "$folder" && cp -r good "$folder/out"
	faulty "$@" -- run -q in.jsonl -o "$folder/out" --seed 7 2> "$folder/said" || status=$?
	seed=$(jq .parameters.seed "$folder/out/manifest.json")
	"$NEWSBRAID" verify -q "$folder/out" > /dev/null || echo "$*: status $status, not sound"
	case $status in
	0) [ "$seed" = 7 ] || echo "$*: status 0, and the older night" ;;
	1 | 143) [ "$seed" = 0 ] || echo "$*: status $status, and the newer night" ;;
	137) ;;
	*) echo "$*: status $status" ;;
	esac
	"$NEWSBRAID" run -q in.jsonl -o "$folder/out" # clears what a killed one has left
	rmdir "$folder"/out.tmp-* 2> /dev/null || : # empty: killed before it was marked, or after
	[ "$(echo "$folder"/out*)" = "$folder/out" ] || echo "$*: left $(echo "$folder"/out*)"
	rm -r "$folder"
}

setup() {
	NEWSBRAID=${NEWSBRAID:-$root/build/release/newsbraid}
	cd "$BATS_TEST_TMPDIR" || return 1
	export OMP_NUM_THREADS=1
	article a "$text" > in.jsonl
	article a "$text" > in.jsonl
	newsbraid run -q in.jsonl -o good
	rm -f calls
	faulty FAULT_LOG=calls -- run -q in.jsonl -o first
	calls=$(stat -c %s calls)
	faulty FAULT_LOG=syncs FAULT_OF=fsync -- run -q in.jsonl -o second
	syncs=$(stat -c %s syncs)
	[ "$syncs" -gt 10 ] && [ "$calls" -gt 40 ]
}

# numbers FROM TO: every one of them, or a few
numbers() {
	if [ "${FAULTS:-}" = all ]; then seq "$1" "$2"; else shuf --random-source=<(yes) -i "$1-$2" -n 4; fi
}

@test "SIGTERM while an fsync is slow: the old night and 143, or the new one and 0" {
	for n in $(seq 1 "$syncs"); do
		for ms in $([ "${FAULTS:-}" = all ] && echo 900 1000 1050 1300; echo 1150); do
			trial "$n.$ms" FAULT_OF=fsync FAULT_AT="$n" FAULT_HOW="slow:$ms" &
		done
		wait
	done > lies
	[ ! -s lies ] || { cat lies; return 1; }
}

@test "calls that fail, are short or interrupted" {
	for how in 5 28 4 short; do
		for n in $(numbers 1 "$calls"); do
			trial "$how.$n" FAULT_AT="$n" FAULT_HOW="$how"
		done
	done > lies
	[ ! -s lies ] || { cat lies; return 1; }
}

@test "a run that is killed before or behind any of its calls" {
	for how in kill killed; do
		for n in $(numbers 1 "$calls"); do
			trial "$how.$n" FAULT_AT="$n" FAULT_HOW="$how"
		done
	done > lies
	[ ! -s lies ] || { cat lies; return 1; }
}

# Wherever the run is: reading, comparing, publishing.
@test "a run that is killed at some moment" {
	cp -r "$night" many && for i in $(seq 1 40); do article "x$i" "$text $i"; done > many/x.jsonl
	newsbraid run -q many -o good2 || [ $? -eq 3 ]
	for moment in $([ "${FAULTS:-}" = all ] && shuf --random-source=<(yes) -i 1-1000 -n 300 || echo 150 400 700); do
		cp -r good2 out
		"$NEWSBRAID" run -q many -o out --seed 7 2> /dev/null & pid=$!
		sleep "0.$(printf %03d "$moment")"
		kill -KILL $pid 2> /dev/null || true
		wait $pid || true
		newsbraid verify -q out > /dev/null || echo "killed after $moment ms: not sound"
		newsbraid run -q in.jsonl -o out
		[ "$(echo out*)" = out ] || echo "killed after $moment ms: left $(echo out*)"
		rm -r out
	done > lies
	[ ! -s lies ] || { cat lies; return 1; }
}
