#pragma once

#include "common/base/error.h"

#include <grpcpp/support/status.h>

namespace liandong::rpc {

/// The one table of codes.
grpc::StatusCode to_grpc_code(Code code);

/// Upper-case name of a gRPC code ("OK", "INVALID_ARGUMENT"), for metrics and logs.
std::string_view code_name(grpc::StatusCode code);

/// The error as it goes over the wire: code, message, and in `grpc-status-details-bin` a
/// `liandong.common.v1.StatusDetails` with one ErrorInfo (reason, domain "liandong", metadata).
/// Kept below the 8 KiB that peers allow for metadata: the message and each value are cut at 512
/// bytes, and at most 8 pairs are sent.
grpc::Status to_grpc_status(const Error& error);

/// The error a client got. When the status carries no details (the peer is away, the library itself
/// failed) the reason is PEER_UNREACHABLE, DEADLINE_EXPIRED, CANCELLED, METHOD_UNKNOWN, TOO_LARGE
/// or NO_DETAILS, by the code. `status` must not be OK.
Error from_grpc_status(const grpc::Status& status);

}  // namespace liandong::rpc
