#include "services/intake/policy/duplicates/candidate_index.h"

#include "services/intake/policy/duplicates/place_time.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

namespace liandong::intake {
namespace {

constexpr double kCellMeters = 500;
constexpr double kMetersPerE7 = 6'371'008.8 * std::numbers::pi / 180 * 1e-7;

struct Cell {
    std::int32_t north, east;
    std::uint64_t key() const {
        return static_cast<std::uint64_t>(static_cast<std::uint32_t>(north)) << 32 |
               static_cast<std::uint32_t>(east);
    }
};

/// Cells are rows of latitude; a column is as wide as at the row's own latitude, so the cells of
/// two rows need not line up.
double row_scale(std::int32_t north) {
    const double latitude = (north + 0.5) * kCellMeters / kMetersPerE7 * 1e-7;
    return std::max(0.01, std::cos(latitude * std::numbers::pi / 180));
}

std::int32_t row_of(double latitude_meters) {
    return static_cast<std::int32_t>(std::floor(latitude_meters / kCellMeters));
}

std::int32_t column_of(double longitude_meters_at_equator, std::int32_t row) {
    return static_cast<std::int32_t>(
        std::floor(longitude_meters_at_equator * row_scale(row) / kCellMeters));
}

Cell cell_of(domain::Point point) {
    const std::int32_t north = row_of(point.latitude_e7 * kMetersPerE7);
    return {north, column_of(point.longitude_e7 * kMetersPerE7, north)};
}

/// Place, time and kind that no words make up for: with the odds before anything is known, 5.2
/// would have to come from marks, and those find an incident wherever it is.
constexpr double kHopeless = -3.0;

/// Marks that find an incident wherever it is. The others (a floor, a colour) say too little.
bool finds(MarkKind kind) {
    switch (kind) {
    case MarkKind::kPlate:
    case MarkKind::kPhone:
    case MarkKind::kRoad:
    case MarkKind::kPost:
    case MarkKind::kVillage:
    case MarkKind::kSite: return true;
    default: return false;
    }
}

std::uint64_t key_of(const Mark& mark) {
    std::uint64_t hash = 14'695'981'039'346'656'037ULL;
    const auto add = [&](unsigned char byte) { hash = (hash ^ byte) * 1'099'511'628'211ULL; };
    add(static_cast<unsigned char>(mark.kind));
    for (const char c : mark.value) add(static_cast<unsigned char>(c));
    return hash;
}

template <class Visit> void for_each_key(const Evidence& evidence, Visit visit) {
    for (const Mark& mark : evidence.features.marks) {
        if (finds(mark.kind)) visit(key_of(mark));
    }
    for (const std::uint64_t caller : evidence.callers) visit(caller);
}

void erase_value(std::unordered_map<std::uint64_t, std::vector<std::uint32_t>>& lists,
                 std::uint64_t key, std::uint32_t value) {
    const auto at = lists.find(key);
    if (at == lists.end()) return;
    std::erase(at->second, value);
    if (at->second.empty()) lists.erase(at);
}

/// As far as one happening can be reported from: three deviations and what can be seen.
double radius_of(const Evidence& report) {
    const double accuracy = std::max(report.accuracy.value, kUnstatedAccuracy.value);
    const double reach = 3 * std::hypot(accuracy, sight_meters(report.features.families)) + 200;
    return std::min(reach, CandidateIndex::kRadius_max.value);
}

}  // namespace

CandidateIndex::Glance CandidateIndex::glance_at(const Evidence& evidence) {
    Glance glance;
    glance.families = evidence.features.families;
    glance.pace = pace_of(glance.families);
    glance.sight_squared = std::pow(sight_meters(glance.families), 2);
    glance.at = to_micros(evidence.at);
    if (!evidence.position) return glance;
    glance.north = evidence.position->latitude_e7 * kMetersPerE7;
    glance.east_at_equator = evidence.position->longitude_e7 * kMetersPerE7;
    glance.variance = position_variance(evidence);
    return glance;
}

/// Log odds of distance, time and kind alone, as `compare` weighs them but in a plane.
class CandidateIndex::Glancer {
public:
    explicit Glancer(const Evidence& report) : report_(glance_at(report)) {
        if (report.position)
            scale_ = std::cos(report.position->latitude() * std::numbers::pi / 180);
    }

    double score(const Glance& incident) const {
        const double minutes = std::abs(static_cast<double>(report_.at - incident.at)) / 60e6;
        return place(incident) + time_weight(minutes, incident.pace) +
               kind_weight(relate(report_.families, incident.families));
    }

private:
    double place(const Glance& incident) const {
        if (report_.variance == 0 || incident.variance == 0) return 0;
        const double north = report_.north - incident.north;
        const double east = (report_.east_at_equator - incident.east_at_equator) * scale_;
        const double sight = std::max(report_.sight_squared, incident.sight_squared);
        return distance_weight(std::sqrt(north * north + east * east),
                               report_.variance + incident.variance + sight);
    }

