#!/usr/bin/env bats
# newsbraid verify: an output that was touched is found out.
load helper

make_output() { newsbraid run -q "$night" -o out || [ $? -eq 3 ]; }

# rewrite TABLE JQ: change its rows and make the checksums fit again, as a careful forger would
rewrite() {
	local table=out/$1.jsonl.zst
	zstd -dcq "$table" | jq -c "$2" | zstd -q --check > touched && mv touched "$table"
	jq --arg n "$1.jsonl.zst" --arg h "$(xxh128 "$table")" \
		--argjson rows "$(zstd -dcq "$table" | wc -l)" --argjson bytes "$(stat -c %s "$table")" \
		--arg ch "$(zstd -dcq "$table" | xxh128 -)" --argjson cb "$(zstd -dcq "$table" | wc -c)" \
		'(.tables[] | select(.name == $n)) |= (.xxh128 = $h | .rows = $rows | .bytes = $bytes |
			.content_xxh128 = $ch | .content_bytes = $cb)' out/manifest.json > m
	mv m out/manifest.json
	reseal
}

# seal FILE: put the checksum at its end right again
seal() {
	jq --indent 2 'del(.xxh128)' "$1" | head -c -3 > body # all up to the last member's comma
	printf '%s,\n  "xxh128": "%s"\n}\n' "$(cat body)" "$(xxh128 body)" > "$1"
}

reseal() {
	local manifest
	seal out/manifest.json
	manifest=$(jq -r .xxh128 out/manifest.json)
	jq --arg m "$manifest" '.manifest_xxh128 = $m' out/run.json > r && mv r out/run.json
	seal out/run.json
}

xxh128() { xxh128sum "$1" | cut -d' ' -f1; }

@test "an output as it was written is sound" {
	make_output
	expect 0 newsbraid verify out
	[[ $output == *sound* ]]
}

@test "a flipped bit, a missing table, a cut table: exit 4" {
	make_output
	for table in articles edges texts copies events storylines; do
		cp -r out touched
		printf '\x55' | dd of=touched/$table.jsonl.zst bs=1 seek=100 conv=notrunc status=none
		expect 4 newsbraid verify touched
		[[ $output == *$table* ]]
		truncate -s 200 touched/$table.jsonl.zst
		expect 4 newsbraid verify touched
		rm touched/$table.jsonl.zst
		expect 4 newsbraid verify touched
		rm -r touched
	done
}

@test "a forged score is found by computing the edge again" {
	command -v xxh128sum || skip "xxh128sum is not installed"
	make_output
	rewrite edges 'if .relation == "copy" then .jaccard = 0.987654 else . end'
	expect 4 newsbraid verify out
	[[ $output == *"claims a copy"* ]]
}

@test "an id that resolves to nothing is found" {
	command -v xxh128sum || skip "xxh128sum is not installed"
	make_output
	rewrite edges '.b = "nobody"'
	expect 4 newsbraid verify out
	[[ $output == *nobody* ]]
}

@test "events and storylines that do not agree with the articles are found" {
	command -v xxh128sum || skip "xxh128sum is not installed"
	make_output
	cp -r out whole
	for how in 'events .central = "nobody"' 'events .members[0].id = "nobody"' \
		'events .members |= reverse' 'events .members |= .[1:]' 'events .n_reports += 1' \
		'events .storyline = "s:nobody"' 'events .members[-1].role = "update"' \
		'events select(.n_articles > 1)' 'articles .event = "e:nobody"' \
		'articles if .copy_of then .event_role = "report" else . end' \
		'storylines .events[0].id = "e:nobody"' 'storylines .n_events += 1' \
		'storylines select(.n_articles > 1)' \
		'edges if .relation == "copy" then .score = 0.5 else . end'; do
		rm -rf out && cp -r whole out
		rewrite "${how%% *}" "${how#* }"
		run newsbraid verify out
		[ "$status" -eq 4 ] || { echo "not noticed: $how"; return 1; }
	done
}

