#!/usr/bin/env bats
# What a run publishes fits the published schemas.  The checker is Python and knows nothing of the
# program but src/publish/schema.
load helper

python=/usr/bin/python3 # the one that has the distribution's jsonschema

need_checker() {
	[ -x "$NEWSBRAID" ] || skip "the program is not built"
	[ -d "$night" ] || skip "the sample night is not there"
	"$python" -c 'import jsonschema' 2>/dev/null || skip "python3-jsonschema is not installed"
}

check() { "$python" "$root/tests/schema_check.py" "$1"; }

# 0: all articles taken; 3: some records were rejected
make_output() { "$NEWSBRAID" run -q "$night" -o out "$@" || [ $? -eq 3 ]; }

# change TABLE JQ: rewrite the rows of a table
change() {
	zstd -dcq "out/$1.jsonl.zst" | jq -c "$2" | zstd -q -f -o "out/$1.jsonl.zst"
}

@test "the sample night: every row of every table fits its schema" {
	need_checker
	make_output
	expect 0 check out
	[[ $output == *"rows fit their schemas"* ]]
}

@test "without texts, with one article, with nothing but rejects" {
	need_checker
	make_output --no-texts
	expect 0 check out
	echo '{"id": "one", "text": "A single short report."}' > one.jsonl
	expect 0 "$NEWSBRAID" run -q one.jsonl -o one
	expect 0 check one
	echo 'no JSON' > none.jsonl
	expect 3 "$NEWSBRAID" run -q none.jsonl -o none --min-articles 0
	expect 0 check none
}

@test "the checker notices what does not fit" {
	need_checker
	make_output
	cp -r out whole
	for how in 'articles del(.lang)' 'articles .score = "high"' 'articles .role = "boss"' \
		'copies .members[0].id = "nobody"' 'edges .a = "nobody"' \
		'edges .spans = [[0, 99999999, 0, 1]]' 'texts .text += "."' \
		'articles {copy} + .' 'copies select(false)' 'articles .event = "e:nobody"' \
		'events .members[0].id = "nobody"' 'events .central = "nobody"' \
		'events .titles[0].title = null' 'events select(.n_articles > 1)' \
		'storylines .events[0].id = "e:nobody"' 'storylines .n_events = 99'; do
		rm -rf out
		cp -r whole out
		change "${how%% *}" "${how#* }"
		run check out
		[ "$status" -eq 1 ] || { echo "not noticed: $how"; return 1; }
	done
}
