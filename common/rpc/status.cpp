#include "common/rpc/status.h"

#include "common/base/check.h"
#include "common/base/utf8.h"
#include "liandong/common/v1/error.pb.h"

#include <algorithm>
#include <string>

namespace liandong::rpc {
namespace {

struct Pair {
    Code ours;
    grpc::StatusCode theirs;
};

constexpr Pair kTable[] = {
    {Code::kCancelled, grpc::StatusCode::CANCELLED},
    {Code::kInvalidArgument, grpc::StatusCode::INVALID_ARGUMENT},
    {Code::kDeadlineExceeded, grpc::StatusCode::DEADLINE_EXCEEDED},
    {Code::kNotFound, grpc::StatusCode::NOT_FOUND},
    {Code::kAlreadyExists, grpc::StatusCode::ALREADY_EXISTS},
    {Code::kPermissionDenied, grpc::StatusCode::PERMISSION_DENIED},
    {Code::kResourceExhausted, grpc::StatusCode::RESOURCE_EXHAUSTED},
    {Code::kFailedPrecondition, grpc::StatusCode::FAILED_PRECONDITION},
    {Code::kAborted, grpc::StatusCode::ABORTED},
    {Code::kOutOfRange, grpc::StatusCode::OUT_OF_RANGE},
    {Code::kInternal, grpc::StatusCode::INTERNAL},
    {Code::kUnavailable, grpc::StatusCode::UNAVAILABLE},
    {Code::kUnauthenticated, grpc::StatusCode::UNAUTHENTICATED},
};

constexpr char kErrorInfoType[] = "type.googleapis.com/google.rpc.ErrorInfo";
constexpr std::size_t kTextBytesMax = 512;
constexpr std::size_t kPairsMax = 8;

/// Proto3 strings must be UTF-8, and a cut may fall inside a character.
std::string shortened(std::string_view text) {
    return to_displayable(text.substr(0, kTextBytesMax));
}

Code from_grpc_code(grpc::StatusCode code) {
    for (const Pair& pair : kTable) {
        if (pair.theirs == code) return pair.ours;
    }
    return Code::kInternal;
}

std::string reason_without_details(grpc::StatusCode code) {
    switch (code) {
    case grpc::StatusCode::UNAVAILABLE: return "PEER_UNREACHABLE";
    case grpc::StatusCode::DEADLINE_EXCEEDED: return "DEADLINE_EXPIRED";
    case grpc::StatusCode::CANCELLED: return "CANCELLED";
    case grpc::StatusCode::UNIMPLEMENTED: return "METHOD_UNKNOWN";
    case grpc::StatusCode::RESOURCE_EXHAUSTED: return "TOO_LARGE";
    default: return "NO_DETAILS";
    }
}

}  // namespace

grpc::StatusCode to_grpc_code(Code code) {
    for (const Pair& pair : kTable) {
        if (pair.ours == code) return pair.theirs;
    }
    LIANDONG_UNREACHABLE();
}

std::string_view code_name(grpc::StatusCode code) {
    if (code == grpc::StatusCode::OK) return "OK";
    for (const Pair& pair : kTable) {
        if (pair.theirs == code) return to_string(pair.ours);
    }
    return code == grpc::StatusCode::UNIMPLEMENTED ? "UNIMPLEMENTED" : "UNKNOWN";
}

grpc::Status to_grpc_status(const Error& error) {
    common::v1::ErrorInfo info;
    info.set_reason(shortened(error.reason));
    info.set_domain("liandong");
    const std::size_t pairs = std::min(error.metadata.size(), kPairsMax);
    for (std::size_t i = 0; i < pairs; ++i) {
        (*info.mutable_metadata())[shortened(error.metadata[i].first)] =
            shortened(error.metadata[i].second);
    }
    const grpc::StatusCode code = to_grpc_code(error.code);
    common::v1::StatusDetails details;
    details.set_code(static_cast<int>(code));
    details.set_message(shortened(error.message.empty() ? error.reason : error.message));
    google::protobuf::Any& any = *details.add_details();
    any.set_type_url(kErrorInfoType);
    info.SerializeToString(any.mutable_value());
    return {code, details.message(), details.SerializeAsString()};
}

Error from_grpc_status(const grpc::Status& status) {
    LIANDONG_CHECK(!status.ok());
    Error error{from_grpc_code(status.error_code()),
                reason_without_details(status.error_code()),
                status.error_message(),
                {}};
    common::v1::StatusDetails details;
    if (!details.ParseFromString(status.error_details())) return error;
    for (const auto& any : details.details()) {
        common::v1::ErrorInfo info;
        if (any.type_url() != kErrorInfoType || !info.ParseFromString(any.value())) continue;
        error.reason = info.reason();
        for (const auto& [key, value] : info.metadata()) error.metadata.emplace_back(key, value);
        std::sort(error.metadata.begin(), error.metadata.end());  // map order is not stable
        break;
    }
    return error;
}

}  // namespace liandong::rpc
