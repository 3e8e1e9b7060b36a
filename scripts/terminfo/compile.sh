#!/bin/sh
# Compiles alidade.ti and prints each entry as the TERMINFO variable takes it.
# Usage: compile.sh NAME
set -eu
here=$(dirname "$0")
database=$(mktemp -d)
trap 'rm -rf "$database"' EXIT
tic -x -o "$database" "$here/alidade.ti"
TERMINFO=$database infocmp -x -0 -q -Q2 "$1" | tr -d '\n'
echo
