#include "services/intake/policy/duplicates/features.h"

#include "services/intake/policy/duplicates/lexicon.h"
#include "services/intake/policy/duplicates/marks.h"
#include "services/intake/policy/duplicates/text.h"
#include "services/intake/policy/duplicates/words.h"

#include <algorithm>

namespace liandong::intake {
namespace {

/// FNV-1a over code points: the same in every process.
std::uint32_t hash_of(std::u32string_view word) {
    std::uint32_t hash = 2'166'136'261U;
    for (const char32_t c : word) {
        hash = (hash ^ static_cast<std::uint32_t>(c)) * 16'777'619U;
    }
    return hash;
}

template <class T> void sort_and_bound(std::vector<T>& values, std::size_t most) {
    std::ranges::sort(values);
    const auto repeated = std::ranges::unique(values);
    values.erase(repeated.begin(), repeated.end());
    if (values.size() > most) values.resize(most);
}

class Reader {
public:
    Reader(const Lexicon& lexicon, std::u32string_view text) : lexicon_(lexicon), text_(text) {}

    Features read(const PlaceNames& names) {
        read_phrases();
        read_words();
        read_people();
        read_numbers(text_, features_.marks);
        read_doors(text_, features_.marks);
        read_roads(text_, features_.marks);
        read_names(text_, lexicon_, names, features_.marks);
        sort_and_bound(features_.marks, kMarks_max);
        sort_and_bound(features_.words, Features::kWords_max);
        return std::move(features_);
    }

private:
    void read_phrases() {
        for (std::size_t at = 0; at < text_.size();) at += std::max<std::size_t>(1, phrases_at(at));
    }

    /// How much of the text is taken back by a negation that begins here; else 0.
    std::size_t phrases_at(std::size_t at) {
        const auto phrases = lexicon_.starting_with(text_[at]);
        for (const auto& phrase : phrases) {
            if (is_negation(phrase) && stands_at(text_, at, phrase.text)) return phrase.text.size();
        }
        for (const auto& phrase : phrases) {
            if (stands_at(text_, at, phrase.text)) take(phrase);
        }
        return 0;
    }

    static bool is_negation(const Lexicon::Phrase& phrase) {
        return phrase.sort == PhraseSort::kSaying &&
               phrase.value == static_cast<std::uint8_t>(Saying::kNegation);
    }

    void take(const Lexicon::Phrase& phrase) {
        switch (phrase.sort) {
        case PhraseSort::kFamily: features_.families |= FamilySet{1} << phrase.value; return;
        case PhraseSort::kHazard: features_.hazards |= 1U << phrase.value; return;
        case PhraseSort::kCasualty: features_.casualties |= 1U << phrase.value; return;
        case PhraseSort::kMark: features_.marks.push_back(lexicon_.marks()[phrase.value]); return;
        case PhraseSort::kSaying: take_saying(static_cast<Saying>(phrase.value)); return;
        case PhraseSort::kSite:
        case PhraseSort::kStop: return;
        }
    }

    void take_saying(Saying saying) {
        features_.says_another |= saying == Saying::kAnother;
        features_.says_opposite |= saying == Saying::kOpposite;
        features_.says_waiting |= saying == Saying::kWaiting;
        features_.says_danger |= saying == Saying::kDanger;
    }

    void read_words() {
        for (std::size_t at = 0; at < text_.size();) {
            const auto word = word_at(text_, at);
            if (!word.empty()) {
                if (!is_digit(word[0]) && word.size() > 1 && !lexicon_.is_stop(word))
                    features_.words.push_back(hash_of(word));
                at += word.size();
                continue;
            }
            const auto pair = text_.substr(at, 2);
            if (pair.size() == 2 && is_han(pair[0]) && is_han(pair[1]) && !lexicon_.is_stop(pair))
                features_.words.push_back(hash_of(pair));
            ++at;
        }
    }

    /// "三个人", "3 people", "两人受伤".
    void read_people() {
        for (std::size_t at = 0; at < text_.size();) {
            const bool inside = at > 0 && is_digit(text_[at]) && is_digit(text_[at - 1]);
            const Numeral number = inside ? Numeral{} : read_numeral(text_, at);
            if (number.length > 0 && number.value < 10'000 && names_people(at + number.length))
                features_.people_hurt = std::max(features_.people_hurt, number.value);
            at += std::max<std::size_t>(1, number.length);
        }
    }

    bool names_people(std::size_t at) const {
        constexpr std::u32string_view kPeople[] = {
            U"人",       U"个人",     U"名",       U"个伤",  U" people",
            U" persons", U" injured", U" victims", U" hurt", U" dead"};
        return std::ranges::any_of(
            kPeople, [&](std::u32string_view people) { return continues_with(text_, at, people); });
    }

    const Lexicon& lexicon_;
    std::u32string_view text_;
    Features features_;
};

}  // namespace

Features read_features(const Lexicon& lexicon, const PlaceNames& names, std::string_view words,
                       std::string_view address) {
    const std::u32string text = fold_text(words) + U'\n' + fold_text(address);
    return Reader(lexicon, text).read(names);
}

void merge(Features& into, const Features& from) {
    into.words.insert(into.words.end(), from.words.begin(), from.words.end());
    into.marks.insert(into.marks.end(), from.marks.begin(), from.marks.end());
    sort_and_bound(into.words, Features::kWords_max);
    sort_and_bound(into.marks, kMarks_max);
    into.families |= from.families;
    into.hazards |= from.hazards;
    into.casualties |= from.casualties;
    into.people_hurt = std::max(into.people_hurt, from.people_hurt);
    into.says_another |= from.says_another;
    into.says_opposite |= from.says_opposite;
    into.says_waiting |= from.says_waiting;
    into.says_danger |= from.says_danger;
}

}  // namespace liandong::intake
