#include "common/rpc/wire.h"

#include <grpcpp/support/slice.h>

namespace liandong::rpc {
namespace {

std::string_view bytes_of(const grpc::Slice& slice) {
    return {reinterpret_cast<const char*>(slice.begin()), slice.size()};
}

}  // namespace

Status read_message(const grpc::ByteBuffer& buffer, google::protobuf::Message& message,
                    UnknownFields unknown) {
    grpc::Slice slice;
    // Nearly every request lies in one slice, which is read where it is; others are joined first.
    if (buffer.Valid() && !buffer.TrySingleSlice(&slice).ok()) {
        if (!buffer.DumpToSingleSlice(&slice).ok()) {
            return fail(Code::kInvalidArgument, "REQUEST_MALFORMED", "the request cannot be read");
        }
    }
    const std::string_view bytes = bytes_of(slice);
    if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
        if (auto fault = find_fault(bytes, *message.GetDescriptor(), UnknownFields::kAccept)) {
            return fail(std::move(*fault));
        }
        return fail(Code::kInvalidArgument, "REQUEST_MALFORMED", "the request cannot be read");
    }
    if (unknown == UnknownFields::kAccept) return {};
    if (auto fault = find_fault(bytes, *message.GetDescriptor(), unknown)) {
        return fail(std::move(*fault));
    }
    return {};
}

Status write_message(const google::protobuf::Message& message, std::size_t bytes_max,
                     grpc::ByteBuffer& buffer) {
    const std::size_t size = message.ByteSizeLong();
    if (size > bytes_max) {
        return fail(Code::kResourceExhausted, "RESPONSE_TOO_LARGE",
                    "the answer is too large; ask for a smaller page");
    }
    grpc::Slice slice(size);
    auto* begin = const_cast<std::uint8_t*>(slice.begin());  // ours alone until it is sent
    message.SerializeWithCachedSizesToArray(begin);
    grpc::ByteBuffer written(&slice, 1);
    buffer.Swap(&written);
    return {};
}

}  // namespace liandong::rpc
