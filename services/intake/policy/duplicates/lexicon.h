#pragma once

#include "common/base/error.h"
#include "services/intake/policy/duplicates/event_family.h"
#include "services/intake/policy/duplicates/mark.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::intake {

/// What a phrase of the lexicon stands for.
enum class PhraseSort : std::uint8_t {
    kFamily,    ///< value: EventFamily
    kHazard,    ///< value: index among the hazards
    kCasualty,  ///< value: index among the casualties
    kMark,      ///< value: index into `marks()`
    kSaying,    ///< value: Saying
    kSite,      ///< a suffix that makes the words before it the name of a place
    kStop,      ///< says nothing
};

/// What callers say about their call rather than about the happening.
enum class Saying : std::uint8_t {
    kAnother,   ///< "another one", "again", 又
    kOpposite,  ///< on the other carriageway than …
    kWaiting,   ///< "you are still not here"
    kDanger,    ///< the caller is in danger
    kNegation,  ///< takes back what it contains: "nobody hurt"
};

/// Words and what they stand for, in Chinese and English: data (`services/intake/data/lexicon.txt`
/// says how to write it). Immutable.
class Lexicon {
public:
    struct Phrase {
        std::u32string text;  ///< folded
        PhraseSort sort{};
        std::uint8_t value = 0;
    };

    /// INVALID_ARGUMENT / LEXICON_MALFORMED; metadata "line" and "rule": line_form (no "sort
    /// name: phrases"), sort_unknown, name_unknown, too_many_names (32 hazards, 32 casualties, 255
    /// marks), phrase_empty.
    static Result<Lexicon> parse(std::string_view text);

    /// The one that is compiled in. A fault in it is a bug and aborts.
    static Lexicon built_in();

    /// The phrases that begin with `first`, in no order that matters.
    std::span<const Phrase> starting_with(char32_t first) const;

    const Marks& marks() const { return marks_; }
    const std::vector<std::string>& hazards() const { return hazards_; }
    const std::vector<std::string>& casualties() const { return casualties_; }

    /// True for a word or a pair of characters that says nothing.
    bool is_stop(std::u32string_view word) const;

private:
    friend class LexiconReader;

    void index_phrases();

    std::vector<Phrase> phrases_;  // sorted by first code point
    struct Run {
        char32_t first;
        std::size_t begin, end;  // of phrases_
    };
    std::vector<Run> runs_;
    std::vector<std::u32string> stops_;  // sorted
    Marks marks_;                        // in order of the file
    std::vector<std::string> hazards_, casualties_;
};

/// True when `phrase` stands in `text` at `at`: a Latin phrase begins and ends with a word, where a
/// word may carry one of the endings s, es, d, ed, ing.
bool stands_at(std::u32string_view text, std::size_t at, std::u32string_view phrase);

/// The text that `Lexicon::built_in` reads.
std::string_view built_in_lexicon_text();

}  // namespace liandong::intake
