#!/usr/bin/env bash
# Make calls of a run fail, one after the other, and see how it ends.
#
#   tests/faults/faults.sh build/release alloc|io STEP [SEED]
#
# Of the places that allocate (all: those of libraries too) or call on files, every STEP-th fails
# the first time the run comes there, the first one chosen by SEED: alone, and together with all
# calls behind it; a call on a file with one error after the other, or short.  Whatever fails, the run
#   - writes what it writes without the fault, and says so (0, 3, 6), or
#   - says what was wrong, ends with 1 and leaves nothing: no output, no temporary folder.
# Prints one line for each fault that ends otherwise, and a summary.
set -u
out=$(cd "$1" && pwd) kind=$2 step=$3 seed=${4:-0}
cd "$(dirname "$0")/../.." || exit 1
room=$(mktemp -d) bad=0 n_runs=0
trap 'rm -rf "$room"' EXIT
export OMP_WAIT_POLICY=passive

# A small night of every format: what the fuzzers begin with, packed and in other character sets.
make_night() {
	local night=$1 format file
	mkdir "$night"
	for format in csv html jsonl warc wire xml; do
		for file in tests/fuzz/corpus/"$format"/*; do
			cp "$file" "$night/$format-$(basename "$file")"
		done
	done
	cp tests/night/a-{anp,broken,kort-nieuws,rescue-granite,strike-regiokrant,wire}* "$night"
	gzip -k "$night/a-wire.jsonl"
	zstd -q "$night/a-anp.jsonl"
	iconv -t UTF-16 "$night/a-wire.jsonl" > "$night/wide.jsonl"
	iconv -t WINDOWS-1252//TRANSLIT "$night/a-kort-nieuws.txt" > "$night/narrow.txt"
}

# run FAULT [SITES]: the fault's end in $status, what was said in $room/said
run() {
	rm -rf "$room"/out*
	timeout --kill-after=5 120 env NB_FAULT="$1" NB_FAULT_SITES="$2" \
		LD_PRELOAD="$out/tests/faults/faults.so" "$out/newsbraid" run -q -T 1 "$room/night" -o "$room/out" \
		--data "$room/data" --allow-partial > "$room/said" 2>&1
	status=$?
	n_runs=$((n_runs + 1))
}

# How many input files the last run says it could not read.
unreadable() {
	zstd -dcq "$room/out/rejects.jsonl.zst" | grep -c '"reason":"unreadable"'
}

# Where every call on a file fails the temporary folder cannot be removed either.
# judge FAULT: why the end of the last run is none to be proud of; nothing if it is.
judge() {
	if [[ " 0 3 6 " == *" $status "* ]]; then
		cmp -s "$room/out/manifest.json" "$room/manifest.json" ||
			[ "$(unreadable)" -gt "$lost" ] || echo "ends with $status and another output"
	elif [ "$status" -ne 1 ]; then
		echo "ends with $status"
	elif ! [ -s "$room/said" ]; then
		echo "ends without a word"
	elif [ -e "$room/out" ] || { [[ $1 != io*+* ]] && compgen -G "$room/out*" > /dev/null; }; then
		echo "leaves $(cd "$room" && echo out*)"
	fi
}

try() { # FAULT
	local why
	run "$1" /dev/null
	why=$(judge "$1")
	[ -z "$why" ] && return
	echo "$1 $why: $(head -c 200 "$room/said" | head -1)"
	bad=$((bad + 1))
}

make_night "$room/night"
mkdir "$room/data"
run none "$room/sites"
lost=$(unreadable)
cp "$room/out/manifest.json" "$room/manifest.json" || exit 1
mapfile -t at < <(sed -n "s/^$kind //p" "$room/sites" | sort -n)
case $kind in
alloc) errors=('') ;;
io) errors=(:5 :28 :24 :0 :4) ;; # EIO ENOSPC EMFILE, short, EINTR
esac
for ((i = seed % step; i < ${#at[@]}; i += step)); do
	error=${errors[i / step % ${#errors[@]}]}
	try "$kind:${at[i]}$error"
	[ "$error" = :4 ] || try "$kind:${at[i]}+$error" # a call that is interrupted for ever is none
done
echo "$n_runs runs, one of ${#at[@]} places that call $kind fails in each, $bad bad"
[ "$bad" -eq 0 ]
