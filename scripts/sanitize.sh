#!/usr/bin/env bash
# Builds and runs all tests under a sanitizer, in a folder of its own. Usage: sanitize.sh address|thread
set -euo pipefail
kind=$1
# Leaks are not looked for: what lives as long as the program is never freed.
export ASAN_OPTIONS=detect_leaks=0:${ASAN_OPTIONS:-} TSAN_OPTIONS=halt_on_error=0:${TSAN_OPTIONS:-}
exec swift test --disable-xctest --sanitize "$kind" --scratch-path ".build/$kind"
