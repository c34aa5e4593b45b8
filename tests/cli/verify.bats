#!/usr/bin/env bats
# newsbraid verify: an output that was touched is found out.
load helper

make_output() { newsbraid run -q "$night" -o out || [ $? -eq 3 ]; }

# rewrite TABLE JQ: change its rows and make the checksums fit again, as a careful forger would
rewrite() {
	local table=out/$1.jsonl.zst
	zstd -dcq "$table" | jq -c "$2" | zstd -q --check > touched && mv touched "$table"
	jq --arg n "$1.jsonl.zst" --arg h "$(xxh128 "$table")" \
		--argjson rows "$(zstd -dcq "$table" | wc -l)" \
		'(.tables[] | select(.name == $n)) |= (.xxh128 = $h | .rows = $rows)' out/manifest.json > m
	mv m out/manifest.json
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

@test "something that is no output is no output" {
	mkdir other
	expect 4 newsbraid verify other
	echo '{"tool":"else"}' > other/manifest.json
	expect 4 newsbraid verify other
}
