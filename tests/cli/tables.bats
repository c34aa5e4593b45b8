#!/usr/bin/env bats
# The texts that people edit (src/data/) are made into tables by the build, which refuses what cannot
# be right with its file and line.
load helper

languages=$root/src/data/languages.tsv

generator() { # generator NAME: the program of this build
	local path
	path=$(dirname "$NEWSBRAID")/src/tools/$1
	[ -x "$path" ] || skip "no $path: the program is not in its build"
	echo "$path"
}

# change CODE COLUMN CELL: the row of a language with another cell, in changed.tsv
change() {
	awk -F '\t' -v OFS='\t' -v code="$1" -v column="$2" -v cell="$3" '
	/^\/\// { print; next }
	!at { for (i = 1; i <= NF; i++) if ($i == column) at = i }
	$1 == code { $at = cell }
	{ print }' "$languages" > changed.tsv
	! cmp -s "$languages" changed.tsv
}

# refused GENERATOR MESSAGE [CODE]: changed.tsv is refused, for the line of a language if given
refused() {
	local line=
	run sh -c '"$0" changed.tsv 2>&1 >/dev/null' "$(generator "${1}_gen")"
	[ "$status" -eq 1 ] || { echo "status $status for: $2"; return 1; }
	[ -z "${3:-}" ] || line=$(grep -nP "^$3\t" changed.tsv | tail -n 1 | cut -d : -f 1)
	[[ $output == "changed.tsv:$line"*": "*"$2"* ]] || { echo "not \"$2\": $output"; return 1; }
}

@test "the tables of the project are taken" {
	expect 0 "$(generator languages_gen)" "$languages"
	expect 0 "$(generator dictionaries_gen)" "$languages"
	expect 0 "$(generator aliases_gen)" "$root/src/data/aliases.txt"
}

@test "languages: a row must have the columns of the first one" {
	sed 's/^code\t/tongue\t/' "$languages" > changed.tsv
	refused languages 'no such column: "tongue"'
	sed 's/^code\tnames\t/code\tcode\t/' "$languages" > changed.tsv
	refused languages 'two columns "code"'
	sed 's/\tago$//' "$languages" > changed.tsv
	refused languages 'no column "ago"'
	sed '/^ga\t/s/\t-$//' "$languages" > changed.tsv
	refused languages '13 cells for 14 columns' ga
	sed '/^ga\t/s/$/\t-/' "$languages" > changed.tsv
	refused languages 'more cells than the 14 columns' ga
	change ga flags ''
	refused languages 'the cell "flags" is empty' ga
}

@test "languages: no code and no name stands twice" {
	change ga code gd
	{ cat changed.tsv; grep -P '^gd\t' changed.tsv; } > twice.tsv && mv twice.tsv changed.tsv
	refused languages 'the code "gd" is that of line' gd
	change ga code gle
	refused languages '"gle" is no code of two letters' gle
	change ga names 'gle irish welsh'
	refused languages 'the name "welsh" is that of line' ga
	change ga names 'gle en'
	refused languages '"en" is the code of line' ga
	change ga names 'Irish'
	refused languages '"Irish" is no name of 2 to 15 letters a to z' ga
	change ga detected fil
	refused languages 'the label "fil" is that of line'
}

@test "languages: what a row names must exist" {
	change ga script runes
	refused languages 'no such script: "runes"' ga
	change ga flags 'point shiny'
	refused languages 'no such flag: "shiny"' ga
	change ga stemmer klingon
	refused languages 'Snowball has no stemmer "klingon"' ga
	change ga relative qq
	refused languages 'the relative "qq" is no other language with words' ga
	change ga relative ga
	refused languages 'the relative "ga" is no other language with words' ga
	change ga relative mk
	refused languages 'the relative "mk" has a relative itself' ga
	change cy relative en
	refused languages 'words need a stemmer' cy
	change ga baseline 1.5
	refused languages 'the baseline "1.5" is no number' ga
}

@test "languages: twelve months, twelve numbers, and none that is another elsewhere" {
	change ga months 'ean,fea,mar'
	refused languages '3 groups where twelve belong' ga
	change ga numbers 'aon,dó,trí,ceathair,cúig,sé,seacht,ocht,naoi,deich,aon,dó'
	refused languages 'the number word "aon" is that of line' ga
	change ga numbers '-,-,-,-,-,sei,-,one,-,-,-,-'
	refused languages 'the number word "one" is that of line' ga
	change ga months '-,-,-,-,-,mar,-,-,-,-,-,-'
	refused languages 'the month that begins "mar" is that of line' ga
}

@test "languages: a dictionary leads from or to its language, through one above" {
	change ga dictionaries gle-eng
	run "$(generator dictionaries_gen)" changed.tsv
	[[ $output == *'{ "freedict-gle-eng", "ga", FORWARD, "" },'* ]]
	change ga dictionaries nld-eng
	refused dictionaries '"nld-eng" is no dictionary from or to "ga"' ga
	change ga dictionaries gle-tlh
	refused dictionaries '"gle-tlh" is no dictionary' ga
	change de dictionaries 'deu-eng deu-nld'
	refused dictionaries '"deu-nld" leads through "nl": no words of that above' de
}

@test "languages: Debian's packages are those of the dictionaries" {
	change ga dictionaries gle-eng
	run "$root/src/tools/dictionaries.sh" changed.tsv
	[[ " $output " == *" dict-freedict-gle-eng "* ]]
	[[ " $output " == *" dict-freedict-nld-eng "*" mueller7-dict "* ]]
	[ "$(tr ' ' '\n' <<< "$output" | sort | uniq -d)" = "" ]
}

@test "locales must be ICU's, and no two agencies have one name" {
	words() { "$(generator words_gen)" agencies.txt "$root/src/data/phrases.txt" "$1"; }
	cp "$root/src/data/agencies.txt" agencies.txt
	change ga locales xx_YY
	expect 1 words changed.tsv
	[[ $output == "changed.tsv:"*"ICU has no such locale: xx_YY" ]]
	echo 'Another ; Reuters ; @another.example' >> agencies.txt
	expect 1 words "$languages"
	[[ $output == "agencies.txt:$(wc -l < agencies.txt): \"reuters\" is a name of line "*" too" ]]
}

@test "aliases: a line is a field, a condition and names" {
	alias_refused() { # LINE MESSAGE
		printf '// names\n\ntitle plain : title\n%s\n' "$1" > aliases.txt
		expect 1 "$(generator aliases_gen)" aliases.txt
		[[ $output == "aliases.txt:4: "*"$2"* ]] || { echo "not \"$2\": $output"; return 1; }
	}
	alias_refused 'title plain headline' 'a line is FIELD CONDITION : NAME ...'
	alias_refused 'titel plain : headline' 'no such field: "titel"'
	alias_refused 'title often : headline' 'no such condition: "often"'
	alias_refused 'title : headline' 'no such condition: ""'
	alias_refused 'title plain : head_line' '"head_line" is no name'
	alias_refused 'title plain : averyveryverylongnameofsomefieldofatool' 'is no name of at most 31'
	alias_refused 'title markup : title' '"title" is a name of this field in line 3 too'
}

@test "aliases: a full table is refused, not cut" {
	{ printf 'title plain :'; printf ' name%d' {1..899}; echo; } > aliases.txt
	expect 0 "$(generator aliases_gen)" aliases.txt
	{ printf 'title plain :'; printf ' name%d' {1..900}; echo; } > aliases.txt
	expect 1 "$(generator aliases_gen)" aliases.txt
	[[ $output == "aliases.txt:1: the table is full"* ]]
}
