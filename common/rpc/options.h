#pragma once

#include "common/base/time.h"

#include <cstddef>
#include <string>

namespace liandong::rpc {

/// What a server is told at start. Every limit is stated here; at a limit callers get
/// RESOURCE_EXHAUSTED.
struct ServerOptions {
    /// "host:port" (port 0: a free one) or "unix:/path". Without token keys only loopback and unix
    /// are allowed.
    std::string listen = "127.0.0.1:50051";
    /// Largest message taken; above it gRPC itself answers RESOURCE_EXHAUSTED.
    int receive_bytes_max = 4 * 1024 * 1024;
    /// Largest message sent; above it RESOURCE_EXHAUSTED / RESPONSE_TOO_LARGE.
    std::size_t send_bytes_max = 4 * 1024 * 1024;
    /// Unary calls whose handler has not ended, of all methods together.
    int unary_calls_max = 4096;
    /// Streams that are open, of all methods together.
    int streams_max = 2048;
    /// Deadline of a unary call whose method states none, and of a call that comes without.
    Duration unary_deadline_max = std::chrono::seconds(1);
    /// Then a stream ends with UNAVAILABLE / STREAM_AGED and the client resumes, so that load moves
    /// to new replicas.
    Duration stream_age_max = std::chrono::minutes(30);
    /// Up to this much more, by chance of the stream's number, so that not all come back at once.
    Duration stream_age_jitter = std::chrono::minutes(5);
};

/// True for addresses that only this machine reaches: "127.…", "localhost:…", "[::1]:…", "unix:…".
bool is_loopback(std::string_view listen);

}  // namespace liandong::rpc
