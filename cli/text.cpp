#include "cli/text.h"

#include "common/base/utf8.h"

#include <algorithm>
#include <cstdint>

namespace liandong::cli {
namespace {

struct Range {
    std::uint32_t first;
    std::uint32_t last;
};

// UAX #11, East_Asian_Width W and F, in blocks.
constexpr Range kWide[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x2329, 0x232a},   {0x23e9, 0x23ec},
    {0x25fd, 0x25fe},   {0x2614, 0x2615},   {0x2648, 0x2653},   {0x26a1, 0x26a1},
    {0x2e80, 0x303e},   {0x3041, 0x4dbf},   {0x4e00, 0xa4cf},   {0xa960, 0xa97f},
    {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe10, 0xfe19},   {0xfe30, 0xfe6f},
    {0xff01, 0xff60},   {0xffe0, 0xffe6},   {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff},
    {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd},
};
constexpr Range kZeroWidth[] = {
    {0x0300, 0x036f}, {0x200b, 0x200f}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xe0100, 0xe01ef}};

bool is_in(const auto& ranges, std::uint32_t character) {
    return std::any_of(std::begin(ranges), std::end(ranges), [character](const Range& range) {
        return character >= range.first && character <= range.last;
    });
}

std::size_t width_of(std::uint32_t character) {
    if (is_in(kZeroWidth, character)) return 0;
    return is_in(kWide, character) ? 2 : 1;
}

/// One character and the bytes it takes; a stray byte stands for itself.
struct Character {
    std::uint32_t value = 0;
    std::size_t bytes = 1;
};

Character character_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    const std::uint32_t first = byte(at);
    const std::size_t length = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (length == 1 || at + length > text.size() || !is_utf8(text.substr(at, length))) {
        return {first, 1};
    }
    std::uint32_t value = first & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) value = value << 6U | (byte(at + i) & 0x3fU);
    return {value, length};
}

bool is_control(std::uint32_t character) {
    return character < 0x20 || (character >= 0x7f && character < 0xa0) || character == 0x2028 ||
           character == 0x2029 || (character >= 0x202a && character <= 0x202e);
}

}  // namespace

std::size_t display_width(std::string_view text) {
    std::size_t columns = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Character character = character_at(text, at);
        columns += width_of(character.value);
        at += character.bytes;
    }
    return columns;
}

std::string printable(std::string_view text) {
    const std::string displayable = to_displayable(text);
    std::string result;
    for (std::size_t at = 0; at < displayable.size();) {
        const Character character = character_at(displayable, at);
        if (is_control(character.value)) {
            result += ' ';
        } else {
            result += displayable.substr(at, character.bytes);
        }
        at += character.bytes;
    }
    return result;
}

std::string clipped(std::string_view text, std::size_t columns) {
    if (display_width(text) <= columns) return std::string(text);
    std::string result;
    std::size_t used = 1;  // the ellipsis
    for (std::size_t at = 0; at < text.size();) {
        const Character character = character_at(text, at);
        used += width_of(character.value);
        if (used > columns) break;
        result += text.substr(at, character.bytes);
        at += character.bytes;
    }
    return result + "…";
}

std::string padded(std::string text, std::size_t columns) {
    const std::size_t width = display_width(text);
    if (width < columns) text.append(columns - width, ' ');
    return text;
}

}  // namespace liandong::cli
