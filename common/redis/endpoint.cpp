#include "common/redis/endpoint.h"

#include <fmt/format.h>

#include <charconv>

namespace liandong::redis {
namespace {

constexpr std::size_t kUnixPathBytes_max = 107;

std::unexpected<Error> malformed(std::string_view text, std::string_view why) {
    return fail(
        Code::kInvalidArgument, "ENDPOINT_MALFORMED",
        fmt::format("redis endpoint \"{}\": {}; expected unix:/absolute/path or tcp:host:port",
                    text, why));
}

Result<Endpoint> parse_unix(std::string_view text, std::string_view path) {
    if (path.empty() || path.front() != '/') return malformed(text, "the path must be absolute");
    if (path.size() > kUnixPathBytes_max) {
        return malformed(text, fmt::format("the path has {} bytes, a socket address holds {}",
                                           path.size(), kUnixPathBytes_max));
    }
    return Endpoint{std::string(path), {}, 0};
}

Result<Endpoint> parse_tcp(std::string_view text, std::string_view rest) {
    const std::size_t colon = rest.rfind(':');
    if (colon == std::string_view::npos) return malformed(text, "the port is missing");
    std::string_view host = rest.substr(0, colon);
    const std::string_view port_text = rest.substr(colon + 1);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    } else if (host.find(':') != std::string_view::npos) {
        return malformed(text, "an IPv6 address goes in brackets");
    }
    if (host.empty()) return malformed(text, "the host is missing");
    std::uint16_t port = 0;
    const auto [end, error] =
        std::from_chars(port_text.data(), port_text.data() + port_text.size(), port);
    if (error != std::errc{} || end != port_text.data() + port_text.size() || port == 0) {
        return malformed(text, "the port must be 1 to 65535");
    }
    return Endpoint{{}, std::string(host), port};
}

}  // namespace

Result<Endpoint> parse_endpoint(std::string_view text) {
    if (text.starts_with("unix:")) return parse_unix(text, text.substr(5));
    if (text.starts_with("tcp:")) return parse_tcp(text, text.substr(4));
    return malformed(text, "unknown kind");
}

std::string to_string(const Endpoint& endpoint) {
    if (endpoint.is_unix()) return "unix:" + endpoint.path;
    const bool bracketed = endpoint.host.find(':') != std::string::npos;
    return fmt::format("tcp:{}{}{}:{}", bracketed ? "[" : "", endpoint.host, bracketed ? "]" : "",
                       endpoint.port);
}

}  // namespace liandong::redis