@test "a folder that is no output is a mistake of the caller's" {
	mkdir other
	expect 2 newsbraid verify other
	echo '{"tool":"else"}' > other/manifest.json
	expect 2 newsbraid verify other
	expect 2 newsbraid verify no-such-folder
	expect 2 newsbraid verify "$night"
}

@test "a forged output that is sealed again is sound to its bytes, and the tests above mean something" {
	command -v xxh128sum || skip "xxh128sum is not installed"
	make_output
	rewrite edges .
	expect 0 newsbraid verify out
}

@test "every edit of the manifest is noticed, sealed again or not" {
	command -v xxh128sum || skip "xxh128sum is not installed"
	make_output
	cp -r out whole
	jq -c 'paths(scalars)' whole/manifest.json > paths
	[ "$(wc -l < paths)" -gt 60 ]
	while read -r path; do
		jq --argjson p "$path" 'setpath($p; getpath($p) | if type == "number" then . + 1
			elif type == "boolean" then not else "f" + .[1:] end)' whole/manifest.json > out/manifest.json
		! cmp -s out/manifest.json whole/manifest.json || continue
		run newsbraid verify out
		[ "$status" -eq 4 ] || { echo "not noticed: $path"; return 1; }
		seal out/manifest.json
		! cmp -s out/manifest.json whole/manifest.json || continue # an edit of the seal, undone by it
		run newsbraid verify out
		[ "$status" -eq 4 ] || { echo "not noticed, sealed again: $path"; return 1; }
	done < paths
}

@test "counts that the tables do not bear out are noticed, whatever is sealed" {
	command -v xxh128sum || skip "xxh128sum is not installed"
	make_output
	cp -r out whole
	for count in $(jq -r '.counts | keys[]' whole/manifest.json); do
		rm -rf out && cp -r whole out
		jq --arg c "$count" '.counts[$c] += 1000' whole/manifest.json > out/manifest.json
		reseal
		run newsbraid verify out
		[ "$status" -eq 4 ] || { echo "not noticed: $count"; return 1; }
	done
}

@test "a file too few, a file too many" {
	make_output
	cp -r out whole
	for file in out/*; do
		rm "$file"
		expect 4 newsbraid verify out
		[[ $output == *"${file#out/}"* ]]
		cp "whole/${file#out/}" "$file"
	done
	echo precious > out/thesis.txt
	expect 4 newsbraid verify out
	[[ $output == *thesis.txt* ]]
	rm out/thesis.txt
	mkdir out/.hidden
	expect 4 newsbraid verify out
	rmdir out/.hidden
	echo x > out/_SUCCESS
	expect 4 newsbraid verify out
	: > out/_SUCCESS
	expect 0 newsbraid verify out
}

# flip FILE BYTE: one bit of it
flip() {
	local byte
	byte=$(od -An -tu1 -j "$2" -N 1 "$1")
	printf "\\x$(printf %x $((byte ^ 1 << $2 % 8)))" |
		dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

@test "one flipped bit, one cut, of every file" {
	make_output
	cp -r out whole
	for file in out/*; do
		size=$(stat -c %s "$file")
		# every 512 bytes (make faults), or the first, the last and one between
		[ "${FAULTS:-}" = all ] && places=$(seq 0 512 $((size - 1))) ||
			places="0 $((size / 2)) $((size - 1))"
		[ "$size" -gt 0 ] || continue
		for place in $places; do
			flip "$file" "$place"
			run newsbraid verify out
			[ "$status" -eq 4 ] || { echo "not noticed: $file, a bit of byte $place"; return 1; }
			cp "whole/${file#out/}" "$file"
			truncate -s "$place" "$file"
			run newsbraid verify out
			[ "$status" -eq 4 ] || { echo "not noticed: $file cut to $place"; return 1; }
			cp "whole/${file#out/}" "$file"
		done
	done
	expect 0 newsbraid verify out
}
