#!/usr/bin/env bats
# Samples of other people, where they are beside the project: what is read of them.
load helper

titles() { rows out/articles.jsonl.zst | jq -r .title; }

@test "NewsML-G2: every report, and why the rest is none" {
	need_data formats/newsml-g2
	expect 3 newsbraid run -q "$data/formats/newsml-g2/valid" -o out
	titles > titles
	[ "$(wc -l < titles)" -eq 5 ]
	grep -q '^Jan Guillou skriver' titles
	[ "$(rows out/rejects.jsonl.zst | jq -r .reason | sort -u)" = no-text ]
}

@test "NewsML-G2 that is invalid is rejected" {
	need_data formats/newsml-g2
	expect 3 newsbraid run -q "$data/formats/newsml-g2/invalid" -o out --min-articles 0
	[ -z "$(rows out/articles.jsonl.zst)" ]
	[ "$(rows out/rejects.jsonl.zst | wc -l)" -eq 2 ]
}

@test "NewsML 1.2 and NITF: every file is an article" {
	need_data formats/newsml-1.2
	expect 0 newsbraid run -q "$data/formats/newsml-1.2" "$data/formats/nitf" -o out
	[ "$(titles | wc -l)" -eq 6 ]
	[ "$(rows out/articles.jsonl.zst | jq -r .source | sort | tr '\n' ' ')" = \
		"AFP AP AP NTB businesswire.com businesswire.com " ]
}

@test "UTF-16, with a mark or without, is read as UTF-8 is, whatever the format" {
	printf 'Überschrift\n\nDie Fähre nach Ö fuhr am Mittwoch nicht, sagte Łukasz 北京 \xf0\x9f\x9a\xa2.\n' > text
	printf 'id,title,text\n1,Überschrift,"Die Fähre, so Łukasz, fuhr nicht"\n' > table
	printf '{"id":"1","title":"Überschrift","text":"Die Fähre fuhr nicht, sagte Łukasz"}\n' > lines
	for kind in text:txt table:csv lines:jsonl; do
		cp "${kind%:*}" in."${kind#*:}"
		newsbraid read -q in."${kind#*:}" > want
		for set in UTF-16LE UTF-16BE; do
			iconv -f UTF-8 -t $set "${kind%:*}" > in."${kind#*:}"
			newsbraid read -q in."${kind#*:}" | cmp - want
			{ printf '\xef\xbb\xbf' | iconv -f UTF-8 -t $set; iconv -f UTF-8 -t $set "${kind%:*}"; } > in."${kind#*:}"
			newsbraid read -q in."${kind#*:}" | cmp - want
			gzip -kf in."${kind#*:}"
			newsbraid read -q in."${kind#*:}".gz | jq -e .title
		done
	done
	head -c 51 in.jsonl > cut.jsonl # half a character at the end
	expect 3 newsbraid read -q cut.jsonl
}
