#!/bin/sh
# Installs the program, its themes, man page and completions below a directory.
# Usage: install.sh PROGRAM DIRECTORY
set -eu
program=$1
to=$2
share="$to/share"

# Writes what a command of the program prints to a file that all may read.
write() {
  file=$1
  shift
  install -d "$(dirname "$file")"
  "$program" "$@" >"$file"
  chmod 644 "$file"
}

install -d "$to/bin"
install -m 755 "$program" "$to/bin/alidade"
strip --strip-debug "$to/bin/alidade"
if [ -d themes ]; then
  install -d "$share/alidade/themes"
  install -m 644 themes/* "$share/alidade/themes"
fi
write "$share/man/man1/alidade.1" man
write "$share/bash-completion/completions/alidade" completions bash
write "$share/zsh/site-functions/_alidade" completions zsh
write "$share/fish/vendor_completions.d/alidade.fish" completions fish
echo "install: alidade is in $to/bin, its themes, man page and completions below $share"
