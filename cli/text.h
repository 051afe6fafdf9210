#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace liandong::cli {

/// Columns that UTF-8 text takes in a terminal: 2 for East Asian wide and full-width characters
/// (Unicode UAX #11), 0 for combining marks, 1 for the rest. Bytes that are not UTF-8 count as one
/// each.
std::size_t display_width(std::string_view text);

/// Text that may be written to a terminal: not UTF-8 replaced, control characters (an escape
/// sequence in a caller's words, say) turned into spaces.
std::string printable(std::string_view text);

/// `text` if it fits into `columns`, else as much as fits with "…" behind.
std::string clipped(std::string_view text, std::size_t columns);

/// `text` and spaces up to `columns`.
std::string padded(std::string text, std::size_t columns);

}  // namespace liandong::cli
