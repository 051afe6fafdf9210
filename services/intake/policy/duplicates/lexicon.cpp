#include "services/intake/policy/duplicates/lexicon.h"

#include "common/base/check.h"
#include "services/intake/policy/duplicates/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

namespace liandong::intake {

namespace {

constexpr std::size_t kBits_max = 32;
constexpr std::size_t kMarkNames_max = 255;

std::string_view trim(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r");
    if (begin == text.npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::optional<Saying> saying_named(std::string_view name) {
    constexpr std::array<std::string_view, 5> kSayings = {"another", "opposite", "waiting",
                                                          "danger", "negation"};
    const auto at = std::ranges::find(kSayings, name);
    if (at == kSayings.end()) return std::nullopt;
    return static_cast<Saying>(at - kSayings.begin());
}

std::optional<MarkKind> mark_kind_named(std::string_view name) {
    if (name == "symptom") return MarkKind::kSymptom;
    if (name == "person") return MarkKind::kPerson;
    if (name == "vehicle") return MarkKind::kVehicle;
    if (name == "colour") return MarkKind::kColour;
    return std::nullopt;
}

/// Index of `name`, appended when new; nullopt when there is no room.
std::optional<std::uint8_t> index_of(std::vector<std::string>& names, std::string_view name) {
    const auto at = std::ranges::find(names, name);
    if (at == names.end()) {
        if (names.size() == kBits_max) return std::nullopt;
        names.emplace_back(name);
        return static_cast<std::uint8_t>(names.size() - 1);
    }
    return static_cast<std::uint8_t>(at - names.begin());
}

}  // namespace

class LexiconReader {
public:
    Result<Lexicon> read(std::string_view text) {
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            ++line_;
            if (const auto status = read_line(trim(text.substr(at, end - at))); !status)
                return fail(status.error());
            at = end + 1;
        }
        lexicon_.index_phrases();
        return std::move(lexicon_);
    }

private:
    Status bad(std::string_view rule, std::string_view what) const {
        Error error{Code::kInvalidArgument,
                    "LEXICON_MALFORMED",
                    fmt::format("line {}: {}: {}", line_, rule, what),
                    {}};
        error.with("line", fmt::to_string(line_)).with("rule", std::string(rule));
        return fail(std::move(error));
    }

    Status read_line(std::string_view line) {
        if (line.empty() || line.front() == '#') return {};
        const auto colon = line.find(':');
        if (colon == line.npos) return bad("line_form", line);
        const std::string_view head = trim(line.substr(0, colon));
        const auto space = head.find(' ');
        const std::string_view sort = head.substr(0, space);
        const std::string_view name = space == head.npos ? "" : trim(head.substr(space));
        if (const auto status = resolve(sort, name); !status) return status;
        return read_phrases(line.substr(colon + 1));
    }

    Status resolve(std::string_view sort, std::string_view name) {
        if (sort == "site" || sort == "stop") {
            current_.sort = sort == "site" ? PhraseSort::kSite : PhraseSort::kStop;
            current_.value = 0;
            return {};
        }
        if (name.empty()) return bad("line_form", sort);
        if (sort == "family") return take(PhraseSort::kFamily, event_family_named(name), name);
        if (sort == "say") return take(PhraseSort::kSaying, saying_named(name), name);
        if (sort == "hazard") return take_bit(PhraseSort::kHazard, lexicon_.hazards_, name);
        if (sort == "casualty") return take_bit(PhraseSort::kCasualty, lexicon_.casualties_, name);
        const auto kind = mark_kind_named(sort);
        if (!kind) return bad("sort_unknown", sort);
        if (lexicon_.marks_.size() == kMarkNames_max) return bad("too_many_names", name);
        current_.sort = PhraseSort::kMark;
        current_.value = static_cast<std::uint8_t>(lexicon_.marks_.size());
        lexicon_.marks_.push_back({*kind, std::string(name)});
        return {};
    }

    template <class T> Status take(PhraseSort sort, std::optional<T> value, std::string_view name) {
        if (!value) return bad("name_unknown", name);
        current_.sort = sort;
        current_.value = static_cast<std::uint8_t>(*value);
        return {};
    }

    Status take_bit(PhraseSort sort, std::vector<std::string>& names, std::string_view name) {
        const auto index = index_of(names, name);
        if (!index) return bad("too_many_names", name);
        current_.sort = sort;
        current_.value = *index;
        return {};
    }

    Status read_phrases(std::string_view list) {
        for (std::size_t at = 0; at <= list.size();) {
            const std::size_t end = std::min(list.find(',', at), list.size());
            const std::string_view phrase = trim(list.substr(at, end - at));
            if (phrase.empty()) return bad("phrase_empty", list);
            current_.text = fold_text(phrase);
            if (current_.sort == PhraseSort::kStop) {
                lexicon_.stops_.push_back(current_.text);
            } else {
                lexicon_.phrases_.push_back(current_);
            }
            at = end + 1;
        }
        return {};
    }

    Lexicon lexicon_;
    Lexicon::Phrase current_;
    int line_ = 0;
};

Result<Lexicon> Lexicon::parse(std::string_view text) { return LexiconReader().read(text); }

Lexicon Lexicon::built_in() {
    auto lexicon = parse(built_in_lexicon_text());
    LIANDONG_CHECK(lexicon.has_value());
    return std::move(*lexicon);
}

void Lexicon::index_phrases() {
    std::ranges::sort(phrases_, {},
                      [](const Phrase& p) { return std::tie(p.text, p.sort, p.value); });
    std::ranges::sort(stops_);
    for (std::size_t i = 0; i < phrases_.size(); ++i) {
        const char32_t first = phrases_[i].text.front();
        if (runs_.empty() || runs_.back().first != first) runs_.push_back({first, i, i});
        runs_.back().end = i + 1;
    }
}

std::span<const Lexicon::Phrase> Lexicon::starting_with(char32_t first) const {
    const auto run = std::ranges::lower_bound(runs_, first, {}, &Run::first);
    if (run == runs_.end() || run->first != first) return {};
    return std::span(phrases_).subspan(run->begin, run->end - run->begin);
}

bool Lexicon::is_stop(std::u32string_view word) const {
    return std::binary_search(stops_.begin(), stops_.end(), word);
}

bool stands_at(std::u32string_view text, std::size_t at, std::u32string_view phrase) {
    if (!continues_with(text, at, phrase)) return false;
    if (is_letter(phrase.front()) && at > 0 && is_letter(text[at - 1])) return false;
    if (!is_letter(phrase.back())) return true;
    std::size_t end = at + phrase.size();
    const std::size_t begin = end;
    while (end < text.size() && is_letter(text[end])) ++end;
    const std::u32string_view ending = text.substr(begin, end - begin);
    return ending.empty() || ending == U"s" || ending == U"es" || ending == U"d" ||
           ending == U"ed" || ending == U"ing";
}

}  // namespace liandong::intake
