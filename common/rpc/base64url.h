#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace liandong::rpc {

/// Base64url without padding (RFC 4648 §5, as RFC 7515 uses it).
std::string to_base64url(std::string_view bytes);

/// Nothing when a character is not of the alphabet, the length cannot be, or unused bits are set
/// (so that one value has one text).
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace liandong::rpc
