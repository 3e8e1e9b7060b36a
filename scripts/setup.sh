#!/bin/sh
# Installs the Debian packages of scripts/packages.txt that are missing. Usage: setup.sh build|test
set -eu
here=$(dirname "$0")
wanted=$(awk -v what="$1" '!/^#/ && NF == 2 && ($2 == "build" || what == "test") {print $1}' "$here/packages.txt")
missing=""
for package in $wanted; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
  echo "setup: needs the Debian packages$missing, and there is no apt-get here to install them." >&2
  exit 1
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "setup: needs root to run: apt-get install$missing" >&2
    exit 1
  fi
  as_root=sudo
fi
echo "setup: installing$missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -q >/dev/null || echo "setup: apt-get update failed, trying with the lists at hand" >&2
# shellcheck disable=SC2086
$as_root apt-get install -q -y --no-install-recommends $missing
