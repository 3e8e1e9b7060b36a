#!/bin/sh
# Packs an installed tree, its bill of materials and a checksum. Usage: dist.sh PROGRAM FOLDER
set -eu
here=$(dirname "$0")
program=$1
to=$2
version=$("$program" version | cut -d ' ' -f 2)
name="alidade-$version-linux-$(uname -m)"
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$here/install.sh" "$program" "$work/$name" >/dev/null
cp -R README.md LICENSE CHANGELOG.md CONTRIBUTING.md docs "$work/$name"
"$here/sbom.sh" "$work/$name/bin/alidade" "$version" >"$work/$name/alidade.spdx.json"

mkdir -p "$to"
cp "$work/$name/alidade.spdx.json" "$to/$name.spdx.json"
# The same input gives the same bytes: names in order, one date, nobody's user.
tar --create --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
  --directory "$work" "$name" | gzip -9 -n >"$to/$name.tar.gz"
(cd "$to" && sha256sum "$name.tar.gz" "$name.spdx.json" >"$name.sha256")
echo "dist: $to/$name.tar.gz, beside it its bill of materials and their checksums"
