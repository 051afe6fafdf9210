#!/usr/bin/env bash
# Replays a scenario through a private, fresh platform and reports the latencies: `make run`.
#   SCENARIO  yingcheng-flood (default), or a .csv or .jsonl file
#   SPEED     how many times faster than real (default 60)
#   ASSIGN    recommended (default) | recorded      SEED  of the generated scenario
#   SCOPE     world.district (default: by the scenario)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tools/platform.sh

scenario=${SCENARIO:-yingcheng-flood}
speed=${SPEED:-60}
readonly run_dir=build/run

case $scenario in
*/* | *.csv | *.jsonl) [[ -r $scenario ]] || fail "SCENARIO=$scenario: there is no such file." ;;
esac
case $scenario in
*sf-fire* | *sf_fire* | *san-francisco*) scope=exercise.sf ;;
*) scope=exercise.420981 ;;
esac
scope=${SCOPE:-$scope}

options=(--speed="$speed")
[[ -z ${ASSIGN:-} ]] || options+=(--assign="$ASSIGN")
[[ -z ${SEED:-} ]] || options+=(--seed="$SEED")

platform_open "$run_dir"
rm -rf "${platform_dir:?}"/*
platform_start "$scope" "$speed"
say "the platform is up: grpc $platform_grpc, metrics http://$platform_metrics/metrics"
say "replaying $scenario into $scope at ×$speed"

status=0
platform_supervise "$bin_dir/liandong-sim" replay --target="$platform_grpc" --scope="$scope" \
    --scenario="$scenario" "${options[@]}" --report="$run_dir/report.json" || status=$?
((status == 0)) || fail "liandong-sim ended with $status; the server's log is $run_dir/server.log"

platform_close || {
    status=$?
    show_log "$platform_dir/server.out"
    fail "liandong-server ended with $status instead of draining cleanly."
}
rm -rf "${platform_dir:?}/redis"
say "report: $run_dir/report.json   logs: $run_dir/server.log, $run_dir/redis.log"
