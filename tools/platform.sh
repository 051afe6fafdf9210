# shellcheck shell=bash
# Sourced by run.sh and serve.sh: a private redis-server and a liandong-server in one directory.
#
#   platform_open DIR            takes the directory, so that no second platform writes into it
#   platform_start SCOPE RATE [LISTEN METRICS]
#   platform_supervise COMMAND…  runs a command and stops waiting if redis or the server dies
#   platform_close               stops what was started; non-zero if the server did not drain cleanly
#
# Afterwards platform_grpc and platform_metrics hold the addresses. Only processes started here are
# ever signalled. They run in sessions of their own, so that Ctrl-C reaches this script alone and it
# can stop them in order; the kernel sends them TERM if this script is killed.

bin_dir=${LIANDONG_BIN:-build/release/bin}
platform_grpc=""
platform_metrics=""

platform_dir=""
socket_dir=""
server_pid=""
redis_pid=""
command_pid=""

readonly start_seconds_max=60
readonly drain_seconds_max=25

say() { echo "liandong: $*"; }
fail() {
    echo "liandong: $*" >&2
    exit 1
}

alive() { [[ -n $1 ]] && kill -0 "$1" 2>/dev/null; }

# Prints the end of a process's log; the reason of a death is there.
show_log() {
    local log=$1
    echo "--- last lines of $log" >&2
    tail -n 20 "$log" >&2 2>/dev/null || echo "(there is no such file)" >&2
    echo "---" >&2
}

# Starts a program that outlives Ctrl-C but not this script. Its pid is then in $started.
started=""
start_daemon() {
    local output=$1
    shift
    setsid setpriv --pdeathsig TERM "$@" >"$output" 2>&1 </dev/null &
    started=$!
}

# wait_for SECONDS WHAT PID LOG TEST…: polls a test until it holds; fails if the process dies.
wait_for() {
    local seconds=$1 what=$2 pid=$3 log=$4 tenths=0
    shift 4
    until "$@"; do
        if ! alive "$pid"; then
            show_log "$log"
            fail "$what ended before it was ready."
        fi
        if ((tenths >= seconds * 10)); then
            show_log "$log"
            fail "$what was not ready after $seconds s."
        fi
        ((tenths += 1))
        ((tenths % 50)) || say "waiting for $what ($((tenths / 10)) s)"
        sleep 0.1
    done
}

redis_answers() { [[ $(redis-cli -s "$redis_socket" ping 2>/dev/null) == PONG ]]; }

# Unix socket paths end at 107 bytes: a deep checkout gets its socket in the temporary directory.
choose_socket() {
    redis_socket=$platform_dir/redis.sock
    if (($(printf %s "$redis_socket" | wc -c) > 100)); then
        socket_dir=$(mktemp -d "${TMPDIR:-/tmp}/liandong.XXXXXX")
        redis_socket=$socket_dir/redis.sock
    fi
}

platform_open() {
    local program
    for program in redis-server redis-cli "$bin_dir/liandong-server"; do
        command -v "$program" >/dev/null || fail "$program is missing: run \`make bootstrap build\` first."
    done
    mkdir -p "$1"
    platform_dir=$(cd "$1" && pwd)
    # The daemons inherit the lock, so it is held as long as any of them lives.
    exec 9>"$platform_dir.lock"
    flock -n 9 || fail "another platform is running in $1; stop it first."
    choose_socket
}

start_redis() {
    mkdir -p "$platform_dir/redis"
    start_daemon "$platform_dir/redis.log" redis-server \
        --port 0 --unixsocket "$redis_socket" --unixsocketperm 700 --dir "$platform_dir/redis" \
        --appendonly yes --appendfsync always --save "" --maxmemory-policy noeviction
    redis_pid=$started
    wait_for "$start_seconds_max" redis-server "$redis_pid" "$platform_dir/redis.log" redis_answers
}

ready_field() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" "$platform_dir/ready.json"; }

# Kept beside the data that it seals, readable by its owner alone.
make_sealing_key() {
    [[ -s $platform_dir/sealing-key.hex ]] && return
    (umask 077 && od -An -vtx1 -N32 /dev/urandom | tr -d ' \n' >"$platform_dir/sealing-key.hex")
}

start_server() {
    local scope=$1 rate=$2 listen=$3 metrics=$4
    make_sealing_key
    rm -f "$platform_dir/ready.json"
    start_daemon "$platform_dir/server.out" "$bin_dir/liandong-server" \
        --roles=intake,dispatch,publicinfo --listen="$listen" --metrics="$metrics" \
        --redis="unix:$redis_socket" --scope="$scope" --rate="$rate" \
        --sealing-key-file="$platform_dir/sealing-key.hex" \
        --log-file="$platform_dir/server.log" --ready-file="$platform_dir/ready.json"
    server_pid=$started
    wait_for "$start_seconds_max" liandong-server "$server_pid" "$platform_dir/server.out" \
        test -s "$platform_dir/ready.json"
    platform_grpc=$(ready_field grpc)
    # shellcheck disable=SC2034  # for the script that sources this file
    platform_metrics=$(ready_field metrics)
    [[ -n $platform_grpc ]] || fail "$platform_dir/ready.json names no grpc address."
}

platform_start() {
    start_redis
    start_server "$1" "$2" "${3:-127.0.0.1:0}" "${4:-127.0.0.1:0}"
}

# Fails with the log of whichever of redis and the server has died.
check_daemons() {
    if ! alive "$server_pid"; then
        show_log "$platform_dir/server.out"
        show_log "$platform_dir/server.log"
        fail "liandong-server died."
    fi
    if ! alive "$redis_pid"; then
        show_log "$platform_dir/redis.log"
        fail "redis-server died."
    fi
}

platform_supervise() {
    local status=0 finished=""
    setpriv --pdeathsig TERM "$@" 9>&- &
    command_pid=$!
    wait -n -p finished "$command_pid" "$server_pid" "$redis_pid" || status=$?
    [[ $finished == "$command_pid" ]] || check_daemons
    command_pid=""
    return "$status"
}

# stop_process PID SECONDS: TERM, a bounded wait, then KILL. Gives the exit status of the process.
stop_process() {
    local pid=$1 tenths=$(($2 * 10)) status=0
    [[ -n $pid ]] || return 0
    kill -TERM "$pid" 2>/dev/null || true
    while alive "$pid" && ((tenths-- > 0)); do sleep 0.1; done
    if alive "$pid"; then
        say "process $pid did not stop within $2 s; killing it"
        kill -KILL "$pid" 2>/dev/null || true
    fi
    wait "$pid" 2>/dev/null || status=$?
    return "$status"
}

platform_close() {
    local status=0
    stop_process "$command_pid" 5 || true
    command_pid=""
    stop_process "$server_pid" "$drain_seconds_max" || status=$?
    server_pid=""
    stop_process "$redis_pid" 10 || true
    redis_pid=""
    [[ -z $socket_dir ]] || rm -rf "$socket_dir"
    socket_dir=""
    return "$status"
}

# However the script ends, what it started ends too.
close_on_exit() {
    local status=$?
    trap '' INT TERM HUP
    platform_close || true
    exit "$status"
}
trap close_on_exit EXIT
trap 'echo; say "interrupted; stopping"; exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP
