#include "services/intake/policy/duplicates/compare.h"

#include "services/intake/policy/duplicates/mark_rules.h"
#include "services/intake/policy/duplicates/place_time.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace liandong::intake {
namespace {

using enum DuplicateReason;

/// Log odds before anything is known: most pairs that are near enough to be looked at are two.
constexpr double kPrior = -2.2;

constexpr double kSameCallerWeight = 0.8;
constexpr double kWaitingWeight = 1.8;
constexpr double kMasterWeight = 1.0;
constexpr double kAnotherWeight = -4.5;
constexpr double kOppositeWeight = -5.0;

/// Dice's coefficient of two sorted sets, 0 … 1.
double dice(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
    std::size_t common = 0;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        if (a[i] == b[j])
            ++common, ++i, ++j;
        else if (a[i] < b[j])
            ++i;
        else
            ++j;
    }
    const std::size_t all = a.size() + b.size();
    return all == 0 ? 0 : 2.0 * static_cast<double>(common) / static_cast<double>(all);
}

double weigh_words(const Features& a, const Features& b) {
    if (a.words.empty() || b.words.empty()) return 0;
    return std::min(4.0 * dice(a.words, b.words), 1.6) - 0.2;
}

bool share_caller(const Evidence& a, const Evidence& b) {
    return std::ranges::any_of(a.callers, [&](std::uint64_t caller) {
        return std::ranges::binary_search(b.callers, caller);
    });
}

/// Weighs everything into fixed arrays; most comparisons end there.
class Comparison {
public:
    Comparison(const Evidence& report, const Evidence& incident, const PlaceNames& names)
        : report_(report), incident_(incident) {
        add(weigh_distance(report, incident));
        add(weigh_time(report, incident));
        add(weigh_kind(report, incident));
        add({kSameWords, weigh_words(report.features, incident.features)});
        add_marks(names);
        add_sayings();
        if (incident.is_master) add({kMasterIncident, kMasterWeight});
    }

    double score() const { return 1 / (1 + std::exp(-sum_)); }

    Suggestion suggestion(const DuplicatePolicy& policy) {
        add_bars(policy);
        Suggestion suggestion;
        suggestion.incident_id = incident_.id;
        suggestion.score = score();
        suggestion.grounds.assign(grounds_.begin(), grounds_.begin() + count_);
        std::ranges::sort(suggestion.grounds, [](const Ground& a, const Ground& b) {
            const double x = std::abs(a.weight), y = std::abs(b.weight);
            return x != y ? x > y : a.reason < b.reason;
        });
        for (int i = 0; i < kDuplicateReasons; ++i) {
            if ((bars_ >> i & 1U) != 0) suggestion.bars.push_back(static_cast<DuplicateReason>(i));
        }
        return suggestion;
    }

private:
    void add(Ground ground) {
        sum_ += ground.weight;
        if (std::abs(ground.weight) >= 0.05 || ground.reason == kPlaceUnknown)
            grounds_[static_cast<std::size_t>(count_++)] = ground;
    }

    void bar_if(bool holds, DuplicateReason reason) {
        if (holds) bars_ |= bar_bit(reason);
    }

    void add_marks(const PlaceNames& names) {
        const MarkFindings findings = weigh_marks(report_.features, incident_.features, names);
        for (std::size_t i = 0; i < findings.count; ++i) add(findings.grounds[i]);
        bars_ |= findings.bars;
        bar_if(!findings.certain, kNothingCertain);
    }

    void add_sayings() {
        const Features &report = report_.features, &incident = incident_.features;
        const bool caller = share_caller(report_, incident_);
        if (caller && report.says_waiting)
            add({kWaitingCaller, kWaitingWeight});
        else if (caller)
            add({kSameCaller, kSameCallerWeight});
        bar_if(caller, kRepeatCaller);
        if (report.says_another && !incident.says_another) {
            add({kSaysAnother, kAnotherWeight});
            bar_if(true, kSaysAnother);
        }
        if (report.says_opposite != incident.says_opposite) {
            add({kOtherCarriageway, kOppositeWeight});
            bar_if(true, kOtherCarriageway);
        }
    }

    /// D5, and what the policy adds.
    void add_bars(const DuplicatePolicy& policy) {
        const Features &report = report_.features, &incident = incident_.features;
        bar_if(!policy.automatic_linking, kAutomaticLinkingOff);
        bar_if(score() < policy.link_at, kScoreTooLow);
        bar_if(report_.is_silent, kSilentReport);
        bar_if(report_.is_text, kTextReport);
        bar_if(report_.in_danger, kReporterInDanger);
        bar_if((report.casualties & ~incident.casualties) != 0 ||
                   report.people_hurt > incident.people_hurt,
               kNewCasualties);
        bar_if((report.hazards & ~incident.hazards) != 0, kNewHazard);
    }

    static constexpr std::size_t kGrounds_max = kMarkKinds + 8;  // one a kind, and eight others

    const Evidence& report_;
    const Evidence& incident_;
    std::array<Ground, kGrounds_max> grounds_{};
    std::ptrdiff_t count_ = 0;
    BarSet bars_ = 0;
    double sum_ = kPrior;
};

}  // namespace

Suggestion compare(const Evidence& report, const Evidence& incident, const PlaceNames& names,
                   const DuplicatePolicy& policy) {
    return Comparison(report, incident, names).suggestion(policy);
}

std::optional<Suggestion> compare_if_alike(const Evidence& report, const Evidence& incident,
                                           const PlaceNames& names, const DuplicatePolicy& policy) {
    Comparison comparison(report, incident, names);
    if (comparison.score() < policy.suggest_at) return std::nullopt;
    return comparison.suggestion(policy);
}

}  // namespace liandong::intake
