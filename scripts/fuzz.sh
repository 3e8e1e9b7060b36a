#!/usr/bin/env bash
# Fuzzes the readers of foreign bytes, one after the other. Usage: fuzz.sh [SUBJECT…]
# SECONDS_EACH is the time for each (default 60). Guided by coverage where the toolchain has the fuzzer's library.
set -euo pipefail
seconds=${SECONDS_EACH:-60}
build=.build/fuzzing
subjects=("$@")
[ ${#subjects[@]} -gt 0 ] || mapfile -t subjects < <(cd Tests/FuzzCorpus && printf '%s\n' *)

# The compiler's own option links a `main`, which the program has; so its parts are named one by one.
swift=$(dirname "$(readlink -f "$(command -v swiftc)")")
library=$(ls "$swift"/../lib/clang/*/lib/linux/libclang_rt.fuzzer_no_main-"$(uname -m)".a 2>/dev/null | head -n 1)
mkdir -p "$(dirname "$build")"
if [ -n "$library" ] && swift build --configuration release --scratch-path "$build" --product alidade-fuzz \
  -Xswiftc -DLIBFUZZER -Xswiftc -Xfrontend -Xswiftc -sanitize=fuzzer \
  -Xlinker "$library" -Xlinker -lstdc++ >"$build.log" 2>&1; then
  guided=yes
else
  echo "fuzz: the compiler has no fuzzer here (see $build.log); inputs are drawn from a seed instead"
  swift build --configuration release --scratch-path "$build-seeded" --product alidade-fuzz
  build=$build-seeded guided=no
fi

failed=0
for subject in "${subjects[@]}"; do
  found=.build/fuzz/$subject
  mkdir -p "$found/corpus"
  export ALIDADE_FUZZ=$subject
  if [ $guided = yes ]; then
    echo "fuzz: $subject for $seconds s"
    "$build/release/alidade-fuzz" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
      -artifact_prefix="$found/" "$found/corpus" "Tests/FuzzCorpus/$subject" 2>"$found/log" || failed=1
    grep -E '^stat::number_of_executed_units|^SUMMARY|Test unit written|objection|differs' "$found/log" || true
  else
    end=$((SECONDS + seconds))
    while [ $SECONDS -lt $end ]; do
      "$build/release/alidade-fuzz" 20000 $RANDOM "$found/last" "Tests/FuzzCorpus/$subject"/* || { failed=1; break; }
    done
  fi
done
[ $failed = 0 ] || { echo "fuzz: findings are in .build/fuzz; put each into Tests/FuzzCorpus with its mend"; exit 1; }
