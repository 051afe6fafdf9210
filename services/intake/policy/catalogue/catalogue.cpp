#include "services/intake/policy/catalogue/catalogue.h"

#include "common/base/check.h"
#include "services/intake/policy/catalogue/catalogue_reader.h"
#include "services/intake/policy/duplicates/lexicon.h"
#include "services/intake/policy/duplicates/text.h"

#include <algorithm>

namespace liandong::intake {
namespace {

/// A phrase says more the longer it is; a Latin letter says less than a character.
double weight_of(std::u32string_view phrase) {
    const auto size = static_cast<double>(phrase.size());
    return is_han(phrase.front()) ? size : size / 3;
}

bool stands_in(std::u32string_view text, std::u32string_view phrase) {
    for (auto at = text.find(phrase); at != text.npos; at = text.find(phrase, at + 1)) {
        if (stands_at(text, at, phrase)) return true;
    }
    return false;
}

}  // namespace

Result<Catalogue> Catalogue::parse(std::string_view text) { return CatalogueReader().read(text); }

Catalogue Catalogue::built_in() {
    auto catalogue = parse(built_in_catalogue_text());
    LIANDONG_CHECK(catalogue.has_value());
    return std::move(*catalogue);
}

const IncidentType* Catalogue::find(std::string_view code) const {
    const auto code_of = [&](std::size_t i) -> std::string_view { return types_[i].code; };
    const auto at = std::ranges::lower_bound(by_code_, code, {}, code_of);
    return at == by_code_.end() || code_of(*at) != code ? nullptr : &types_[*at];
}

FamilySet Catalogue::families_of(std::string_view code) const {
    const IncidentType* type = find(code);
    return type == nullptr ? 0 : type->families;
}

std::vector<TypeSuggestion> suggest_types(const Catalogue& catalogue, std::string_view words,
                                          std::size_t most) {
    const std::u32string text = fold_text(words);
    std::vector<TypeSuggestion> suggestions;
    for (const IncidentType& type : catalogue.types()) {
        double score = 0;
        for (const std::u32string& phrase : type.phrases) {
            if (stands_in(text, phrase)) score += weight_of(phrase);
        }
        if (score > 0) suggestions.push_back({&type, score});
    }
    std::ranges::sort(suggestions, [](const TypeSuggestion& a, const TypeSuggestion& b) {
        return a.score != b.score ? a.score > b.score : a.type->line < b.type->line;
    });
    if (suggestions.size() > most) suggestions.resize(most);
    return suggestions;
}

}  // namespace liandong::intake
