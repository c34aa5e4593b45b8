#!/usr/bin/env bats
# The scorer is bound to its features, and is learned from all of its sets or not at all.
load helper

generate() { "$(dirname "$NEWSBRAID")/src/tools/scorer_gen" "$@"; }

# compile FEATURES: the shipped scorer with that table of features in place of the project's
compile() {
	mkdir -p tree/related
	cp "$root/src/related/scorer.h" "$root/src/related/scorer_shipped.c" tree/related
	cp "$1" tree/related/features.h
	generate "$root/src/data/scorer.txt" > tree/scorer.inc
	# shellcheck disable=SC2086
	${CC:-cc} -std=c11 -fsyntax-only -Itree -I"$root/include" -I"$root/src" tree/related/scorer_shipped.c
}

need_generator() {
	[ -x "$(dirname "$NEWSBRAID")/src/tools/scorer_gen" ] || skip "the library was not built here"
}

@test "a feature put into the middle, taken away or moved is an error of the build" {
	need_generator
	features=$root/src/related/features.h
	expect 0 compile "$features"
	sed '/X(ENTITIES,/i\	X(NEW, +1, "something new") \\' "$features" > more.h
	expect 1 compile more.h
	[[ $output == *"learned with ENTITIES as feature 3: make train"* ]]
	sed '/X(ENTITIES,/d' "$features" > fewer.h
	expect 1 compile fewer.h
	[[ $output == *NB_PAIR_ENTITIES* ]]
	sed -e 's/X(TITLE,/X(SWAP,/; s/X(LEAD,/X(TITLE,/; s/X(SWAP,/X(LEAD,/' "$features" > moved.h
	expect 1 compile moved.h
	[[ $output == *"learned with TITLE as feature 1: make train"* ]]
	sed '/X(NEAR_MIN,/{s/$/ \\/; a\	X(LAST, +1, "one more at the end")
	}' "$features" > longer.h
	expect 1 compile longer.h
	[[ $output == *"learned with 39 features: make train"* ]]
}

@test "a scorer that is damaged is refused with its line" {
	need_generator
	expect 0 generate "$root/src/data/scorer.txt"
	sed 's/^model dated/model dead/' "$root/src/data/scorer.txt" > bad.txt
	expect 1 generate bad.txt
	[[ $output == *"bad.txt:"*"'dated' is expected, not 'dead'"* ]]
	sed '0,/^tree [A-Z_]*:/s//tree NOBODY:/' "$root/src/data/scorer.txt" > bad.txt
	expect 1 generate bad.txt
	[[ $output == *"there is no feature 'NOBODY'"* ]]
	head -c 20000 "$root/src/data/scorer.txt" > bad.txt
	expect 1 generate bad.txt
	sed 's/^base .*/base nan/' "$root/src/data/scorer.txt" > bad.txt
	expect 1 generate bad.txt
	[[ $output == *"'nan' is no number"* ]]
}

@test "where a set is absent nothing is learned, and each is named" {
	trainer=$(dirname "$NEWSBRAID")/train_scorer
	[ -x "$trainer" ] || skip "the trainer is not built (make tests)"
	mkdir -p here/src/data && cd here
	expect 1 "$trainer"
	for name in gva-dev ecbplus udpud ntrex sample newsbraid.lex; do
		[[ $output == *"$name"*"is not there"* ]]
	done
	[[ $output == *src/data/SETS.md* ]]
	[ ! -e src/data/scorer.txt ]
}
