#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace liandong::intake {

/// What is read of a text; what follows is ignored. Words of a report hold 4,000 bytes at most.
inline constexpr std::size_t kFoldedText_max = 4'096;

/// UTF-8 → code points in the form in which words are compared: full-width forms as ASCII, ASCII
/// letters in lower case. A byte that is no UTF-8 becomes U+FFFD. At most kFoldedText_max points.
std::u32string fold_text(std::string_view utf8);

/// One code point, or a text of them, as UTF-8.
std::string to_utf8(std::u32string_view text);

/// CJK Unified Ideographs and extension A.
constexpr bool is_han(char32_t c) {
    return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf);
}
/// An ASCII letter in lower case, as `fold_text` leaves them.
constexpr bool is_letter(char32_t c) { return c >= U'a' && c <= U'z'; }
constexpr bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

/// A number that is written in `text` from `at` on: "12", "三", "十五", "二十一", "两".
struct Numeral {
    int value = 0;           ///< 0 … 999,999
    std::size_t length = 0;  ///< code points; 0: no number stands here
};
Numeral read_numeral(std::u32string_view text, std::size_t at);

/// The number that ends right before `end` (exclusive). Its length counts backwards.
Numeral read_numeral_before(std::u32string_view text, std::size_t end);

/// True when `text` continues with `what` at `at`. Asked several times for each code point of each
/// report, and most often answered by the first one.
constexpr bool continues_with(std::u32string_view text, std::size_t at, std::u32string_view what) {
    if (what.empty()) return at <= text.size();
    return at < text.size() && text[at] == what[0] && text.substr(at).starts_with(what);
}

}  // namespace liandong::intake
