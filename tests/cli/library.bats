#!/usr/bin/env bats
# The library as others use it: small programs in C and C++ that see what was installed, and no more.
load helper

examples=$BATS_TEST_DIRNAME/../examples
build=$(dirname "${NEWSBRAID:-build/release/newsbraid}")

setup_file() {
	case $NEWSBRAID in
	*san/newsbraid) skip "a library with a sanitizer in it links with that sanitizer only" ;;
	esac
	env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -s -C "$BATS_TEST_DIRNAME/../.." install \
		BUILD="$(basename "$(dirname "$NEWSBRAID")")" DESTDIR="$BATS_FILE_TMPDIR" PREFIX=/usr
}

# compile_all FLAGS...: the examples, in C and in C++
compile_all() {
	local name
	for name in two_texts list_of_texts one_file; do
		${CC:-cc} -std=c11 -Wall -Wextra -Werror "$examples/$name.c" -o $name "$@"
	done
	${CXX:-c++} -std=c++17 -Wall -Wextra -Wpedantic -Werror "$examples/whole_night.cpp" -o whole_night "$@"
}

run_all() {
	local whole
	./two_texts | grep -x 'Jaccard about 0.[78].*, exactly 0.7917; containment 0.9048: copy'
	[ "$(./list_of_texts | tail -1)" = "c is a copy of a" ]
	[ "$(./one_file "$night" | grep -c 'bytes of text)$')" -eq "$("$NEWSBRAID" read -q "$night" | wc -l)" ]
	whole=$(./whole_night "$night" | head -1)
	[ "$whole" = "$(program_counts)" ] || { echo "library: $whole"; echo "program: $(program_counts)"; return 1; }
}

program_counts() {
	[ -e out ] || "$NEWSBRAID" run -q "$night" -o out || [ $? -eq 3 ]
	jq -r '.counts | "\(.articles) articles, \(.rejects) rejects; \(.copies) copies in " +
		"\(.copy_groups) groups; \(.events) events, \(.events_across) across languages, " +
		"\(.storylines) storylines"' out/manifest.json
}

@test "examples run with the shared object as it was built" {
	compile_all "-I$root/include" "-L$build" -lnewsbraid "-Wl,-rpath,$build"
	ldd whole_night | grep -q "libnewsbraid.so.*$build"
	run_all
}

@test "examples run with what pkg-config says, from where it was installed" {
	export PKG_CONFIG_PATH=$BATS_FILE_TMPDIR/usr/lib/pkgconfig LD_LIBRARY_PATH=$BATS_FILE_TMPDIR/usr/lib
	# shellcheck disable=SC2046
	compile_all $(pkg-config --define-prefix --cflags --libs newsbraid)
	ldd two_texts | grep -q "libnewsbraid.so.*$BATS_FILE_TMPDIR"
	run_all
}

@test "examples run with what pkg-config --static says, where there is an archive alone" {
	cp -r "$BATS_FILE_TMPDIR/usr" usr
	rm usr/lib/libnewsbraid.so*
	export PKG_CONFIG_PATH=$PWD/usr/lib/pkgconfig
	# shellcheck disable=SC2046
	compile_all $(pkg-config --define-prefix --cflags --libs --static newsbraid)
	run ldd two_texts
	[[ $output != *libnewsbraid* ]]
	mkdir usr/examples
	mv two_texts list_of_texts one_file whole_night usr/examples # beside the data
	cd usr/examples
	run_all
}

@test "the archive goes into a shared object, as Python's modules are" {
	printf '#include <newsbraid.h>\nconst char *version(void) { return nb_version(); }\n' > module.c
	${CC:-cc} -shared -fPIC -Wl,-z,text "-I$root/include" module.c -o module.so -Wl,--whole-archive \
		"$build/libnewsbraid.a" -Wl,--no-whole-archive
}

@test "programs ask for the library by its version" {
	version=$("$NEWSBRAID" --version | sed -n 's/^newsbraid //p')
	objdump -p "$build/libnewsbraid.so" | grep -qE "SONAME +libnewsbraid.so.${version%.*}$"
	readlink -f "$BATS_FILE_TMPDIR/usr/lib/libnewsbraid.so" | grep -q "libnewsbraid.so.$version$"
}

@test "the library shows what its headers declare, and nothing else" {
	"$BATS_TEST_DIRNAME/../symbols.sh" "$build/libnewsbraid.a" "$build/libnewsbraid.so"
}

@test "what is installed finds its data from anywhere" {
	[ -e "$build/../data/newsbraid.lex" ] || skip "there is no lexicon"
	mkdir elsewhere
	cp -r "$BATS_FILE_TMPDIR/usr" elsewhere/moved
	cd /
	env -u NEWSBRAID_DATA "$BATS_TEST_TMPDIR/elsewhere/moved/bin/newsbraid" --version |
		grep -q "^lexicon .*/elsewhere/moved/.*newsbraid.lex"
}
