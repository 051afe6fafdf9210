#pragma once

#include "services/intake/policy/duplicates/event_family.h"
#include "services/intake/policy/duplicates/mark.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace liandong::intake {

class Lexicon;
struct PlaceNames;

/// What the words of a report give away, in a form that compares fast. Pure data: equal for equal
/// words, whatever the process.
struct Features {
    /// Hashes of pairs of Chinese characters and of Latin words, sorted, distinct, ≤ kWords_max.
    std::vector<std::uint32_t> words;
    Marks marks;
    FamilySet families = 0;
    std::uint32_t hazards = 0;     ///< bits: `Lexicon::hazards`
    std::uint32_t casualties = 0;  ///< bits: `Lexicon::casualties`
    int people_hurt = 0;           ///< the largest number of people that is named; 0: none
    bool says_another = false;
    bool says_opposite = false;
    bool says_waiting = false;
    bool says_danger = false;

    static constexpr std::size_t kWords_max = 512;
    friend bool operator==(const Features&, const Features&) = default;
};

/// Reads the features out of words and address (both UTF-8; anything else gives fewer features).
/// Never fails: what is not understood is only not known. Costs some 10 µs for a usual report and
/// at most 1 ms for 4,000 bytes.
Features read_features(const Lexicon& lexicon, const PlaceNames& names, std::string_view words,
                       std::string_view address);

/// Adds what another report of the same incident says.
void merge(Features& into, const Features& from);

}  // namespace liandong::intake
