# Shared by the command-line tests.  NEWSBRAID is the program under test.
root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
night=$root/tests/night
gold=$root/tests/golden/night.jsonl
data=${NEWSBRAID_SETS:-$root/../shared/data}

setup() {
	NEWSBRAID=${NEWSBRAID:-$root/build/release/newsbraid}
	cd "$BATS_TEST_TMPDIR" || return 1
}

newsbraid() { "$NEWSBRAID" "$@"; }

# rows TABLE: its rows, plain
rows() { zstd -dcq "$1"; }

# expect STATUS COMMAND...: run it, show what it said if the status is another
expect() {
	local want=$1
	shift
	run "$@"
	[ "$status" -eq "$want" ] || { echo "status $status, expected $want: $output"; return 1; }
}

# the tables and the manifest, without run.json, which tells times
fingerprint() { (cd "$1" && cat ./*.zst manifest.json | sha256sum); }

need_data() {
	[ -e "$data/$1" ] || skip "the measuring data ($1) is not beside the project"
}

# article ID TEXT: one JSON line
article() { jq -cn --arg id "$1" --arg text "$2" '{id: $id, text: $text}'; }
