#include "services/dispatch/policy/recommend.h"

#include <algorithm>
#include <memory>

namespace liandong::dispatch {
namespace {

using namespace domain;

bool is_wanted(const UnitRow& row, const Need& need, std::uint64_t bit) {
    if (!need.kinds.empty() && std::ranges::find(need.kinds, row.kind) == need.kinds.end())
        return false;
    if (need.capability.empty()) return true;
    return (row.capability_bits & bit) != 0 &&
           std::ranges::binary_search(row.unit->capabilities, need.capability);
}

/// Why nobody is left, by the best that there would have been.
struct Shortfall {
    bool any = false, committed = false, approval = false;

    void count(const UnitRow& row) {
        any = true;
        if (row.relation == CommandRelation::kApproval) {
            approval = true;
        } else if (row.availability == Availability::kConditionallyAvailable ||
                   !row.unit->active_order_id.empty()) {
            committed = true;
        }
    }

    std::string_view reason(bool some_taken) const {
        if (committed || some_taken) return "ALL_COMMITTED";
        if (approval) return "NEEDS_APPROVAL";
        return any ? "OUT_OF_SERVICE" : "NO_SUCH_UNIT";
    }
};

/// Without a place everybody is as near as anybody.
std::vector<Candidate> in_row_order(std::span<const std::size_t> eligible, std::size_t count) {
    std::vector<Candidate> candidates;
    for (const std::size_t row : eligible.first(std::min(count, eligible.size())))
        candidates.push_back({row, {}});
    return candidates;
}

}  // namespace

Recommended recommend(std::span<const UnitRow> rows, std::optional<Destination> place,
                      std::span<const Need> needs, std::size_t alternatives, TravelModel& model,
                      Timestamp now) {
    const std::unique_ptr<Journeys> journeys = place ? model.to(*place, rows, now) : nullptr;
    std::vector<bool> taken(rows.size(), false);
    Recommended recommended;
    std::vector<std::size_t> eligible;
    for (const Need& need : needs) {
        const std::uint64_t bit = need.capability.empty() ? 0 : capability_bit(need.capability);
        Shortfall shortfall;
        bool some_taken = false;
        eligible.clear();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (!is_wanted(rows[i], need, bit)) continue;
            const bool is_eligible = rows[i].availability == Availability::kAvailable &&
                                     rows[i].relation != CommandRelation::kApproval;
            if (is_eligible && !taken[i]) {
                eligible.push_back(i);
            } else if (is_eligible) {
                some_taken = true;
            } else {
                shortfall.count(rows[i]);
            }
        }
        const std::size_t listed = need.count + alternatives;
        const auto candidates =
            journeys ? journeys->first(eligible, listed) : in_row_order(eligible, listed);
        FilledNeed& out = recommended.needs.emplace_back();
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            if (i < need.count) taken[candidates[i].row] = true;
            (i < need.count ? out.chosen : out.alternatives).push_back(candidates[i]);
        }
        out.missing = need.count - out.chosen.size();
        if (out.missing > 0)
            out.missing_reason = shortfall.reason(some_taken || !out.chosen.empty());
    }
    if (journeys) {
        recommended.place_on_road = journeys->place_on_road();
        recommended.closed_road = journeys->closed_road();
    }
    return recommended;
}

}  // namespace liandong::dispatch
