#include "services/intake/policy/duplicates/lexicon.h"
#include "services/intake/policy/duplicates/marks.h"
#include "services/intake/policy/duplicates/place_names.h"
#include "services/intake/policy/duplicates/text.h"
#include "services/intake/policy/duplicates/words.h"

#include <algorithm>

namespace liandong::intake {
namespace {

constexpr std::u32string_view kNoVillages[] = {U"农", U"全", U"本", U"山", U"我", U"各", U"新农"};

/// "团结村"; "tuanjie village".
void read_village(std::u32string_view text, std::size_t at, Marks& marks) {
    if (text[at] == U'村' && !continues_with(text, at, U"村民")) {
        const auto name = name_before(text, at, 2);
        if (name.empty() || std::ranges::find(kNoVillages, name) != std::end(kNoVillages)) return;
        marks.push_back({MarkKind::kVillage, to_utf8(name) + "村"});
    } else if (word_at(text, at) == U"village") {
        const auto name = word_before(text, skip_spaces_back(text, at));
        if (!name.empty() && name != U"the" && name != U"our" && name != U"my" && name != U"a")
            marks.push_back({MarkKind::kVillage, to_utf8(name) + " village"});
    }
}

/// Words that an English suffix follows without naming anything.
constexpr std::u32string_view kNoSites[] = {U"the", U"a",      U"an",   U"this",  U"our",   U"of",
                                            U"at",  U"police", U"fire", U"power", U"local", U"my",
                                            U"and", U"old",    U"big",  U"new",   U"same",  U"car"};

void read_site(std::u32string_view text, std::size_t at, const Lexicon& lexicon, Marks& marks) {
    for (const auto& phrase : lexicon.starting_with(text[at])) {
        if (phrase.sort != PhraseSort::kSite || !stands_at(text, at, phrase.text)) continue;
        if (is_letter(text[at])) {
            const auto name = word_before(text, skip_spaces_back(text, at));
            if (name.empty() || std::ranges::find(kNoSites, name) != std::end(kNoSites)) continue;
            marks.push_back({MarkKind::kSite, to_utf8(name) + " " + to_utf8(phrase.text)});
        } else {
            const auto name = name_before(text, at, 2);
            if (name.size() == 2)
                marks.push_back({MarkKind::kSite, to_utf8(name) + to_utf8(phrase.text)});
        }
    }
}

}  // namespace

bool PlaceNames::is_ambiguous(std::string_view village) const {
    return std::ranges::find(ambiguous, village) != ambiguous.end();
}

void read_names(std::u32string_view text, const Lexicon& lexicon, const PlaceNames& names,
                Marks& marks) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_letter(text[i]) && i > 0 && is_letter(text[i - 1])) continue;
        read_village(text, i, marks);
        read_site(text, i, lexicon, marks);
    }
    for (const std::string& township : names.townships) {
        const std::u32string name = fold_text(township);
        if (name.empty()) continue;
        for (auto at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
            if (!stands_at(text, at, name)) continue;
            marks.push_back({MarkKind::kTownship, township});
            break;
        }
    }
}

}  // namespace liandong::intake
