#!/usr/bin/env bats
# newsbraid show: what an editor wants to know at seven in the morning.
load helper

make_output() { newsbraid run -q "$night" -o out || [ $? -eq 3 ]; }

@test "sums, then copy groups, largest first: who had it, who copied, how like it is" {
	local long="Dockworkers at the container terminals laid down their work on Tuesday evening \
after talks about early retirement broke down and the union said 1,900 people took part"
	jq -cn --arg t "$long" '{id:"a", title:"Strike", agency:"ANP", source:"anp.nl", text:$t,
		published:"2026-03-17T20:00:00Z"},
		{id:"b", source:"nu.nl", text:$t, published:"2026-03-17"},
		{id:"c", text:"Another text entirely, about a museum that opened its doors"}' > in.jsonl
	newsbraid run -q in.jsonl -o out
	expect 0 newsbraid show out
	[[ $output == *"3 articles"*"0 records rejected"*"1 copies in 1 groups"* ]]
	[[ $output == *"Strike"*"2 x  ANP, Tue 17 Mar 20:00; copied by nu.nl (1.00)"* ]]
}

@test "one screen, and more on demand" {
	make_output
	newsbraid show out > short
	[ "$(wc -l < short)" -le 66 ]
	newsbraid show out --groups 1000 --events 1000 --storylines 1000 --series > long
	[ "$(wc -l < long)" -gt 150 ]
	[ "$(grep -c ' x  ' long)" = "$(jq .counts.copy_groups out/manifest.json)" ]
	[ -z "$(grep 'more (show' long)" ]
	grep -q 'Reports of a series' long
}

@test "no line of a title is wider than the terminal, whatever the script" {
	make_output
	newsbraid show out --events 1000 --storylines 1000 > shown
	[ "$(grep -v 'copied by\|  first ' shown | wc -L)" -le 100 ]
}

@test "a wrong language or count is a usage error" {
	make_output
	expect 2 newsbraid show out --lang dutch
	expect 2 newsbraid show out --events many
	expect 2 newsbraid show
}
