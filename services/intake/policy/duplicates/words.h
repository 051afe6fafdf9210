#pragma once

#include <cstddef>
#include <string_view>

namespace liandong::intake {

/// The Latin word or number (letters, digits, apostrophe, hyphen) that ends right before `end`;
/// empty when none does.
std::u32string_view word_before(std::u32string_view text, std::size_t end);

/// The Latin word or number at `at`; empty when none begins there.
std::u32string_view word_at(std::u32string_view text, std::size_t at);

/// `at` moved behind spaces.
std::size_t skip_spaces(std::u32string_view text, std::size_t at);

/// `end` moved before spaces.
std::size_t skip_spaces_back(std::u32string_view text, std::size_t end);

/// At most `most` Chinese characters right before `end`, beginning after the last one that cannot
/// be part of a name (在, 到, 市, 镇 …).
std::u32string_view name_before(std::u32string_view text, std::size_t end, std::size_t most);

}  // namespace liandong::intake
