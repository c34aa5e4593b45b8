#!/usr/bin/env bats
# newsbraid explain: a person asks why.
load helper

long="Dockworkers at the container terminals laid down their work on Tuesday evening after talks \
about early retirement broke down and the union said 1,900 people took part in the first shift \
while ships were waiting off the coast and trucks were turned away at the gates of the port"

prepare() {
	jq -cn --arg t "$long" '{id:"a", title:"Strike", text:$t, published:"2026-03-17T20:00:00Z"},
		{id:"b", title:"Port closed", text:($t | sub("turned away"; "sent home")), published:"2026-03-17T21:00:00Z"},
		{id:"c", text:"Another text entirely, about a museum that opened its doors again today"}' > in.jsonl
	newsbraid run -q in.jsonl -o out "$@"
}

@test "one id: its group, its leader, its pairs" {
	prepare
	expect 0 newsbraid explain out b
	[[ $output == *"Copy group c:a, 2 articles"*leader*"copy     a"* ]]
	expect 0 newsbraid explain out c
	[[ $output == *"in no copy group"*"No text came near its own"*"only report of its event"* ]]
}

@test "two ids: verdict, scores beside thresholds, both texts side by side" {
	prepare
	expect 0 newsbraid explain out a b --width 100
	[[ $output == *"Copies: nearly the same text."* ]]
	[[ $output == *"Jaccard"*">= 0.50"* ]]
	[[ $output == *"turned away"*"|"*"sent home"* ]]
	expect 0 newsbraid explain out a c
	[[ $output == *"No copies: they share too little."*"Two storylines"*"How they begin"* ]]
}

@test "no column is wider than asked for, in any script" {
	jq -cn '{id:"zh1", text:("新华社北京电港口工人周二晚间开始罢工要求提前退休法院将于周四开庭审理此案" * 4)},
		{id:"ru1", text:("Докеры контейнерных терминалов прекратили работу во вторник вечером " * 4)}' > in.jsonl
	newsbraid run -q in.jsonl -o out
	newsbraid explain out zh1 ru1 --width 80 | sed '1,/^How they begin/d' > columns
	[ -s columns ]
	[ "$(wc -L < columns)" -le 80 ]
}

@test "an unknown id fails with its name" {
	prepare
	expect 1 newsbraid explain out nobody
	[[ $output == *nobody* ]]
}

@test "without texts explain tells what the edges say" {
	prepare --no-texts
	[ ! -e out/texts.jsonl.zst ]
	expect 0 newsbraid explain out a b
	[[ $output == *"no texts"*copy* ]]
}
