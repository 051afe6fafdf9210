#pragma once

#include "services/intake/policy/duplicates/candidate_index.h"
#include "services/intake/policy/duplicates/lexicon.h"
#include "tests/unit/intake_policy/duplicate_pairs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::intake {

/// Reports in a few words, at metres and minutes from a common start.
class DuplicateTest : public testing::Test {
protected:
    struct Said {
        std::string_view words;
        double east = 0, north = 0, minutes = 0, accuracy = 30;
        bool placed = true;
        std::uint64_t caller = 0;
    };

    Evidence report(const Said& said) const {
        ReportFacts facts;
        if (said.placed) facts.position = point_at(said.east, said.north);
        facts.accuracy = {said.placed ? said.accuracy : 0};
        facts.at = from_micros(1'780'000'000'000'000) +
                   std::chrono::seconds(static_cast<int>(said.minutes * 60));
        facts.words = said.words;
        facts.caller = said.caller;
        return read_evidence(lexicon_, names_, facts);
    }

    Evidence incident(std::string id, const Said& said) const {
        Evidence evidence = report(said);
        evidence.id = std::move(id);
        return evidence;
    }

    Suggestion compared(const Said& first, const Said& then,
                        DuplicatePolicy policy = {.automatic_linking = true}) const {
        return compare(report(then), incident("i", first), names_, policy);
    }

    std::vector<std::string> values(std::string_view words, MarkKind kind) const {
        std::vector<std::string> found;
        for (const Mark& mark : read_features(lexicon_, names_, words, "").marks) {
            if (mark.kind == kind) found.push_back(mark.value);
        }
        return found;
    }

    static bool is_barred(const Suggestion& suggestion, DuplicateReason reason) {
        return std::ranges::find(suggestion.bars, reason) != suggestion.bars.end();
    }

    static std::optional<double> weight(const Suggestion& suggestion, DuplicateReason reason) {
        const auto at = std::ranges::find(suggestion.grounds, reason, &Ground::reason);
        return at == suggestion.grounds.end() ? std::nullopt : std::optional(at->weight);
    }

    const Lexicon lexicon_ = Lexicon::built_in();
    const PlaceNames names_ = yingcheng_names();
};

}  // namespace liandong::intake
