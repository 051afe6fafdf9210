#pragma once

#include "common/base/error.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace liandong::redis {

/// Where a Redis listens: a unix socket (`path` set) or a TCP host and port.
struct Endpoint {
    std::string path;
    std::string host;  ///< name or address, an IPv6 address without its brackets
    std::uint16_t port = 0;

    bool is_unix() const { return !path.empty(); }
    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

/// Reads "unix:/absolute/path" (≤ 107 bytes, what a socket address holds), "tcp:host:port" or
/// "tcp:[::1]:port". INVALID_ARGUMENT / ENDPOINT_MALFORMED, with a message that says what was
/// expected.
Result<Endpoint> parse_endpoint(std::string_view text);

/// The form that `parse_endpoint` reads.
std::string to_string(const Endpoint& endpoint);

}  // namespace liandong::redis
