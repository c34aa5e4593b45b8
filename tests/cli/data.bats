#!/usr/bin/env bats
# The data folder: where it is looked for, and what the manifest says of it.
load helper

setup_data() {
	unset NEWSBRAID_DATA
	mkdir -p tree/bin tree/share/newsbraid own
	cp "$NEWSBRAID" tree/bin/newsbraid
	echo shared > tree/share/newsbraid/lid.176.ftz
	echo mine > own/lid.176.ftz
	article one "a text of some words" > in.jsonl
}

model_of() { jq -r .data.language_model_xxh128 "$1/manifest.json"; }
sum() { xxhsum -H2 "$1" | cut -d ' ' -f 1; }

@test "an installed program finds its data in share; --data and NEWSBRAID_DATA go first" {
	setup_data
	model=$(dirname "$NEWSBRAID")/../data/lid.176.ftz
	[ -e "$model" ] || skip "no language model: make data"
	cp "$model" tree/share/newsbraid/
	{ cat "$model"; echo mine; } > own/lid.176.ftz # what follows the model does not matter
	expect 0 tree/bin/newsbraid run in.jsonl -o shared
	[ "$(model_of shared)" = "$(sum tree/share/newsbraid/lid.176.ftz)" ]
	NEWSBRAID_DATA=own expect 0 tree/bin/newsbraid run in.jsonl -o environment
	[ "$(model_of environment)" = "$(sum own/lid.176.ftz)" ]
	NEWSBRAID_DATA=nowhere expect 0 tree/bin/newsbraid run in.jsonl --data own -o option
	[ "$(model_of option)" = "$(sum own/lid.176.ftz)" ]
}

@test "without data a run says null, and is otherwise the same" {
	setup_data
	mkdir none
	expect 0 tree/bin/newsbraid run in.jsonl --data none -o out
	[ "$(jq -c .data out/manifest.json)" = '{"lexicon_xxh128":null,"language_model_xxh128":null}' ]
}

@test "a data folder that is not there is an error, not a silent loss" {
	setup_data
	expect 1 newsbraid run in.jsonl --data nowhere -o out
	[[ $output == *"no folder with data"* ]]
	[ ! -e out ]
}

@test "a damaged model is an error, not a silent loss" {
	setup_data
	expect 1 newsbraid run in.jsonl --data own -o out
	[[ $output == *"lid.176.ftz: no language model"* ]]
	[ ! -e out ]
}

@test "--version tells where the data is" {
	setup_data
	expect 0 tree/bin/newsbraid --version
	[[ $output == *"lexicon     none found"* ]]
	[[ $output == *share/newsbraid/lid.176.ftz* ]]
}
