#!/bin/sh
# Opens the window on the embedded systems; where there is no terminal to draw on, shows what commands say of them.
# Usage: demo.sh PROGRAM [WORDS of `alidade demo`]
set -eu
program=$1
shift
if [ -t 0 ] && [ -t 1 ]; then
  exec "$program" demo "$@"
fi
echo "demo: there is no terminal here, so this shows commands instead of the window."
for words in "version" "list tools demo:alumia" "call demo:alumia alumia_get_balance"; do
  echo
  echo "\$ alidade $words"
  # shellcheck disable=SC2086
  "$program" $words
done
