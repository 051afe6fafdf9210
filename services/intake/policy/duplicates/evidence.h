#pragma once

#include "common/base/time.h"
#include "common/domain/geo.h"
#include "services/intake/policy/duplicates/features.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::intake {

/// What the search for duplicates knows of a report, or of an incident with all its reports.
struct Evidence {
    std::string id;  ///< of the incident; unused for a new report
    std::optional<domain::Point> position;
    domain::Meters accuracy;  ///< radius of 68 % confidence; 0: not stated
    Timestamp at;             ///< of the report; of the incident's latest report
    Features features;
    std::vector<std::uint64_t> callers;  ///< sorted tokens of numbers, ≤ kCallers_max
    bool is_silent = false;              ///< D14
    bool is_text = false;                ///< 12110 and other two-way text
    bool in_danger = false;              ///< the reporter, as a person set it or the words say
    bool is_master = false;              ///< declared master incident (D17)

    static constexpr std::size_t kCallers_max = 64;
};

/// A report as the search wants it.
struct ReportFacts {
    std::optional<domain::Point> position;
    domain::Meters accuracy;
    Timestamp at;
    std::string_view words;    ///< UTF-8
    std::string_view address;  ///< UTF-8
    /// A keyed hash of the caller's number, so that no number stands in an index; 0: not known.
    std::uint64_t caller = 0;
    /// Of the type that was chosen (`docs/incident-types.md`); 0: none.
    FamilySet families = 0;
    bool is_silent = false;
    bool is_text = false;
    bool in_danger = false;
};

Evidence read_evidence(const Lexicon& lexicon, const PlaceNames& names, const ReportFacts& report);

/// The incident `into` has one more report. Its position stays, unless it had none or the new one
/// is more accurate; `at` becomes the later of the two.
void merge(Evidence& into, const Evidence& report);

}  // namespace liandong::intake
