#!/usr/bin/env bash
# redis-server accepts k8s/base/redis.conf as a whole, and runs with what it says about durability.
#   redis_conf_test.sh REDIS_SERVER REDIS_CLI CONF
set -euo pipefail

server=$1 cli=$2 conf=$3
dir=$(mktemp -d "${TMPDIR:-/tmp}/liandong-conf.XXXXXX")
pid=""

# shellcheck disable=SC2317  # called by the trap
finish() {
    [[ -z $pid ]] || kill "$pid" 2>/dev/null || true
    [[ -z $pid ]] || wait "$pid" 2>/dev/null || true
    rm -rf "$dir"
}
trap finish EXIT

# As in the pod, apart from where its data lie.
sed "s,^dir .*,dir $dir," "$conf" >"$dir/redis.conf"
"$server" "$dir/redis.conf" --maxmemory 512mb --port 0 --unixsocket "$dir/s" >"$dir/log" 2>&1 &
pid=$!
for _ in $(seq 100); do
    [[ $("$cli" -e -s "$dir/s" ping 2>/dev/null) != PONG ]] || break
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
done

failed=0
expect() {
    local got
    got=$("$cli" -e -s "$dir/s" config get "$1" 2>&1 | sed -n 2p) || got="no answer"
    [[ $got == "$2" ]] || {
        echo "$1 is '$got', not '$2'"
        failed=1
    }
}
expect appendonly yes
expect appendfsync always
expect no-appendfsync-on-rewrite no
expect save ""
expect maxmemory-policy noeviction
expect maxmemory 536870912
expect min-replicas-to-write 0
[[ $failed -eq 0 ]] || cat "$dir/log"
exit "$failed"
