#pragma once

#include <string>

namespace liandong::bench {

/// The floor of every RPC: a bare gRPC callback server in a process of its own. It takes the
/// subject's messages and answers a ready response with `DefaultReactor`; nothing else. Writes
/// {"grpc":"<address>"} to `ready_file` when it listens, and serves until it is killed. Gives an
/// exit status.
int run_echo_server(const std::string& ready_file);

}  // namespace liandong::bench
