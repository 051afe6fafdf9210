#pragma once

#include <string>
#include <string_view>

namespace liandong {

/// True for well-formed UTF-8 (Unicode 15, table 3-7: no overlong forms, no surrogates).
bool is_utf8(std::string_view bytes);

/// The bytes themselves when they are UTF-8, else with every bad byte replaced by U+FFFD. For
/// display only.
std::string to_displayable(std::string_view bytes);

}  // namespace liandong
