#include "services/intake/policy/duplicates/text.h"

#include <algorithm>

namespace liandong::intake {
namespace {

constexpr char32_t kReplacement = 0xfffd;

/// Reads one code point at `at` and moves `at` behind it.
char32_t next_point(std::string_view bytes, std::size_t& at) {
    const auto lead = static_cast<unsigned char>(bytes[at++]);
    if (lead < 0x80) return lead;
    const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : -1;
    if (more < 0) return kReplacement;
    char32_t point = lead & (0x3fU >> more);
    for (int i = 0; i < more; ++i) {
        if (at == bytes.size()) return kReplacement;
        const auto next = static_cast<unsigned char>(bytes[at]);
        if ((next & 0xc0U) != 0x80U) return kReplacement;
        point = (point << 6) | (next & 0x3fU);
        ++at;
    }
    return point;
}

char32_t fold(char32_t c) {
    if (c == 0x3000) return U' ';
    if (c >= 0xff01 && c <= 0xff5e) c -= 0xfee0;
    if (c >= U'A' && c <= U'Z') c += 32;
    return c;
}

int digit_value(char32_t c) {
    switch (c) {
    case U'零':
    case U'〇': return 0;
    case U'一': return 1;
    case U'二':
    case U'两': return 2;
    case U'三': return 3;
    case U'四': return 4;
    case U'五': return 5;
    case U'六': return 6;
    case U'七': return 7;
    case U'八': return 8;
    case U'九': return 9;
    default: return -1;
    }
}

bool is_chinese_numeral(char32_t c) { return digit_value(c) >= 0 || c == U'十' || c == U'百'; }

/// "二十一" → 21, "一百零三" → 103, "三〇二" → 302.
int chinese_value(std::u32string_view text) {
    int total = 0, digit = 0;
    bool placed = false;
    for (const char32_t c : text) {
        if (c == U'百' || c == U'十') {
            const bool bare_ten = c == U'十' && digit == 0;
            total += (bare_ten ? 1 : digit) * (c == U'百' ? 100 : 10);
            digit = 0;
            placed = true;
        } else {
            digit = placed ? digit_value(c) : digit * 10 + digit_value(c);
        }
    }
    return std::min(total + digit, 999'999);
}

int arabic_value(std::u32string_view text) {
    int value = 0;
    for (const char32_t c : text)
        value = std::min(value * 10 + static_cast<int>(c - U'0'), 999'999);
    return value;
}

constexpr std::size_t kArabicDigits_max = 6;
constexpr std::size_t kChineseDigits_max = 5;

}  // namespace

std::u32string fold_text(std::string_view utf8) {
    std::u32string folded;
    folded.reserve(std::min(utf8.size(), kFoldedText_max));
    for (std::size_t at = 0; at < utf8.size() && folded.size() < kFoldedText_max;) {
        folded.push_back(fold(next_point(utf8, at)));
    }
    return folded;
}

std::string to_utf8(std::u32string_view text) {
    std::string out;
    for (const char32_t c : text) {
        if (c < 0x80) {
            out.push_back(static_cast<char>(c));
        } else if (c < 0x800) {
            out.push_back(static_cast<char>(0xc0 | (c >> 6)));
            out.push_back(static_cast<char>(0x80 | (c & 0x3f)));
        } else if (c < 0x10000) {
            out.push_back(static_cast<char>(0xe0 | (c >> 12)));
            out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3f)));
            out.push_back(static_cast<char>(0x80 | (c & 0x3f)));
        } else {
            out.push_back(static_cast<char>(0xf0 | (c >> 18)));
            out.push_back(static_cast<char>(0x80 | ((c >> 12) & 0x3f)));
            out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3f)));
            out.push_back(static_cast<char>(0x80 | (c & 0x3f)));
        }
    }
    return out;
}

Numeral read_numeral(std::u32string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end > at) {
        const std::size_t length = end - at;
        return length > kArabicDigits_max ? Numeral{}
                                          : Numeral{arabic_value(text.substr(at, length)), length};
    }
    while (end < text.size() && is_chinese_numeral(text[end])) ++end;
    const std::size_t length = end - at;
    if (length == 0 || length > kChineseDigits_max) return {};
    return {chinese_value(text.substr(at, length)), length};
}

Numeral read_numeral_before(std::u32string_view text, std::size_t end) {
    std::size_t at = end;
    while (at > 0 && is_digit(text[at - 1])) --at;
    if (at == end) {
        while (at > 0 && is_chinese_numeral(text[at - 1])) --at;
    }
    return at == end ? Numeral{} : read_numeral(text, at);
}

}  // namespace liandong::intake
