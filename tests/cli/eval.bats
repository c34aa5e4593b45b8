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

@test "a label that the output does not have yet is an error that says so" {
	article a "$long" > in.jsonl
	newsbraid run -q in.jsonl -o out
	echo '{"id":"a","event":"e"}' > gold.jsonl
	expect 1 newsbraid eval out gold.jsonl --label event
	[[ $output == *event* ]]
}

@test "the sample night: copies are found as gold says" {
	newsbraid run -q "$night" -o out || [ $? -eq 3 ]
	newsbraid eval out "$gold" --label copy --worst 20
	newsbraid eval out "$gold" --label copy --json > result
	jq -e '.missing == 0' result
	jq -e '.bcubed.f1 >= 0.97' result
	jq -e '.pairwise.p >= 0.95 and .pairwise.r >= 0.9' result
}

@test "Reuters-21578: brute force finds no close pair that the run does not explain" {
	need_data reuters-pairs.tsv.zst
	newsbraid run -q "$data/reuters21578.jsonl.zst" -o out
	newsbraid verify out
	# pairs of brute force at J >= 0.7 that have no verified edge and are not in one group
	rows out/edges.jsonl.zst | jq -r '[.a, .b] | sort | join(" ")' | sort > edges
	rows out/articles.jsonl.zst | jq -r '.id + " " + .copy' | sort > groups
	zstd -dcq "$data/reuters-pairs.tsv.zst" | awk '$3 >= 0.7 { if ($1 < $2) print $1, $2; else print $2, $1 }' |
		sort > close
	comm -23 close edges | while read -r a b; do
		[ "$(grep "^$a " groups | cut -d' ' -f2)" = "$(grep "^$b " groups | cut -d' ' -f2)" ] || echo "$a $b"
	done > lost
	echo "$(wc -l < lost) of $(wc -l < close) lost"
	[ $(( $(wc -l < lost) * 200 )) -le "$(wc -l < close)" ]
}
