#pragma once

#include "services/intake/policy/duplicates/candidate_index.h"
#include "services/intake/policy/duplicates/lexicon.h"

#include <string>
#include <vector>

namespace liandong::intake {

/// One labelled pair of `duplicate_pairs_same.json` or `duplicate_pairs_other.json`: an incident
/// known by its first report, and a report that came later.
struct LabelledPair {
    std::string id;
    bool same = false;  ///< by hand: are both about one incident?
    bool held_out = false;
    Evidence incident, report;
};

/// The names that the pairs are read with: Yingcheng's townships and its five names that two
/// villages bear, in both languages.
PlaceNames yingcheng_names();

/// All of them, in order of the files. The half is drawn by a hash of the id, so that it does not
/// depend on what is written before or behind.
std::vector<LabelledPair> read_pairs(const Lexicon& lexicon, const PlaceNames& names);

/// Metres east and north of the centre of Yingcheng (30.93° N, 113.57° E).
domain::Point point_at(double east, double north);

}  // namespace liandong::intake
