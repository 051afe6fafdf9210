#!/usr/bin/env bash
# Checks the format and the lint rules of the changed files, or of all with LINT_ALL=1: `make lint`.
# Needs a build tree, for its compile commands and generated headers.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tools/changed_files.sh

fail() {
    echo "lint: $*" >&2
    exit 1
}

tree=""
for preset in release dev asan; do
    if [[ -f build/$preset/compile_commands.json ]]; then
        tree=build/$preset
        break
    fi
done
[[ -n $tree ]] || fail "there is no build tree yet: run \`make build\` first."

if [[ -n ${LINT_ALL:-} ]]; then
    mapfile -t files < <(all_sources)
    scope="all"
else
    mapfile -t files < <(changed_sources)
    scope="changed since $(git rev-parse --short "$(base_commit)")"
fi
echo "lint: ${#files[@]} files, $scope; compile commands of $tree"

status=0
if [[ ${#files[@]} -gt 0 ]]; then
    clang-format-19 --dry-run -Werror "${files[@]}" || {
        status=1
        echo "lint: run \`make format\`" >&2
    }
    printf '%s\0' "${files[@]}" |
        xargs -0 -n 1 -P "$(nproc)" clang-tidy-19 -p "$tree" --quiet \
            --extra-arg=-Wno-pragma-once-outside-header || status=1
fi
/usr/bin/python3 tests/arrows/include_arrows.py || status=1
if command -v shellcheck >/dev/null; then
    git ls-files -- '*.sh' .ci/run | xargs -d '\n' shellcheck -x || status=1
fi
[[ $status -eq 0 ]] || fail "not clean."
echo "lint: clean"
