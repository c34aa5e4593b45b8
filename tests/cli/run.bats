#!/usr/bin/env bats
# newsbraid run: what goes in, what comes out.
load helper

long="Dockworkers at the container terminals laid down their work on Tuesday evening after talks \
about early retirement broke down and the union said almost everybody took part in the first shift \
while ships were waiting off the coast and trucks were turned away at the gates of the port"

@test "two reprints and a stranger: one group, its leader is the earliest" {
	jq -cn --arg t "$long" '{id:"late", text:$t, published:"2026-03-17T22:00:00Z"},
		{id:"early", text:($t + "."), published:"2026-03-17T21:00:00+01:00"},
		{id:"other", text:"Something else happened in another town far away"}' > in.jsonl
	expect 0 newsbraid run in.jsonl -o out
	rows out/articles.jsonl.zst > articles
	[ "$(jq -r 'select(.role == "leader").id' articles)" = early ]
	[ "$(jq -r 'select(.role == "copy") | .id + " " + .copy_of' articles)" = "late early" ]
	[ "$(jq -r 'select(.role == "single").id' articles)" = other ]
	[ "$(rows out/copies.jsonl.zst | jq -r '.members | map(.id) | join(" ")')" = "early late" ]
}

@test "tables that have no rows are there, and empty" {
	article a "$long" > in.jsonl
	expect 0 newsbraid run in.jsonl -o out
	[ -z "$(rows out/edges.jsonl.zst)" ]
	[ -z "$(rows out/rejects.jsonl.zst)" ]
	[ "$(jq '.tables[] | select(.name == "edges.jsonl.zst").rows' out/manifest.json)" = 0 ]
}

@test "each table is one zstd frame with a checksum" {
	expect 3 newsbraid run -q "$night" -o out
	for table in out/*.zst; do
		zstd -lv "$table" > info
		grep -q '# Zstandard Frames: 1' info
		grep -q 'Check: XXH64' info
	done
}

@test "bad records are counted and listed, exit 3, the good ones are there" {
	{ article a "$long"; echo '{"id":"cut'; echo '[]'; echo '{"id":"empty","text":""}'; } > in.jsonl
	expect 3 newsbraid run in.jsonl -o out
	[[ $output == *"4 articles in, 1 kept, 3 rejected"* ]]
	rows out/rejects.jsonl.zst > rejects
	[ "$(jq -r .line rejects | tr '\n' ' ')" = "2 3 4 " ]
	[ "$(jq -r .reason rejects | tr '\n' ' ')" = "bad-json not-an-object no-text " ]
}

@test "standard input, zst, gz, folders and text files mix" {
	mkdir in
	article one "$long" | zstd -q > in/one.jsonl.zst
	article two "$long" | gzip > in/two.jsonl.gz
	printf 'A title\n\n%s\n' "$long" > in/three.txt
	article four "$long" | expect 0 newsbraid run - in -o out
	article four "$long" | newsbraid run -q - in -o out
	[ "$(rows out/articles.jsonl.zst | wc -l)" -eq 4 ]
	[ "$(rows out/articles.jsonl.zst | jq -r .copy | sort -u | wc -l)" -eq 1 ]
}

@test "--map takes a field of another name" {
	jq -cn --arg t "$long" '{nr:7, story:$t, kop:"Staking"}' > in.jsonl
	expect 3 newsbraid run in.jsonl -o out --min-articles 0
	expect 0 newsbraid run in.jsonl -o out --map id=nr --map text=story --map title=kop
	[ "$(rows out/articles.jsonl.zst | jq -r '.id + .title')" = 7Staking ]
	expect 2 newsbraid run in.jsonl -o out --map nonsense=story
}

@test "gold labels in the input are never looked at" {
	jq -cn --arg t "$long" '{id:"a", text:$t}, {id:"b", text:"Another text entirely, from elsewhere"}' > plain.jsonl
	jq -c '. + {copy:"same", event:"same", storyline:"same", topic:"same"}' plain.jsonl > labelled.jsonl
	newsbraid run -q plain.jsonl -o plain
	newsbraid run -q labelled.jsonl -o labelled
	cmp <(rows plain/articles.jsonl.zst) <(rows labelled/articles.jsonl.zst)
}

@test "no input at all is an empty night if that is what is wanted" {
	mkdir empty && : > empty/nothing.jsonl
	expect 0 newsbraid run empty -o out --min-articles 0
	[ "$(jq .counts.articles out/manifest.json)" = 0 ]
	expect 0 newsbraid verify out
	expect 0 newsbraid show out
}

@test "the same bytes for every number of threads, kernel and order of the input" {
	cp -r "$night" in && rm -f in/*broken*
	newsbraid run -q in -o want -T 1
	want=$(fingerprint want)
	for threads in 1 2 7; do
		for isa in portable avx2 avx512 neon; do
			NEWSBRAID_ISA=$isa newsbraid run -q in -o got -T $threads
			[ "$(fingerprint got)" = "$want" ] || { echo "$threads $isa"; return 1; }
		done
	done
	for file in in/*.jsonl; do
		shuf --random-source=<(yes) "$file" > shuffled && mv shuffled "$file"
	done
	newsbraid run -q $(ls -r in/*) -o got -T 2
	[ "$(fingerprint got)" = "$want" ]
}

# The sample night is too small to keep two threads busy at everything.
@test "the same bytes for every number of threads on real text" {
	for set in ntrex npo-nl; do
		need_data $set.jsonl.zst
		newsbraid run -q "$data/$set.jsonl.zst" -o want -f -T 1
		newsbraid run -q "$data/$set.jsonl.zst" -o got -f -T 5
		[ "$(fingerprint got)" = "$(fingerprint want)" ] || { echo "$set"; return 1; }
	done
}

@test "the same bytes when texts have to move to a temporary file" {
	case $NEWSBRAID in
	*san/newsbraid) skip "a sanitizer needs more memory than any bound" ;;
	esac
	awk 'BEGIN { for (i = 0; i < 160; i++) { # some 160 MB of text, of which 128 may stay
		printf "{\"id\":\"long%d\",\"text\":\"", i
		for (w = 0; w < 100000; w++) printf "w%dx%d ", i, w
		print "\"}" } }' > in.jsonl
	mkdir empty # a lexicon takes more than that
	expect 0 newsbraid run in.jsonl -o want --data empty
	expect 0 newsbraid run in.jsonl -o got --data empty --memory 512M
	[ "$(fingerprint got)" = "$(fingerprint want)" ]
	expect 0 newsbraid verify got
}

@test "a run that is killed leaves the old output whole" {
	article a "$long" > in.jsonl
	newsbraid run -q in.jsonl -o out
	before=$(fingerprint out)
	sleep 3 | "$NEWSBRAID" run -q in.jsonl - -o out 3>&- & pid=$!
	sleep 0.3
	kill -9 $pid || true
	wait $pid || true
	[ "$(fingerprint out)" = "$before" ]
	newsbraid run -q in.jsonl -o out
	[ -z "$(find . -maxdepth 1 -name 'out.tmp*')" ]
}

@test "SIGTERM ends a run that waits for input, with 143, and leaves nothing after" {
	sleep 20 | "$NEWSBRAID" run -q - -o out 3>&- & pid=$!
	sleep 0.5
	kill -TERM $pid
	wait $pid || status=$?
	[ "$status" -eq 143 ]
	[ ! -e out ]
	[ -z "$(find . -maxdepth 1 -name 'out.tmp*')" ]
	pkill -P $$ sleep || true
}
