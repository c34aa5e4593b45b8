#!/usr/bin/env bats
# Text that is not ours never steers the terminal, whichever field it stands in.
load helper

esc=$'\x1b' csi=$'\u009b' rlo=$'\u202e' lri=$'\u2066' tag=$'\U000e0041' bom=$'\ufeff'
evil="${esc}[2J${csi}31m${rlo}${lri}${tag}${bom}"$'\x07\x7f\u2028'

# harmless FILE: no control but line feeds, no bidi override, valid UTF-8
harmless() {
	iconv -f utf-8 -t utf-8 "$1" > /dev/null || { echo "no UTF-8"; cat -v "$1"; return 1; }
	! LC_ALL=C.UTF-8 grep -nP '[\x00-\x09\x0b-\x1f\x7f\x{80}-\x{9f}\x{2028}-\x{202e}\x{2066}-\x{206f}\x{feff}\x{e0000}-\x{e007f}]' "$1" |
		cat -v | grep .
}

make_input() {
	local long="Dockworkers at the container terminals laid down their work on Tuesday evening after \
talks about early retirement broke down and the union said that nearly everybody took part in it"
	jq -cn --arg e "$evil" --arg t "$long" 'range(3) | {id: "a\(.)\($e)", title: "T\($e)\n\(.)",
		text: "\($t) \($e) \(if . == 2 then "once more" else "" end)", source: "s\($e)",
		agency: "g\($e)", byline: "b\($e)", url: "http://x/\($e)", language: "en",
		published: "2026-03-17T2\(.):00:00Z", ("field\($e)"): "x"}' > "in$evil.jsonl"
	printf '{"id": "%s, "text": 7}\n' "$evil" >> "in$evil.jsonl"
	printf '\xff%s\n' "$evil" > "bin"$'\n\xff'"$evil.jsonl"
}

@test "controls in every field, and in the names of files" {
	make_input
	printf '{"id":"x","headline%s":"y","text":"Some text of some length"}\n' '\u001b\u202e' > odd.jsonl
	for arguments in "run . -o ../out -v" "read . -v" "read . --stats" "show ../out --series" \
		"verify ../out" "eval ../out ../out/articles.jsonl.zst"; do
		mkdir -p in && mv ./*.jsonl in 2> /dev/null || true
		# shellcheck disable=SC2086
		(cd in && "$NEWSBRAID" $arguments) > stdout 2> stderr || [ $? -eq 3 ] || [ $? -eq 1 ]
		harmless stdout && harmless stderr || { echo "$arguments"; return 1; }
	done
	[ "$(rows out/articles.jsonl.zst | wc -l)" -ge 3 ]
	mapfile -t ids < <(rows out/articles.jsonl.zst | jq -r '.id | @sh' | head -3)
	for id in "${ids[@]}"; do
		eval "id=$id"
		for two in "" "a0$evil" nobody; do
			"$NEWSBRAID" explain out "$id" ${two:+"$two"} > stdout 2> stderr || [ $? -eq 1 ]
			harmless stdout && harmless stderr || { echo "explain"; return 1; }
		done
	done
}

@test "what read prints means what it meant" {
	make_input
	newsbraid read "in$evil.jsonl" > rows 2> stderr || [ $? -eq 3 ]
	newsbraid run -q "in$evil.jsonl" -o out || [ $? -eq 3 ]
	[ "$(jq -r .id rows)" = "$(rows out/articles.jsonl.zst | jq -r .id)" ]
	[[ "$(jq -r .id rows)" == *"$rlo"* ]]
	grep -q 'u202e' rows
}

@test "misuse quotes what was typed, harmless" {
	for arguments in "$evil" "run --$evil" "run in -o $evil -T $evil" "show $evil" "verify $evil"; do
		# shellcheck disable=SC2086
		"$NEWSBRAID" $arguments > stdout 2> stderr && return 1
		harmless stdout && harmless stderr
	done
}

@test "marks that scripts need stay" {
	jq -cn '{id: "a", title: "می\u200cخواهم \u200fشد 👩\u200d🔬", text: "یک متن برای نمونه است"}' > in.jsonl
	newsbraid run -q in.jsonl -o out
	newsbraid show out -s 1 -e 1 > shown
	newsbraid explain out a | grep -q $'می\u200cخواهم \u200fشد 👩\u200d🔬'
}
