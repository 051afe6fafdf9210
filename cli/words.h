#pragma once

#include "liandong/common/v1/types.pb.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/generated_enum_reflection.h>

#include <optional>
#include <string>
#include <string_view>

namespace liandong::cli {

/// The value of an enumeration as people say it: "到场 on scene". Empty for its unspecified value,
/// the bare number for one that this program does not know.
std::string words(const google::protobuf::EnumDescriptor* type, int number);

/// Reads "on_scene", "ON_SCENE", "ORDER_STATE_ARRIVED", "on-scene" or the Chinese word.
std::optional<int> parse_word(const google::protobuf::EnumDescriptor* type, std::string_view text);

/// All words an enumeration takes on the command line: "off_duty, in_station, …".
std::string choices(const google::protobuf::EnumDescriptor* type);

/// Name without the prefix that all names of its enumeration share: "ON_SCENE".
std::string bare_name(const google::protobuf::EnumValueDescriptor* value);

template <class E> std::string words(E value) {
    return words(google::protobuf::GetEnumDescriptor<E>(), value);
}

template <class E> std::optional<E> parse_word(std::string_view text) {
    const auto number = parse_word(google::protobuf::GetEnumDescriptor<E>(), text);
    if (!number) return std::nullopt;
    return static_cast<E>(*number);
}

template <class E> std::string choices() {
    return choices(google::protobuf::GetEnumDescriptor<E>());
}

/// "橙色预警 orange warning (2)", "火警三级 fire alarm 3"; empty when none is set.
std::string level_words(const common::v1::Level& level);

}  // namespace liandong::cli
