#!/usr/bin/env bash
# Keeps a platform up until Ctrl-C, with its data in build/serve: `make serve`.
#   PORT          of gRPC on 127.0.0.1 (default 7420; 0: any free one)
#   METRICS_PORT  of the Prometheus page (default 7421)
#   SCOPE         world.district (default exercise.420981)      RATE  of the world's clock (default 1)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tools/platform.sh

scope=${SCOPE:-exercise.420981}
readonly serve_dir=build/serve

platform_open "$serve_dir"
platform_start "$scope" "${RATE:-1}" "127.0.0.1:${PORT:-7420}" "127.0.0.1:${METRICS_PORT:-7421}"

# A world nobody has been in yet gets the district's units, so that there is somebody to send.
if [[ $scope == exercise.420981 ]]; then
    "$bin_dir/liandong-sim" replay --units-only --target="$platform_grpc" --scope="$scope" 2>/dev/null ||
        fail "the units of the district could not be loaded."
fi

talk="$bin_dir/liandong --target=$platform_grpc --scope=$scope"
cat <<TEXT

Liandong is up in scope $scope.

  grpc      $platform_grpc
  metrics   http://$platform_metrics/metrics
  logs      $serve_dir/server.log, $serve_dir/redis.log
  data      $serve_dir/redis (kept; delete the folder to start afresh)
  redis     redis-cli -s $redis_socket

Try, in another terminal:

  $talk report --help
  $talk list
  $talk watch

Ctrl-C stops it.
TEXT

# Ends only when one of the two dies: that is an error, while Ctrl-C leaves through the trap.
wait -n "$server_pid" "$redis_pid" || true
check_daemons
