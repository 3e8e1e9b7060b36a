#!/bin/sh
# Installs the Debian packages of scripts/packages.txt that are missing. Usage: setup.sh build|test|browser
set -eu
here=$(dirname "$0")
purpose=$1

say() { echo "setup: $*" >&2; }

wanted=$(awk -v purpose="$purpose" \
  '!/^#/ && NF == 2 && ($2 == "build" || $2 == purpose) {print $1}' "$here/packages.txt")

if ! command -v dpkg-query >/dev/null 2>&1; then
  # shellcheck disable=SC2086
  say "this is no Debian or Ubuntu, so nothing is installed; a build needs what these contain:" $wanted
  exit 0
fi

missing=""
for package in $wanted; do
  status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
  [ "$status" = "install ok installed" ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    say "these packages are missing and only root can install them; run as root: apt-get install$missing"
    exit 1
  fi
  as_root="sudo env DEBIAN_FRONTEND=noninteractive"
fi
if ! command -v apt-get >/dev/null 2>&1; then
  say "these packages are missing and there is no apt-get to install them:$missing"
  exit 1
fi

say "installing$missing"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# A fresh machine has no package lists, a machine without network may still have them in a cache.
$as_root apt-get update -q >"$log" 2>&1 || say "apt-get update failed, going on with the lists at hand"
# shellcheck disable=SC2086
if ! $as_root apt-get install -q -y --no-install-recommends $missing >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  say "apt-get could not install$missing; its last words are above"
  exit 1
fi
