#!/bin/sh
# Opens the window; where there is no terminal to draw on, shows what the commands say instead.
set -eu
program=$1
if [ -t 0 ] && [ -t 1 ]; then
  exec "$program"
fi
echo "demo: there is no terminal here, so this shows the commands instead of the window."
for words in version help; do
  echo
  echo "\$ alidade $words"
  # shellcheck disable=SC2086
  "$program" $words
done
