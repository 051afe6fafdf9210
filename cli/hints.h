#pragma once

#include "common/base/error.h"

#include <string>
#include <string_view>

namespace liandong::cli {

/// One line on what to do about a reason; empty when there is nothing better than the message
/// itself.
std::string_view hint(std::string_view reason);

/// How to send again what may or may not have been done. Empty parts are left out.
struct Resend {
    std::string request_id;
    std::string
        extra;  ///< further arguments that keep the content the same, such as an absolute time
};

/// What a person reads about a failure, one or more ended lines: reason and message, the things
/// concerned, what to do, and for an unknown outcome how to send the same request again.
std::string describe(const Error& error, const Resend& resend);

/// The same as one JSON object without line end: code, reason, message, metadata (list of key and
/// value), hint, requestId, outcomeUnknown.
std::string describe_json(const Error& error, const Resend& resend);

}  // namespace liandong::cli
