#!/usr/bin/env bash
# The release program is built against what a hostile input may find: it can be loaded anywhere, its
# tables are read-only once it runs, stack frames and fixed buffers are guarded, jumps too where
# the machine can.
set -u
program=$1
bad=0
missing() { echo "$program: no $1"; bad=1; }
readelf -hW "$program" | grep -q 'Type: *DYN' || missing "position-independent code"
readelf -lW "$program" | grep -q GNU_RELRO || missing "relocation read-only"
readelf -dW "$program" | grep -qE 'BIND_NOW|Flags: .*NOW' || missing "immediate binding"
readelf -lW "$program" | grep 'GNU_STACK' | grep -q 'RWE' && missing "stack without execution"
nm -D "$program" | grep -q '__stack_chk_fail' || missing "stack protector"
nm -D "$program" | grep -qE '__(memcpy|vsnprintf|snprintf|fprintf|read)_chk' || missing "fortified calls"
if [ "$(uname -m)" = x86_64 ]; then
	objdump -d --no-show-raw-insn "$program" | grep -m1 -q endbr64 || missing "marks for jumps"
fi
exit $bad
