#!/usr/bin/env bats
# newsbraid read: any format to JSON lines of one schema.
load helper
python=/usr/bin/python3 # the one that has the distribution's jsonschema

@test "an article of each format is a line of the same schema" {
	article one "The harbour was closed." > a.jsonl
	echo '{"uri":"u:2","pubstatus":"usable","headline":"H","body_text":"The harbour opened."}' > b.json
	printf 'A title\n\nThe report.\n' > c.txt
	expect 0 newsbraid read a.jsonl b.json c.txt
	[ "$(jq -r '[.text, .input.format] | join("|")' <<< "$output" | paste -sd' ')" = \
		"The harbour was closed.|jsonl The harbour opened.|json The report.|text" ]
	"$python" -c 'import jsonschema' 2>/dev/null || skip "python3-jsonschema is not installed"
	newsbraid read -q a.jsonl b.json c.txt > lines
	"$python" - "$root/src/publish/schema/read.schema.json" lines <<-'END'
	import json, sys, jsonschema
	check = jsonschema.Draft202012Validator(json.load(open(sys.argv[1])))
	for line in open(sys.argv[2]): check.validate(json.loads(line))
	END
}

@test "every line tells which field of the input its fields came from" {
	echo '{"headline":"H","body_text":"The text.","by":"Ann","embargoed":"2020-01-01T00:00:00Z"}' > a.jsonl
	expect 0 newsbraid read a.jsonl
	[ "$(jq -c .origin <<< "$output")" = \
		'{"title":"headline","text":"body_text","byline":"by","embargo":"embargoed"}' ]
	[ "$(jq -c '[.embargo, .input.record, .input.byte]' <<< "$output")" = '["2020-01-01T00:00:00Z",1,0]' ]
}

@test "the sample night: the same lines for every number of threads" {
	newsbraid read -q "$night" -T 1 > one || [ $? -eq 3 ]
	newsbraid read -q "$night" -T 4 > four || [ $? -eq 3 ]
	[ -s one ]
	cmp one four
}

@test "rejects are told with file, record, byte and reason" {
	{ article one "The harbour."; echo '{"text": }'; } > a.jsonl
	expect 3 newsbraid read a.jsonl
	[[ $output == *"a.jsonl:2: byte "*": bad-json: "* ]]
	[[ $output == *"1 articles, 1 records rejected"* ]]
}

@test "--max-reject: a count or a share of all records" {
	{ article one "The harbour."; echo '{"text": }'; article two "The ferry."; } > a.jsonl
	expect 3 newsbraid read -q --max-reject 1 a.jsonl
	expect 1 newsbraid read -q --max-reject 0 a.jsonl
	expect 3 newsbraid read -q --max-reject 34% a.jsonl
	expect 1 newsbraid read -q --max-reject 33% a.jsonl
	expect 2 newsbraid read --max-reject many a.jsonl
	expect 2 newsbraid read --max-reject 101% a.jsonl
	expect 1 newsbraid run -q --max-reject 0 a.jsonl -o out
	[ ! -e out ]
	expect 3 newsbraid run -q --max-reject 50% a.jsonl -o out
}

@test "--stats: formats, and what came from where" {
	{ article one "The harbour."; echo '{"headline":"H","content":"T"}'; echo 'x'; } > a.jsonl
	printf 'A title\n\nThe report.\n' > c.txt
	expect 3 newsbraid read -q --stats a.jsonl c.txt
	grep -Eq '^jsonl +1 +2 +1 ' <<< "$output"
	grep -Eq '^text +1 +1 +0 ' <<< "$output"
	grep -Eq '^title +headline +1$' <<< "$output"
	grep -Eq '^text +content +1$' <<< "$output"
}

@test "no input is a usage error, a missing one a failure" {
	expect 2 newsbraid read
	expect 1 newsbraid read nothing.jsonl
	expect 0 newsbraid read --help
}

@test "samples of ninjs: what is valid and holds a text is read" {
	need_data formats/ninjs
	expect 3 newsbraid read -q "$data/formats/ninjs/valid"
	[ "$(grep -c . <<< "$output")" -eq 16 ]
	expect 3 newsbraid read -q "$data/formats/ninjs/invalid"
	[ -z "$output" ]
}

@test "an agency has one name, however a field spells it" {
	jq -cn '"Agence France-Presse", "Associated Press", "РИА Новости", "Local Desk"
		| {agency: ., text: "The harbour was closed on Friday because of the storm"}' > in.jsonl
	[ "$(newsbraid read -q in.jsonl | jq -r .agency | paste -sd,)" = "AFP,AP,RIA Novosti,Local Desk" ]
}
