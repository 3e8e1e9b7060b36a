#!/bin/sh
# Writes what a release is made of, as SPDX 2.3 in JSON: the program, the runtimes inside it, the libraries of the system
# that it uses. Usage: sbom.sh PROGRAM VERSION
set -eu
here=$(dirname "$0")
program=$1
version=$2
sum=$(sha256sum "$program" | cut -d ' ' -f 1)
swift=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' | head -n 1)
when=$(date -u -d "@${SOURCE_DATE_EPOCH:-$(date +%s)}" +%Y-%m-%dT%H:%M:%SZ)

# entry ID NAME VERSION LICENSE SUPPLIER [CHECKSUM]
entry() {
  printf '    {"SPDXID": "SPDXRef-%s", "name": "%s", "versionInfo": "%s", "downloadLocation": "NOASSERTION",' \
    "$1" "$2" "$3"
  printf ' "filesAnalyzed": false, "licenseConcluded": "%s", "licenseDeclared": "%s",' "$4" "$4"
  printf ' "copyrightText": "NOASSERTION", "supplier": "%s"' "$5"
  [ -z "${6:-}" ] || printf ', "checksums": [{"algorithm": "SHA256", "checksumValue": "%s"}]' "$6"
  printf '}'
}

relation() {
  printf '    {"spdxElementId": "SPDXRef-%s", "relationshipType": "%s", "relatedSpdxElement": "SPDXRef-%s"}' \
    "$1" "$2" "$3"
}

libraries=$("$here/libraries.sh" "$program")
# The name of an element has no plus sign.
id() { echo "$1" | tr + -; }
# The C++ library is inside where it is not asked for; the compiler it came with has left its name.
gcc=""
if ! echo "$libraries" | grep -q '^libstdc++'; then
  gcc=$(readelf -p .comment "$program" | sed -n 's/.*GCC: (.*) \([0-9][0-9.]*\).*/\1/p' | head -n 1)
fi
cat <<HEAD
{
  "spdxVersion": "SPDX-2.3",
  "dataLicense": "CC0-1.0",
  "SPDXID": "SPDXRef-DOCUMENT",
  "name": "alidade-$version",
  "documentNamespace": "urn:alidade:$version:$sum",
  "creationInfo": {"created": "$when", "creators": ["Tool: alidade-make-dist"]},
  "packages": [
HEAD
entry alidade alidade "$version" MIT "Organization: Alidade" "$sum"
printf ',\n'
entry swift-runtime swift-runtime "${swift:-unknown}" Apache-2.0 "Organization: Swift.org"
if [ -n "$gcc" ]; then
  printf ',\n'
  entry gcc-runtime libstdc++ "$gcc" "GPL-3.0-or-later WITH GCC-exception-3.1" "Organization: GNU"
fi
echo "$libraries" | while read -r name package found; do
  [ "$package" != - ] || package=$name
  printf ',\n'
  entry "$(id "$name")" "$package" "$found" NOASSERTION "Organization: Debian"
done
printf '\n  ],\n  "relationships": [\n'
relation DOCUMENT DESCRIBES alidade
printf ',\n'
relation alidade CONTAINS swift-runtime
if [ -n "$gcc" ]; then
  printf ',\n'
  relation alidade CONTAINS gcc-runtime
fi
echo "$libraries" | while read -r name _; do
  printf ',\n'
  relation alidade DEPENDS_ON "$(id "$name")"
done
printf '\n  ]\n}\n'
