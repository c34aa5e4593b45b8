#!/usr/bin/env bash
# make install / uninstall: program, library, headers, pkg-config file, man page, completion, units.
#
#   install.sh install|uninstall DESTDIR PREFIX BUILDFOLDER LIBS      LIBS: what the archive needs
set -eu
verb=$1 dest=$2 prefix=$3 out=$4 libs=${5:-}
root=$dest$prefix
cd "$(dirname "$0")/.."

version=$(sed -n 's/^#define NB_VERSION  *"\(.*\)"/\1/p' include/newsbraid/nb.h)
soname=libnewsbraid.so.${version%.*}

pkgconfig() {
	cat <<EOF
prefix=$prefix
libdir=\${prefix}/lib
includedir=\${prefix}/include

Name: newsbraid
Description: copies, events and storylines in a night of news
Version: $version
Libs: -L\${libdir} -lnewsbraid
Libs.private: $libs -lstdc++ -fopenmp
Cflags: -I\${includedir}
EOF
}

# What goes where: MODE SOURCE TARGET, a line each, TARGET below the prefix.
files() {
	echo "755 $out/newsbraid bin/newsbraid"
	echo "644 $out/libnewsbraid.a lib/libnewsbraid.a"
	echo "755 $out/libnewsbraid.so.$version lib/libnewsbraid.so.$version"
	for header in include/newsbraid.h include/newsbraid/*.h; do
		echo "644 $header $header"
	done
	for schema in src/publish/schema/*.json; do
		echo "644 $schema share/newsbraid/schema/$(basename "$schema")"
	done
	for file in newsbraid.lex lid.176.ftz; do
		echo "644 $out/../data/$file share/newsbraid/$file"
	done
	echo "644 $out/newsbraid.1 share/man/man1/newsbraid.1"
	echo "644 $out/newsbraid.bash share/bash-completion/completions/newsbraid"
	echo "644 pipeline/ops/newsbraid.service lib/systemd/system/newsbraid.service"
	for unit in newsbraid.timer newsbraid-failed@.service; do
		echo "644 pipeline/ops/$unit lib/systemd/system/$unit"
	done
	echo "755 pipeline/ops/nightly.sh lib/newsbraid/nightly.sh"
	echo "644 $out/newsbraid.pc lib/pkgconfig/newsbraid.pc"
}

install_all() {
	pkgconfig > "$out/newsbraid.pc"
	files | while read -r mode source target; do
		[ -e "$source" ] || [[ $source == */data/* ]] || { echo "install.sh: no $source" >&2; exit 1; }
		[ ! -e "$source" ] || install -D -m "$mode" "$source" "$root/$target"
	done
	ln -sf "libnewsbraid.so.$version" "$root/lib/$soname"
	ln -sf "$soname" "$root/lib/libnewsbraid.so"
	sed -i "s|@PREFIX@|$prefix|" "$root/lib/systemd/system/newsbraid.service"
}

# Folders of ours go whole.  Shared ones go where they are empty, but only below a DESTDIR: an empty
# /usr/local/bin is not ours to take away.
uninstall_all() {
	rm -f "$root/lib/$soname" "$root/lib/libnewsbraid.so"
	files | while read -r _ _ target; do
		rm -f "$root/$target"
		[ -z "$dest" ] || [ ! -d "$dest" ] ||
			(cd "$dest" && rmdir -p --ignore-fail-on-non-empty "./$prefix/${target%/*}" 2>/dev/null) || true
	done
	rm -rf "$root/include/newsbraid" "$root/share/newsbraid"
}

case $verb in
install) install_all ;;
uninstall) uninstall_all ;;
*) echo "install.sh: install or uninstall, not '$verb'" >&2; exit 2 ;;
esac
