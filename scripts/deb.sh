#!/bin/sh
# Builds a Debian package of the program. Usage: deb.sh PROGRAM FOLDER
set -eu
here=$(dirname "$0")
program=$1
to=$2
# What comes before a release sorts before it.
version=$("$program" version | cut -d ' ' -f 2 | sed 's/-/~/')
architecture=$(dpkg --print-architecture)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root="$work/alidade"
"$here/install.sh" "$program" "$root/usr" >/dev/null
gzip -9 -n "$root/usr/share/man/man1/alidade.1"
# Debian keeps what zsh gets from packages elsewhere.
mkdir -p "$root/usr/share/zsh/vendor-completions"
mv "$root/usr/share/zsh/site-functions/_alidade" "$root/usr/share/zsh/vendor-completions/"
rmdir "$root/usr/share/zsh/site-functions"
install -D -m 644 LICENSE "$root/usr/share/doc/alidade/copyright"
install -D -m 644 CHANGELOG.md "$root/usr/share/doc/alidade/changelog"
gzip -9 -n "$root/usr/share/doc/alidade/changelog"

# Who never keeps records in a PostgreSQL database needs no libpq.
packages=$("$here/libraries.sh" "$program" | awk '$2 != "-" && $2 != "libpq5" {print $2}' | sort -u)
libc=$(objdump -T "$program" | grep -o 'GLIBC_2\.[0-9]*' | sort -u -t . -k 2n | tail -n 1 | cut -d _ -f 2)
depends=$(for package in $packages; do
  [ "$package" != libc6 ] || package="libc6 (>= $libc)"
  printf ', %s' "$package"
done)

mkdir -p "$root/DEBIAN"
cat >"$root/DEBIAN/control" <<CONTROL
Package: alidade
Version: $version
Architecture: $architecture
Maintainer: Alidade maintainers <maintainers@alidade.invalid>
Installed-Size: $(du -sk "$root/usr" | cut -f 1)
Depends: ${depends#, }
Recommends: ca-certificates
Suggests: libpq5
Section: utils
Priority: optional
Description: terminal console for operating and inspecting MCP servers
 A window for people and commands for scripts, for servers of the Model Context
 Protocol in every revision, over stdio and HTTP: call tools, find out why a
 server does not answer, sign in, keep a journal, serve a system of its own.
CONTROL
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
find "$root" -type d -exec chmod 755 {} +

mkdir -p "$to"
package="$to/alidade_${version}_$architecture.deb"
dpkg-deb --build --root-owner-group -Zxz "$root" "$package" >/dev/null
echo "deb: $package"
