#!/usr/bin/env bash
# Formats our C++ files in place: `make format`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tools/changed_files.sh

all_sources | xargs -r -d '\n' clang-format-19 -i
git status --short -- '*.h' '*.cpp'
