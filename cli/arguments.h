#pragma once

#include "cli/words.h"
#include "common/base/error.h"
#include "liandong/dispatch/v1/dispatch.pb.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace liandong::cli {

/// Reads one word of an enumeration; empty text gives the unspecified value. INVALID_ARGUMENT /
/// WORD_UNKNOWN, with the choices in the message.
template <class E> Result<E> parse_choice(std::string_view option, std::string_view text) {
    if (text.empty()) return static_cast<E>(0);
    if (const auto value = parse_word<E>(text)) return *value;
    return fail(Code::kInvalidArgument, "WORD_UNKNOWN",
                fmt::format("{}: '{}' is none of {}", option, text, choices<E>()));
}

/// Reads a slot to fill, "[COUNT*]KIND[|KIND…][+CAPABILITY]": "2*fire_engine|fire_truck+ladder",
/// "ambulance", "any+boat". INVALID_ARGUMENT / NEED_MALFORMED, WORD_UNKNOWN.
Result<dispatch::v1::Need> parse_need(std::string_view text);

}  // namespace liandong::cli
