#!/usr/bin/env bash
# Builds and runs all tests under a sanitizer, in a folder of its own. Usage: sanitize.sh address|thread
set -euo pipefail
kind=$1
# Leaks are not looked for: what lives as long as the program is never freed. Signals stay the program's, which gives
# the terminal back before it ends.
ours=handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0:handle_abort=0
export ALIDADE_SANITIZER=$kind
export ASAN_OPTIONS=detect_leaks=0:$ours:${ASAN_OPTIONS:-}
export TSAN_OPTIONS=halt_on_error=0:$ours:suppressions=$PWD/scripts/thread-sanitizer.txt:${TSAN_OPTIONS:-}
exec swift test --disable-xctest --sanitize "$kind" --scratch-path ".build/$kind"
