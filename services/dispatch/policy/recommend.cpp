#include "services/dispatch/policy/recommend.h"

#include <algorithm>
#include <tuple>

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

}  // namespace

std::uint64_t capability_bit(std::string_view capability) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a
    for (char c : capability) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return std::uint64_t{1} << (hash >> 58U);
}

UnitRow make_row(std::shared_ptr<const Unit> unit, std::uint64_t version) {
    UnitRow row;
    row.version = version;
    row.position = unit->position;
    row.position_at = unit->position_at;
    row.kind = unit->kind;
    row.availability = availability(*unit);
    row.relation = unit->relation;
    for (const std::string& capability : unit->capabilities)
        row.capability_bits |= capability_bit(capability);
    row.unit = std::move(unit);
    return row;
}

std::vector<FilledNeed> recommend(std::span<const UnitRow> rows, std::optional<Point> place,
                                  std::span<const Need> needs, std::size_t alternatives,
                                  const DistanceModel& model) {
    std::vector<Meters> distances(rows.size());
    if (place) {
        std::vector<Point> positions;
        positions.reserve(rows.size());
        for (const UnitRow& row : rows) positions.push_back(row.position);
        model.distances(*place, positions, distances);
    }
    std::vector<bool> taken(rows.size(), false);
    std::vector<FilledNeed> filled;
    for (const Need& need : needs) {
        const std::uint64_t bit = need.capability.empty() ? 0 : capability_bit(need.capability);
        Shortfall shortfall;
        bool some_taken = false;
        std::vector<Candidate> candidates;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (!is_wanted(rows[i], need, bit)) continue;
            const bool is_eligible = rows[i].availability == Availability::kAvailable &&
                                     rows[i].relation != CommandRelation::kApproval;
            if (is_eligible && !taken[i]) {
                candidates.push_back({i, distances[i]});
            } else if (is_eligible) {
                some_taken = true;
            } else {
                shortfall.count(rows[i]);
            }
        }
        const std::size_t listed = std::min(candidates.size(), need.count + alternatives);
        const auto nearer = [](const Candidate& a, const Candidate& b) {
            return std::tie(a.distance, a.row) < std::tie(b.distance, b.row);
        };
        std::partial_sort(candidates.begin(),
                          candidates.begin() + static_cast<std::ptrdiff_t>(listed),
                          candidates.end(), nearer);
        FilledNeed& out = filled.emplace_back();
        for (std::size_t i = 0; i < listed; ++i) {
            if (i < need.count) taken[candidates[i].row] = true;
            (i < need.count ? out.chosen : out.alternatives).push_back(candidates[i]);
        }
        out.missing = need.count - out.chosen.size();
        if (out.missing > 0)
            out.missing_reason = shortfall.reason(some_taken || !out.chosen.empty());
    }
    return filled;
}

}  // namespace liandong::dispatch
