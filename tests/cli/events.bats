#!/usr/bin/env bats
# Events across languages and storylines, seen from outside.
load helper

need_lexicon() {
	newsbraid --version | grep -q '^lexicon .*lex$' || skip "no lexicon: run make data"
}

report() { # ID LANG TIME TITLE TEXT
	jq -cn --arg id "$1" --arg lang "$2" --arg t "$3" --arg title "$4" --arg text "$5" \
		'{id:$id, lang:$lang, published:$t, title:$title, text:$text}'
}

three_reports() {
	report en en 2026-03-16T10:00:00Z "Moscow and Ankara sign gas agreement" \
		"Russian President Vladimir Putin and Turkish President Recep Erdogan signed an agreement on \
the supply of natural gas in Moscow on Monday. The contract runs for ten years and covers 16 billion \
cubic metres a year, the Kremlin said."
	report nl nl 2026-03-16T11:00:00Z "Rusland en Turkije tekenen gasakkoord" \
		"De Russische president Vladimir Poetin en zijn Turkse ambtgenoot Recep Erdogan hebben maandag \
in Moskou een akkoord over de levering van aardgas getekend. Het contract loopt tien jaar en gaat over \
16 miljard kubieke meter per jaar, aldus het Kremlin."
	report fr fr 2026-03-16T12:00:00Z "Un incendie détruit une école à Lyon" \
		"Un incendie a détruit dans la nuit une école primaire du huitième arrondissement de Lyon, sans \
faire de victimes. Les pompiers ont lutté pendant quatre heures contre les flammes."
}

@test "two reports of one happening in two languages are one event, with the words that say so" {
	need_lexicon
	three_reports > in.jsonl
	newsbraid run -q in.jsonl -o out
	[ "$(rows out/articles.jsonl.zst | jq -rs '[.[] | {key: .id, value: .event}] | from_entries | .en == .nl')" = true ]
	[ "$(rows out/articles.jsonl.zst | jq -rs '[.[] | {key: .id, value: .event}] | from_entries | .en == .fr')" = false ]
	rows out/edges.jsonl.zst | jq -e 'select(.method == "across") | .anchors | length >= 4'
	newsbraid verify out
	expect 0 newsbraid explain out en nl
	[[ $output == *Poetin*Putin* || $output == *Putin*Poetin* ]]
}

@test "without a lexicon a run knows less and goes on" {
	three_reports > in.jsonl
	mkdir nothing
	newsbraid run -q --data nothing in.jsonl -o out
	[ "$(jq .counts.articles out/manifest.json)" = 3 ]
	newsbraid verify out
}

@test "the sample night: events and storylines are found as gold says" {
	need_lexicon
	newsbraid run -q "$night" -o out || [ $? -eq 3 ]
	newsbraid verify out
	newsbraid eval out "$gold" --label event --worst 20
	newsbraid eval out "$gold" --label event --json > event
	newsbraid eval out "$gold" --label storyline --json > storyline
	# floors: what is measured stands in bench/README.md
	jq -e '.bcubed.f1 >= 0.90 and .cross_language.f1 >= 0.88' event
	jq -e '.bcubed.f1 >= 0.88' storyline
}

@test "the three articles that the project began with: an event of two, a storyline of three" {
	need_lexicon
	need_data seeds
	newsbraid run -q "$data/seeds" -o out
	rows out/articles.jsonl.zst | jq -r '[.id[5:8], .event, .storyline] | @tsv' > found
	[ "$(awk '$1 != "002" { print $2 }' found | sort -u | wc -l)" = 1 ]
	[ "$(awk '{ print $2 }' found | sort -u | wc -l)" = 2 ]
	[ "$(awk '{ print $3 }' found | sort -u | wc -l)" = 1 ]
}

@test "copies alone: every copy group is an event" {
	newsbraid run -q --no-events "$night" -o out || [ $? -eq 3 ]
	newsbraid verify out
	[ "$(jq .parameters.events out/manifest.json)" = false ]
	rows out/articles.jsonl.zst | jq -es '
		([.[] | .event] | unique | length) == ([.[] | select(.copy_of == null)] | length)
		and all(group_by(.event)[]; [.[] | .copy_of // .id] | unique | length == 1)'
	rows out/edges.jsonl.zst | jq -es 'all(.[]; .method != "related" and .method != "across" and .method != "story")'
}
