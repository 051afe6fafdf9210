#include "common/base/error.h"

#include "common/base/check.h"

namespace liandong {

std::string_view to_string(Code code) {
    switch (code) {
    case Code::kCancelled: return "CANCELLED";
    case Code::kInvalidArgument: return "INVALID_ARGUMENT";
    case Code::kDeadlineExceeded: return "DEADLINE_EXCEEDED";
    case Code::kNotFound: return "NOT_FOUND";
    case Code::kAlreadyExists: return "ALREADY_EXISTS";
    case Code::kPermissionDenied: return "PERMISSION_DENIED";
    case Code::kResourceExhausted: return "RESOURCE_EXHAUSTED";
    case Code::kFailedPrecondition: return "FAILED_PRECONDITION";
    case Code::kAborted: return "ABORTED";
    case Code::kOutOfRange: return "OUT_OF_RANGE";
    case Code::kInternal: return "INTERNAL";
    case Code::kUnavailable: return "UNAVAILABLE";
    case Code::kUnauthenticated: return "UNAUTHENTICATED";
    }
    LIANDONG_UNREACHABLE();
}

Error& Error::with(std::string key, std::string value) & {
    metadata.emplace_back(std::move(key), std::move(value));
    return *this;
}

Error Error::with(std::string key, std::string value) && {
    metadata.emplace_back(std::move(key), std::move(value));
    return std::move(*this);
}

std::string_view Error::find(std::string_view key) const {
    for (const auto& [name, value] : metadata) {
        if (name == key) return value;
    }
    return {};
}

std::unexpected<Error> invalid_field(std::string field, std::string reason, std::string message) {
    return std::unexpected(
        Error{Code::kInvalidArgument, std::move(reason), std::move(message), {}}.with(
            "field", std::move(field)));
}

std::unexpected<Error> fail(Code code, std::string reason, std::string message) {
    return std::unexpected(Error{code, std::move(reason), std::move(message), {}});
}

std::unexpected<Error> fail(Error error) { return std::unexpected(std::move(error)); }

}  // namespace liandong