    Glance report_;
    double scale_ = 1;
};

void CandidateIndex::put(Evidence evidence) {
    remove(evidence.id);
    Slot slot = static_cast<Slot>(evidence_.size());
    if (free_.empty()) {
        evidence_.emplace_back();
        glances_.emplace_back();
        seen_.push_back(0);
    } else {
        slot = free_.back();
        free_.pop_back();
    }
    slots_of_.emplace(evidence.id, slot);
    evidence_[slot] = std::move(evidence);
    glances_[slot] = glance_at(evidence_[slot]);
    link(slot);
}

void CandidateIndex::remove(std::string_view incident_id) {
    const auto at = slots_of_.find(std::string(incident_id));
    if (at == slots_of_.end()) return;
    unlink(at->second);
    evidence_[at->second] = {};
    free_.push_back(at->second);
    slots_of_.erase(at);
}

const Evidence* CandidateIndex::find(std::string_view incident_id) const {
    const auto at = slots_of_.find(std::string(incident_id));
    return at == slots_of_.end() ? nullptr : &evidence_[at->second];
}

void CandidateIndex::link(Slot slot) {
    const Evidence& evidence = evidence_[slot];
    if (evidence.position) cells_[cell_of(*evidence.position).key()].push_back(slot);
    for_each_key(evidence, [&](std::uint64_t key) { marks_[key].push_back(slot); });
}

void CandidateIndex::unlink(Slot slot) {
    const Evidence& evidence = evidence_[slot];
    if (evidence.position) erase_value(cells_, cell_of(*evidence.position).key(), slot);
    for_each_key(evidence, [&](std::uint64_t key) { erase_value(marks_, key, slot); });
}

void CandidateIndex::gather_cells(const Evidence& report, Slots& found) const {
    const double radius = radius_of(report);
    const double north = report.position->latitude_e7 * kMetersPerE7;
    const double east = report.position->longitude_e7 * kMetersPerE7;
    const std::int32_t home = row_of(north);
    const std::int32_t rows = static_cast<std::int32_t>(std::ceil(radius / kCellMeters));
    // From the report's own row outwards, so that a bound cuts off the far ones.
    for (std::int32_t ring = 0; ring <= 2 * rows; ++ring) {
        const std::int32_t row = home + (ring % 2 == 1 ? (ring + 1) / 2 : -ring / 2);
        const double reach = radius / row_scale(row);
        const std::int32_t last = column_of(east + reach, row);
        for (std::int32_t column = column_of(east - reach, row); column <= last; ++column) {
            const auto cell = cells_.find(Cell{row, column}.key());
            if (cell == cells_.end()) continue;
            const Slots& slots = cell->second;
            for (auto slot = slots.rbegin(); slot != slots.rend(); ++slot) {
                if (found.size() == kGlanced_max) return;
                if (seen_[*slot] == search_) continue;
                seen_[*slot] = search_;
                found.push_back(*slot);
            }
        }
    }
}

void CandidateIndex::gather_marks(const Evidence& report, Slots& found) const {
    for_each_key(report, [&](std::uint64_t key) {
        const auto list = marks_.find(key);
        if (list == marks_.end()) return;
        const Slots& slots = list->second;
        const std::size_t from = slots.size() - std::min(slots.size(), kPerMark_max);
        for (std::size_t i = slots.size(); i > from; --i) {
            const Slot slot = slots[i - 1];
            if (seen_[slot] == search_) continue;
            if (found.size() == kGlanced_max) return;
            seen_[slot] = search_;
            found.push_back(slot);
        }
    });
}

std::vector<const Evidence*> CandidateIndex::near(const Evidence& report) const {
    if (++search_ == 0) {  // the counter has wrapped: no old stamp may look new
        std::ranges::fill(seen_, 0);
        search_ = 1;
    }
    Slots found;
    found.reserve(kGlanced_max);
    gather_marks(report, found);
    const std::size_t by_mark = found.size();
    if (report.position) gather_cells(report, found);
    struct Ranked {
        double score;
        const Evidence* evidence;
    };
    const Glancer glancer(report);
    std::vector<Ranked> ranked;
    ranked.reserve(found.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        const double score = glancer.score(glances_[found[i]]);
        // What shares a mark or the caller is read in any case.
        if (i >= by_mark && score < kHopeless) continue;
        ranked.push_back({score, &evidence_[found[i]]});
    }
    const auto better = [](const Ranked& a, const Ranked& b) {
        return a.score != b.score ? a.score > b.score : a.evidence->id < b.evidence->id;
    };
    const std::size_t kept = std::min(ranked.size(), kCompared_max);
    const auto end = ranked.begin() + static_cast<std::ptrdiff_t>(kept);
    if (kept < ranked.size()) std::ranges::nth_element(ranked, end, better);
    std::ranges::sort(ranked.begin(), end, better);
    std::vector<const Evidence*> nearest;
    for (std::size_t i = 0; i < kept; ++i) nearest.push_back(ranked[i].evidence);
    return nearest;
}

std::vector<Suggestion> suggest(const Evidence& report, const CandidateIndex& index,
                                const PlaceNames& names, const DuplicatePolicy& policy) {
    std::vector<Suggestion> suggestions;
    for (const Evidence* incident : index.near(report)) {
        if (auto suggestion = compare_if_alike(report, *incident, names, policy))
            suggestions.push_back(std::move(*suggestion));
    }
    std::ranges::sort(suggestions, [](const Suggestion& a, const Suggestion& b) {
        return a.score != b.score ? a.score > b.score : a.incident_id < b.incident_id;
    });
    if (suggestions.size() > kSuggestions_max) suggestions.resize(kSuggestions_max);
    if (std::ranges::count_if(suggestions, &Suggestion::may_link_automatically) > 1) {
        for (Suggestion& suggestion : suggestions)
            suggestion.bars.push_back(DuplicateReason::kSeveralCandidates);
    }
    return suggestions;
}

}  // namespace liandong::intake
