#!/usr/bin/env bats
# What stands around a report on its page is cut before anything is compared, and kept to be shown.
load helper

body="Dockworkers at the container terminals laid down their work on Tuesday evening after talks about \
early retirement broke down. The union said almost everybody took part in the first shift while ships \
were waiting off the coast and trucks were turned away at the gates of the port."

# field ID FILTER: what jq says of an article of the last run
of() { rows out/articles.jsonl.zst | jq -r "select(.id == \"$1\") | $2"; }
text_of() { rows out/texts.jsonl.zst | jq -r "select(.id == \"$1\") | $2"; }

@test "dateline and furniture are cut, and put back they make the text again" {
	page=$(printf 'Home / World / Strike\n\nROTTERDAM, March 17 (Reuters) - %s\n\nLeave a Reply\nYour email address will not be published.' "$body")
	article a "$page" > in.jsonl
	expect 0 newsbraid run in.jsonl -o out
	[ "$(text_of a .text)" = "$body" ]
	[ "$(text_of a '[.cut[][2]] | join(" ")')" = "navigation dateline comment" ]
	[ "$(of a '.located + " " + .agency + " " + .lang_source')" = "ROTTERDAM Reuters detected" ]
	[ "$(of a '.text_bytes - .cut_bytes')" = "${#body}" ]
	back=$(text_of a 'reduce .cut[] as $c (.text; .[:$c[0]] + $c[1] + .[$c[0]:])') # ASCII: bytes are characters
	[ "$back" = "$page" ]
}

@test "a field wins over what was found, and a language that cannot be does not" {
	jq -cn --arg t "ROTTERDAM (ANP/RTR) - $body" '{id: "a", text: $t, agency: "Own desk", lang: "nl"},
		{id: "b", text: $t, lang: "ru"}' > in.jsonl
	expect 0 newsbraid run in.jsonl -o out
	[ "$(of a '.agency + " " + .lang + " " + .lang_source')" = "Own desk nl field" ]
	[ "$(of a '[.credits[] | .agency + " " + .role] | join(", ")')" = "ANP wrote, Reuters relayed" ]
	[ "$(of b '.agency + " " + .lang + " " + .lang_source')" = "ANP en detected" ]
}

@test "copies are copies after any dateline and before any teaser" {
	article a "ROTTERDAM (ANP) - $body" > in.jsonl
	article b "$(printf '(AP) -- %s\nMost read\nWhy your cat hates Tuesdays\n3 hours ago' "$body")" >> in.jsonl
	expect 0 newsbraid run in.jsonl -o out
	[ "$(rows out/edges.jsonl.zst | jq -r .method)" = exact ]
}

@test "pages of nothing but a form to log in have no report and are no copies" {
	for id in a b c; do article $id "$(printf 'Log in\nAlready have an account?\nSubscribe now')"; done > in.jsonl
	expect 0 newsbraid run in.jsonl -o out
	[ "$(rows out/articles.jsonl.zst | jq -s '[.[] | select(.role == "single" and .n_tokens == 0)] | length')" = 3 ]
	[ "$(of a '.text_bytes == .cut_bytes')" = true ]
	expect 0 newsbraid verify out
}

@test "lines that recur beside different reports of one source are cut, in any order of the input" {
	for i in 1 2 3 4 5; do
		jq -cn --arg i "$i" --arg s "one.example" '{id: $i, source: $s, text: ("Report number \($i) of the evening says that \($i * 40) trucks were turned away at gate \($i).\nHarbour Standard membership drive\nUpdates like this")}'
	done > in.jsonl
	# another source; one story in three versions
	for i in 6 7 8; do
		jq -cn --arg i "$i" '{id: $i, source: "two.example", text: "The same long report in several versions says that trucks were turned away at the gates of the port.\nHarbour Standard membership drive"}'
	done >> in.jsonl
	expect 0 newsbraid run in.jsonl -o out
	[ "$(text_of 1 '[.cut[][2]] | join(" ")')" = "recurring" ]
	[[ "$(text_of 1 .text)" != *membership* ]]
	[[ "$(text_of 6 .text)" == *membership* ]]
	before=$(fingerprint out)
	tac in.jsonl > turned.jsonl
	expect 0 newsbraid run turned.jsonl -o out -T 1
	[ "$(fingerprint out)" = "$before" ]
	expect 0 newsbraid verify out
}

@test "the headline of a page of text stands below its date and bread crumbs" {
	printf 'Sunday , June 22 2031\nHome / WORLD / Port workers strike over pensions\n Img\n\nPort workers strike over pensions\n\n%s' "$body" > page.txt
	expect 0 newsbraid run page.txt -o out
	[ "$(text_of file:page.txt .title)" = "Port workers strike over pensions" ]
	[ "$(text_of file:page.txt '[.cut[][2]] | join(" ")')" = "stamp navigation title" ]
}

@test "what recurs between the lines of a report stays" {
	for i in 1 2 3 4 5; do
		jq -cn --arg i "$i" '{id: $i, source: "one.example", text: ("First quarter of firm \($i): profit \($i * 40)\nNine months\nProfit \($i * 90) of firm \($i)")}'
	done > in.jsonl
	expect 0 newsbraid run in.jsonl -o out
	[ "$(of 1 .cut_bytes)" = 0 ]
}

@test "explain shows what was cut and why" {
	article a "$(printf 'ROTTERDAM (ANP) - %s\nShare this: Facebook' "$body")" > in.jsonl
	newsbraid run -q in.jsonl -o out
	expect 0 newsbraid explain out a
	[[ $output == *"written in ROTTERDAM; ANP wrote."* ]]
	[[ $output == *dateline*"ROTTERDAM (ANP) -"*share*"Share this: Facebook"* ]]
}

@test "the three seeds: no teaser in a report, agencies and languages" {
	need_data seeds
	expect 0 newsbraid run "$data/seeds" -o out
	rows out/articles.jsonl.zst | jq -r '[.id[5:8], .lang, (.credits[] | .agency + " " + .role)] | join(" | ")' > found
	[ "$(cat found)" = "000 | nl | ANP wrote | Reuters relayed | AFP relayed
001 | en | Xinhua wrote
002 | en | Inforos wrote | TASS relayed" ]
	rows out/texts.jsonl.zst | jq -r .text > reports
	run grep -E 'minuten geleden|Meer uit|Leave a Reply|Rate it|Add comment|XINHUA|\(ANP' reports
	[ "$status" -eq 1 ]
}
