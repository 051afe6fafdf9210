#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace liandong {

/// Bytes in "utf-8", "gbk" or "gb18030" (upper or lower case) → UTF-8. nullopt when the charset is
/// another one or the bytes are not in it.
std::optional<std::string> decode_text(std::string_view bytes, std::string_view charset);

}  // namespace liandong
