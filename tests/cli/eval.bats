#!/usr/bin/env bats
# newsbraid eval: agreement with gold labels, and the sample night held against its own.
load helper

long="Dockworkers at the container terminals laid down their work on Tuesday evening after talks \
about early retirement broke down and the union said almost everybody took part in the first shift"

@test "a perfect, a joined and a missing article" {
	jq -cn --arg t "$long" '{id:"a", text:$t}, {id:"b", text:$t},
		{id:"c", text:"Another text entirely, about a museum"}' > in.jsonl
	newsbraid run -q in.jsonl -o out
	jq -cn '{id:"a",copy:"x"}, {id:"b",copy:"x"}, {id:"c",copy:"y"}' > gold.jsonl
	[ "$(newsbraid eval out gold.jsonl --json | jq -c '[.label, .articles, .bcubed.f1, .pairwise.f1, .ari]')" = '["copy",3,1.0,1.0,1.0]' ] ||
	[ "$(newsbraid eval out gold.jsonl --json | jq -c '[.label, .articles, .bcubed.f1, .pairwise.f1, .ari]')" = '["copy",3,1,1,1]' ]
	jq -cn '{id:"a",copy:"x"}, {id:"b",copy:"z"}, {id:"nobody",copy:"y"}' | zstd -q > gold.jsonl.zst
	expect 0 newsbraid eval out gold.jsonl.zst --worst 3
	[[ $output == *"1 articles of gold are not in the output"* ]]
	[[ $output == *"worst joins"*"1 pairs, 2 articles in 2 parts"* ]]
}

@test "a label that gold does not have is an error that says so" {
	article a "$long" > in.jsonl
	newsbraid run -q in.jsonl -o out
	echo '{"id":"a","copy":"e"}' > gold.jsonl
	expect 1 newsbraid eval out gold.jsonl --label event
	[[ $output == *event* ]]
}

@test "the sample night: copies are found as gold says" {
	newsbraid run -q "$night" -o out || [ $? -eq 3 ]
	newsbraid eval out "$gold" --label copy --worst 20
	newsbraid eval out "$gold" --label copy --json > result
	jq -e '.missing == 0' result
	jq -e '.bcubed.f1 >= 0.99' result
	jq -e '.pairwise.p == 1 and .pairwise.r >= 0.95' result
}

@test "Reuters-21578: no close pair of brute force is lost" {
	need_data reuters-pairs.tsv.zst
	newsbraid run -q "$data/reuters21578.jsonl.zst" -o out
	newsbraid verify out
	# who stands for whom: a text that repeats another one to the word is compared through it
	rows out/edges.jsonl.zst | jq -r 'select(.method == "exact") | "same", .b, .a | @text' |
		paste - - - > known
	rows out/edges.jsonl.zst | jq -r '"edge", .a, .b' | paste - - - >> known
	rows out/articles.jsonl.zst | jq -r 'select(.n_shingles >= 16) | "group", .id, .copy' |
		paste - - - >> known
	zstd -dcq "$data/reuters-pairs.tsv.zst" | awk '$3 >= 0.7 { print "pair", $1, $2 }' >> known
	awk -v OFS='\t' '
		$1 == "same" { same[$2] = $3; next }
		$1 == "edge" { edge[$2 " " $3] = edge[$3 " " $2] = 1; next }
		$1 == "group" { group[$2] = $3; next }
		{ a = $2 in same ? same[$2] : $2; b = $3 in same ? same[$3] : $3 }
		!(a in group) || !(b in group) { short++; next }
		group[a] == group[b] || (a " " b) in edge { found++; next }
		{ lost++; print "lost", $2, $3 }
		END { print found + 0, "found", lost + 0, "lost", short + 0, "too short"
			exit !(found > 500 && lost <= 0.005 * found) }' known
}
