#include "services/intake/policy/duplicates/evidence.h"

#include <algorithm>

namespace liandong::intake {
namespace {

/// 0 is "not stated": worse than any that is.
bool is_sharper(domain::Meters a, domain::Meters b) {
    return a.value > 0 && (b.value == 0 || a < b);
}

}  // namespace

Evidence read_evidence(const Lexicon& lexicon, const PlaceNames& names, const ReportFacts& report) {
    Evidence evidence;
    evidence.position = report.position;
    evidence.accuracy = report.accuracy;
    evidence.at = report.at;
    evidence.features = read_features(lexicon, names, report.words, report.address);
    evidence.features.families |= report.families;
    if (report.caller != 0) evidence.callers = {report.caller};
    evidence.is_silent = report.is_silent;
    evidence.is_text = report.is_text;
    evidence.in_danger = report.in_danger || evidence.features.says_danger;
    return evidence;
}

void merge(Evidence& into, const Evidence& report) {
    if (report.position && (!into.position || is_sharper(report.accuracy, into.accuracy))) {
        into.position = report.position;
        into.accuracy = report.accuracy;
    }
    into.at = std::max(into.at, report.at);
    merge(into.features, report.features);
    for (const std::uint64_t caller : report.callers) {
        const auto at = std::ranges::lower_bound(into.callers, caller);
        const bool known = at != into.callers.end() && *at == caller;
        if (!known && into.callers.size() < Evidence::kCallers_max) into.callers.insert(at, caller);
    }
    into.in_danger |= report.in_danger;
}

}  // namespace liandong::intake
