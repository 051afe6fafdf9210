#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace liandong {

/// The kind of a failure. Same meaning and names as the gRPC status codes; `common/rpc/status.cpp`
/// holds the one table that maps them.
enum class Code : std::uint8_t {
    kCancelled,
    kInvalidArgument,
    kDeadlineExceeded,
    kNotFound,
    kAlreadyExists,
    kPermissionDenied,
    kResourceExhausted,
    kFailedPrecondition,
    kAborted,
    kOutOfRange,
    kInternal,
    kUnavailable,
    kUnauthenticated,
};

/// Upper-case name of a code, as in the gRPC documentation ("INVALID_ARGUMENT").
std::string_view to_string(Code code);

/// Why something was not done.
/// `reason` is a stable UPPER_SNAKE word that programs may branch on; `message` is for people and
/// may change; `metadata` names the things concerned ("field" → "place.position.latitude", "holder"
/// → an order id).
struct Error {
    Code code = Code::kInternal;
    std::string reason;
    std::string message;
    std::vector<std::pair<std::string, std::string>> metadata;

    /// Adds one metadata pair; returns *this so that a call site stays one expression.
    Error& with(std::string key, std::string value) &;
    Error with(std::string key, std::string value) &&;

    /// The value under `key`, or an empty view.
    std::string_view find(std::string_view key) const;

    friend bool operator==(const Error&, const Error&) = default;
};

template <class T> using Result = std::expected<T, Error>;
using Status = Result<void>;

/// INVALID_ARGUMENT that names the field (dotted path of the request) and the rule it broke.
std::unexpected<Error> invalid_field(std::string field, std::string reason, std::string message);

/// Any other failure.
std::unexpected<Error> fail(Code code, std::string reason, std::string message);
std::unexpected<Error> fail(Error error);

}  // namespace liandong
