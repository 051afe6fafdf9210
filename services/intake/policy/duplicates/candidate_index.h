#pragma once

#include "services/intake/policy/duplicates/compare.h"
#include "services/intake/policy/duplicates/place_names.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace liandong::intake {

/// The incidents that a new report may belong to: the open ones and those closed a short while ago
/// (which, the caller decides by `put` and `remove`), found by place, caller and marks. Kept
/// incrementally; made for 10,000 incidents; not shared between threads.
///
/// A search looks at a bounded number of incidents, the newest of a crowded cell first, whatever
/// the index holds; its answer depends on what was put in, not on the order of any hash table.
class CandidateIndex {
public:
    /// Adds the incident `evidence.id`, or replaces what is known of it (moved, one more report).
    void put(Evidence evidence);
    /// Nothing happens when it is not there.
    void remove(std::string_view incident_id);

    std::size_t size() const { return slots_of_.size(); }
    /// nullptr when it is not there; valid until the next change.
    const Evidence* find(std::string_view incident_id) const;

    /// Incidents worth comparing, at most kCompared_max, best first by place, time and kind (ties:
    /// by id). Pointers are valid until the next change.
    std::vector<const Evidence*> near(const Evidence& report) const;

    static constexpr std::size_t kCompared_max = 32;
    static constexpr std::size_t kGlanced_max = 600;     ///< all that is looked at
    static constexpr std::size_t kPerMark_max = 32;      ///< newest incidents that share one mark
    static constexpr domain::Meters kRadius_max{3'000};  ///< however vague a position is

private:
    using Slot = std::uint32_t;
    using Slots = std::vector<Slot>;  // oldest first

    /// What ranks an incident before its words are read, in the metres of a plane.
    struct Glance {
        double north = 0, east_at_equator = 0;
        double variance = 0;  // of the position; 0: there is none
        std::int64_t at = 0;  // microseconds
        FamilySet families = 0;
        double sight_squared = 0;
        FamilyPace pace{};
    };
    static Glance glance_at(const Evidence& evidence);
    class Glancer;

    void link(Slot slot);
    void unlink(Slot slot);
    void gather_cells(const Evidence& report, Slots& found) const;
    void gather_marks(const Evidence& report, Slots& found) const;

    std::vector<Evidence> evidence_;  // by slot
    std::vector<Glance> glances_;     // by slot
    std::vector<Slot> free_;
    std::unordered_map<std::string, Slot> slots_of_;
    std::unordered_map<std::uint64_t, Slots> cells_;  // 500 m
    std::unordered_map<std::uint64_t, Slots> marks_;  // by hash of mark or caller
    // Scratch of `near`: which search saw a slot last.
    mutable std::vector<std::uint32_t> seen_;
    mutable std::uint32_t search_ = 0;
};

/// What a new report may belong to: the incidents of `index` that reach the policy's `suggest_at`,
/// best first (ties: by id), at most kSuggestions_max. Two or more that could be linked
/// automatically bar each other (SEVERAL_CANDIDATES): which one it is a person decides.
std::vector<Suggestion> suggest(const Evidence& report, const CandidateIndex& index,
                                const PlaceNames& names, const DuplicatePolicy& policy);
inline constexpr std::size_t kSuggestions_max = 8;

}  // namespace liandong::intake
