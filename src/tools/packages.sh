#!/usr/bin/env bash
# Install the packages that the lexicon and the language model are made of.
#
#   packages.sh FOLDER 'DEBIAN PACKAGES' 'NPM PACKAGES' [again]
#
# Debian's go where apt-get puts them, npm's into FOLDER.  None is needed to build: one that cannot
# be had is a warning, and the lexicon knows less.  FOLDER/packages remembers what was asked for, so
# that nothing is asked for twice; `again` forgets it.
set -u
folder=$1 debian=$2 npm=$3
[ "${4:-}" = again ] && rm -f "$folder/packages"
mkdir -p "$folder"
[ "$(cat "$folder/packages" 2>/dev/null)" = "$debian $npm" ] && exit 0

root=$([ "$(id -u)" = 0 ] || echo sudo)
export DEBIAN_FRONTEND=noninteractive

warn() { echo "warning: no package $1: the lexicon will know less" >&2; }
missing() { for p in "$@"; do dpkg -s "$p" >/dev/null 2>&1 || echo "$p"; done; }
get_debian() { $root apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@" >/dev/null 2>&1; }
get_npm() {
	npm install --prefix "$folder" --ignore-scripts --no-save --no-audit --no-fund \
		--loglevel=error "$@" >/dev/null 2>&1
}

# shellcheck disable=SC2086
{
	absent=$(missing $debian)
	command -v npm >/dev/null || absent="$absent npm"
	if [ -n "$absent" ]; then
		echo "  SETUP $absent" | tr '\n' ' '; echo
		$root apt-get -qq update >/dev/null 2>&1
		get_debian $absent || for p in $absent; do get_debian "$p" || warn "$p"; done
	fi
	echo "  SETUP $npm"
	get_npm $npm || for p in $npm; do get_npm "$p" || warn "$p"; done
}

model=$(find "$folder/node_modules/fasttext.wasm.js" -name lid.176.ftz 2>/dev/null | sort | head -n 1)
[ -n "$model" ] && cp "$model" "$folder/lid.176.ftz"
echo "$debian $npm" > "$folder/packages"
