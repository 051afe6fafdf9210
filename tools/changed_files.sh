# shellcheck shell=bash
# Sourced by lint.sh and format.sh.

# Prints our C++ files, tracked or new.
all_sources() {
    git ls-files --cached --others --exclude-standard -- '*.h' '*.cpp' | sort -u | while read -r file; do
        [[ ! -f $file ]] || echo "$file"
    done
}

# Prints the commit that changes are counted from: where this branch left origin's main, or the
# commit before the last one when nothing is ahead of it (or there is no origin).
base_commit() {
    local base
    base=$(git merge-base HEAD refs/remotes/origin/main 2>/dev/null || true)
    if [[ -z $base || $base == "$(git rev-parse HEAD)" ]]; then
        base=$(git rev-parse --verify -q HEAD~1 || git hash-object -t tree /dev/null)
    fi
    echo "$base"
}

# Prints our C++ files that differ from the base commit, committed or not.
changed_sources() {
    comm -12 <(all_sources) <({
        git diff --name-only "$(base_commit)"
        git ls-files --others --exclude-standard
    } | sort -u)
}
