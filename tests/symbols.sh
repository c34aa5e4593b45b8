#!/usr/bin/env bash
# The library exports only nb_*, keeps no mutable globals (the cached instruction set excepted) and
# never prints or exits.  Of a C++ shim, what the compiler adds for streams and exceptions is no state
# of ours.
set -u
lib=$1
bad=0
nm -C -g --defined-only "$lib" | awk 'NF >= 3 && $2 ~ /[TDBRCVWu]/ && $3 !~ /^nb_/' | grep . && bad=1
objdump -t "$lib" | grep -E ' O \.(data|bss)[.[:space:]]' | grep -vE ' chosen(\.|$)|\.data\.rel\.ro|__ioinit|DW\.ref\.' && bad=1
nm -u "$lib" | awk '{print $2}' | grep -xE 'printf|puts|putchar|fprintf|fputs|perror|exit|abort|_exit' && bad=1
exit $bad
