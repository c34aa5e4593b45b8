#!/usr/bin/env bash
# make demo: run the program on the sample night and show what it found.
#
#   demo.sh PROGRAM
set -u
program=$1
here=$(cd "$(dirname "$0")/.." && pwd)
out=$(dirname "$program")/demo

echo "The sample night: $(find "$here/tests/night" -type f | wc -l) files, all of it invented."
echo
echo "\$ newsbraid run tests/night -o $out"
(cd "$here" && "$program" run tests/night -o "$out")
status=$?
[ $status -eq 0 ] || [ $status -eq 3 ] || exit $status
echo
exec "$program" show "$out"
