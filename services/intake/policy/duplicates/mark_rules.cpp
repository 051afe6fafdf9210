#include "services/intake/policy/duplicates/mark_rules.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <span>
#include <utility>

namespace liandong::intake {
namespace {

using enum DuplicateReason;

struct Rule {
    MarkKind kind;
    DuplicateReason same, other;
    double same_weight, other_weight;
    bool bars;  ///< a conflict bars automatic linking
};

// In the order of MarkKind. A plate or a house number only lowers (D5); a building, an entrance or
// a carriageway is another place.
constexpr Rule kRules[kMarkKinds] = {
    {MarkKind::kPlate, kSamePlate, kOtherPlate, 3.5, -0.8, true},
    {MarkKind::kPhone, kSamePhone, kSamePhone, 1.5, 0, false},
    {MarkKind::kRoad, kSameRoad, kOtherRoad, 0.8, -0.8, false},
    {MarkKind::kRoadCode, kSameRoad, kOtherRoad, 0.6, -3.5, true},
    {MarkKind::kHouseNumber, kSameHouseNumber, kOtherHouseNumber, 1.5, -1.0, true},
    {MarkKind::kBuilding, kSameBuilding, kOtherBuilding, 1.0, -4.5, true},
    {MarkKind::kEntrance, kSameBuilding, kOtherBuilding, 0.4, -3.0, true},
    {MarkKind::kFloor, kSameFloor, kOtherFloor, 0.6, -1.2, true},
    {MarkKind::kRoom, kSameFloor, kOtherFloor, 1.2, -2.0, true},
    {MarkKind::kGroup, kSameBuilding, kOtherBuilding, 0.8, -3.0, true},
    {MarkKind::kHeading, kSameCarriageway, kOtherCarriageway, 0.5, -5.5, true},
    {MarkKind::kToward, kSameCarriageway, kOtherCarriageway, 0.5, -5.5, true},
    {MarkKind::kSide, kSameCarriageway, kOtherCarriageway, 0.5, -5.5, true},
    {MarkKind::kPost, kSamePost, kOtherPost, 1.8, -5.0, true},
    {MarkKind::kVillage, kSameVillage, kOtherVillage, 1.0, -3.0, true},
    {MarkKind::kTownship, kSameVillage, kOtherVillage, 0.3, -3.5, true},
    {MarkKind::kSite, kSameSite, kOtherSite, 1.0, -1.0, false},
    {MarkKind::kSymptom, kSameKind, kOtherPerson, 0.5, -2.0, true},
    {MarkKind::kPerson, kSameKind, kOtherPerson, 0.3, -1.2, true},
    {MarkKind::kVehicle, kSameKind, kOtherVehicle, 0.5, -0.9, true},
    {MarkKind::kColour, kSameKind, kOtherVehicle, 0.3, -0.4, false},
};

std::span<const Mark> of_kind(const Marks& marks, MarkKind kind) {
    const auto range = std::ranges::equal_range(marks, kind, {}, &Mark::kind);
    return {range.begin(), range.end()};
}

/// Takes the marks of `kind` off the front.
std::span<const Mark> take_kind(std::span<const Mark>& marks, MarkKind kind) {
    std::size_t count = 0;
    while (count < marks.size() && marks[count].kind == kind) ++count;
    const auto taken = marks.first(count);
    marks = marks.subspan(count);
    return taken;
}

bool share_value(std::span<const Mark> a, std::span<const Mark> b) {
    return std::ranges::any_of(a, [&](const Mark& mark) {
        return std::ranges::binary_search(b, mark.value, {}, &Mark::value);
    });
}

int meters_of(const Mark& post) {
    int meters = 0;
    std::from_chars(post.value.data(), post.value.data() + post.value.size(), meters);
    return meters;
}

/// The two nearest posts, in metres.
int post_distance(std::span<const Mark> a, std::span<const Mark> b) {
    int nearest = 1'000'000'000;
    for (const Mark& x : a) {
        for (const Mark& y : b) nearest = std::min(nearest, std::abs(meters_of(x) - meters_of(y)));
    }
    return nearest;
}

constexpr int kSamePost_max = 600;
constexpr int kPerhapsSamePost_max = 1'200;

class Weigher {
public:
    Weigher(const Features& report, const Features& incident, const PlaceNames& names)
        : report_(report), incident_(incident), names_(names) {}

