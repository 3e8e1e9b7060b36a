#!/bin/sh
# Prints the libraries that a program uses, one a line: its name, the Debian package, that one's version. Those that it
# links stand in its own head, those that it loads when they are needed are named here. Usage: libraries.sh PROGRAM
set -eu
program=$1
loaded="libcurl.so.4 libssl.so.3 libcrypto.so.3 libpq.so.5"
linked=$(readelf -d "$program" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
for name in $linked $loaded; do
  case $name in ld-linux*) continue ;; esac
  file=$(/sbin/ldconfig -p | awk -v name="$name" '$1 == name {print $NF; exit}')
  package=""
  version=""
  if [ -n "$file" ] && command -v dpkg-query >/dev/null 2>&1; then
    # Where /lib is a link, the package knows the file by its other name.
    package=$(dpkg-query -S "*/$(basename "$(readlink -f "$file")")" 2>/dev/null | sed -n '1s/:.*//p')
    [ -z "$package" ] || version=$(dpkg-query -W -f '${Version}\n' "$package" | head -n 1)
  fi
  echo "$name ${package:--} ${version:--}"
done
