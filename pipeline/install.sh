#!/usr/bin/env bash
# make install / uninstall: program, library, headers, pkg-config file, man page, completion, units.
#
#   install.sh install|uninstall DESTDIR PREFIX BUILDFOLDER
set -eu
verb=$1 dest=$2 prefix=$3 out=$4
here=$(cd "$(dirname "$0")/.." && pwd)
root=$dest$prefix

version() { sed -n 's/^#define NB_VERSION  *"\(.*\)"/\1/p' "$here/include/newsbraid/nb.h"; }

pkgconfig() {
	cat <<EOF
prefix=$prefix
libdir=\${prefix}/lib
includedir=\${prefix}/include

Name: newsbraid
Description: copies, events and storylines in a night of news
Version: $(version)
Requires.private: libzstd libxxhash libdeflate libisal simdjson expat libbrotlidec fasttext icu-i18n icu-uc
Libs: -L\${libdir} -lnewsbraid
Libs.private: -lstemmer -lcld2 -lstdc++ -lm -fopenmp
Cflags: -I\${includedir}
EOF
}

install_all() {
	install -D -m 755 "$out/newsbraid" "$root/bin/newsbraid"
	install -D -m 644 "$out/libnewsbraid.a" "$root/lib/libnewsbraid.a"
	for header in "$here"/include/newsbraid/*.h; do
		install -D -m 644 "$header" "$root/include/newsbraid/$(basename "$header")"
	done
	for schema in "$here"/src/publish/schema/*.json; do
		install -D -m 644 "$schema" "$root/share/newsbraid/schema/$(basename "$schema")"
	done
	for file in newsbraid.lex lid.176.ftz; do
		[ ! -e "$out/../data/$file" ] ||
			install -D -m 644 "$out/../data/$file" "$root/share/newsbraid/$file"
	done
	install -d "$root/lib/pkgconfig"
	pkgconfig > "$root/lib/pkgconfig/newsbraid.pc"
	install -D -m 644 "$out/newsbraid.1" "$root/share/man/man1/newsbraid.1"
	install -D -m 644 "$out/newsbraid.bash" \
		"$root/share/bash-completion/completions/newsbraid"
	install -d "$root/lib/systemd/system"
	sed "s|@PREFIX@|$prefix|" "$here/pipeline/ops/newsbraid.service" \
		> "$root/lib/systemd/system/newsbraid.service"
	for unit in newsbraid.timer newsbraid-failed@.service; do
		install -m 644 "$here/pipeline/ops/$unit" "$root/lib/systemd/system/$unit"
	done
	install -D -m 755 "$here/pipeline/ops/nightly.sh" "$root/lib/newsbraid/nightly.sh"
}

uninstall_all() {
	rm -f "$root/bin/newsbraid" "$root/lib/libnewsbraid.a" "$root/lib/pkgconfig/newsbraid.pc" \
		"$root/share/man/man1/newsbraid.1" "$root/share/bash-completion/completions/newsbraid" \
		"$root/lib/systemd/system/newsbraid.service" "$root/lib/systemd/system/newsbraid.timer" \
		"$root/lib/systemd/system/newsbraid-failed@.service" "$root/lib/newsbraid/nightly.sh"
	rm -rf "$root/include/newsbraid" "$root/share/newsbraid"
}

case $verb in
install) install_all ;;
uninstall) uninstall_all ;;
*) echo "install.sh: install or uninstall, not '$verb'" >&2; exit 2 ;;
esac
