#!/usr/bin/env bash
# The house stands: includes point only downwards, the program sees the public headers and base/
# (arrays, clock, files) alone, and no ring of objects needs one another.
#
#   layers.sh BUILD OBJECT...      BUILD: the folder of the objects, as build/release
set -u
build=$1
shift
objects=("$@")
cd "$(dirname "$0")/.." || exit 1

# base < unicode < kernel < text < sketch, lexicon, read < night < copies, related, across < events
# < state, publish, eval, run < pipeline.  foreign/ stands beside base.
declare -A level=([base]=0 [foreign]=0 [unicode]=1 [kernel]=2 [text]=3 [sketch]=4 [lexicon]=4
	[read]=4 [night]=5 [copies]=6 [related]=6 [data]=6 [across]=6 [events]=7 [state]=8 [publish]=8 [eval]=8 [run]=8
	[pipeline]=9)
declare -A folder_of_header=([nb]=base [arena]=base [json]=base [utf8]=unicode [isa]=kernel
	[token]=text [date]=text [clean]=text [agency]=text [langid]=text [sketch]=sketch
	[lexicon]=lexicon [concepts]=lexicon [article]=read [reader]=read [html]=read [night]=night
	[match]=copies [verify]=copies [copies]=copies [terms]=related [related]=related
	[linkage]=events [events]=events [agreement]=eval [publish]=publish [run]=run [data]=base)
bad=0
complain() { echo "$1"; bad=1; }

# The folder that an include names, or nothing if it is in no layer.
folder_of() {
	local include=$1 name
	case $include in
	newsbraid/*) name=${include#newsbraid/}; echo "${folder_of_header[${name%.h}]:-}" ;;
	*/*) [ -n "${level[${include%%/*}]:-}" ] && echo "${include%%/*}" ;;
	esac
}

check_includes() { # FILE FOLDER: every include of FILE is at FOLDER's level or lower
	local file=$1 folder=$2 include target
	while read -r include; do
		case $include in
		*/*)
			target=$(folder_of "$include")
			if [ -z "$target" ]; then
				complain "$file: $include is in no layer (see tests/layers.sh)"
			elif [ "${level[$target]}" -gt "${level[$folder]}" ]; then
				complain "$file: $folder may not include $include ($target)"
			elif [ "$folder" = pipeline ] && [[ $include != newsbraid/* && $include != base/* ]]; then
				complain "$file: the program sees public headers and base/ only, not $include"
			fi ;;
		esac
	done < <(sed -n 's/^#include "\(.*\)"/\1/p' "$file")
}

# What each object needs of which other: OBJECT SYMBOL OBJECT, a line each.
needs() {
	nm -A "${objects[@]}" | awk -v build="$build/" '
	{ object = substr($1, 1, index($1, ":") - 1); sub(build, "", object); kind = $(NF - 1) }
	kind == "U" { needs[object, $NF] }
	kind ~ /[TDBR]/ { home[$NF] = object }
	END {
		for (pair in needs) {
			split(pair, p, SUBSEP)
			if (p[2] in home && home[p[2]] != p[1]) print p[1], p[2], home[p[2]]
		}
	}' | sort
}

check_links() {
	local object symbol other folder above links
	links=$(needs)
	while read -r object symbol other; do
		folder=${object#src/}; above=${other#src/}
		[ "${level[${above%%/*}]}" -le "${level[${folder%%/*}]}" ] ||
			complain "$object: needs $symbol of $other, which stands above it"
	done <<< "$links"
	awk '{ print $1, $3 }' <<< "$links" | tsort 2>&1 >/dev/null | sed 's/^tsort: //' | grep . && bad=1
}

while read -r file; do
	folder=${file#src/}; folder=${folder%%/*}
	[ "$folder" = tools ] || check_includes "$file" "$folder"
done < <(find src -name '*.[ch]' -o -name '*.cpp')
for file in include/newsbraid/*.h; do
	name=$(basename "$file" .h)
	[ -n "${folder_of_header[$name]:-}" ] || { complain "$file is in no layer"; continue; }
	check_includes "$file" "${folder_of_header[$name]}"
done
for file in pipeline/*.[ch]; do
	check_includes "$file" pipeline
done
check_links
exit $bad
