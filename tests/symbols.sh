#!/usr/bin/env bash
# The library shows what its headers declare and nothing else, keeps no mutable globals (the cached
# instruction set excepted) and never prints, exits or aborts.  Of a C++ shim, what the compiler adds
# for streams and exceptions is no state of ours.
#
#   symbols.sh ARCHIVE SHARED
set -u
archive=$1 shared=$2
bad=0
headers=$(dirname "$0")/../include

# complain TEXT: fails if lines come in, and shows them
complain() { sed "s/^/$1: /" | grep . && bad=1; }

declared=$(mktemp)
exported=$(mktemp)
trap 'rm -f "$declared" "$exported"' EXIT
${CC:-cc} -E -P -I"$headers" "$headers/newsbraid.h" |
	sed '/^typedef [^{]*(/d; /^static /d' | grep -oE '\bnb_[a-z0-9_]+\(' | tr -d '(' | sort -u > "$declared"
nm -D --defined-only "$shared" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | sort -u > "$exported"
complain 'declared, not exported' < <(comm -23 "$declared" "$exported")
complain 'exported, not declared' < <(comm -13 "$declared" "$exported")
complain 'visible in the archive, not declared' < <(objdump -t "$archive" |
	awk '/^[0-9a-f]+ g/ && !/\.hidden|\*UND\*/ { print $NF }' | grep -v '^_Z' | sort -u | comm -23 - "$declared")

complain 'no name of ours' < <(nm -C -g --defined-only "$archive" |
	awk 'NF >= 3 && $2 ~ /[TDBRCVWu]/ && $3 !~ /^nb_/')
complain 'mutable' < <(objdump -t "$archive" | grep -E ' O \.(data|bss)[.[:space:]]' |
	grep -vE ' chosen(\.|$)|\.data\.rel\.ro|__ioinit|DW\.ref\.')
complain 'called' < <(nm -u "$archive" | awk '{print $2}' | sort -u |
	grep -xE 'v?printf|puts|putchar|v?fprintf|fputs|perror|exit|_exit|abort|__assert_fail')
complain 'sets threads' < <(nm -A -u "$archive" | grep -E ' omp_set_' | grep -v ':call\.o:')
exit $bad
