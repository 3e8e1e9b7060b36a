#!/bin/sh
# Writes the generated pages of docs/ with the program that they describe. Usage: docs.sh PROGRAM
set -eu
program=$1

# A page is replaced only when the program could write all of it.
page() {
  file=$1
  shift
  "$program" "$@" >"$file.new" || { rm -f "$file.new"; exit 1; }
  mv "$file.new" "$file"
}

page docs/COMMANDS.md help --markdown
page docs/SYSTEMS.md systems --markdown
page docs/CHECKS.md doctor --checks
