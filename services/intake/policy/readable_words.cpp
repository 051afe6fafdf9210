#include "services/intake/policy/readable_words.h"

#include "common/base/charset.h"
#include "common/base/utf8.h"

#include <utility>

namespace liandong::intake {

ReadableWords readable_words(const std::string& words, std::string_view charset) {
    if (is_utf8(words)) return {words, false};
    if (!charset.empty()) {
        if (auto text = decode_text(words, charset)) return {std::move(*text), false};
    }
    if (auto guess = decode_text(words, "gb18030")) return {std::move(*guess), true};
    return {to_displayable(words), true};
}

}  // namespace liandong::intake
