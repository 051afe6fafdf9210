#include "common/redis/keys.h"

namespace liandong::redis {

std::string Keys::word(const domain::Key& key) {
    std::string text(to_string(key.kind));
    text += ':';
    text += key.id;
    return text;
}

std::optional<domain::Key> Keys::parse_word(std::string_view word) {
    const std::size_t colon = word.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    for (std::size_t i = 0; i < domain::kKinds; ++i) {
        const auto kind = static_cast<domain::Kind>(i);
        if (word.substr(0, colon) == to_string(kind))
            return domain::Key{kind, std::string(word.substr(colon + 1))};
    }
    return std::nullopt;
}

std::string Keys::join(std::string_view kind, std::string_view name) const {
    std::string key = prefix_;
    key += kind;
    key += name;
    return key;
}

}  // namespace liandong::redis
