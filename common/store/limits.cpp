#include "common/store/limits.h"

#include <fmt/format.h>

namespace liandong::store {

Status check_limits(const Batch& batch) {
    const std::size_t keys = batch.expectations.size() + batch.writes.size() +
                             batch.index_changes.size() + batch.serials.size();
    if (keys > kBatchKeys_max) {
        return fail(
            Code::kResourceExhausted, "BATCH_TOO_LARGE",
            fmt::format("one commit touches {} keys, the limit is {}", keys, kBatchKeys_max));
    }
    for (const Write& write : batch.writes) {
        if (write.bytes.size() > kEntityBytes_max) {
            return fail(Error{
                Code::kResourceExhausted,
                "ENTITY_TOO_LARGE",
                fmt::format("an entity of {} bytes, the limit is {}", write.bytes.size(),
                            kEntityBytes_max),
                {}}.with("key", fmt::format("{}:{}", to_string(write.key.kind), write.key.id)));
        }
    }
    return {};
}

std::string serial_field(std::uint8_t tag, std::int64_t value) {
    std::string bytes(1, static_cast<char>(tag));
    auto rest = static_cast<std::uint64_t>(value);
    for (; rest >= 0x80; rest >>= 7U) bytes += static_cast<char>((rest & 0x7fU) | 0x80U);
    bytes += static_cast<char>(rest);
    return bytes;
}

}  // namespace liandong::store
