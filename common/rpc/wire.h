#pragma once

#include "common/base/error.h"
#include "common/rpc/request_fault.h"

#include <google/protobuf/message.h>
#include <grpcpp/support/byte_buffer.h>

#include <cstddef>

namespace liandong::rpc {

/// Reads a message. Failures as in `find_fault`.
Status read_message(const grpc::ByteBuffer& buffer, google::protobuf::Message& message,
                    UnknownFields unknown);

/// Writes a message into one slice. RESOURCE_EXHAUSTED / RESPONSE_TOO_LARGE above `bytes_max`.
Status write_message(const google::protobuf::Message& message, std::size_t bytes_max,
                     grpc::ByteBuffer& buffer);

}  // namespace liandong::rpc
