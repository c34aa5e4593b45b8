#!/usr/bin/env bash
# Includes point only downwards: base < text, kernel < sketch, lexicon, read < match < cluster <
# state, publish < pipeline.  foreign/ stands beside base; nothing includes pipeline/.
set -u
cd "$(dirname "$0")/.." || exit 1
declare -A level=([base]=0 [foreign]=0 [text]=1 [kernel]=1 [sketch]=2 [lexicon]=2 [read]=2
	[match]=3 [cluster]=4 [state]=5 [publish]=5 [pipeline]=6)
declare -A module=([nb]=base [arena]=base [json]=base [utf8]=text [token]=text [date]=text
	[clean]=text [agency]=text [langid]=text [isa]=kernel [sketch]=sketch [lexicon]=lexicon [concepts]=lexicon [article]=read
	[reader]=read [html]=read [night]=read [match]=match [verify]=match [terms]=match [related]=match
	[linkage]=cluster [copies]=cluster [events]=cluster [agreement]=cluster [publish]=publish)
bad=0
complain() { echo "$1"; bad=1; }

check() { # FILE FOLDER: every include of FILE is at FOLDER's level or lower
	local file=$1 folder=$2 include target
	while read -r include; do
		case $include in
		newsbraid/*) target=${include#newsbraid/}; target=${module[${target%.h}]:-} ;;
		*/*) target=${include%%/*} ;;
		*) continue ;;
		esac
		[ -n "$target" ] && [ -n "${level[$target]:-}" ] ||
			{ complain "$file: $include is in no layer (see tests/layers.sh)"; continue; }
		[ "${level[$target]}" -le "${level[$folder]}" ] ||
			complain "$file: $folder may not include $include ($target)"
	done < <(sed -n 's/^#include "\(.*\)"/\1/p' "$file")
}

for file in src/*/*.c src/*/*.h src/*/*.cpp src/*/*/*.[ch]; do
	[ -e "$file" ] || continue
	folder=${file#src/}; check "$file" "${folder%%/*}"
done
for file in include/newsbraid/*.h; do
	name=$(basename "$file" .h)
	[ -n "${module[$name]:-}" ] || { complain "$file is in no layer"; continue; }
	check "$file" "${module[$name]}"
done
for file in pipeline/*.c; do
	[ -e "$file" ] && check "$file" pipeline
done
exit $bad
