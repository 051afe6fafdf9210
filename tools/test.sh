#!/usr/bin/env bash
# Every test: all of them under ASan and UBSan, then those labelled `tsan` under TSan. `make test`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

jobs=$(nproc)

stage() {
    local begin=$SECONDS
    echo "== $1"
    shift
    "$@"
    echo "== done in $((SECONDS - begin)) s"
}

stage "configure asan" cmake --preset asan
stage "build asan" cmake --build --preset asan -j "$jobs"
stage "test asan" ctest --preset asan -j "$jobs" --label-exclude '^bench$'
stage "configure tsan" cmake --preset tsan
stage "build tsan" cmake --build --preset tsan -j "$jobs" --target tsan_tests
stage "test tsan" ctest --preset tsan -j "$jobs"
