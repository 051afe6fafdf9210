#include "services/intake/policy/duplicates/marks.h"
#include "services/intake/policy/duplicates/text.h"

namespace liandong::intake {
namespace {

constexpr std::u32string_view kProvinces =
    U"京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

bool is_plate_letter(char32_t c) { return is_letter(c) || is_digit(c); }

bool is_separator(char32_t c) { return c == U'·' || c == U'.' || c == U'-' || c == U' '; }

/// The letters and digits of a plate behind its province, 6 or 7 with at least three digits; else
/// empty.
std::u32string plate_tail(std::u32string_view text, std::size_t at) {
    std::u32string tail;
    int digits = 0;
    for (; at < text.size() && tail.size() < 8; ++at) {
        if (tail.size() == 1 && is_separator(text[at])) continue;
        if (!is_plate_letter(text[at])) break;
        digits += is_digit(text[at]) ? 1 : 0;
        tail.push_back(text[at]);
    }
    const bool fits = (tail.size() == 6 || tail.size() == 7) && is_letter(tail[0]) && digits >= 3;
    return fits ? tail : std::u32string{};
}

/// In English text the province's character is left out or spelled: "plate E K1234"; only the form
/// without it is read, behind the word "plate".
constexpr std::u32string_view kPlateWords[] = {U"plate ", U"number plate ", U"plate number ",
                                               U"registration ", U"licence plate "};

void read_plates(std::u32string_view text, Marks& marks) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (kProvinces.find(text[i]) != kProvinces.npos) {
            const auto tail = plate_tail(text, i + 1);
            if (!tail.empty()) marks.push_back({MarkKind::kPlate, to_utf8(tail)});
            continue;
        }
        for (const auto word : kPlateWords) {
            if (!continues_with(text, i, word)) continue;
            const auto tail = plate_tail(text, i + word.size());
            if (!tail.empty()) marks.push_back({MarkKind::kPlate, to_utf8(tail)});
        }
    }
}

bool is_phone(std::u32string_view digits) {
    if (digits.size() == 11 && digits[0] == U'1' && digits[1] >= U'3') return true;
    return digits[0] == U'0' && digits.size() >= 10 && digits.size() <= 12;
}

void read_phones(std::u32string_view text, Marks& marks) {
    for (std::size_t i = 0; i < text.size();) {
        if (!is_digit(text[i])) {
            ++i;
            continue;
        }
        std::u32string digits;
        // A land line is written with a hyphen behind its area code; a mobile at times in groups.
        while (i < text.size() && (is_digit(text[i]) || text[i] == U'-') && digits.size() < 16) {
            if (is_digit(text[i])) digits.push_back(text[i]);
            ++i;
        }
        if (is_phone(digits)) marks.push_back({MarkKind::kPhone, to_utf8(digits)});
    }
}

}  // namespace

void read_numbers(std::u32string_view text, Marks& marks) {
    read_plates(text, marks);
    read_phones(text, marks);
}

}  // namespace liandong::intake
