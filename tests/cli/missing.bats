#!/usr/bin/env bats
# newsbraid run: what is not there takes the place of nothing.
load helper

text="Dockworkers at the container terminals laid down their work on Tuesday evening"

# a good night stands at out
setup() {
	NEWSBRAID=${NEWSBRAID:-$root/build/release/newsbraid}
	cd "$BATS_TEST_TMPDIR" || return 1
	article a "$text" > in.jsonl
	newsbraid run -q in.jsonl -o out
	good=$(fingerprint out)
}

# refused ARGUMENTS...: exit 5, the good night stands as it stood
refused() {
	expect 5 newsbraid run "$@" -o out
	[ "$(fingerprint out)" = "$good" ] || { echo "replaced by: $*"; return 1; }
	[ "$(echo out*)" = out ]
}

@test "nothing to read does not replace a good night" {
	mkdir empty && : > nothing.jsonl && : > nothing.gz
	refused empty
	[[ $output == *"0 articles, at least 1 are wanted"* ]]
	refused nothing.jsonl
	refused nothing.gz
	refused - < /dev/null
	refused in.jsonl --min-articles 2
}

@test "an input that cannot be read whole does not replace a good night" {
	article b "$text" | gzip | head -c 60 > cut.jsonl.gz
	article b "$text" | zstd -q | head -c 40 > cut.jsonl.zst
	: > none.zst
	for input in cut.jsonl.gz cut.jsonl.zst none.zst; do
		refused in.jsonl $input
		[[ $output == *"$input: not read whole"* ]]
	done
	if [ "$(id -u)" -ne 0 ]; then
		mkdir locked && cp in.jsonl locked && chmod 0 locked
		refused in.jsonl locked
		chmod 700 locked
	fi
}

@test "files that were never news are rejects, not gaps" {
	mkdir in && cp in.jsonl in && head -c 2000 /dev/urandom > in/photo.jpg
	expect 3 newsbraid run in -o out
}

@test "--allow-partial publishes, says so everywhere, and ends with 6" {
	article b "$text" | gzip | head -c 60 > cut.jsonl.gz
	expect 6 newsbraid run in.jsonl cut.jsonl.gz -o out --allow-partial
	[[ ${lines[-1]} == *INCOMPLETE* ]]
	[ "$(jq -r .complete out/run.json)" = false ]
	[ "$(jq -r '.missing[].path' out/run.json)" = cut.jsonl.gz ]
	expect 0 newsbraid verify out
	expect 0 newsbraid run in.jsonl -o out
	[ "$(jq -c '[.complete, .missing]' out/run.json)" = '[true,[]]' ]
}

@test "read tells of a gap with 6, of bad records with 3" {
	article b "$text" | gzip | head -c 60 > cut.jsonl.gz
	expect 6 newsbraid read in.jsonl cut.jsonl.gz
	[[ $output == *"cut.jsonl.gz: not read whole"* ]]
	echo '{"id":"cut' > bad.jsonl
	expect 3 newsbraid read in.jsonl bad.jsonl
}

@test "a missing lexicon or language model is a warning, with --require-data a failure" {
	mkdir none
	expect 0 newsbraid run in.jsonl -o other --data none
	[[ $output == *"warning: no lexicon"*"warning: no language model"* ]]
	[ "$(jq '.warnings | length' other/run.json)" -eq 2 ]
	expect 1 newsbraid run in.jsonl -o out --data none --require-data
	[[ $output == *"no lexicon"* ]]
	[ "$(fingerprint out)" = "$good" ]
}

@test "what is read is never replaced, what is written never read" {
	mkdir in && cp in.jsonl in
	ln -s in link
	for arguments in "-f in -o in" "in -o in/out" "in -o link/out" "in/in.jsonl -o in" \
		"-f in.jsonl -o in.jsonl" "out -o new" "out/texts.jsonl.zst -o new" ". -o ../new"; do
		# shellcheck disable=SC2086
		expect 1 newsbraid run $arguments
		[ "$(cat in/in.jsonl)" = "$(cat in.jsonl)" ]
		[ "$(echo in* out* new*)" = "in in.jsonl out new*" ]
	done
	expect 2 newsbraid run in.jsonl -o -
	[ ! -e ./- ]
	expect 0 newsbraid run in -o ./-out
}
