#!/bin/sh
# Measures the budgets of docs/PERFORMANCE.md. Usage: bench.sh PROGRAM BENCH_PROGRAM
set -eu
if ! command -v python3 >/dev/null 2>&1; then
  echo "bench: nothing was measured; this needs python3, which is also what parsing is compared with" >&2
  exit 1
fi
PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$(dirname "$0") exec python3 -m bench "$@"
