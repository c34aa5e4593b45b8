#!/bin/sh
# One night of the service: STATE/DATE is made, and STATE/latest leads to it when it is good.
#
#   nightly.sh STATE INPUT... [options of newsbraid run]
set -u
newsbraid=${NEWSBRAID:-$(dirname "$0")/../../bin/newsbraid}
state=$1
shift
night=$(date -u +%F)

"$newsbraid" run "$@" -o "$state/$night"
status=$?
case $status in
0 | 3 | 6) ;;
*) exit $status ;;
esac
# a link is replaced in one step: a reader sees the old night or the new one
ln -sfn "$night" "$state/.latest-$$" && mv -T "$state/.latest-$$" "$state/latest" || exit 1
exit $status
