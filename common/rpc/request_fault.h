#pragma once

#include "common/base/error.h"

#include <google/protobuf/descriptor.h>

#include <optional>
#include <string_view>

namespace liandong::rpc {

enum class UnknownFields : std::uint8_t {
    kRefuse,  ///< a field we do not know may say something that must not be dropped silently
    kAccept,  ///< D1: a report is never refused for its content
};

/// Reads the bytes of a message of type `type` as they came over the wire and names the first
/// fault: INVALID_ARGUMENT / NOT_UTF8 (a `string` field with other bytes), FIELD_UNKNOWN (only with
/// kRefuse; the path ends in
/// "#<number>"), each with "field" = the dotted path such as "units[3].call_sign";
/// REQUEST_MALFORMED for bytes that are no message of that type, or nested deeper than 32. Nothing
/// when there is no fault. Pure.
std::optional<Error> find_fault(std::string_view bytes, const google::protobuf::Descriptor& type,
                                UnknownFields unknown);

}  // namespace liandong::rpc