    MarkFindings weigh() {
        // Both are sorted by kind: one walk along the two.
        std::span<const Mark> a = report_.marks, b = incident_.marks;
        while (!a.empty() && !b.empty()) {
            const MarkKind kind = std::min(a.front().kind, b.front().kind);
            const auto ours = take_kind(a, kind), theirs = take_kind(b, kind);
            if (!ours.empty() && !theirs.empty())
                weigh(kRules[static_cast<std::size_t>(kind)], ours, theirs);
        }
        const bool door = same_house_ || same_building_;
        findings_.certain = same_plate_ || (same_post_ && same_way_) || (door && same_street_);
        return findings_;
    }

private:
    void weigh(const Rule& rule, std::span<const Mark> a, std::span<const Mark> b) {
        if (rule.kind == MarkKind::kPost) return weigh_posts(rule, a, b);
        if (rule.kind == MarkKind::kVillage) return weigh_villages(rule, a, b);
        share_value(a, b) ? agree(rule) : conflict(rule);
    }

    // At most one ground a kind: the array holds them all.
    void add(Ground ground) {
        if (ground.weight != 0) findings_.grounds[findings_.count++] = ground;
    }

    void agree(const Rule& rule) {
        add({rule.same, rule.same_weight});
        same_plate_ |= rule.kind == MarkKind::kPlate;
        same_house_ |= rule.kind == MarkKind::kHouseNumber;
        same_building_ |= rule.kind == MarkKind::kBuilding;
        same_post_ |= rule.kind == MarkKind::kPost;
        same_way_ |= rule.same == kSameCarriageway;
        same_street_ |= rule.kind == MarkKind::kRoad || rule.kind == MarkKind::kSite ||
                        rule.kind == MarkKind::kVillage;
    }

    void conflict(const Rule& rule) {
        add({rule.other, rule.other_weight});
        if (rule.bars) findings_.bars |= bar_bit(rule.other);
    }

    void weigh_posts(const Rule& rule, std::span<const Mark> a, std::span<const Mark> b) {
        const int meters = post_distance(a, b);
        if (meters <= kSamePost_max) return agree(rule);
        if (meters > kPerhapsSamePost_max) return conflict(rule);
        findings_.bars |= bar_bit(rule.other);
    }

    /// Two villages of one name are one village only when both say the township (D15).
    void weigh_villages(const Rule& rule, std::span<const Mark> a, std::span<const Mark> b) {
        if (!share_value(a, b)) return conflict(rule);
        const bool ambiguous = std::ranges::any_of(
            a, [&](const Mark& village) { return names_.is_ambiguous(village.value); });
        const bool told_apart = share_value(of_kind(report_.marks, MarkKind::kTownship),
                                            of_kind(incident_.marks, MarkKind::kTownship));
        if (!ambiguous || told_apart) return agree(rule);
        add({kAmbiguousName, -0.3});
        findings_.bars |= bar_bit(kAmbiguousName);
    }

    const Features& report_;
    const Features& incident_;
    const PlaceNames& names_;
    MarkFindings findings_;
    bool same_plate_ = false, same_house_ = false, same_building_ = false, same_post_ = false;
    bool same_way_ = false, same_street_ = false;
};

}  // namespace

MarkFindings weigh_marks(const Features& report, const Features& incident,
                         const PlaceNames& names) {
    return Weigher(report, incident, names).weigh();
}

}  // namespace liandong::intake
