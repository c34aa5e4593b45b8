#!/usr/bin/env bats
# The command line: help, versions, misuse, exit codes.
load helper

@test "help starts with examples, goes to stdout and ends well" {
	expect 0 newsbraid --help
	[[ ${lines[1]} == Examples:* ]]
	for command in run show explain eval verify; do
		expect 0 newsbraid $command --help
		[[ $output == *Examples:*"Usage: newsbraid $command"* ]]
	done
}

@test "version names the kernel in use and the libraries" {
	expect 0 newsbraid --version
	[[ $output == *kernel*zstd*xxHash* ]]
	NEWSBRAID_ISA=portable expect 0 newsbraid --version
	[[ $output == *"kernel      portable"* ]]
}

@test "misuse ends with 2, says what is wrong, and prints nothing on stdout" {
	for arguments in "" "nonsense" "run" "run in" "run in -o" "run in -o out --jaccard 0" \
		"run in -o out --jaccard 1.5" "run in -o out -T -3" "run in -o out --memory x" \
		"run in -o out --match maybe" "run in -o out --frobnicate" "explain out" \
		"eval out" "verify" "verify a b" "show"; do
		# shellcheck disable=SC2086
		"$NEWSBRAID" $arguments > stdout 2> stderr && return 1
		[ $? -eq 2 ] || { echo "'$arguments'"; return 1; }
		[ -s stderr ]
		[ ! -s stdout ]
	done
}

@test "near misses are told, with the name of program and command" {
	expect 2 newsbraid rum
	[[ ${lines[0]} == "newsbraid: no command 'rum': did you mean 'run'?" ]]
	expect 2 newsbraid run in -o out --jacard=0.5
	[[ ${lines[0]} == "newsbraid run: unknown option '--jacard': did you mean '--jaccard'?" ]]
	expect 2 newsbraid run in -o out --frobnicate
	[[ ${lines[0]} == "newsbraid run: unknown option '--frobnicate'" ]]
	expect 2 newsbraid show -x out
	[[ ${lines[0]} == "newsbraid show: unknown option '-x'" ]]
	expect 2 newsbraid run in -o
	[[ ${lines[0]} == "newsbraid run: option '-o' needs a value" ]]
	expect 2 newsbraid run in -o out --force=yes
	[[ ${lines[0]} == "newsbraid run: option '--force' takes no value" ]]
}

@test "help COMMAND is COMMAND --help" {
	for command in run read show explain eval verify; do
		[ "$("$NEWSBRAID" help $command)" = "$("$NEWSBRAID" $command --help)" ]
	done
	expect 2 newsbraid help nonsense
}

@test "a language that is none is refused" {
	article a "some text about something" > in.jsonl
	newsbraid run -q in.jsonl -o out
	expect 2 newsbraid show out --lang=xx
	expect 2 newsbraid show out --lang=english
	expect 0 newsbraid show out --lang=nl
}

@test "the reason of a failure stands there once" {
	expect 1 newsbraid run no-such-file.jsonl -o out
	[ "$output" = "newsbraid: run failed, nothing was published: no-such-file.jsonl: cannot be read (No such file or directory)" ]
}

@test "an input that does not exist fails with its name, and nothing is published" {
	expect 1 newsbraid run no-such-file.jsonl -o out
	[[ $output == *no-such-file.jsonl* ]]
	[ ! -e out ]
}

@test "an output that is somebody else's is not replaced without --force" {
	mkdir out && echo precious > out/thesis.txt
	article a "some text about something" > in.jsonl
	expect 1 newsbraid run in.jsonl -o out
	[ "$(cat out/thesis.txt)" = precious ]
	expect 0 newsbraid run in.jsonl -o out --force
	[ -e out/_SUCCESS ]
}

@test "quiet says nothing, the last line of a run says everything" {
	article a "some text about something" > in.jsonl
	expect 0 newsbraid run -q in.jsonl -o out
	[ -z "$output" ]
	expect 0 newsbraid run in.jsonl -o out
	[[ ${lines[-1]} == newsbraid*wall*CPU*peak*"1 articles in, 1 kept, 0 rejected; 0 copies"* ]]
}

@test "a closed standard output is a failure, not a success" {
	article a "some text about something" > in.jsonl
	newsbraid run -q in.jsonl -o out
	! newsbraid show out > /dev/full
}
