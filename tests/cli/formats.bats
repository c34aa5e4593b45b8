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
	expect 3 newsbraid run -q "$data/formats/newsml-g2/invalid" -o out
	[ ! -e out/articles.jsonl.zst ]
	[ "$(rows out/rejects.jsonl.zst | wc -l)" -eq 2 ]
}

@test "NewsML 1.2 and NITF: every file is an article" {
	need_data formats/newsml-1.2
	expect 0 newsbraid run -q "$data/formats/newsml-1.2" "$data/formats/nitf" -o out
	[ "$(titles | wc -l)" -eq 6 ]
	[ "$(rows out/articles.jsonl.zst | jq -r .source | sort | tr '\n' ' ')" = \
		"AFP AP AP NTB businesswire.com businesswire.com " ]
}
