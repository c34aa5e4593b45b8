#!/usr/bin/env bats
# The table of parameters: what it says is what the command line takes, what help, man page and
# completion list, what the manifest holds and what verify compares.
load helper

# table COMMAND: name, option, kind, range, default, whether it decides the result
table() { newsbraid --print-options tsv | awk -F'\t' -v OFS='\t' -v c="$1" '$1 == c { $1 = ""; print substr($0, 2) }'; }

# another KIND RANGE DEFAULT: a value in the range that is not the default
another() {
	local kind=$1 range=$2 default=$3
	case $kind in
	off) echo false ;;
	on) echo true ;;
	list) echo "text=body" ;;
	choice) echo "${range##*, }" ;;
	count | real)
		case $range in
		*,*) echo "${range##*, }" ;;
		*) if [ "${range%..*}" = "$default" ]; then echo "${range#*..}"; else echo "${range%..*}"; fi ;;
		esac ;;
	esac
}

# beyond KIND RANGE: a value that the range has not
beyond() {
	case $1,$2 in
	count,*,* | choice,*) echo 63 ;;
	count,*) echo "9${2#*..}" ;;
	real,*) echo "${2#*..}.5e3" ;;
	off,* | on,*) echo maybe ;;
	esac
}

@test "every parameter that decides the result goes from the command line into the manifest" {
	article a "Some text about something that happened somewhere." > in.jsonl
	table run | awk -F'\t' '$6 == 1' > deciding
	[ "$(wc -l < deciding)" -gt 40 ]
	set --
	while IFS=$'\t' read -r name option kind range default _; do
		set -- "$@" --set "$name=$(another "$kind" "$range" "$default")"
	done < deciding
	expect 0 newsbraid run -q in.jsonl -o out "$@"
	while IFS=$'\t' read -r name option kind range default _; do
		value=$(another "$kind" "$range" "$default")
		[ "$kind" = list ] && value="[\"$value\"]"
		jq -e --arg name "$name" --arg value "$value" \
			'.parameters[$name] as $x | ($x | tojson) == $value or $x == $value or $x == ($value | tonumber? // null)' \
			out/manifest.json || { echo "$name: $value"; return 1; }
	done < deciding
	[ "$(jq '.parameters | length' out/manifest.json)" -eq "$(wc -l < deciding)" ]
}

@test "options say the same as --set, and a real number keeps every digit" {
	article a "Some text about something that happened somewhere." > in.jsonl
	newsbraid run -q in.jsonl -o long --jaccard 0.123456789012345 --shingle 7 --no-events --match bands
	newsbraid run -q in.jsonl -o set --set jaccard=0.123456789012345 --set shingle_tokens=7 \
		--set events=false --set match=bands
	cmp long/manifest.json set/manifest.json
	[ "$(jq .parameters.jaccard long/manifest.json)" = 0.123456789012345 ]
}

@test "what decides nothing leaves no trace in the manifest" {
	article a "Some text about something that happened somewhere." > in.jsonl
	newsbraid run -q in.jsonl -o one -T 1
	newsbraid run -q in.jsonl -o two -T 2 --memory 256M --max-reject 5%
	cmp one/manifest.json two/manifest.json
}

@test "what is out of range is refused with the range" {
	table run | while IFS=$'\t' read -r name option kind range default decides; do
		value=$(beyond "$kind" "$range")
		[ -n "$value" ] || continue
		if [ "$decides" = 1 ]; then
			expect 2 newsbraid run in -o out --set "$name=$value"
			[[ $output == *"--set $name: "*"$value"* ]] || { echo "$output"; return 1; }
			[[ $range == - || $output == *"$range"* ]] || { echo "$output"; return 1; }
		fi
		case $kind in on | off) continue ;; esac
		[ "$option" != - ] || continue
		expect 2 newsbraid run in -o out "--$option" "$value"
		[[ $output == *"--$option: "*"$value"*"$range"* ]] || { echo "$output"; return 1; }
	done
	expect 2 newsbraid run in -o out --level 99
	[ "${lines[0]}" = "newsbraid run: --level: 99 is not in 1..19" ]
	expect 2 newsbraid run in -o out --match maybe
	[ "${lines[0]}" = "newsbraid run: --match: 'maybe' is none of auto, scan, bands" ]
	expect 2 newsbraid run in -o out --set nonsense=1
	[[ $output == *"no parameter 'nonsense'"* ]]
	expect 2 newsbraid explain out a --width 10
	[ "${lines[0]}" = "newsbraid explain: --width: 10 is not in 40..1000" ]
}

@test "help, man page and completion list every option and parameter" {
	command -v scdoc > man || skip "scdoc is not installed"
	make -s -C "$root" man "$(realpath --relative-to "$root" "$(dirname "$NEWSBRAID")")/newsbraid.bash" \
		BUILD="$(basename "$(dirname "$NEWSBRAID")")" > make.log 2>&1 || { cat make.log; return 1; }
	man -l -P cat "$(dirname "$NEWSBRAID")/newsbraid.1" | col -b > page
	# shellcheck disable=SC1090,SC1091
	source "$(dirname "$NEWSBRAID")/newsbraid.bash"
	for command in run read show explain eval verify; do
		newsbraid $command --help > help
		table $command | while IFS=$'\t' read -r name option kind _; do
			if [ "$option" = - ]; then
				grep -q "^  $name  *[a-z.]" help && grep -q "^  *$name\$" page || { echo "$name"; return 1; }
			else
				grep -q -- "--$option" help && grep -q -- "--$option" page || { echo "$option"; return 1; }
				[[ " $(_newsbraid_options $command) " == *" --$option "* ]] || { echo "$option"; return 1; }
			fi
		done
	done
	COMP_WORDS=(newsbraid run --set story_st) COMP_CWORD=3
	_newsbraid
	[ "${COMPREPLY[0]}" = story_stop= ]
}

@test "verify tells how another output was made differently" {
	article a "Some text about something that happened somewhere." > in.jsonl
	newsbraid run -q in.jsonl -o one
	newsbraid run -q in.jsonl -o same -T 2
	newsbraid run -q in.jsonl -o other --jaccard 0.6 --map text=body --set story_days=5
	expect 0 newsbraid verify one --like same
	expect 4 newsbraid verify one --like other
	[[ $output == *"jaccard is '0.5', in other it is '0.6'"* ]]
	[[ $output == *"map is '', in other it is 'text=body'"* ]]
	[[ $output == *"story_days is '10', in other it is '5'"* ]]
	[[ $output == *"3 problems"* ]]
	expect 4 newsbraid verify one --like nowhere
}

@test "verify finds a parameter that no run can have had" {
	article a "Some text about something that happened somewhere." > in.jsonl
	newsbraid run -q in.jsonl -o out
	jq '.parameters.jaccard = 7' out/manifest.json > m && mv m out/manifest.json
	expect 4 newsbraid verify out
	[[ $output == *"parameter jaccard: 7 is not in 0.01..1"* ]]
}
