#!/usr/bin/env bats
# Too little of everything: memory, stack, descriptors, disk; input without end; calls that fail.
load helper
bats_require_minimum_version 1.5.0

@test "a device that never ends is one reject, and left alone" {
	expect 3 timeout 60 "$NEWSBRAID" read --stats /dev/zero
	[[ $output == *"binary data of no known format"* ]]
	yes '<a/>' | expect 3 timeout 60 "$NEWSBRAID" read -
	[[ $output == *"0 articles, 1 records rejected"* ]]
}

@test "two hundred thousand bad records are counted, and a thousand told of" {
	yes '{' | head -200000 | zstd -q > bad.jsonl.zst
	article one "The harbour was closed." > good.jsonl
	expect 3 newsbraid run bad.jsonl.zst good.jsonl -o out
	[[ $output == *"200000 rejected"* ]]
	[ "$(jq .counts.rejects out/manifest.json)" -eq 200000 ]
	[ "$(rows out/rejects.jsonl.zst | wc -l)" -eq 1001 ]
	[ "$(rows out/rejects.jsonl.zst | tail -1 | jq -c '[.line, .count]')" = '[1001,199000]' ]
	[ "$(rows out/rejects.jsonl.zst | jq -s 'map(.count) | add')" -eq 200000 ]
	expect 1 newsbraid run --max-reject 100000 bad.jsonl.zst good.jsonl -o other
	[ ! -e other ]
}

@test "nights of next to nothing: a letter, a number, words that say nothing" {
	for text in a 1 'the and of' '!! 5'; do
		article one "$text" > a.jsonl
		expect 0 newsbraid run -q a.jsonl -o out
		expect 0 newsbraid verify -q out
	done
	{ article one a; article two a; article three 'the and of'; } > a.jsonl
	expect 0 newsbraid run -q a.jsonl -o out
	expect 0 newsbraid verify -q out
}

# peak COMMAND...: runs it, peak in MB
peak() {
	/usr/bin/python3 - "$@" <<-'END' 2> said
	import resource, subprocess, sys
	subprocess.call(sys.argv[1:])
	print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
	END
}

@test "--memory is kept, or refused with what is needed" {
	expect 2 newsbraid run --memory=1K "$night" -o out
	expect 2 newsbraid run --memory=127M "$night" -o out
	seq 20000 | jq -c '{id: "\(.)", text: "Report \(.) of \(. * 7919): harbour \(. * 31) closed."}' > many.jsonl
	[ "$(peak "$NEWSBRAID" run -q --memory=128M many.jsonl -o out)" -le 160 ]
	[ ! -e out ]
	need=$(sed -n 's/.*articles need about --memory=\([0-9]*\)M.*/\1/p' said)
	[ "$need" -ge 256 ]
	[ "$(peak "$NEWSBRAID" run -q --memory="${need}M" many.jsonl -o out)" -le $((need * 5 / 4)) ]
	[ -e out/_SUCCESS ]
}

@test "a small stack is enough" {
	(ulimit -s 128 && newsbraid run -q -T 2 "$night" -o out) || [ $? -eq 3 ]
	newsbraid run -q -T 2 "$night" -o usual || [ $? -eq 3 ]
	cmp out/manifest.json usual/manifest.json
}

@test "no descriptors: a message that says so, and no output" {
	for n in 4 5 6; do
		run -1 bash -c "exec 3>&- 4>&-; ulimit -n $n && exec '$NEWSBRAID' run -q '$night' -o out"
		[ "$status" -eq 1 ]
		[[ $output == *"Too many open files"* ]]
		[ ! -e out ]
	done
}

@test "whatever allocation or call on a file fails, the run says so or does without" {
	out=$(dirname "$NEWSBRAID")
	[ -e "$out/tests/faults/faults.so" ] || skip "tests/faults/faults.so is not built"
	case $out in */asan | */tsan) skip "allocations are the sanitizer's own" ;; esac
	"$root/tests/faults/faults.sh" "$out" alloc 79 20
	"$root/tests/faults/faults.sh" "$out" io 11 5
}
