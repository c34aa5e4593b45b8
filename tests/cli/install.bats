#!/usr/bin/env bats
# make install: a program that runs, papers that open.  The library: library.bats.
load helper

# of the build under test; the job server of an outer make is not ours to use: bats takes its files
make_build() {
	env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -s -C "$root" "$@" \
		BUILD="$(basename "$(dirname "$NEWSBRAID")")" DESTDIR="$PWD/stage" PREFIX=/usr
}

install_tree() { make_build install > make.log 2>&1 || { cat make.log; return 1; }; }

@test "installed program, man page, completion, units and schemas are in their places" {
	install_tree
	expect 0 stage/usr/bin/newsbraid --version
	man -l --warnings stage/usr/share/man/man1/newsbraid.1 > page 2> warnings
	grep -q 'EXIT STATUS' page
	for command in run read show explain eval verify; do grep -q "newsbraid $command" page; done
	grep -q 'ExecStart=/usr/lib/newsbraid/nightly.sh' stage/usr/lib/systemd/system/newsbraid.service
	ls stage/usr/share/newsbraid/schema/articles.schema.json
	# shellcheck disable=SC1091
	source stage/usr/share/bash-completion/completions/newsbraid
	COMP_WORDS=("$PWD/stage/usr/bin/newsbraid" run --ja) COMP_CWORD=2
	_newsbraid
	[ "${COMPREPLY[0]}" = --jaccard ]
}

@test "the service can start, and systemd likes how little it may do" {
	command -v systemd-analyze || skip "systemd-analyze is not installed"
	"$root/pipeline/install.sh" install "" "$PWD/stage/usr" "$(dirname "$NEWSBRAID")" ""
	for unit in newsbraid.service newsbraid.timer newsbraid-failed@some.service; do
		SYSTEMD_UNIT_PATH=$PWD/stage/usr/lib/systemd/system: MANPATH=$PWD/stage/usr/share/man \
			systemd-analyze verify "stage/usr/lib/systemd/system/${unit/@some/@}" 2> said || true
		! grep -v 'Failed to \(open\|create\)\|Running in chroot' said | grep . || return 1
	done
	systemd-analyze security --offline=true stage/usr/lib/systemd/system/newsbraid.service > table ||
		skip "this systemd-analyze judges only units that run"
	exposure=$(sed -n 's/.*exposure level for .*: \([0-9.]*\) .*/\1/p' table)
	awk -v e="$exposure" 'BEGIN { exit !(e > 0 && e < 1.5) }' || { cat table; return 1; }
}

@test "a night of the service: several inputs, a folder with its date, a link to the last good one" {
	install_tree
	article a "One text about something" > a.jsonl
	article b "Another text about something else" > b.jsonl
	mkdir state none
	nightly=stage/usr/lib/newsbraid/nightly.sh
	expect 0 $nightly state a.jsonl b.jsonl --no-texts
	[ "$(readlink state/latest)" = "$(date -u +%F)" ]
	[ "$(jq .counts.articles state/latest/manifest.json)" = 2 ]
	mv "state/$(date -u +%F)" state/2026-01-01 && ln -sfn 2026-01-01 state/latest
	expect 5 $nightly state none
	[ "$(readlink state/latest)" = 2026-01-01 ]
	[ "$(ls -A state)" = "$(printf '2026-01-01\nlatest')" ]
	expect 3 $nightly state a.jsonl <(echo '{')
	[ "$(readlink state/latest)" = "$(date -u +%F)" ]
}

@test "what was built is installed, whatever compiler the environment names" {
	CC=no-such-compiler CFLAGS=-O1 make_build install > make.log 2>&1
	! grep -E '^  (CC|CXX|AR|LD) ' make.log || return 1
	expect 0 stage/usr/bin/newsbraid --version
}

@test "uninstall leaves nothing" {
	install_tree
	make_build uninstall
	[ -z "$(ls -A stage)" ]
}
