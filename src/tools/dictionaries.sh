#!/usr/bin/env bash
# Debian's packages of the dictionaries that languages.tsv names, in one line.
#
#   dictionaries.sh src/data/languages.tsv
set -euo pipefail
awk -F '\t' '
/^\/\// || NF == 0 { next }
!column { for (i = 1; i <= NF; i++) if ($i == "dictionaries") column = i; next }
{
	n = split($column, name, " ")
	for (i = 1; i <= n; i++)
		if (name[i] ~ /^[a-z]+-[a-z]+$/) print "1 dict-freedict-" name[i]
		else if (name[i] == "mueller7") print "2 mueller7-dict"
}' "$1" | LC_ALL=C sort -u | cut -d ' ' -f 2 | paste -sd ' ' -
