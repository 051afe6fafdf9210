#include "services/intake/policy/duplicates/words.h"

#include "services/intake/policy/duplicates/text.h"

namespace liandong::intake {
namespace {

bool is_word_point(char32_t c) {
    return is_letter(c) || is_digit(c) || c == U'\'' || c == U'-' || c == U'+';
}

constexpr std::u32string_view kNeverInNames =
    U"在到从往沿和与的是去来于至口市区县镇乡段这那个条有了我你他们把被说就位住处离靠过边旁前后上下"
    U"里内号米由";

}  // namespace

std::u32string_view word_before(std::u32string_view text, std::size_t end) {
    std::size_t at = end;
    while (at > 0 && is_word_point(text[at - 1])) --at;
    return text.substr(at, end - at);
}

std::u32string_view word_at(std::u32string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_word_point(text[end])) ++end;
    return end == at ? std::u32string_view{} : text.substr(at, end - at);
}

std::size_t skip_spaces(std::u32string_view text, std::size_t at) {
    while (at < text.size() && text[at] == U' ') ++at;
    return at;
}

std::size_t skip_spaces_back(std::u32string_view text, std::size_t end) {
    while (end > 0 && text[end - 1] == U' ') --end;
    return end;
}

std::u32string_view name_before(std::u32string_view text, std::size_t end, std::size_t most) {
    std::size_t at = end;
    while (at > 0 && end - at < most && is_han(text[at - 1]) &&
           kNeverInNames.find(text[at - 1]) == kNeverInNames.npos) {
        --at;
    }
    return text.substr(at, end - at);
}

}  // namespace liandong::intake
